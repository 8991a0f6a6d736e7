/** Command line for the ledger: proof and imports, without a screen. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ImportRefused } from '../db/accounts/file/file-types.ts'
import { LedgerUnavailable } from '../db/ledger-errors.ts'
import { cityOf } from '../db/queries/city.ts'
import { allPeople } from '../db/queries/people.ts'
import { Reader } from '../db/reader.ts'
import { openLedgerReadOnly } from '../db/till.ts'
import { factByCode, verifyLedger } from '../db/verify.ts'
import { cents, formatCents } from '../shared/money.ts'
import { defaultDataDir } from './backend/data-folder.ts'
import { runImport } from './backend/import-run.ts'
import { accountsAtCentral } from './backend/imports.ts'
import { JobFailed } from './backend/jobs.ts'
import { inUseSentence, openTillFor } from './backend/open-till.ts'
import { ownCommand } from './backend/pins.ts'

const USAGE = `Usage:
  npm run ledger -- verify [--data DIR] [--code XXXX-XXXX-XXXX]
  npm run ledger -- release NAME [--data DIR]
  npm run ledger -- export-city [--data DIR]
  npm run ledger -- import-accounts FILE [--data DIR] [--good-rows] [--close-missing] [--payments-included]`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    code: { type: 'string' },
    'good-rows': { type: 'boolean', default: false },
    'close-missing': { type: 'boolean', default: false },
    'payments-included': { type: 'boolean', default: false },
  },
})
const dataDir = resolve(values.data ?? defaultDataDir())

function say(line: string): void {
  process.stdout.write(`${line}\n`)
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
    say(
      `NOT FOUND  ${code}: no row of this journal has it. If it is on a paper of this till, the journal was`,
    )
    say('cut or rewritten after that paper was printed.')
    return false
  }
  const { epoch, seq, kind, number, at } = fact
  say(`code            ${code} is ${kind} ${number} at ${epoch}/${seq}, ${new Date(at).toISOString()}`)
  return true
}

/** Says what central publishes for all tills, as this till has it: a city can begin from a till that is set up. */
function exportCity(): boolean {
  const ledger = openLedgerReadOnly(dataDir)
  try {
    const city = cityOf(new Reader(ledger))
    say(city ? JSON.stringify(city, null, 2) : 'This till is not set up yet.')
    return city !== undefined
  } finally {
    ledger.close()
  }
}

async function importAccounts(file: string): Promise<boolean> {
  const till = openTillFor(dataDir)
  if ('unavailable' in till) throw till.unavailable
  try {
    const address = accountsAtCentral(till)
    if (address !== undefined) {
      say(`Nothing imported: accounts come from the billing system at ${address}. Import the file there.`)
      return false
    }
    const order = {
      path: resolve(file),
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
    return result.imported || result.unchanged
  } finally {
    await till.close()
  }
}

/** Lets a locked-out person try again: for a city whose only administrator is the one. */
async function release(name: string): Promise<boolean> {
  const till = openTillFor(dataDir)
  if ('unavailable' in till) throw till.unavailable
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
  const [command, file] = positionals
  if (command === 'verify' && file === undefined) return verify()
  if (command === 'release' && file !== undefined) return release(file)
  if (command === 'export-city' && file === undefined) return exportCity()
  if (command === 'import-accounts' && file !== undefined) return importAccounts(file)
  say(USAGE)
  return false
}

/** What went wrong, in a sentence where it is something that a person can mend. */
function sentence(error: unknown): string {
  if (error instanceof LedgerUnavailable)
    return error.problem === 'in-use' ? inUseSentence(error) : `The ledger cannot be used: ${error.message}`
  if (error instanceof ImportRefused || error instanceof JobFailed)
    return `The file cannot be imported: ${error.message}`
  if (error instanceof Error && 'code' in error) return `The ledger cannot be read: ${error.message}`
  throw error
}

try {
  process.exitCode = (await main()) ? 0 : 1
} catch (error) {
  process.stderr.write(`${sentence(error)}\n`)
  process.exitCode = 1
}
