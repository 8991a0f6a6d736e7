/** Gives changed accounts their change numbers, and takes accounts over from the billing system's own files. */
import { sql } from 'kysely'
import { accountIdOf } from '../../db/accounts/named-id.ts'
import { insertRows, textList, updateRows } from '../../db/central/bulk.ts'
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import { GIVEN_UP } from '../../db/central/schema.ts'
import type { AccountWithItems } from '../../shared/account.ts'
import { takeFeedStep } from '../journal/feed-step.ts'
import { lastHeir, lockAccounts } from '../posting/books/books.ts'
import { laterPayments, payLater, withoutLost } from './later-payments.ts'
import { fixNames } from './named-ids.ts'
import { type LeftOut, type Retired, settleNumbers } from './numbers.ts'
import { type AccountRows, accountRows, isSameAccount, readAccounts, writeAccounts } from './rows.ts'

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
  // A step that nothing was numbered by would be the next one's too.
  if (upTo === (last ?? 0)) return
  await takeFeedStep(tx, { feed: FEED, upTo, made: `${nowMs}/${upTo}/${ids.join()}` })
}

/** Gives the last number: `last` where there is none of these accounts. Who makes way comes first: an heir never has less than its own. */
async function giveNumbers(tx: CentralTx, ids: readonly string[], last: number): Promise<number> {
  const { rows } = await sql`UPDATE account SET change_no = n.no
    FROM (SELECT account_id, CAST(${last} AS BIGINT)
        + row_number() OVER (ORDER BY CASE WHEN number_key = ${GIVEN_UP} THEN 0 ELSE 1 END, account_id) AS no
      FROM account WHERE account_id IN ${textList(tx, ids)}) AS n
    WHERE account.account_id = n.account_id RETURNING account.account_id`.execute(tx.query)
  return last + rows.length
}

export interface PutCounts {
  added: number
  changed: number
  unchanged: number
  left: LeftOut[]
}

export interface Batch {
  importId: string
  /** Counts the batches of an import. */
  no: number
  /**
   * Payments that central posted up to this moment (UTC milliseconds) are in the figures; later ones are put on top
   * of them. Without it the figures are taken as they are.
   */
  throughMs?: number | undefined
  /** The same of what payment files carry and the billing system has accepted; `throughMs` when left out. */
  acceptedThroughMs?: number | undefined
  /** Accounts of which the file has said everything by now; none when left out. */
  done?: ReadonlySet<string> | undefined
  /** No row comes later: true when left out. */
  isLast?: boolean | undefined
  /** It is known of whom each row speaks: true when left out. */
  isRead?: boolean | undefined
}

/**
 * Takes accounts over as they are given, with exactly the items given: what is billed is the billing system's to say.
 * Accounts that are not given stay as they are, and those that say nothing new are not sent to the tills again.
 */
export async function putAccounts(
  db: CentralDb,
  list: readonly AccountWithItems[],
  {
    importId,
    no,
    throughMs,
    acceptedThroughMs = throughMs,
    done = new Set(),
    isLast = true,
    isRead = true,
  }: Batch,
): Promise<PutCounts> {
  return inTransaction(db, async tx => {
    const all = list.map(accountRows)
    const { fit, left, retired, losing } = await settleNumbers(tx, all, { done, isLast, isRead })
    if (losing.length > 0) await lockTills(tx)
    const losers = await ownersOf(tx, fit)
    const ids = fit.map(({ account }) => account.account_id)
    const retiredIds = retired.map(({ accountId }) => accountId)
    await lockAccounts(tx, [...new Set([...ids, ...retiredIds, ...losers])].sort())
    const kept = await readAccounts(tx, ids)
    const isWritten = new Set([...ids, ...retiredIds])
    const withoutItems = await readAccounts(
      tx,
      losers.filter(id => !isWritten.has(id)),
    )
    await retire(tx, retired)
    const fixed = await fixNames(tx, losing, new Set(ids))
    await inherit(tx, heirsOf([...fixed, ...retired, ...fit.map(givenUp)]))
    if (throughMs !== undefined && acceptedThroughMs !== undefined)
      payLater(fit, kept, await laterPayments(tx, { given: fit, throughMs, acceptedThroughMs }))
    const news = fit.filter(one => !isSameAccount(one, kept.get(one.account.account_id)))
    await writeAccounts(tx, news)
    if (withoutItems.size > 0 && throughMs !== undefined && acceptedThroughMs !== undefined) {
      const lost = new Set(fit.flatMap(({ items }) => items.map(item => item.item_id)))
      const order = { given: [...withoutItems.values()], lost, throughMs, acceptedThroughMs }
      await writeAccounts(tx, await withoutLost(tx, order))
    }
    const newIds = news.map(({ account }) => account.account_id)
    const fixedIds = fixed.map(({ accountId }) => accountId)
    await markChanged(tx, [...new Set([...newIds, ...losers, ...retiredIds, ...fixedIds])], { importId, no })
    const changed = newIds.filter(id => kept.has(id)).length
    return { added: newIds.length - changed, changed, unchanged: fit.length - newIds.length, left }
  })
}

