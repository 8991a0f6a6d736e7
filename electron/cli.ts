/** Command line for the ledger: proof and imports, without a screen. */
import { existsSync, lstatSync, readdirSync, writeFileSync } from 'node:fs'
import { join, parse, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ImportRefused } from '../db/account-file/file-types.ts'
import { missingFromJournal, readHighWaterMark } from '../db/file/high-water-mark.ts'
import { LedgerUnavailable } from '../db/file/problem.ts'
import { checkJournalFolder, type FolderReport } from '../db/journal-folder/check.ts'
import {
  appendCheckpoint,
  checkpointOf,
  finishedNotes,
  hasReadableNotes,
  joinNotes,
  lastCheckpoint,
} from '../db/journal-folder/checkpoints.ts'
import { type Exported, exportJournal } from '../db/journal-folder/export.ts'
import { CHECKPOINTS_FILE, JOURNAL_FOLDER } from '../db/journal-folder/segments.ts'
import { Reader } from '../db/ledger/reader.ts'
import { rebuildBeside } from '../db/ledger/rebuild.ts'
import { LEDGER_FILE, openLedgerReadOnly } from '../db/ledger/till.ts'
import { cityOf } from '../db/queries/city.ts'
import { allPeople } from '../db/queries/person.ts'
import { tillOf } from '../db/queries/setup.ts'
import { factByCode, verifyLedger } from '../db/verify/verify.ts'
import { verificationCode } from '../shared/ledger/chain.ts'
import { isFactKind, kindOf } from '../shared/ledger/facts.ts'
import { keyLine, tillKeyName } from '../shared/ledger/signed-note.ts'
import { cents, formatCents } from '../shared/money.ts'
import { plainLine } from '../shared/rules/text/plain-line.ts'
import { accountsAtCentral } from './backend/account/import/record.ts'
import { runImport } from './backend/account/import/run.ts'
import type { Backend } from './backend/backend.ts'
import { defaultDataDir } from './backend/data-folder.ts'
import { inUseSentence, openTillFor } from './backend/open-till.ts'
import { ownCommand } from './backend/request/pins.ts'
import { JobFailed } from './backend/runtime/jobs.ts'
import { keepToOwner } from './backend/runtime/rights.ts'
import { fileKeyStore, KeyUnavailable, keptSigner } from './backend/runtime/signing-key.ts'

const USAGE = `Usage:
  npm run ledger -- verify [--data DIR] [--code XXXX-XXXX-XXXX]
  npm run ledger -- verify --journal DIR
  npm run ledger -- export-journal --out DIR [--data DIR]
  npm run ledger -- rebuild [--data DIR]
  npm run ledger -- release NAME [--data DIR]
  npm run ledger -- export-city [--data DIR]
  npm run ledger -- import-accounts FILE [--data DIR] [--good-rows] [--close-missing] [--payments-included]`

const OPTIONS = {
  help: { type: 'boolean', default: false },
  data: { type: 'string' },
  journal: { type: 'string' },
  out: { type: 'string' },
  code: { type: 'string' },
  'good-rows': { type: 'boolean', default: false },
  'close-missing': { type: 'boolean', default: false },
  'payments-included': { type: 'boolean', default: false },
} as const

const { values, positionals } = asked()

/** What was asked for; where there is no such thing, says so and ends the program. */
function asked() {
  try {
    return parseArgs({ allowPositionals: true, options: OPTIONS })
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    for (const line of USAGE.split('\n')) complain(line)
    process.exit(1)
  }
}

// What is made for the till is its owner's alone, whoever asks for it.
keepToOwner()
const dataDir = resolve(values.data ?? defaultDataDir())

function say(line: string): void {
  process.stdout.write(`${plainLine(line)}\n`)
}

function complain(line: string): void {
  process.stderr.write(`${plainLine(line)}\n`)
}

