/** Accounts as central's tables have them. */
import { insertRows, textList } from '../../db/central/bulk.ts'
import type { CentralTx } from '../../db/central/connection.ts'
import type { CentralAccountRow, CentralItemRow } from '../../db/central/schema.ts'
import { type AccountWithItems, accountNumberKey } from '../../shared/account.ts'

export interface AccountRows {
  account: CentralAccountRow
  /** In the order of their numbers. */
  items: CentralItemRow[]
}

const ACCOUNT_COLUMNS = [
  ...(['number', 'number_key', 'name', 'address', 'phones', 'status'] as const),
  ...(['cash_only', 'credit_cents', 'note', 'heir_id', 'as_of_ms'] as const),
]
const NEWS_COLUMNS = ACCOUNT_COLUMNS.filter(column => column !== 'as_of_ms')
const ITEM_COLUMNS = [
  ...(['account_id', 'item_no', 'service', 'service_order'] as const),
  ...(['is_penalty', 'due_date', 'open_cents', 'gl_account'] as const),
]

/** An account as it is to be written; it gets its change number later. */
export function accountRows({ account, items }: AccountWithItems): AccountRows {
  return { account: accountRow(account), items: items.map((item, index) => itemRow(item, index + 1)) }
}

/** Accounts that are there, by their ids. */
export async function readAccounts(tx: CentralTx, ids: readonly string[]): Promise<Map<string, AccountRows>> {
  const accounts = await tx.query
    .selectFrom('account')
    .selectAll()
    .where('account_id', 'in', textList(tx, ids))
    .execute()
  const found = new Map(
    accounts.map((account): [string, AccountRows] => [account.account_id, { account, items: [] }]),
  )
  const items = await tx.query
    .selectFrom('account_item')
    .selectAll()
    .where('account_id', 'in', textList(tx, ids))
    .orderBy('account_id')
    .orderBy('item_no')
    .execute()
  for (const item of items) found.get(item.account_id)?.items.push(item)
  return found
}

/** Whether it says nothing but what is there already. When it was said is no news. */
export function isSameAccount(given: AccountRows, kept: AccountRows | undefined): boolean {
  if (kept?.items.length !== given.items.length) return false
  const sameItem = (item: CentralItemRow, other: CentralItemRow | undefined): boolean =>
    item.item_id === other?.item_id && ITEM_COLUMNS.every(column => item[column] === other[column])
  return (
    NEWS_COLUMNS.every(column => given.account[column] === kept.account[column]) &&
    given.items.every((item, index) => sameItem(item, kept.items[index]))
  )
}

/** Writes accounts, each with exactly these items. */
export async function writeAccounts(tx: CentralTx, list: readonly AccountRows[]): Promise<void> {
  const accounts = list.map(({ account }) => account)
  await insertRows(tx, 'account', accounts, { key: ['account_id'], update: ACCOUNT_COLUMNS })
  const ids = accounts.map(account => account.account_id)
  await tx.query.deleteFrom('account_item').where('account_id', 'in', textList(tx, ids)).execute()
  const items = list.flatMap(one => one.items)
  await insertRows(tx, 'account_item', items, { key: ['item_id'], update: ITEM_COLUMNS })
}

function accountRow(account: AccountWithItems['account']): CentralAccountRow {
  return {
    account_id: account.accountId,
    number: account.number,
    number_key: accountNumberKey(account.number),
    name: account.name,
    address: account.address,
    phones: JSON.stringify(account.phones),
    status: account.status,
    cash_only: account.cashOnly ? 1 : 0,
    credit_cents: account.creditCents,
    note: account.note,
    as_of_ms: account.asOfMs,
    change_no: 0,
    heir_id: null,
  }
}

function itemRow(item: AccountWithItems['items'][number], itemNo: number): CentralItemRow {
  return {
    item_id: item.itemId,
    account_id: item.accountId,
    item_no: itemNo,
    service: item.service,
    service_order: item.serviceOrder,
    is_penalty: item.isPenalty ? 1 : 0,
    due_date: item.dueDate,
    open_cents: item.openCents,
    gl_account: item.glAccount,
  }
}
