/** Row types of the ledger's tables, the same at the till and at central. INTEGER flags are 0 or 1. */

import type { Cents } from '../money.ts'
import type { Role } from '../roles.ts'
import type { BusinessDate } from '../time.ts'
import type {
  DepositItemRow,
  DepositPieceRow,
  DepositRow,
  DepositSessionRow,
  DepositStepRow,
  MovementItemRow,
  MovementPieceRow,
  MovementRow,
  NoSaleRow,
  SafeEntryRow,
  SafePieceRow,
  SessionLeftPieceRow,
  SessionPartItemRow,
  SessionPartRow,
} from './control-tables.ts'
import type { Tender } from './fact-fields.ts'

export interface JournalTableRow {
  till_id: string
  epoch: number
  seq: number
  command_id: string
  command_hash: string
  kind: string
  version: number
  at: number
  business_date: BusinessDate
  actor_id: string
  body: string
  prev_hash: string
  hash: string
}

export interface TillRow {
  till_id: string
  code: string
  epoch: number
  sample: number
  set_up_at: number
  last_receipt_no: number
  last_session_no: number
  last_z_no: number
  last_deposit_no: number
  last_movement_no: number
}

export interface SettingRow {
  name: string
  value: string
}

export interface PersonRow {
  person_id: string
  name: string
  role: Role
  active: number
  credential_digest: string
  failed_count: number
  last_failed_at: number
  locked_out: number
}

export interface CredentialRow {
  person_id: string
  salt: string
  verifier: string
  cost: number
}

export interface DrawerRow {
  drawer_id: string
  name: string
  active: number
  float_cents: Cents
  limit_cents: Cents
}

export interface CatalogItemRow {
  catalog_item_id: string
  code: string
  name: string
  pricing: 'fixed' | 'per-unit' | 'percent' | 'open'
  price_cents: Cents | null
  rate_millionths: number | null
  unit_label: string
  gl_account: string
  reference_label: string | null
  is_deposit: number
  active: number
}

export interface TenderTypeRow {
  tender: Tender
  name: string
  active: number
  opens_drawer: number
  change_allowed: number
  reference_required: number
  counted: 'pieces' | 'items' | 'slips'
  banked: number
  gl_account: string
  sort: number
}

export interface BankAccountRow {
  bank_account_id: string
  name: string
  bank_name: string
  routing_number: string
  account_number: string
  active: number
}

export interface AccountImportRow {
  import_id: string
  epoch: number
  seq: number
  at: number
  source: 'file' | 'central'
  /** Of a file, or where central is. */
  source_name: string
  /** Of a file; empty where central was asked. */
  file_sha256: string
  account_count: number
  item_count: number
  bad_row_count: number
  as_of_ms: number
  /** Receipts up to this place in the journal are in the figures; 0 and 0 where none are. */
  through_epoch: number
  through_seq: number
  root: string
}

export interface DrawerSessionRow {
  session_id: string
  session_no: number
  number: string
  drawer_id: string
  cashier_id: string
  business_date: BusinessDate
  opened_at: number
  state: 'open' | 'counted' | 'closed'
  float_wanted_cents: Cents
  receipt_count: number
  void_count: number
  last_activity_at: number
  count_round: number
  closing_count_id: string | null
  closed_at: number | null
  z_no: number | null
  z_number: string | null
  z_hash: string | null
  close_reason: string | null
  approved_by: string | null
  over_short_gl_account: string | null
  fund_cents: Cents
  left_cents: Cents | null
  handed_from: string | null
  hand_to_id: string | null
}

export interface SessionTenderRow {
  session_id: string
  tender: Tender
  float_cents: Cents
  tendered_cents: Cents
  change_cents: Cents
  paid_in_cents: Cents
  paid_out_cents: Cents
  turned_in_cents: Cents
  refunded_cents: Cents
  item_count: number
  expected_cents: Cents | null
  counted_cents: Cents | null
  over_short_cents: Cents | null
}

export interface CountRow {
  count_id: string
  session_id: string
  seq: number
  purpose: 'opening' | 'closing' | 'recount' | 'surprise'
  person_id: string
  second_person_id: string | null
  at: number
}

export interface CountPieceRow {
  count_id: string
  value_cents: Cents
  kind: 'note' | 'coin'
  pieces: number
  bundles: number
  cents: Cents
}

export interface CountItemRow {
  count_id: string
  item_no: number
  tender: Tender
  cents: Cents
  reference: string
  receipt_id: string | null
  tender_no: number | null
}

export interface CountTotalRow {
  count_id: string
  tender: Tender
  cents: Cents
  expected_cents: Cents
  over_short_cents: Cents
}

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
  routing_number: string | null
  account_last4: string | null
  account_hash: string | null
  card_brand: string | null
  card_last4: string | null
  approval_code: string | null
  voided: number
  movement_id: string | null
}

export interface ReceiptPieceRow {
  receipt_id: string
  value_cents: Cents
  kind: 'note' | 'coin'
  taken: number
  given: number
}

export interface LedgerTables {
  journal: JournalTableRow
  till: TillRow
  setting: SettingRow
  person: PersonRow
  credential: CredentialRow
  drawer: DrawerRow
  catalog_item: CatalogItemRow
  tender_type: TenderTypeRow
  bank_account: BankAccountRow
  account_import: AccountImportRow
  drawer_session: DrawerSessionRow
  session_tender: SessionTenderRow
  count: CountRow
  count_piece: CountPieceRow
  count_item: CountItemRow
  count_total: CountTotalRow
  receipt: ReceiptRow
  receipt_line: ReceiptLineRow
  receipt_allocation: ReceiptAllocationRow
  receipt_tender: ReceiptTenderRow
  receipt_piece: ReceiptPieceRow
  session_left_piece: SessionLeftPieceRow
  session_part: SessionPartRow
  session_part_item: SessionPartItemRow
  movement: MovementRow
  movement_piece: MovementPieceRow
  movement_item: MovementItemRow
  no_sale: NoSaleRow
  safe_entry: SafeEntryRow
  safe_piece: SafePieceRow
  deposit: DepositRow
  deposit_step: DepositStepRow
  deposit_session: DepositSessionRow
  deposit_piece: DepositPieceRow
  deposit_item: DepositItemRow
}