async function verify(): Promise<boolean> {
  const report = await verifyLedger(dataDir, () => undefined)
  say(`facts           ${report.facts}`)
  say(`receipts        ${report.receipts}, ${formatCents(cents(report.totalCents))} standing`)
  say(`sessions        ${report.sessions}`)
  say(`rows compared   ${report.rowsCompared}`)
  say(`accounts        ${report.accounts}`)
  say(`head            ${report.head}`)
  for (const { place, problem } of report.problems) say(`DIFFERS  ${place}: ${problem}`)
  say(
    report.ok
      ? 'Every column of every table is what the journal says.'
      : `First bad place: ${report.problems[0]?.place ?? ''}`,
  )
  const known = values.code === undefined || isKnown(values.code)
  return report.ok && known
}

/** Says what a code on paper stands for. A journal that was cut or rewritten as a whole is found by nothing else. */
function isKnown(code: string): boolean {
  const fact = factByCode(dataDir, code)
  if (fact === 'not-a-code') {
    say(`${code} is not a verification code: twelve letters and digits, as on a receipt or Z report.`)
    return false
  }
  if (!fact) {
    say(`NOT FOUND  ${code}: no row of this journal has it. Check it for a typing error first.`)
    say('If it is on a paper of this till, the journal was cut or rewritten after that paper was printed.')
    return false
  }
  const { epoch, seq, kind, number, at } = fact
  const label = isFactKind(kind) ? kindOf(kind).label : kind
  say(`code            ${code} is ${label} ${number} at ${epoch}/${seq}, ${new Date(at).toISOString()}`)
  return true
}

/** Makes the tables anew beside the running till; its next start takes them. */
function rebuild(): boolean {
  const began = Date.now()
  const { facts, continuedAfter } = rebuildBeside(join(dataDir, LEDGER_FILE), {
    onProgress: ({ done, total }) => {
      const left = Math.round(((Date.now() - began) * (total - done)) / Math.max(1, done) / 1_000)
      say(`${done} of ${total} facts, about ${left} s to go`)
    },
  })
  if (continuedAfter) say(`Went on after ${continuedAfter.epoch}/${continuedAfter.seq}.`)
  say(`${facts} facts were replayed. The next start of the till takes the new tables if they agree.`)
  return true
}

/** Says whether a journal folder is what was written, by its own bytes and signatures. */
function verifyFolder(dir: string): boolean {
  if (!existsSync(join(dir, JOURNAL_FOLDER))) {
    say(`${dir} is no exported journal: it has no folder “${JOURNAL_FOLDER}”.`)
    return false
  }
  const report = checkJournalFolder(dir)
  const { epoch, seq, hash } = report.head
  say(`facts           ${report.facts}`)
  say(`words withheld  ${report.withoutTexts}`)
  say(`checkpoints     ${report.checkpoints}`)
  say(`head            ${verificationCode(hash)} at ${epoch}/${seq}`)
  for (const problem of report.problems) say(`DIFFERS  ${problem}`)
  for (const { key, from } of report.tillKeys) say(`key from ${`${from.epoch}/${from.seq}`.padEnd(6)} ${key}`)
  if (report.problems.length > 0 || report.facts === 0) {
    say('Not what was written.')
    return false
  }
  if (report.checkpoints === 0) {
    say('Every line follows the one before it, but no checkpoint is signed: who wrote it is not proved.')
    return false
  }
  const { signedUpTo } = report
  if (signedUpTo.epoch !== epoch || signedUpTo.seq !== seq) {
    say(
      `Every line follows the one before it, but what comes after ${signedUpTo.epoch}/${signedUpTo.seq} is signed by nobody.`,
    )
    return false
  }
  say('Every line follows the one before it, up to a checkpoint at the head that the till’s key signed.')
  say('Compare every key with those that the city has on paper.')
  return true
}