/** What is posted is changed while no till's range, and no answer of its receipts, is read or written. */
async function lockTills(tx: CentralTx): Promise<void> {
  const rows = tx.query.selectFrom('enrolled_till').select('till_id').orderBy('till_id')
  await (tx.flavour === 'postgres' ? rows.forUpdate() : rows).execute()
}

/** Its items are owed by nobody: whoever has its number has items of its own. */
async function retire(tx: CentralTx, retired: readonly Retired[]): Promise<void> {
  if (retired.length === 0) return
  const ids = retired.map(({ accountId }) => accountId)
  await tx.query.deleteFrom('account_item').where('account_id', 'in', textList(tx, ids)).execute()
  await tx.query
    .updateTable('account')
    .set({ status: 'closed', number_key: GIVEN_UP })
    .where('account_id', 'in', textList(tx, ids))
    .execute()
  await updateRows(tx, 'account', {
    key: ['account_id'],
    set: ['heir_id'],
    rows: retired.map(({ accountId, heirId }) => ({ account_id: accountId, heir_id: heirId })),
  })
}

const givenUp = ({
  account: { account_id: accountId, number_key: key, heir_id: heirId },
}: AccountRows): Retired => ({
  accountId,
  heirId: key === GIVEN_UP ? heirId : null,
})

/** Each with who has the number in the end: of those that make way at once, one may be the heir of another. */
function heirsOf(changes: readonly Retired[]): { accountId: string; heirId: string }[] {
  const next = new Map(
    changes.flatMap(({ accountId, heirId }) => (heirId === null ? [] : [[accountId, heirId] as const])),
  )
  return [...next.keys()].map(accountId => ({ accountId, heirId: lastHeir(next, accountId) }))
}

/** Who has a customer's number from now on has what that customer paid. */
async function inherit(
  tx: CentralTx,
  heirs: readonly { accountId: string; heirId: string }[],
): Promise<void> {
  if (heirs.length === 0) return
  const rows = sql.join(heirs.map(({ accountId, heirId }) => sql`(${accountId}, ${heirId})`))
  for (const table of ['posting', 'posting_entry', 'payment_detail', 'delivered_detail'])
    await sql`WITH heir(account_id, heir_id) AS (VALUES ${rows})
      UPDATE ${sql.table(table)} SET account_id =
        (SELECT h.heir_id FROM heir h WHERE h.account_id = ${sql.ref(`${table}.account_id`)})
      WHERE account_id IN (SELECT h.account_id FROM heir h)`.execute(tx.query)
}

/** Accounts to which items of these belong by now: they lose them. */
async function ownersOf(tx: CentralTx, given: readonly AccountRows[]): Promise<string[]> {
  const items = new Map(given.flatMap(one => one.items.map(item => [item.item_id, item.account_id])))
  if (items.size === 0) return []
  const kept = await tx.query
    .selectFrom('account_item')
    .select(['item_id', 'account_id'])
    .where('item_id', 'in', textList(tx, [...items.keys()]))
    .execute()
  return kept.filter(item => items.get(item.item_id) !== item.account_id).map(item => item.account_id)
}

const CLOSED_AT_ONCE = 5_000

/** Closes every open account that is not among `named`; gives how many. */
export async function closeOtherAccounts(
  db: CentralDb,
  named: ReadonlySet<string>,
  { importId, no }: Batch,
): Promise<number> {
  let closed = 0
  let after = ''
  for (let batch = no; ; batch += 1) {
    const rows = await db.kysely
      .selectFrom('account')
      .select(['account_id', 'number'])
      .where('status', '=', 'open')
      .where('account_id', '>', after)
      .orderBy('account_id')
      .limit(CLOSED_AT_ONCE)
      .execute()
    const last = rows.at(-1)
    if (!last) return closed
    after = last.account_id
    // A table names accounts by their numbers.
    const others = rows.filter(row => !named.has(row.account_id) && !named.has(accountIdOf(row.number)))
    const ids = others.map(row => row.account_id)
    await inTransaction(db, async tx => {
      await lockAccounts(tx, ids)
      await tx.query
        .updateTable('account')
        .set({ status: 'closed' })
        .where('account_id', 'in', textList(tx, ids))
        .execute()
      await markChanged(tx, ids, { importId, no: batch })
    })
    closed += ids.length
  }
}

/** Whoever asks for changes numbers them first. */
async function markChanged(tx: CentralTx, ids: readonly string[], { importId, no }: Batch): Promise<void> {
  const source = { source: `import/${importId}`, source_no: no }
  await insertRows(
    tx,
    'account_dirty',
    ids.map(id => ({ ...source, account_id: id })),
  )
}
