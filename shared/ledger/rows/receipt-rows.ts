/** Rows of receipts: lines, what they are spread over, tenders and noted pieces. */
import type { Cents } from '../../money.ts'
import type { Tender } from '../../tenders.ts'
import type { BusinessDate } from '../../time.ts'
import { table, tables } from './table.ts'

export interface ReceiptRow {
  receipt_id: string
  receipt_no: number
  epoch: number
  seq: number
  number: string
  session_id: string
  cashier_id: string
  posted_at: number
  business_date: BusinessDate
  state: 'posted' | 'voided'
  total_cents: Cents
  tendered_cents: Cents
  rounding_cents: Cents
  /** Null where nothing was rounded. */
  rounding_gl_account: string | null
  change_cents: Cents
  hash: string
  print_count: number
  void_reason: string | null
  voided_at: number | null
  voided_by: string | null
  void_approved_by: string | null
  void_epoch: number | null
  void_seq: number | null
}

export interface ReceiptLineRow {
  receipt_id: string
  line_no: number
  kind: 'account' | 'catalog'
  account_id: string | null
  account_number: string | null
  catalog_item_id: string | null
  code: string | null
  name: string
  address: string
  quantity: number
  unit_price_cents: Cents | null
  base_cents: Cents | null
  rate_millionths: number | null
  reference: string
  cents: Cents
  gl_account: string | null
  balance_before_cents: Cents | null
  as_of_ms: number | null
}

export interface ReceiptAllocationRow {
  receipt_id: string
  line_no: number
  allocation_no: number
  item_id: string | null
  service: string
  due_date: string | null
  cents: Cents
  gl_account: string
}

export interface ReceiptTenderRow {
  receipt_id: string
  tender_no: number
  session_id: string
  tender: Tender
  cents: Cents
  reference: string
  /** JSON of its details by name. */
  details: string
  voided: number
  /** The turn-in with which it went to the safe. */
  movement_id: string | null
}

export interface ReceiptPieceRow {
  receipt_id: string
  value_cents: Cents
  kind: 'note' | 'coin'
  taken: number
  given: number
}

export const receiptTables = tables({
  receipt: table<ReceiptRow>(['receipt_id']),
  receipt_line: table<ReceiptLineRow>(['receipt_id', 'line_no']),
  receipt_allocation: table<ReceiptAllocationRow>(['receipt_id', 'line_no', 'allocation_no']),
  receipt_tender: table<ReceiptTenderRow>(['receipt_id', 'tender_no']),
  receipt_piece: table<ReceiptPieceRow>(['receipt_id', 'value_cents', 'kind']),
})