/** Writes the journal as a folder that anybody can check without this program, with a checkpoint signed now. */
async function exportFolder(out: string): Promise<boolean> {
  if (existsSync(out) && readdirSync(out).length > 0) {
    say(`${out} has something in it already. Name a new folder.`)
    return false
  }
  if (!hasReadableNotes(dataDir)) {
    say(
      `${join(dataDir, CHECKPOINTS_FILE)} was altered. Keep a copy of it for your auditor, and take it away.`,
    )
    return false
  }
  const exported = exportTo(out)
  if (!exported) return false
  // With the notes that there are already: what does not agree with them is not signed either.
  const notes = finishedNotes(dataDir)
  if (notes.length > 0) writeFileSync(join(out, CHECKPOINTS_FILE), joinNotes(notes), { mode: 0o600 })
  const written = checkJournalFolder(out)
  if (!isSound(written)) return false
  const signed = await signFolder(out, written)
  // Read back before anybody relies on it.
  if (!isSound(checkJournalFolder(out))) return false
  say(
    `The whole journal is in ${out}: ${exported.facts} facts in ${exported.segments === 1 ? '1 journal file' : `${exported.segments} journal files`}.`,
  )
  if (!signed) say('No checkpoint is signed: this program does not have the key that the journal names.')
  return true
}

/** Writes what the ledger holds; nothing where it holds nothing yet, or less than was on record, which must not be signed. */
function exportTo(out: string): Exported | undefined {
  const ledger = openLedgerReadOnly(dataDir)
  try {
    const note = readHighWaterMark(join(dataDir, LEDGER_FILE))
    const missing = note && missingFromJournal(ledger, note)
    if (missing !== undefined) say(`DIFFERS  ${missing}`)
    else if (ledger.prepare('SELECT 1 FROM journal').get() === undefined)
      say('Nothing was written: this till is not set up yet.')
    else return exportJournal(ledger, out)
    return undefined
  } finally {
    ledger.close()
  }
}

function isSound({ problems }: FolderReport): boolean {
  for (const problem of problems) say(`DIFFERS  ${problem}`)
  return problems.length === 0
}

/** Signs what the lines of a folder come to, and nothing that stands elsewhere: only once they were checked. */
async function signFolder(out: string, written: FolderReport): Promise<boolean> {
  const signer = await keptSigner(fileKeyStore(dataDir))
  const checkpoint = checkpointOf(written, { before: lastCheckpoint(dataDir), at: Date.now(), why: 'export' })
  if (!signer || !checkpoint) return false
  const line = keyLine(tillKeyName(checkpoint.till), signer.publicKey)
  const [name = '', id = ''] = line.split('+')
  const isInForce = written.tillKeys.at(-1)?.key === line
  if (isInForce) appendCheckpoint(dataDir, checkpoint, text => ({ name, id, signature: signer.sign(text) }))
  if (isInForce)
    writeFileSync(join(out, CHECKPOINTS_FILE), joinNotes(finishedNotes(dataDir)), { mode: 0o600 })
  return isInForce
}

/** Says what central publishes for all tills, as this till has it: a city can begin from a till that is set up. */
function exportCity(): boolean {
  const ledger = openLedgerReadOnly(dataDir)
  try {
    const city = cityOf(new Reader(ledger))
    const said = city ? JSON.stringify(city, null, 2) : 'This till is not set up yet.'
    for (const line of said.split('\n')) say(line)
    return city !== undefined
  } finally {
    ledger.close()
  }
}

/** The till of the folder for a command that writes; undefined, and said, where it is not set up: a journal begins with that. */
async function setUpTill(): Promise<Backend | undefined> {
  const till = openTillFor(dataDir)
  if ('unavailable' in till) throw till.unavailable
  if (tillOf(till.ledger.reader)) return till
  await till.close()
  say('Nothing was done: this till is not set up yet.')
  return undefined
}

