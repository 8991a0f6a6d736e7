/** Command line for the ledger: proof and imports, without a screen. */
import { existsSync, lstatSync, statSync } from 'node:fs'
import { join, parse, resolve } from 'node:path'
import { ImportRefused } from '../db/account-file/file-types.ts'
import { LedgerUnavailable } from '../db/file/problem.ts'
import { LEDGER_FILE } from '../db/ledger/folder.ts'
import { Reader } from '../db/ledger/reader.ts'
import { rebuildBeside } from '../db/ledger/rebuild.ts'
import { openLedgerReadOnly } from '../db/ledger/till.ts'
import { cityOf } from '../db/queries/city.ts'
import { allPeople } from '../db/queries/person.ts'
import { settingsOf } from '../db/queries/setup.ts'
import { tillOf } from '../db/queries/till.ts'
import { factByCode, verifyLedger } from '../db/verify/verify.ts'
import { cents, formatCents } from '../shared/money.ts'
import { parseLocalMinute } from '../shared/time.ts'
import { accountsAtCentral } from './backend/account/import/record.ts'
import { runImport } from './backend/account/import/run.ts'
import type { Backend } from './backend/backend.ts'
import { defaultDataDir } from './backend/data-folder.ts'
import { inUseSentence, openTillFor } from './backend/open-till.ts'
import { ownCommand } from './backend/request/pins.ts'
import { JobFailed } from './backend/runtime/jobs.ts'
import { keepToOwner } from './backend/runtime/rights.ts'
import { KeyUnavailable } from './backend/runtime/signing-key.ts'
import {
  type Asked,
  type Command,
  type OptionValues,
  readArguments,
  usage,
} from './command-line/arguments.ts'
import { sayCode } from './command-line/code.ts'
import { exportFolder, verifyFolder } from './command-line/journal-folder.ts'
import { complain, say } from './command-line/say.ts'

// What is made for the till is its owner's alone, whoever asks for it.
keepToOwner()
const asked = readArguments(process.argv.slice(2))
const { values } = typeof asked === 'string' ? { values: {} as OptionValues } : asked
const textOf = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined
const dataDir = typeof values.data === 'string' ? resolve(values.data) : defaultDataDir()
const code = textOf(values.code)

async function verify(): Promise<boolean> {
  const report = await verifyLedger(dataDir, () => undefined)
  say(`facts           ${report.facts}`)
  say(
    `receipts        ${report.receipts}, ${formatCents(cents(report.totalCents))} standing in closed drawers`,
  )
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
  const known = code === undefined || sayCode(code, factByCode(dataDir, code))
  return report.ok && known
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
    const paymentsThroughMs = paymentsThrough(till)
    if (paymentsThroughMs === undefined) return false
    const path = resolve(file)
    const badRowsFile = freeNameBeside(path)
    const order = {
      path,
      badRowsFile,
      personId: 'till',
      options: {
        mapping: {},
        mode: values['good-rows'] ? ('good-rows' as const) : ('all-or-nothing' as const),
        paymentsThroughMs,
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

/** Up to when the file has the payments taken here, by the clocks of the city; undefined, and said, where it is no such time. */
function paymentsThrough(till: Backend): number | null | undefined {
  const text = textOf(values['payments-through'])
  if (text === undefined) return null
  const throughMs = parseLocalMinute(text, settingsOf(till.ledger.reader)?.timeZone ?? 'UTC')
  if (throughMs !== null && throughMs <= till.clock()) return throughMs
  const fault = throughMs === null ? 'is not written as 2026-11-20T18:00' : 'is still to come'
  say(`Nothing imported: --payments-through ${text} ${fault}.`)
  return undefined
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

/** Commands that look into a till's folder; none of them begins a till, which a mistyped folder would get. */
const isOfFolder = ({ command, values: { journal } }: Asked): boolean =>
  command !== 'help' && journal === undefined

/** What a command of another user makes there would be that one's, and the till could not use it. */
const WRITES: ReadonlySet<Command> = new Set(['export-journal', 'rebuild', 'release', 'import-accounts'])

function isAnothers(command: Command): boolean {
  const own = process.getuid?.()
  return WRITES.has(command) && own !== undefined && statSync(join(dataDir, LEDGER_FILE)).uid !== own
}

async function carryOut(order: Asked): Promise<boolean> {
  if (isOfFolder(order) && !existsSync(join(dataDir, LEDGER_FILE))) {
    complain(`There is no ledger in ${dataDir}. Name the till's folder with --data DIR.`)
    return false
  }
  const { command, word } = order
  if (isAnothers(command)) {
    complain(`${dataDir} belongs to another user of this machine. Run this as that user.`)
    return false
  }
  const journal = textOf(values.journal)
  switch (command) {
    case 'verify':
      return journal === undefined ? verify() : verifyFolder(resolve(journal), code)
    case 'rebuild':
      return rebuild()
    case 'export-journal':
      return exportFolder(dataDir, resolve(textOf(values.out) ?? ''))
    case 'release':
      return release(word)
    case 'export-city':
      return exportCity()
    case 'import-accounts':
      return importAccounts(word)
    case 'help':
      for (const line of usage()) say(line)
      return true
  }
}

/** What went wrong, in a sentence where it is something that a person can mend. */
function sentence(error: unknown): string {
  if (error instanceof LedgerUnavailable)
    return error.problem === 'in-use' && typeof asked !== 'string' && asked.command !== 'rebuild'
      ? inUseSentence(error)
      : `The ledger cannot be used: ${error.message}`
  if (error instanceof ImportRefused || error instanceof JobFailed)
    return `The file cannot be imported: ${error.message}`
  if (error instanceof KeyUnavailable) return error.message
  const said = error instanceof Error ? error.message : String(error)
  return `The ledger cannot be read: ${said}`
}

/** Of a call that is none, as programs have it everywhere. */
const MISUSE = 2

if (typeof asked === 'string') {
  complain(asked)
  for (const line of usage()) complain(line)
  process.exitCode = MISUSE
} else
  try {
    process.exitCode = (await carryOut(asked)) ? 0 : 1
  } catch (error) {
    complain(sentence(error))
    process.exitCode = 1
  }
