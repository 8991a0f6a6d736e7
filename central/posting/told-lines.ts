/** What delivered files told of lines that tills send again, settled in the transaction that posts or undoes them. */
import { sql } from 'kysely'
import { insertRows, textList, updateRows } from '../../db/central/bulk.ts'
import type { CentralTx } from '../../db/central/connection.ts'
import type { DeliveredDetailRow, PostingRow } from '../../db/central/schema.ts'
import type { BusinessDate } from '../../shared/time.ts'
import { type LineNow, type Settlement, settleTold } from './books/told.ts'
import { DETAIL_KEY, readDetails } from './outbox.ts'

const RECEIPTS_AT_ONCE = 500

/** Settles what was told of some receipts of a till. */
export async function settleReceipts(
  tx: CentralTx,
  { tillId, receiptIds, nowMs }: { tillId: string; receiptIds: readonly string[]; nowMs: number },
): Promise<void> {
  const told = await tx.query
    .selectFrom('delivered_detail')
    .selectAll()
    .where('till_id', '=', tillId)
    .where('receipt_id', 'in', textList(tx, receiptIds))
    .execute()
  if (told.length === 0) return
  const lines = await linesOf(tx, { tillId, told, nowMs })
  const settled = lines.map(({ rows, now }) => settleTold(rows, now))
  await write(tx, {
    placed: settled.flatMap(one => one.placed),
    added: settled.flatMap(one => one.added),
    done: settled.flatMap(one => one.done),
  })
}

/** Settles all that was told, and is here by now. */
export async function settleAll(tx: CentralTx, nowMs: number): Promise<void> {
  const found = await tx.query
    .selectFrom('delivered_detail')
    .select(['till_id', 'receipt_id'])
    .distinct()
    .execute()
  for (const [tillId, ofTill] of Map.groupBy(found, row => row.till_id))
    for (let at = 0; at < ofTill.length; at += RECEIPTS_AT_ONCE) {
      const receiptIds = ofTill.slice(at, at + RECEIPTS_AT_ONCE).map(row => row.receipt_id)
      await settleReceipts(tx, { tillId, receiptIds, nowMs })
    }
}

interface Line {
  rows: DeliveredDetailRow[]
  now: LineNow
}

interface Place {
  receipt_id: string
  line_no: number
}

const keyOf = ({ receipt_id: receiptId, line_no: lineNo }: Place): string => `${lineNo} ${receiptId}`

/** What was told, by lines, and what is here of each. */
async function linesOf(
  tx: CentralTx,
  { tillId, told, nowMs }: { tillId: string; told: readonly DeliveredDetailRow[]; nowMs: number },
): Promise<Line[]> {
  const ids = textList(tx, [...new Set(told.map(row => row.receipt_id))])
  const { rows: postings } = await sql<Pick<PostingRow, 'state'> & Place & { businessDate: BusinessDate }>`
    SELECT p.receipt_id, p.line_no, p.state, max(g.business_date) AS "businessDate"
    FROM posting p JOIN gl_entry g ON g.till_id = p.till_id AND g.receipt_id = p.receipt_id
    WHERE p.till_id = ${tillId} AND p.receipt_id IN ${ids}
    GROUP BY p.receipt_id, p.line_no, p.state`.execute(tx.query)
  const { rows: entries } = await sql<Place & { accountId: string }>`
    SELECT DISTINCT receipt_id, line_no, account_id AS "accountId" FROM posting_entry
    WHERE till_id = ${tillId} AND receipt_id IN ${ids}`.execute(tx.query)
  const receiptIds = told.map(row => row.receipt_id)
  const details = Map.groupBy(await readDetails(tx, { tillId, receiptIds }), keyOf)
  const posted = new Map(postings.map(row => [keyOf(row), row]))
  const homes = Map.groupBy(entries, keyOf)
  return [...Map.groupBy(told, keyOf)].map(([key, rows]) => {
    const now = {
      state: posted.get(key)?.state,
      homes: new Set(homes.get(key)?.map(entry => entry.accountId)),
      businessDate: posted.get(key)?.businessDate,
      details: details.get(key) ?? [],
      nowMs,
    }
    return { rows, now }
  })
}

async function write(tx: CentralTx, { placed, added, done }: Settlement): Promise<void> {
  const set = ['file_no', 'detail_no']
  await updateRows(tx, 'payment_detail', { key: DETAIL_KEY, set, rows: placed })
  await insertRows(tx, 'payment_detail', added)
  for (const row of done)
    await tx.query
      .deleteFrom('delivered_detail')
      .where('till_id', '=', row.till_id)
      .where('receipt_id', '=', row.receipt_id)
      .where('line_no', '=', row.line_no)
      .where('account_id', '=', row.account_id)
      .execute()
}

/** Delivered lines that are not settled: their receipts have not come again yet, or wait for somebody. */
export async function linesAwaited(tx: CentralTx): Promise<number> {
  const lines = tx.query
    .selectFrom('delivered_detail')
    .select(['till_id', 'receipt_id', 'line_no'])
    .distinct()
  const { count } = await tx.query
    .selectFrom(lines.as('v'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
