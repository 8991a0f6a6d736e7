import type Database from 'better-sqlite3'
import { isAfter, type JournalPosition } from '../../shared/ledger/journal-position.ts'
import { openLedgerToVerify } from '../ledger/till.ts'
import type { Problems } from '../verify/problems.ts'
import { AccountsUnavailable } from './errors.ts'
import { openAccountsReader } from './open.ts'
import type { AccountsReader } from './reader.ts'
import { verifyAccounts } from './verify.ts'

interface StatedImport extends JournalPosition {
  importId: string
  root: string
}

const IMPORTS = 'SELECT import_id AS importId, root, epoch, seq FROM account_import'

/** What the journal states by now: a running till may have gone on since the snapshot that is verified. */
function statedBy<T>(dataDir: string, read: (ledger: Database.Database) => T): T {
  const ledger = openLedgerToVerify(dataDir)
  try {
    return read(ledger)
  } finally {
    ledger.close()
  }
}

const lastImport = (ledger: Database.Database): StatedImport | undefined =>
  ledger.prepare<[], StatedImport>(`${IMPORTS} WHERE lost = 0 ORDER BY epoch DESC, seq DESC LIMIT 1`).get()

const importOf = (ledger: Database.Database, importId: string): StatedImport | undefined =>
  ledger.prepare<[string], StatedImport>(`${IMPORTS} WHERE import_id = ?`).get(importId)

/** How long a running till may take from the fact of an import to its last account. */
const WAIT_MS = 3_000
const PAUSE_MS = 50

/** The last import that is stated, once the accounts are those of it, or should long have been. */
function settledImport(dataDir: string, reader: AccountsReader): StatedImport | undefined {
  let waited = 0
  for (;;) {
    const last = statedBy(dataDir, lastImport)
    if (waited >= WAIT_MS || !mayComeYet(dataDir, reader.importMark()?.importId, last)) return last
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
    waited += PAUSE_MS
  }
}

/** Whether the accounts are those of an earlier import than the last, so that it may be under way: what nobody stated is not. */
function mayComeYet(dataDir: string, importId: string | undefined, last: StatedImport | undefined): boolean {
  if (last === undefined || importId === last.importId) return false
  return importId === undefined || statedBy(dataDir, ledger => importOf(ledger, importId)) !== undefined
}

const BEHIND = 'is of an earlier import than the last one in the journal: read the accounts again'

/** Checks the accounts file against the import in the journal that it names; gives the number of accounts. */
export function verifyAccountsFile(dataDir: string, problems: Problems): number {
  try {
    const reader = openAccountsReader(dataDir)
    try {
      return verifyOpenFile(dataDir, reader, problems)
    } finally {
      reader.close()
    }
  } catch (error) {
    if (!(error instanceof AccountsUnavailable)) throw error
    problems.add('accounts', error.message)
    return 0
  }
}

function verifyOpenFile(dataDir: string, reader: AccountsReader, problems: Problems): number {
  const last = settledImport(dataDir, reader)
  let named: StatedImport | undefined
  const verdict = verifyAccounts(reader, importId => {
    named = importId === undefined ? undefined : statedBy(dataDir, ledger => importOf(ledger, importId))
    return (named ?? last)?.root ?? null
  })
  if (!last && reader.importMark()) problems.add('accounts import_mark', 'is of no import in the journal')
  if (named && last && isAfter(last, named)) problems.add('accounts import_mark', BEHIND)
  for (const bad of verdict.badPlaces)
    problems.add(['accounts', bad.table, bad.accountNumber, bad.column].filter(Boolean).join(' '), bad.found)
  return verdict.accountCount
}
