/** Row types of sessions' money after close, of movements without a receipt, of the safe and of deposits. */
import type { Cents } from '../money.ts'
import type { BusinessDate } from '../time.ts'
import type { Tender } from './fact-fields.ts'

export interface SessionLeftPieceRow {
  session_id: string
  value_cents: Cents
  kind: 'note' | 'coin'
  pieces: number
  bundles: number
  cents: Cents
}

export interface SessionPartRow {
  session_id: string
  part_no: number
  bank_account_id: string | null
  cash_cents: Cents
  items_cents: Cents
  due_cents: Cents
  deposit_id: string | null
}

export interface SessionPartItemRow {
  session_id: string
  part_no: number
  item_no: number
  tender: Tender
  receipt_id: string | null
  tender_no: number | null
  reference: string
  routing_number: string | null
  cents: Cents
}

export type MovementKind = 'turn-in' | 'paid-in' | 'paid-out' | 'change-order'

export interface MovementRow {
  movement_id: string
  movement_no: number
  number: string
  kind: MovementKind
  session_id: string
  seq: number
  at: number
  business_date: BusinessDate
  person_id: string
  second_person_id: string | null
  category: string
  gl_account: string
  reason: string
  paper: string
  cash_cents: Cents
  items_cents: Cents
  hash: string
}

export interface MovementPieceRow {
  movement_id: string
  direction: 'in' | 'out'
  value_cents: Cents
  kind: 'note' | 'coin'
  pieces: number
  bundles: number
  cents: Cents
}

export interface MovementItemRow {
  movement_id: string
  item_no: number
  tender: Tender
  receipt_id: string
  tender_no: number
  reference: string
  cents: Cents
}

export interface NoSaleRow {
  session_id: string
  seq: number
  at: number
  business_date: BusinessDate
  person_id: string
  reason: string
}

export interface SafeEntryRow {
  entry_id: string
  seq: number
  at: number
  business_date: BusinessDate
  kind: 'turn-in' | 'close' | 'change-order' | 'deposit' | 'count'
  session_id: string | null
  deposit_id: string | null
  person_id: string
  second_person_id: string | null
  cents: Cents
  reason: string
}

export interface SafePieceRow {
  entry_id: string
  value_cents: Cents
  kind: 'note' | 'coin'
  pieces: number
}

export type DepositStep =
  | 'made-up'
  | 'verified'
  | 'sealed'
  | 'handed-over'
  | 'validated'
  | 'credited'
  | 'reopened'

export interface DepositRow {
  deposit_id: string
  deposit_no: number
  number: string
  bank_account_id: string
  business_date: BusinessDate
  made_up_at: number
  preparer_id: string
  verifier_id: string | null
  verified_at: number | null
  state: DepositStep
  bag_number: string
  seal_number: string | null
  slip_number: string | null
  found_cents: Cents
  due_at: number
  cash_cents: Cents
  items_cents: Cents
  total_cents: Cents
  hash: string
}

export interface DepositStepRow {
  deposit_id: string
  seq: number
  step: DepositStep
  at: number
  person_id: string
  second_person_id: string | null
  cents: Cents | null
  item_count: number | null
  difference_cents: Cents
  reason: string
  reference: string
  second_reference: string
}

export interface DepositSessionRow {
  deposit_id: string
  session_id: string
  part_no: number
  cash_cents: Cents
  items_cents: Cents
}

export interface DepositPieceRow {
  deposit_id: string
  step: 'made-up' | 'verified'
  value_cents: Cents
  kind: 'note' | 'coin'
  pieces: number
  bundles: number
  cents: Cents
}

export interface DepositItemRow {
  deposit_id: string
  item_no: number
  tender: Tender
  receipt_id: string | null
  tender_no: number | null
  reference: string
  routing_number: string | null
  cents: Cents
}
