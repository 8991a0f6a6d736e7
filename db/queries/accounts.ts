/** An account as the Window shows it: central's figures as pulled, less what this till has taken since. */

import type { Account, AccountItem } from '../../shared/account.ts'
import type { AccountView } from '../../shared/contract/account.ts'
import { add, type Cents, subtract, sum, ZERO } from '../../shared/money.ts'
import type { BusinessDate } from '../../shared/time.ts'
import type { AccountsReader } from '../accounts/reader.ts'
import type { Reader } from '../reader.ts'
import { pendingAllocations } from './receipts.ts'

/** The account with its open items, or undefined where there is none of this id. */
export function accountView(
  sources: { ledger: Reader; accounts: AccountsReader },
  accountId: string,
  today: BusinessDate,
): AccountView | undefined {
  const found = sources.accounts.accountWithItems(accountId)
  if (!found) return undefined
  return lessPending(found.account, found.items, pendingAllocations(sources.ledger, accountId), today)
}

/**
 * What is taken here lowers the balance at once. A pending amount whose item central no longer lists has been
 * dealt with there, so it is not taken off a second time.
 */
function lessPending(
  account: Account,
  items: readonly AccountItem[],
  pending: readonly { itemId: string | null; cents: Cents }[],
  today: BusinessDate,
): AccountView {
  const byItem = new Map<string | null, Cents>()
  for (const { itemId, cents } of pending) byItem.set(itemId, add(byItem.get(itemId) ?? ZERO, cents))
  const open = items.map(item => {
    const taken = byItem.get(item.itemId) ?? ZERO
    return { ...item, openCents: taken > item.openCents ? ZERO : subtract(item.openCents, taken) }
  })
  const creditCents = add(account.creditCents, byItem.get(null) ?? ZERO)
  const centralBalanceCents = subtract(sum(items.map(item => item.openCents)), account.creditCents)
  const balanceCents = subtract(sum(open.map(item => item.openCents)), creditCents)
  return {
    ...account,
    creditCents,
    items: open,
    centralBalanceCents,
    balanceCents,
    pendingCents: subtract(centralBalanceCents, balanceCents),
    pastDue: open.some(item => item.openCents > 0 && item.dueDate < today),
  }
}
