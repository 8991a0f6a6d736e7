/** What is owed again and has no item any more: an item of its own, one for each GL account. */
import { namedId } from '../../../db/accounts/named-id.ts'
import { insertRows } from '../../../db/central/bulk.ts'
import type { CentralTx } from '../../../db/central/connection.ts'
import type { CentralItemRow } from '../../../db/central/schema.ts'
import { ACCOUNT_LIMITS } from '../../../shared/account.ts'
import { add, type Cents } from '../../../shared/money.ts'
import type { BusinessDate } from '../../../shared/time.ts'

export interface OwedAgain {
  accountId: string
  glAccount: string
  dueDate: BusinessDate
  cents: Cents
}

/** An item without its place among the account's and what is open of it. */
export type ItemOwed = Omit<CentralItemRow, 'item_no' | 'open_cents'>

export const returnedItem = ({
  accountId,
  glAccount,
  dueDate,
}: Pick<OwedAgain, 'accountId' | 'glAccount' | 'dueDate'>): ItemOwed => ({
  item_id: namedId('item', `${accountId}\u0000returned/${glAccount}`),
  account_id: accountId,
  service: 'returned',
  service_order: 0,
  is_penalty: 0,
  due_date: dueDate,
  gl_account: glAccount,
})

/**
 * Opens an item by so much, as the last of the account's where it is not among them. One item more than an account may have
 * would be read by no till, so there the last one bears it. Gives the item that was opened.
 */
export function openItem(items: CentralItemRow[], owed: ItemOwed, open: Cents): CentralItemRow {
  const last = items.at(-1)
  const bearer = items.length >= ACCOUNT_LIMITS.items ? last : undefined
  const item = items.find(one => one.item_id === owed.item_id) ?? bearer
  if (item) return Object.assign(item, { open_cents: add(item.open_cents, open) })
  const opened = { ...owed, item_no: (last?.item_no ?? 0) + 1, open_cents: open }
  items.push(opened)
  return opened
}

/** Under the account's lock. */
export async function oweAgain(tx: CentralTx, owed: OwedAgain): Promise<void> {
  const items = await tx.query
    .selectFrom('account_item')
    .selectAll()
    .where('account_id', '=', owed.accountId)
    .orderBy('item_no')
    .execute()
  const opened = openItem(items, returnedItem(owed), owed.cents)
  await insertRows(tx, 'account_item', [opened], { key: ['item_id'], update: ['open_cents'] })
}
