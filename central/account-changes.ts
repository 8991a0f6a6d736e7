/** Gives changed accounts their change numbers, and takes accounts over from the billing system's own files. */
import { sql } from 'kysely'
import { insertRows, textList } from '../db/central/bulk.ts'
import { type CentralDb, type CentralTx, inTransaction } from '../db/central/open.ts'
import type { CentralAccountRow, CentralItemRow } from '../db/central/schema.ts'
import { type AccountWithItems, accountNumberKey } from '../shared/account.ts'
import { takeFeedStep } from './feed-step.ts'
import { lockAccounts } from './posting-books.ts'

const FEED = 'accounts'
/** 'NUMB': one transaction at a time gives change numbers. */
const NUMBERING_LOCK = 0x4e554d42
const SOURCES_AT_ONCE = 20

/**
 * Numbers given by several transactions at once would become visible out of order, and a till that read the higher one
 * would never see the lower. So those that change accounts only say which, and here one transaction at a time
 * gives numbers; whoever asks for changes comes through here first.
 */
export async function numberChangedAccounts(db: CentralDb, { nowMs }: { nowMs: number }): Promise<void> {
  const isWaiting = () =>
    db.kysely.selectFrom('account_dirty').select('account_id').limit(1).executeTakeFirst()
  while (await isWaiting()) await inTransaction(db, tx => numberSome(tx, nowMs))
}

/** One transaction's worth: what a few imports' batches, or many tills' ranges, have changed. */
async function numberSome(tx: CentralTx, nowMs: number): Promise<void> {
  if (tx.flavour === 'postgres') await sql`SELECT pg_advisory_xact_lock(${NUMBERING_LOCK})`.execute(tx.query)
  const { rows } = await sql<{ account_id: string }>`DELETE FROM account_dirty
    WHERE (source, source_no) IN (SELECT source, source_no FROM account_dirty
      GROUP BY source, source_no ORDER BY source, source_no LIMIT ${SOURCES_AT_ONCE})
    RETURNING account_id`.execute(tx.query)
  const ids = [...new Set(rows.map(row => row.account_id))].sort()
  // Whoever was here before may have numbered them all; an account that does not exist has nothing to tell.
  if (ids.length === 0) return
  await lockAccounts(tx, ids)
  const { last } = await tx.query
    .selectFrom('account')
    .select(({ fn }) => fn.max('change_no').as('last'))
    .executeTakeFirstOrThrow()
  const upTo = await giveNumbers(tx, ids, last ?? 0)
  await takeFeedStep(tx, { feed: FEED, upTo, made: `${nowMs}/${upTo}/${ids.join()}` })
}

async function giveNumbers(tx: CentralTx, ids: readonly string[], last: number): Promise<number> {
  await sql`UPDATE account SET change_no = n.no
    FROM (SELECT account_id, CAST(${last} AS BIGINT) + row_number() OVER (ORDER BY account_id) AS no
      FROM account WHERE account_id IN ${textList(tx, ids)}) AS n
    WHERE account.account_id = n.account_id`.execute(tx.query)
  return last + ids.length
}

const ACCOUNT_COLUMNS = [
  ...(['number', 'number_key', 'name', 'address', 'phones', 'status'] as const),
  ...(['cash_only', 'credit_cents', 'note', 'as_of_ms'] as const),
]
const ITEM_COLUMNS = [
  ...(['account_id', 'item_no', 'service', 'service_order'] as const),
  ...(['is_penalty', 'due_date', 'open_cents', 'gl_account'] as const),
]

/**
 * Takes accounts over as they are given, with exactly the items given: what is billed is the billing system's to say.
 * `batch` names this call among all imports. Accounts that are not given stay as they are.
 */
export async function putAccounts(
  db: CentralDb,
  list: readonly AccountWithItems[],
  batch: { importId: string; no: number },
): Promise<void> {
  const ids = list.map(({ account }) => account.accountId).sort()
  await inTransaction(db, async tx => {
    await lockAccounts(tx, ids)
    await insertRows(
      tx,
      'account',
      list.map(({ account }) => accountRow(account)),
      { key: ['account_id'], update: ACCOUNT_COLUMNS },
    )
    await tx.query.deleteFrom('account_item').where('account_id', 'in', textList(tx, ids)).execute()
    const items = list.flatMap(({ items }) => items.map((item, index) => itemRow(item, index + 1)))
    await insertRows(tx, 'account_item', items, { key: ['item_id'], update: ITEM_COLUMNS })
    const source = { source: `import/${batch.importId}`, source_no: batch.no }
    const dirty = ids.map(id => ({ ...source, account_id: id }))
    await insertRows(tx, 'account_dirty', dirty)
  })
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
