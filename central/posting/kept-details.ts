/** What was carried of receipts, or waits to be, as it is on record. */
import { textList } from '../../db/central/bulk.ts'
import type { CentralTx } from '../../db/central/connection.ts'
import type { DeliveredDetailRow, PaymentDetailRow } from '../../db/central/schema.ts'
import { UNANSWERED } from './books/details.ts'

export const DETAIL_KEY = ['till_id', 'receipt_id', 'line_no', 'entry_no', 'kind', 'attempt'] as const

/** What an answer changes of a detail. */
export const ANSWER_COLUMNS = Object.keys(UNANSWERED)

interface OfReceipts {
  tillId: string
  receiptIds: readonly string[]
}

/** Everything that was ever carried, or waits to be, of some receipts of a till. */
export function readDetails(tx: CentralTx, { tillId, receiptIds }: OfReceipts): Promise<PaymentDetailRow[]> {
  return tx.query
    .selectFrom('payment_detail')
    .selectAll()
    .where('till_id', '=', tillId)
    .where('receipt_id', 'in', textList(tx, receiptIds))
    .execute()
}

/** What delivered files told of them, and is not settled yet. */
export function readTold(tx: CentralTx, { tillId, receiptIds }: OfReceipts): Promise<DeliveredDetailRow[]> {
  return tx.query
    .selectFrom('delivered_detail')
    .selectAll()
    .where('till_id', '=', tillId)
    .where('receipt_id', 'in', textList(tx, receiptIds))
    .execute()
}
