import type Database from 'better-sqlite3'
import type { JournalPosition } from '../../shared/ledger/journal-position.ts'
import { openLedgerToVerify } from '../ledger/till.ts'
import type { Problems } from '../verify/problems.ts'
import { AccountsUnavailable } from './errors.ts'
import { openAccountsReader } from './open.ts'
import { verifyAccounts } from './verify.ts'

interface StatedImport extends JournalPosition {
  importId: string
  root: string
}

const IMPORTS = 'SELECT import_id AS importId, root, epoch, seq FROM account_import'

function lastImport(ledger: Database.Database): StatedImport | undefined {
  return ledger.prepare<[], StatedImport>(`${IMPORTS} ORDER BY epoch DESC, seq DESC LIMIT 1`).get()
}

/** How long a running till may take from the last account of an import to its fact. */
const WAIT_MS = 3_000
const PAUSE_MS = 50

/**
 * An import that a running till took while the journal was being looked through: its fact comes after the snapshot. Waits
 * for it a moment, since accounts and journal are two files and one is written after the other.
 */
function importSince(
  dataDir: string,
  importId: string,
  known: StatedImport | undefined,
): StatedImport | undefined {
  const ledger = openLedgerToVerify(dataDir)
  try {
    const newer = ledger.prepare<[string, number, number], StatedImport>(
      `${IMPORTS} WHERE import_id = ? AND (epoch, seq) > (?, ?)`,
    )
    for (let waited = 0; waited <= WAIT_MS; waited += PAUSE_MS) {
      const found = newer.get(importId, known?.epoch ?? 0, known?.seq ?? 0)
      if (found) return found
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
    }
    return undefined
  } finally {
    ledger.close()
  }
}

/** Checks the accounts file against the import in the journal that it names; gives the number of accounts. */
export function verifyAccountsFile(dataDir: string, ledger: Database.Database, problems: Problems): number {
  const known = lastImport(ledger)
  const rootOf = (importId: string | undefined): string | null => {
    const isKnown = importId === undefined || importId === known?.importId
    const since = isKnown ? undefined : importSince(dataDir, importId, known)
    return (since ?? known)?.root ?? null
  }
  try {
    const reader = openAccountsReader(dataDir)
    try {
      const verdict = verifyAccounts(reader, rootOf)
      for (const bad of verdict.badPlaces)
        problems.add(
          ['accounts', bad.table, bad.accountNumber, bad.column].filter(Boolean).join(' '),
          bad.found,
        )
      return verdict.accountCount
    } finally {
      reader.close()
    }
  } catch (error) {
    if (!(error instanceof AccountsUnavailable)) throw error
    problems.add('accounts', error.message)
    return 0
  }
}
