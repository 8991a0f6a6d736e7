/** What has changed of an account since its line was put into the basket. */
import type { AccountView } from '../../../../shared/contract/account.ts'
import type { SeenAccount } from '../../../../shared/contract/basket.ts'
import type { Cents } from '../../../../shared/money.ts'
import { WINDOW } from '../../../text/receipt/window.ts'
import { balanceLabels } from '../../../text/session/balance.ts'

/** How an account is, as far as a basket remembers it. */
export function seenOf({ accountId, name, address, status, cashOnly, items }: AccountView): SeenAccount {
  return {
    accountId,
    name,
    address,
    status,
    cashOnly,
    items: items.map(({ itemId, openCents }) => ({ itemId, openCents })),
  }
}

/** What the basket remembers of an account. */
export interface Remembered {
  /** Null where it was put in before anything was remembered. */
  seen: SeenAccount | null
  /** The balance that was shown; null where none was yet. */
  balanceCents: Cents | null
}

function hasSameItems(seen: SeenAccount, now: SeenAccount): boolean {
  const open = new Map(seen.items.map(({ itemId, openCents }) => [itemId, openCents]))
  return (
    seen.items.length === now.items.length &&
    now.items.every(({ itemId, openCents }) => open.get(itemId) === openCents)
  )
}

/**
 * Sentences on what has changed, the gravest first; none where nothing has. `now` is null where the account is not
 * there any more. A closed account is not described further: it is only to be removed.
 */
export function newsOf({ seen, balanceCents }: Remembered, now: AccountView | null): string[] {
  const { news } = WINDOW
  if (now === null) return [news.gone]
  if (seen?.status === 'open' && now.status === 'closed') return [news.closed]
  const message: string[] = []
  if (seen !== null && seen.name !== now.name) message.push(news.renamed(seen.name))
  if (seen !== null && seen.address !== now.address) message.push(news.moved(seen.address))
  if (seen !== null && !seen.cashOnly && now.cashOnly) message.push(news.cashOnly)
  if (balanceCents !== null && balanceCents !== now.balanceCents)
    message.push(news.balance(balanceLabels(now.balanceCents), balanceLabels(balanceCents)))
  else if (seen !== null && !hasSameItems(seen, seenOf(now))) message.push(news.items)
  return message
}
