/** Money that has no home yet: what it is, and why. */
import type { CentralDb } from '../../db/central/connection.ts'
import type { PostingReason } from '../../db/central/schema.ts'
import type { Cents } from '../../shared/money.ts'

export interface SuspenseLine {
  tillId: string
  receiptId: string
  lineNo: number
  /** 'not-reversed' was voided after what it had paid was gone: it is owed back, and somebody decides. */
  state: 'suspense' | 'not-reversed'
  reason: PostingReason | null
  number: string
  accountNumber: string
  cents: Cents
  atMs: number
}

/** Every line in suspense, the oldest first. */
export async function suspenseLines(db: CentralDb): Promise<SuspenseLine[]> {
  const rows = await db.kysely
    .selectFrom('posting as p')
    .innerJoin('receipt as r', join =>
      join.onRef('r.till_id', '=', 'p.till_id').onRef('r.receipt_id', '=', 'p.receipt_id'),
    )
    .select([
      'p.till_id',
      'p.receipt_id',
      'p.line_no',
      'p.state',
      'p.reason',
      'p.account_number',
      'p.cents',
      'p.at',
    ])
    .select('r.number')
    .where('p.state', 'in', ['suspense', 'not-reversed'])
    .orderBy('p.at')
    .orderBy('r.number')
    .orderBy('p.line_no')
    .execute()
  return rows.map(row => ({
    tillId: row.till_id,
    receiptId: row.receipt_id,
    lineNo: row.line_no,
    state: row.state === 'suspense' ? 'suspense' : 'not-reversed',
    reason: row.reason,
    number: row.number,
    accountNumber: row.account_number,
    cents: row.cents,
    atMs: row.at,
  }))
}