async function importAccounts(file: string): Promise<boolean> {
  const till = await setUpTill()
  if (!till) return false
  try {
    const address = accountsAtCentral(till)
    if (address !== undefined) {
      say(`Nothing imported: accounts come from the billing system at ${address}. Import the file there.`)
      return false
    }
    const path = resolve(file)
    const badRowsFile = freeNameBeside(path)
    const order = {
      path,
      badRowsFile,
      personId: 'till',
      options: {
        mapping: {},
        mode: values['good-rows'] ? ('good-rows' as const) : ('all-or-nothing' as const),
        paymentsIncluded: values['payments-included'],
        missingAccounts: values['close-missing'] ? ('close' as const) : ('keep' as const),
      },
    }
    const result = await runImport(till, order, {})
    for (const row of result.badRows)
      say(`line ${row.line}, ${row.column || 'row'}: ${row.reason} (${row.value})`)
    if (result.unchanged) say('Nothing changed: everything in this file is there already.')
    else if (result.imported)
      say(`Imported: ${result.changedAccounts} accounts changed, ${result.accountCount} in all.`)
    else
      say(
        `Nothing imported: ${result.badRowCount} bad rows. Mend them, or import the good rows with --good-rows.`,
      )
    if (result.nothingClosed)
      say('No account was closed: of some rows it is not known which account they are of.')
    if (result.badRowCount > 0) say(`They are in ${badRowsFile}, each with what is wrong with it.`)
    return result.imported || result.unchanged
  } finally {
    await till.close()
  }
}

/** Where the rows of a file that are not imported go: beside it, over nothing that is there. */
function freeNameBeside(path: string): string {
  const { dir, name } = parse(path)
  const nameAt = (no: number) => join(dir, `${name}-not-imported${no === 1 ? '' : `-${no}`}.csv`)
  let no = 1
  while (lstatSync(nameAt(no), { throwIfNoEntry: false }) !== undefined) no += 1
  return nameAt(no)
}

/** Lets a locked-out person try again: for a city whose only administrator is the one. */
async function release(name: string): Promise<boolean> {
  const till = await setUpTill()
  if (!till) return false
  try {
    const person = allPeople(till.ledger.reader).find(one => one.name.toLowerCase() === name.toLowerCase())
    if (!person) {
      say(`Nobody is called ${name} here.`)
      return false
    }
    ownCommand(till, 'till', 'person.release', tx =>
      tx.append('person.released', { personId: person.personId, releasedBy: null }),
    )
    say(`${person.name} may try again. The release is in the journal.`)
    return true
  } finally {
    await till.close()
  }
}

async function main(): Promise<boolean> {
  if (values.help) {
    for (const line of USAGE.split('\n')) say(line)
    return true
  }
  const [command, file] = positionals
  // None of them begins a till; a folder's name that was mistyped would get one.
  const isOfFolder = command !== undefined && (command !== 'verify' || values.journal === undefined)
  if (isOfFolder && !existsSync(join(dataDir, LEDGER_FILE))) {
    complain(`There is no ledger in ${dataDir}. Name the till's folder with --data DIR.`)
    return false
  }
  if (command === 'verify' && file === undefined)
    return values.journal === undefined ? verify() : verifyFolder(resolve(values.journal))
  if (command === 'rebuild' && file === undefined) return rebuild()
  if (command === 'export-journal' && values.out !== undefined) return exportFolder(resolve(values.out))
  if (command === 'release' && file !== undefined) return release(file)
  if (command === 'export-city' && file === undefined) return exportCity()
  if (command === 'import-accounts' && file !== undefined) return importAccounts(file)
  for (const line of USAGE.split('\n')) say(line)
  return false
}

/** What went wrong, in a sentence where it is something that a person can mend. */
function sentence(error: unknown): string {
  if (error instanceof LedgerUnavailable)
    return error.problem === 'in-use' && positionals[0] !== 'rebuild'
      ? inUseSentence(error)
      : `The ledger cannot be used: ${error.message}`
  if (error instanceof ImportRefused || error instanceof JobFailed)
    return `The file cannot be imported: ${error.message}`
  if (error instanceof KeyUnavailable) return error.message
  const said = error instanceof Error ? error.message : String(error)
  return `The ledger cannot be read: ${said}`
}

try {
  process.exitCode = (await main()) ? 0 : 1
} catch (error) {
  complain(sentence(error))
  process.exitCode = 1
}
