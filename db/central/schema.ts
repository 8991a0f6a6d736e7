/** Central's tables: the ledger of every till side by side, and what central itself keeps about them. */
import type { ProjectedTable } from '../../shared/ledger/facts.ts'
import type { Cents } from '../../shared/money.ts'
import type { BusinessDate } from '../../shared/time.ts'
import type { LedgerTables } from '../ledger/schema.ts'

type OfTill<R> = Omit<R, 'till_id'> & { till_id: string }

type TillTables = { [T in ProjectedTable | 'journal']: OfTill<LedgerTables[T]> }

/** The number key of an account whose number another one bears by now: it is told to no till, and found by no number. */
export const GIVEN_UP = ''

export interface EnrolledTillRow {
  till_id: string
  /** Short and unique at central, for its own references. */
  till_no: number
  code: string
  /** Ed25519, raw, base64. */
  public_key: string
  enrolled_at: number
  revoked_at: number | null
  last_seen_at: number
  last_state_no: number
  last_reference_no: number
  last_alarm_no: number
  /** Payments up to this place of its journal were in the billing system's figures before it was enrolled; zeros for none. */
  known_epoch: number
  known_seq: number
  /** Where its journal ended when it was enrolled here; zeros where it did not say. */
  head_epoch: number
  head_seq: number
}

export interface EnrolmentCodeRow {
  /** SHA-256 of the code; the code itself is kept nowhere. */
  code_hash: string
  made_at: number
  note: string
  /** Also of one that was withdrawn: then there is no till. */
  used_at: number | null
  till_id: string | null
}

export type AlarmKind = 'fork' | 'projection' | 'other-content' | 'future-date' | 'unfit' | 'till-code'

export interface AlarmRow {
  till_id: string
  alarm_no: number
  kind: AlarmKind
  epoch: number
  seq: number
  held_hash: string
  sent_hash: string
  detail: string
  at: number
  /** When somebody had looked into it; null while it is open. */
  cleared_at: number | null
  cleared_note: string
}

export interface OtherContentRow {
  till_id: string
  epoch: number
  receipt_id: string
  seq: number
  number: string
  total_cents: Cents
  voided: number
  at: number
}

export type PostingReason =
  | 'unknown-account'
  | 'closed-account'
  | 'unknown-item'
  | 'changed-item'
  | 'other-content'
  | 'rejected'

export interface ReceiptStateRow {
  till_id: string
  receipt_id: string
  state: 'acknowledged' | 'posted' | 'exception' | 'reversed'
  reference: string | null
  /** The billing system's own, where it reads files and has taken all of the receipt. */
  billing_reference: string | null
  reason: PostingReason | null
  at: number
  state_no: number
  epoch: number
  seq: number
  /** What was paid for what, without numbers and balances: the same receipt has it in every epoch. */
  content_hash: string
}

/**
 * 'withdrawn' was in suspense when its receipt was voided; 'not-reversed' was posted to what is gone since, and is
 * settled by somebody: an account is 'charged' with it, or it is 'written-off', as what is in suspense may be too.
 */
export type PostingState =
  | 'posted'
  | 'suspense'
  | 'reversed'
  | 'withdrawn'
  | 'not-reversed'
  | 'charged'
  | 'written-off'

export interface PostingRow {
  till_id: string
  receipt_id: string
  line_no: number
  state: PostingState
  reason: PostingReason | null
  account_id: string
  account_number: string
  cents: Cents
  business_date: BusinessDate
  at: number
  /** The GL account where it stood last without a home; null where it never did. */
  suspense_gl: string | null
}

export interface PostingEntryRow {
  till_id: string
  receipt_id: string
  line_no: number
  entry_no: number
  account_id: string
  /** Null for the account's credit. */
  item_id: string | null
  gl_account: string
  /** Below zero for what an account owes again. */
  cents: Cents
  at: number
}

export interface ResolutionRow {
  till_id: string
  /** The number in the till's feed under which it hears of this. */
  resolution_no: number
  receipt_id: string
  line_no: number
  at: number
  way: 'posted' | 'credited' | 'taken-back' | 'charged' | 'written-off'
  /** Number of the account, or the GL account; empty where the line went where it was meant to. */
  target: string
  note: string
}

export interface CentralAccountRow {
  account_id: string
  number: string
  number_key: string
  name: string
  address: string
  /** A JSON array of texts. */
  phones: string
  status: 'open' | 'closed'
  cash_only: number
  credit_cents: Cents
  note: string
  as_of_ms: number
  change_no: number
  /** Who goes on as the same customer where the number is given up; null where nobody does. */
  heir_id: string | null
}

