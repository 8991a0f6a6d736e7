/** Rows of sessions: their figures by tender, their counts, and where their money goes after close. */
import type { Cents } from '../../money.ts'
import type { CountedPiece } from '../../rules/cash/denominations.ts'
import type { Tender } from '../../tenders.ts'
import type { BusinessDate } from '../../time.ts'
import type { Envelope } from '../kind.ts'
import { type BankInstrumentRow, type PieceRow, pieceColumns } from '../pieces.ts'
import { type RowChange, table, tables } from './table.ts'

export const COUNT_PURPOSES = ['opening', 'closing', 'recount', 'surprise'] as const

export interface DrawerSessionRow {
  session_id: string
  session_no: number
  number: string
  drawer_id: string
  cashier_id: string
  business_date: BusinessDate
  opened_at: number
  state: 'open' | 'counted' | 'closed'
  change_fund_wanted_cents: Cents
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
  change_fund_cents: Cents
  left_cents: Cents | null
  handed_from: string | null
  hand_to_id: string | null
  /** Cash at which the drawer is full although its limit is passed; null where nobody allowed that since the last turn-in. */
  lifted_limit_cents: Cents | null
}

export interface SessionTenderRow {
  session_id: string
  tender: Tender
  opening_cents: Cents
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
  epoch: number
  seq: number
  purpose: (typeof COUNT_PURPOSES)[number]
  person_id: string
  second_person_id: string | null
  at: number
}

export interface CountPieceRow extends PieceRow {
  count_id: string
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

export interface SessionLeftPieceRow extends PieceRow {
  session_id: string
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

export interface SessionPartItemRow extends BankInstrumentRow {
  session_id: string
  part_no: number
  item_no: number
}

export interface OpeningCountRow {
  count_id: string
  drawer_id: string
  person_id: string
  round: number
  after_session_id: string | null
  business_date: BusinessDate
  cents: Cents
  epoch: number
  seq: number
  at: number
}

export interface OpeningDifferenceRow {
  session_id: string
  left_cents: Cents
  fund_change_cents: Cents
  over_short_cents: Cents
  over_short_gl_account: string
  reason: string
  approved_by: string
}

export const sessionTables = tables({
  drawer_session: table<DrawerSessionRow>(['session_id']),
  session_tender: table<SessionTenderRow>(['session_id', 'tender']),
  count: table<CountRow>(['count_id']),
  count_piece: table<CountPieceRow>(['count_id', 'value_cents', 'kind']),
  count_item: table<CountItemRow>(['count_id', 'item_no']),
  count_total: table<CountTotalRow>(['count_id', 'tender']),
  opening_count: table<OpeningCountRow>(['count_id']),
  opening_count_piece: table<CountPieceRow>(['count_id', 'value_cents', 'kind']),
  opening_difference: table<OpeningDifferenceRow>(['session_id']),
  session_left_piece: table<SessionLeftPieceRow>(['session_id', 'value_cents', 'kind']),
  session_part: table<SessionPartRow>(['session_id', 'part_no']),
  session_part_item: table<SessionPartItemRow>(['session_id', 'part_no', 'item_no']),
})

const { count, count_piece } = sessionTables

export interface CountHead {
  countId: string
  sessionId: string
  purpose: (typeof COUNT_PURPOSES)[number]
  personId: string
  secondPersonId: string | null
}

export function countRows(fact: Envelope, head: CountHead, pieces: readonly CountedPiece[]): RowChange[] {
  return [
    count.insert({
      count_id: head.countId,
      session_id: head.sessionId,
      epoch: fact.epoch,
      seq: fact.seq,
      purpose: head.purpose,
      person_id: head.personId,
      second_person_id: head.secondPersonId,
      at: fact.at,
    }),
    ...pieces.map(piece => count_piece.insert({ count_id: head.countId, ...pieceColumns(piece) })),
  ]
}

export const SESSION_SHOWS = ['session', 'receipt', 'deposit', 'movement', 'safe', 'setup'] as const
export const aboutSession = ({ sessionId }: { sessionId: string }) =>
  ({ what: 'session', id: sessionId }) as const
