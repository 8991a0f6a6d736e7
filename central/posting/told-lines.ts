/** What delivered files told of lines that tills send again, settled in the transaction that posts, resolves or undoes them. */
import { sql } from 'kysely'
import { insertRows, textList, updateRows } from '../../db/central/bulk.ts'
import type { CentralTx } from '../../db/central/connection.ts'
import type { DeliveredDetailRow, PostingRow } from '../../db/central/schema.ts'
import type { BusinessDate } from '../../shared/time.ts'
import { type LineNow, type Settlement, settleTold } from './books/told.ts'
import { ANSWER_COLUMNS, DETAIL_KEY, readDetails, readTold } from './kept-details.ts'

interface Asked {
  tillId: string
  receiptIds: readonly string[]
  nowMs: number
}

/** Settles what was told of some receipts of a till, as far as that can be; gives those of which something was. */
export async function settleReceipts(tx: CentralTx, asked: Asked): Promise<string[]> {
  const told = await readTold(tx, asked)
  if (told.length === 0) return []
  const settled: string[] = []
  for (const { rows, now } of await linesOf(tx, asked, told)) {
    const [first] = rows
    const settlement = settleTold(rows, now)
    if (!first || !settlement) continue
    await write(tx, first, settlement)
    settled.push(first.receipt_id)
  }
  return [...new Set(settled)]
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
  { tillId, receiptIds, nowMs }: Asked,
  told: readonly DeliveredDetailRow[],
): Promise<Line[]> {
  const ids = textList(tx, receiptIds)
  const { rows: postings } = await sql<Pick<PostingRow, 'state'> & Place & { businessDate: BusinessDate }>`
    SELECT p.receipt_id, p.line_no, p.state, max(g.business_date) AS "businessDate"
    FROM posting p JOIN gl_entry g ON g.till_id = p.till_id AND g.receipt_id = p.receipt_id
    WHERE p.till_id = ${tillId} AND p.receipt_id IN ${ids}
    GROUP BY p.receipt_id, p.line_no, p.state`.execute(tx.query)
  const entries = await tx.query
    .selectFrom('posting_entry')
    .selectAll()
    .where('till_id', '=', tillId)
    .where('receipt_id', 'in', ids)
    .orderBy('entry_no')
    .execute()
  const details = Map.groupBy(await readDetails(tx, { tillId, receiptIds }), keyOf)
  const posted = new Map(postings.map(row => [keyOf(row), row]))
  const booked = Map.groupBy(entries, keyOf)
  return [...Map.groupBy(told, keyOf)].map(([key, rows]) => {
    const now = {
      state: posted.get(key)?.state,
      entries: booked.get(key) ?? [],
      businessDate: posted.get(key)?.businessDate,
      details: details.get(key) ?? [],
      nowMs,
    }
    return { rows, now }
  })
}

async function write(tx: CentralTx, line: DeliveredDetailRow, { placed, added }: Settlement): Promise<void> {
  const set = ['file_no', 'detail_no', ...ANSWER_COLUMNS]
  await updateRows(tx, 'payment_detail', { key: DETAIL_KEY, set, rows: placed })
  await insertRows(tx, 'payment_detail', added)
  await tx.query
    .deleteFrom('delivered_detail')
    .where('till_id', '=', line.till_id)
    .where('receipt_id', '=', line.receipt_id)
    .where('line_no', '=', line.line_no)
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
