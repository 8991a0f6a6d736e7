/** An account as the Window shows it: central's figures as pulled, less what this till has taken since. */

import type { Account, AccountItem } from '../../shared/account.ts'
import type { AccountView } from '../../shared/contract/account.ts'
import { subtract, sum, ZERO } from '../../shared/money.ts'
import { owedNow, type Pending } from '../../shared/rules/account/owed.ts'
import type { BusinessDate } from '../../shared/time.ts'
import type { AccountsReader } from '../accounts/reader.ts'
import type { Reader } from '../ledger/reader.ts'
import { pendingAllocations } from './receipt/receipt.ts'

/** The account with its open items, or undefined where there is none of this id. */
export function accountView(
  sources: { ledger: Reader; accounts: AccountsReader },
  accountId: string,
  today: BusinessDate,
): AccountView | undefined {
  const found = sources.accounts.keptAccount(accountId)
  if (!found) return undefined
  const { account, items, asOfPosition, ids } = found
  const pending = ids.flatMap(id => pendingAllocations(sources.ledger, id, asOfPosition))
  return viewOf(account, items, pending, today)
}

function viewOf(
  account: Account,
  told: readonly AccountItem[],
  pending: readonly Pending[],
  today: BusinessDate,
): AccountView {
  const { items, creditCents } = owedNow(
    { accountId: account.accountId, items: told, creditCents: account.creditCents },
    pending,
  )
  const centralBalanceCents = subtract(sum(told.map(item => item.openCents)), account.creditCents)
  const balanceCents = subtract(sum(items.map(item => item.openCents)), creditCents)
  return {
    ...account,
    creditCents: creditCents < 0 ? ZERO : creditCents,
    items,
    centralBalanceCents,
    balanceCents,
    pendingCents: subtract(centralBalanceCents, balanceCents),
    pastDue: items.some(item => item.openCents > 0 && item.dueDate < today),
  }
}