export interface CentralItemRow {
  item_id: string
  account_id: string
  item_no: number
  service: string
  service_order: number
  is_penalty: number
  due_date: BusinessDate
  open_cents: Cents
  gl_account: string
}

export interface AccountDirtyRow {
  source: string
  source_no: number
  account_id: string
}

export interface FeedStepRow {
  feed: string
  up_to: number
  stamp: string
}

export interface GlEntryRow {
  till_id: string
  source: string
  entry_no: number
  business_date: BusinessDate
  gl_account: string
  debit_cents: Cents
  credit_cents: Cents
  receipt_id: string | null
}

export interface SessionCheckRow {
  till_id: string
  kind: 'session' | 'deposit'
  subject_id: string
  number: string
  business_date: BusinessDate
  agrees: number
  /** A JSON array of `{ what, tillCents, centralCents }`. */
  differences: string
  at: number
}

export interface CityVersionRow {
  version: number
  at: number
  /** JSON of `cityField` without its version. */
  body: string
}

export interface CitySettingRow {
  /** Every bank account's GL account, and that of one by its id. */
  name:
    | 'utilityName'
    | 'suspenseGlAccount'
    | 'bankGlAccount'
    | `bankGlAccount/${string}`
    | 'carrier'
    | 'carrierHeld'
    | 'timeZone'
    /** The public key by which tills know this central. */
    | 'signingKey'
    /** By which tills reach it. */
    | 'address'
  value: string
}

export interface PaymentFileRow {
  file_no: number
  business_date: BusinessDate
  name: string
  folder: string
  /** JSON of the template that it was made by. */
  template: string
  content: string
  sha256: string
  detail_count: number
  total_cents: Cents
  made_at: number
  written_at: number | null
}

export interface PaymentDetailRow {
  till_id: string
  receipt_id: string
  line_no: number
  entry_no: number
  kind: 'posted' | 'reversed'
  /** Counts how often it was carried: again only after it was rejected. */
  attempt: number
  business_date: BusinessDate
  account_id: string
  item_id: string | null
  gl_account: string
  /** As it stands in the file: below zero where a payment is taken back. */
  cents: Cents
  at: number
  file_no: number | null
  detail_no: number | null
  status: 'accepted' | 'rejected' | null
  billing_reference: string | null
  /** Why it was rejected, in the billing system's words. */
  said: string | null
  answered_at: number | null
}

/** Something in a delivered file of which this database knew nothing when that was said. */
export interface DeliveredDetailRow
  extends Omit<PaymentDetailRow, 'business_date' | 'at' | 'file_no' | 'detail_no'> {
  file_no: number
  detail_no: number
}

export interface TakenFileRow {
  folder: 'accounts' | 'acknowledgements'
  sha256: string
  name: string
  at: number
  /** What came of it, in words, as it stands in the result file. */
  result: string
  moved: number
}

/** A file of accounts that was taken over. */
export interface AccountFileRow {
  sha256: string
  /** In which order they were taken; the newest has the highest. */
  no: number
  /** Payments that were posted up to then are in its figures. */
  through_ms: number
  /** When it was written: what the billing system had accepted by then of what payment files carry is in its figures. */
  written_ms: number
}

/** A row that a till wrote and that went another way than what is held. */
export interface BranchRow {
  till_id: string
  epoch: number
  seq: number
  hash: string
  line: string
  text_line: string | null
  at: number
}

export interface CentralTables extends TillTables {
  branch_row: BranchRow
  enrolled_till: EnrolledTillRow
  enrolment_code: EnrolmentCodeRow
  alarm: AlarmRow
  other_content: OtherContentRow
  receipt_state: ReceiptStateRow
  posting: PostingRow
  posting_entry: PostingEntryRow
  resolution: ResolutionRow
  account: CentralAccountRow
  account_item: CentralItemRow
  account_dirty: AccountDirtyRow
  feed_step: FeedStepRow
  gl_entry: GlEntryRow
  session_check: SessionCheckRow
  city_version: CityVersionRow
  city_setting: CitySettingRow
  taken_file: TakenFileRow
  account_file: AccountFileRow
  payment_file: PaymentFileRow
  payment_detail: PaymentDetailRow
  delivered_detail: DeliveredDetailRow
}
