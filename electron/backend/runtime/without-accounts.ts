import type { AccountsProblem, AccountsUnavailable } from '../../../db/accounts/errors.ts'
import { LedgerUnavailable } from '../../../db/file/problem.ts'

const USELESS: readonly AccountsProblem[] = ['missing', 'damaged', 'foreign', 'newer']

/** Accounts are no money: they can be read again, and what was paid stands in the ledger. */
export function withoutAccounts({ problem, file, cause }: AccountsUnavailable): LedgerUnavailable {
  if (problem !== 'missing' && !USELESS.includes(problem))
    return new LedgerUnavailable(problem, file, { cause })
  const detail = `${file} cannot be used (${problem}). Move it to another folder, start the till, and read the accounts anew`
  return new LedgerUnavailable('accounts', detail, { cause })
}
