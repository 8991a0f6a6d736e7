/** What a payment, or what is owed again, makes of an account's figures: of those that tills are told, and of a file's. */
import { textList } from '../../db/central/bulk.ts'
import type { CentralTx } from '../../db/central/connection.ts'
import type { CentralItemRow } from '../../db/central/schema.ts'
import { add, type Cents, cents, negate, subtract } from '../../shared/money.ts'
import type { BusinessDate } from '../../shared/time.ts'
import { type ItemOwed, openItem, returnedItem } from '../posting/books/owed-again.ts'
import type { AccountRows } from './rows.ts'

export interface Part {
  accountId: string
  /** Null for the account's credit. */
  itemId: string | null
  service: string
  /** Null for a credit. */
  dueDate: BusinessDate | null
  /** Of the receipt. */
  businessDate: BusinessDate
  glAccount: string
  /** Below zero where it was given back, and is owed again. */
  cents: number
}

/**
 * Parts whose item another account has by now count for the account's credit, or are owed as an item of their own: the item
 * itself is another's. `given` are accounts that are being written.
 */
export async function withoutOthers(
  tx: CentralTx,
  parts: readonly Part[],
  given: readonly AccountRows[] = [],
): Promise<Part[]> {
  const ids = [...new Set(parts.flatMap(({ itemId }) => itemId ?? []))]
  if (ids.length === 0) return [...parts]
  const kept = await tx.query
    .selectFrom('account_item')
    .select(['item_id', 'account_id'])
    .where('item_id', 'in', textList(tx, ids))
    .execute()
  const owners = Map.groupBy([...kept, ...given.flatMap(({ items }) => items)], item => item.item_id)
  const isOthers = ({ itemId, accountId }: Part): boolean =>
    itemId !== null && (owners.get(itemId) ?? []).some(owner => owner.account_id !== accountId)
  return parts.map(part => (isOthers(part) ? { ...part, itemId: null } : part))
}

/** Changes the figures by a part; an item that they do not name is the one among `known`, or made of what was paid. */
export function put(figures: AccountRows, part: Part, known: readonly CentralItemRow[] = []): void {
  if (part.cents > 0) pay(figures, part.itemId, cents(part.cents))
  else owe(figures, part, known)
}

/** What the item does not owe any more is the customer's. */
function pay({ account, items }: AccountRows, itemId: string | null, paid: Cents): void {
  const item = items.find(one => one.item_id === itemId)
  const taken = cents(Math.min(item?.open_cents ?? 0, paid))
  if (item) item.open_cents = subtract(item.open_cents, taken)
  account.credit_cents = add(account.credit_cents, subtract(paid, taken))
}

/** Owed again: out of the credit as far as there is any, and as an item for the rest. */
function owe(figures: AccountRows, part: Part, known: readonly CentralItemRow[]): void {
  const { account, items } = figures
  const owed = negate(cents(part.cents))
  const fromCredit = cents(Math.min(account.credit_cents, part.itemId === null ? owed : 0))
  account.credit_cents = subtract(account.credit_cents, fromCredit)
  const open = subtract(owed, fromCredit)
  if (open === 0) return
  openItem(items, known.find(one => one.item_id === part.itemId) ?? againOf(figures, part), open)
}

function againOf({ account: { account_id: accountId } }: AccountRows, part: Part): ItemOwed {
  const { itemId, service, businessDate, dueDate, glAccount } = part
  const item = returnedItem({ accountId, glAccount, dueDate: dueDate ?? businessDate })
  return { ...item, item_id: itemId ?? item.item_id, service }
}
