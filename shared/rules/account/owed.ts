/** What an account owes at this till: what the billing system told of it, and what was taken or given back here since. */
import { ACCOUNT_LIMITS, type AccountItem } from '../../account.ts'
import { add, type Cents, negate, subtract, ZERO } from '../../money.ts'
import { parseBusinessDate } from '../../time.ts'

/** Money that the told figures do not know of yet. */
export interface Pending {
  /** Null for the account's credit. */
  itemId: string | null
  service: string
  dueDate: string | null
  glAccount: string
  /** Taken here; below zero for what was given back here after the told figures contained it. */
  cents: Cents
}

export interface Owed {
  items: AccountItem[]
  /** Below zero where more was given back than there is credit: then it is owed, though by no item. */
  creditCents: Cents
}

/**
 * Puts what is pending on top of what was told. Nothing of it is dropped: what an item has no room for, and what was paid
 * for one that is told no more, is the account's credit; what was given back for such a one is owed again as that item.
 */
export function owedNow(
  told: { accountId: string; items: readonly AccountItem[]; creditCents: Cents },
  pending: readonly Pending[],
): Owed {
  const left = netByItem(pending)
  let creditCents = add(told.creditCents, left.get(null)?.cents ?? ZERO)
  const items = told.items.map(item => {
    const taken = left.get(item.itemId)?.cents ?? ZERO
    left.delete(item.itemId)
    if (taken <= item.openCents) return { ...item, openCents: subtract(item.openCents, taken) }
    creditCents = add(creditCents, subtract(taken, item.openCents))
    return { ...item, openCents: ZERO }
  })
  for (const [itemId, net] of left) {
    if (itemId === null) continue
    const again = net.cents < 0 ? owedAgain(told.accountId, itemId, net) : null
    // One item more than an account may have could neither be shown nor paid.
    const last = items.length >= ACCOUNT_LIMITS.items ? items.at(-1) : undefined
    if (again && last) items[items.length - 1] = { ...last, openCents: add(last.openCents, again.openCents) }
    else if (again) items.push(again)
    else creditCents = add(creditCents, net.cents)
  }
  return { items, creditCents }
}

function netByItem(pending: readonly Pending[]): Map<string | null, Pending> {
  const nets = new Map<string | null, Pending>()
  for (const one of pending) {
    const before = nets.get(one.itemId)
    nets.set(one.itemId, before ? { ...before, cents: add(before.cents, one.cents) } : one)
  }
  return nets
}

function owedAgain(accountId: string, itemId: string, net: Pending): AccountItem | null {
  const dueDate = parseBusinessDate(net.dueDate ?? '')
  if (dueDate === null) return null
  const { service, glAccount, cents } = net
  return {
    ...{ itemId, accountId, service, serviceOrder: 0, isPenalty: false, dueDate, glAccount },
    openCents: negate(cents),
  }
}
