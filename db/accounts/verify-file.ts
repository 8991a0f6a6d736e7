import type Database from 'better-sqlite3'
import type { Problems } from '../verify/problems.ts'
import { AccountsUnavailable } from './errors.ts'
import { openAccountsReader } from './open.ts'
import { verifyAccounts } from './verify.ts'

/** Checks the accounts file against the last import in the journal; gives the number of accounts. */
export function verifyAccountsFile(dataDir: string, ledger: Database.Database, problems: Problems): number {
  const root = ledger
    .prepare<[], string>('SELECT root FROM account_import ORDER BY epoch DESC, seq DESC LIMIT 1')
    .pluck()
    .get()
  try {
    const reader = openAccountsReader(dataDir)
    try {
      const verdict = verifyAccounts(reader, root ?? null)
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
