/** An account as the Window shows it: central's figures as pulled, less what this till has taken since. */

import type { Account, AccountItem } from '../../shared/account.ts'
import type { AccountView } from '../../shared/contract/account.ts'
import { add, type Cents, subtract, sum, ZERO } from '../../shared/money.ts'
import { type BusinessDate, parseBusinessDate } from '../../shared/time.ts'
import type { AccountsReader } from '../accounts/reader.ts'
import type { Reader } from '../ledger/reader.ts'
import { type PendingAllocation, pendingAllocations } from './receipt.ts'

/** The account with its open items, or undefined where there is none of this id. */
export function accountView(
  sources: { ledger: Reader; accounts: AccountsReader },
  accountId: string,
  today: BusinessDate,
): AccountView | undefined {
  const found = sources.accounts.keptAccount(accountId)
  if (!found) return undefined
  const pending = pendingAllocations(sources.ledger, accountId, found.asOfPosition)
  return lessPending(found.account, found.items, pending, today)
}

/**
 * What is taken here lowers the balance at once. A pending amount whose item central no longer lists has been
 * dealt with there, so it is not taken off a second time; one that was given back here since is owed again.
 */
function lessPending(
  account: Account,
  items: readonly AccountItem[],
  pending: readonly PendingAllocation[],
  today: BusinessDate,
): AccountView {
  const byItem = new Map<string | null, Cents>()
  for (const { itemId, cents } of pending) byItem.set(itemId, add(byItem.get(itemId) ?? ZERO, cents))
  const open = [...items, ...owedAgain(account.accountId, items, pending)].map(item => {
    const taken = byItem.get(item.itemId) ?? ZERO
    return { ...item, openCents: taken > item.openCents ? ZERO : subtract(item.openCents, taken) }
  })
  const creditCents = add(account.creditCents, byItem.get(null) ?? ZERO)
  const centralBalanceCents = subtract(sum(items.map(item => item.openCents)), account.creditCents)
  const balanceCents = subtract(sum(open.map(item => item.openCents)), creditCents)
  return {
    ...account,
    creditCents: creditCents < 0 ? ZERO : creditCents,
    items: open,
    centralBalanceCents,
    balanceCents,
    pendingCents: subtract(centralBalanceCents, balanceCents),
    pastDue: open.some(item => item.openCents > 0 && item.dueDate < today),
  }
}

/** Items that central lists no more because they were paid here, and whose payment was voided since. */
function owedAgain(
  accountId: string,
  items: readonly AccountItem[],
  pending: readonly PendingAllocation[],
): AccountItem[] {
  const listed = new Set(items.map(item => item.itemId))
  return pending.flatMap(({ itemId, service, dueDate, glAccount, cents }): AccountItem[] => {
    // Nearly every pending amount was taken, and reading a date takes longer than all the rest.
    if (cents >= 0 || itemId === null || dueDate === null || listed.has(itemId)) return []
    const due = parseBusinessDate(dueDate)
    if (due === null) return []
    listed.add(itemId)
    return [
      {
        itemId,
        accountId,
        service,
        serviceOrder: 0,
        isPenalty: false,
        dueDate: due,
        openCents: ZERO,
        glAccount,
      },
    ]
  })
}
