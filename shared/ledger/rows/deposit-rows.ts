/** Rows of deposits: their steps from hand to hand, and what is in them. */
import type { Cents } from '../../money.ts'
import type { BusinessDate } from '../../time.ts'
import type { BankInstrumentRow, PieceRow } from '../pieces.ts'
import { table, tables } from './table.ts'

export const DEPOSIT_STEPS = [
  'made-up',
  'verified',
  'sealed',
  'released',
  'validated',
  'credited',
  'reopened',
] as const
export type DepositStep = (typeof DEPOSIT_STEPS)[number]

export interface DepositRow {
  deposit_id: string
  deposit_no: number
  number: string
  bank_account_id: string
  bank_account_name: string
  bank_name: string
  routing_number: string
  account_number: string
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
  epoch: number
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

export interface DepositPieceRow extends PieceRow {
  deposit_id: string
  step: 'made-up' | 'verified'
}

export interface DepositItemRow extends BankInstrumentRow {
  deposit_id: string
  item_no: number
}

export const depositTables = tables({
  deposit: table<DepositRow>(['deposit_id']),
  deposit_step: table<DepositStepRow>(['deposit_id', 'epoch', 'seq']),
  deposit_session: table<DepositSessionRow>(['deposit_id', 'session_id', 'part_no']),
  deposit_piece: table<DepositPieceRow>(['deposit_id', 'step', 'value_cents', 'kind']),
  deposit_item: table<DepositItemRow>(['deposit_id', 'item_no']),
})
