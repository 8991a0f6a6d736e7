import { detailsOf } from '../../../shared/ledger/receipt.ts'
import type {
  CountRow,
  DrawerSessionRow,
  SessionTenderRow,
} from '../../../shared/ledger/rows/session-rows.ts'
import { add, type Cents, ZERO } from '../../../shared/money.ts'
import type { CountedPiece } from '../../../shared/rules/cash/denominations.ts'
import { expected } from '../../../shared/rules/session/expected.ts'
import { CASH, type Tender, type TenderDetails } from '../../../shared/tenders.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import type { Reader } from '../../ledger/reader.ts'
import { build, statement } from '../../ledger/statement.ts'
import { COUNTED_PIECE } from '../piece-columns.ts'
import { tenderDetail } from '../receipt/tender-detail.ts'

/** One cashier's responsibility for a drawer, as it stands. */
export interface Session {
  sessionId: string
  sessionNo: number
  number: string
  drawerId: string
  cashierId: string
  businessDate: BusinessDate
  openedAtMs: number
  state: 'open' | 'counted' | 'closed'
  changeFundWantedCents: Cents
  receiptCount: number
  voidCount: number
  countRound: number
  closingCountId: string | null
  closedAtMs: number | null
  zNumber: string | null
  zHash: string | null
  closeReason: string | null
  approvedBy: string | null
  /** The drawer's own change fund: what stays in it at close. */
  changeFundCents: Cents
  leftCents: Cents | null
  handedFrom: string | null
  /** Who takes the drawer over, once it has been counted for that. */
  handToId: string | null
  lastActivityMs: number
  liftedLimitCents: Cents | null
}

function sessionFrom(row: DrawerSessionRow): Session {
  return {
    sessionId: row.session_id,
    sessionNo: row.session_no,
    number: row.number,
    drawerId: row.drawer_id,
    cashierId: row.cashier_id,
    businessDate: row.business_date,
    openedAtMs: row.opened_at,
    state: row.state,
    changeFundWantedCents: row.change_fund_wanted_cents,
    receiptCount: row.receipt_count,
    voidCount: row.void_count,
    countRound: row.count_round,
    closingCountId: row.closing_count_id,
    closedAtMs: row.closed_at,
    zNumber: row.z_number,
    zHash: row.z_hash,
    closeReason: row.close_reason,
    approvedBy: row.approved_by,
    changeFundCents: row.change_fund_cents,
    leftCents: row.left_cents,
    handedFrom: row.handed_from,
    handToId: row.hand_to_id,
    lastActivityMs: row.last_activity_at,
    liftedLimitCents: row.lifted_limit_cents,
  }
}

const unclosedOfCashier = statement<{ cashierId: string }>()(parameter =>
  build
    .selectFrom('drawer_session')
    .selectAll()
    .where('cashier_id', '=', parameter('cashierId'))
    .where('state', '<>', 'closed'),
)
const unclosedOfDrawer = statement<{ drawerId: string }>()(parameter =>
  build
    .selectFrom('drawer_session')
    .selectAll()
    .where('drawer_id', '=', parameter('drawerId'))
    .where('state', '<>', 'closed'),
)
const byId = statement<{ sessionId: string }>()(parameter =>
  build.selectFrom('drawer_session').selectAll().where('session_id', '=', parameter('sessionId')),
)

/** The session that a cashier has not closed yet: open, or counted and waiting. */
export function unclosedSessionOf(reader: Reader, cashierId: string): Session | undefined {
  const row = reader.one(unclosedOfCashier, { cashierId })
  return row && sessionFrom(row)
}

export function unclosedSessionAt(reader: Reader, drawerId: string): Session | undefined {
  const row = reader.one(unclosedOfDrawer, { drawerId })
  return row && sessionFrom(row)
}

export function sessionById(reader: Reader, sessionId: string): Session | undefined {
  const row = reader.one(byId, { sessionId })
  return row && sessionFrom(row)
}

/** Sessions by business date, newest first. */
export function sessionsBetween(
  reader: Reader,
  from: BusinessDate | undefined,
  to: BusinessDate | undefined,
): Session[] {
  let query = build.selectFrom('drawer_session').selectAll()
  if (from !== undefined) query = query.where('business_date', '>=', from)
  if (to !== undefined) query = query.where('business_date', '<=', to)
  return reader.all(query.orderBy('session_no', 'desc').limit(500)).map(sessionFrom)
}

/** The session that began with the money of another one. */
export function sessionAfter(reader: Reader, sessionId: string): Session | undefined {
  const row = reader.first(
    build.selectFrom('drawer_session').selectAll().where('handed_from', '=', sessionId),
  )
  return row && sessionFrom(row)
}

/** Sessions that were closed at or after an instant, newest first. */
export function sessionsClosedSince(reader: Reader, sinceMs: number): Session[] {
  const query = build
    .selectFrom('drawer_session')
    .selectAll()
    .where('closed_at', '>=', sinceMs)
    .orderBy('session_no', 'desc')
  return reader.all(query).map(sessionFrom)
}

/** The sessions that were closed last, the latest opened first. */
export function latestClosedIds(reader: Reader, limit: number): string[] {
  const query = build
    .selectFrom('drawer_session')
    .select('session_id')
    .where('state', '=', 'closed')
    .orderBy('session_no', 'desc')
    .limit(limit)
  return reader.all(query).map(row => row.session_id)
}

/** Movements of one tender type in a session, with what the ledger expects of it. */
export interface SessionTender {
  tender: Tender
  itemCount: number
  openingCents: Cents
  tenderedCents: Cents
  changeCents: Cents
  paidInCents: Cents
  paidOutCents: Cents
  turnedInCents: Cents
  refundedCents: Cents
  expectedCents: Cents
  countedCents: Cents | null
  overShortCents: Cents | null
}

function sessionTenderFrom(row: SessionTenderRow): SessionTender {
  const movements = {
    openingCents: row.opening_cents,
    tenderedCents: row.tendered_cents,
    changeCents: row.change_cents,
    paidInCents: row.paid_in_cents,
    paidOutCents: row.paid_out_cents,
    turnedInCents: row.turned_in_cents,
    refundedCents: row.refunded_cents,
  }
  return {
    ...movements,
    tender: row.tender,
    itemCount: row.item_count,
    expectedCents: expected(movements),
    countedCents: row.counted_cents,
    overShortCents: row.over_short_cents,
  }
}

const tendersOfSession = statement<{ sessionId: string }>()(parameter =>
  build.selectFrom('session_tender').selectAll().where('session_id', '=', parameter('sessionId')),
)
const cashOfSession = statement<{ sessionId: string }>()(parameter =>
  build
    .selectFrom('session_tender')
    .selectAll()
    .where('session_id', '=', parameter('sessionId'))
    .where('tender', '=', CASH),
)

export function sessionTenders(reader: Reader, sessionId: string): SessionTender[] {
  return reader.many(tendersOfSession, { sessionId }).map(sessionTenderFrom)
}

/** Cash that the ledger says is in the drawer now. Never told to the cashier before the count. */
export function cashInDrawer(reader: Reader, sessionId: string): Cents {
  const row = reader.one(cashOfSession, { sessionId })
  if (!row) throw new Error(`Session ${sessionId} has no cash row`)
  return sessionTenderFrom(row).expectedCents
}

/** A check or other instrument that was tendered in a session and not voided. */
export interface SessionItem {
  receiptId: string
  receiptNumber: string
  tenderNo: number
  tender: Tender
  cents: Cents
  reference: string
  routingNumber: string | null
  details: TenderDetails
}

/** Receipts of a session, voided ones among them. */
export function receiptIdsOf(reader: Reader, sessionId: string): string[] {
  const query = build
    .selectFrom('receipt')
    .select('receipt_id as receiptId')
    .where('session_id', '=', sessionId)
  return reader.all(query).map(row => row.receiptId)
}

/** Instruments of the given tender types that should be in the drawer, in the order in which they came. */
export function sessionItems(reader: Reader, sessionId: string, tenders: readonly Tender[]): SessionItem[] {
  if (tenders.length === 0) return []
  const query = build
    .selectFrom('receipt_tender as t')
    .innerJoin('receipt as r', 'r.receipt_id', 't.receipt_id')
    .select([
      't.receipt_id as receiptId',
      'r.number as receiptNumber',
      't.tender_no as tenderNo',
      't.tender',
      't.cents',
      't.reference',
      tenderDetail('t', 'routingNumber').as('routingNumber'),
      't.details',
    ])
    .where('t.session_id', '=', sessionId)
    // Said again for the query planner: the index leaves cash out.
    .where('t.tender', '<>', CASH)
    .where('t.tender', 'in', [...tenders])
    .where('t.voided', '=', 0)
    // What was turned in is in the safe.
    .where('t.movement_id', 'is', null)
    .orderBy('r.receipt_no')
    .orderBy('t.tender_no')
  return reader.all(query).map(row => ({ ...row, details: detailsOf(row) }))
}

/** Pieces of a count as they were entered. */
export function piecesOf(reader: Reader, countId: string): CountedPiece[] {
  const query = build
    .selectFrom('count_piece')
    .select(COUNTED_PIECE)
    .where('count_id', '=', countId)
    .orderBy('kind', 'desc')
    .orderBy('value_cents', 'desc')
  return reader.all(query)
}

/** The counts of a session in the order in which they were made. */
export function countsOf(reader: Reader, sessionId: string): CountRow[] {
  return reader.all(
    build.selectFrom('count').selectAll().where('session_id', '=', sessionId).orderBy('epoch').orderBy('seq'),
  )
}

/** Whether a session is open, or has money of a tender that waits for its deposit, or for the bank's credit of it. */
export function tenderWaits(reader: Reader, tender: Tender, end: 'deposit' | 'credit'): boolean {
  const open = build
    .selectFrom('drawer_session as s')
    .innerJoin('session_tender as t', 't.session_id', 's.session_id')
    .select('s.session_id')
    .where('t.tender', '=', tender)
    .where('s.state', '<>', 'closed')
    .limit(1)
  const waiting = build
    .selectFrom('session_part as p')
    .leftJoin('session_part_item as i', join =>
      join.onRef('i.session_id', '=', 'p.session_id').onRef('i.part_no', '=', 'p.part_no'),
    )
    .leftJoin('deposit as d', 'd.deposit_id', 'p.deposit_id')
    .select('p.session_id')
    .where(eb =>
      eb.or([eb('p.deposit_id', 'is', null), ...(end === 'credit' ? [eb('d.state', '<>', 'credited')] : [])]),
    )
    // Cash has no instruments: it is what a part holds of it.
    .where(eb => (tender === CASH ? eb('p.cash_cents', '<>', ZERO) : eb('i.tender', '=', tender)))
    .limit(1)
  return reader.first(open) !== undefined || reader.first(waiting) !== undefined
}

/** What a count came to by tender, beside what was expected at that moment. */
export function countTotals(
  reader: Reader,
  countId: string,
): { tender: Tender; countedCents: Cents; expectedCents: Cents; overShortCents: Cents }[] {
  return reader.all(build.selectFrom('count_total').selectAll().where('count_id', '=', countId)).map(row => ({
    tender: row.tender,
    countedCents: row.cents,
    expectedCents: row.expected_cents,
    overShortCents: row.over_short_cents,
  }))
}

/** Money by GL account in a session: lines, allocations and rounding of receipts that stand. It comes to what was kept. */
export function glTotals(reader: Reader, sessionId: string): { glAccount: string; cents: Cents }[] {
  const allocations = build
    .selectFrom('receipt as r')
    .innerJoin('receipt_allocation as a', 'a.receipt_id', 'r.receipt_id')
    .select(eb => ['a.gl_account as glAccount', eb.fn.sum<Cents>('a.cents').as('cents')])
    .where('r.session_id', '=', sessionId)
    .where('r.state', '=', 'posted')
    .groupBy('a.gl_account')
  const lines = build
    .selectFrom('receipt as r')
    .innerJoin('receipt_line as l', 'l.receipt_id', 'r.receipt_id')
    .select(eb => ['l.gl_account as glAccount', eb.fn.sum<Cents>('l.cents').as('cents')])
    .where('r.session_id', '=', sessionId)
    .where('r.state', '=', 'posted')
    .where('l.kind', '=', 'catalog')
    .groupBy('l.gl_account')
  const rounding = build
    .selectFrom('receipt')
    .select(eb => ['rounding_gl_account as glAccount', eb.fn.sum<Cents>('rounding_cents').as('cents')])
    .where('session_id', '=', sessionId)
    .where('state', '=', 'posted')
    .where('rounding_gl_account', 'is not', null)
    .groupBy('rounding_gl_account')
  const totals = new Map<string, Cents>()
  for (const row of [...reader.all(allocations), ...reader.all(lines), ...reader.all(rounding)]) {
    const glAccount = row.glAccount ?? ''
    const before = totals.get(glAccount)
    totals.set(glAccount, before === undefined ? row.cents : add(before, row.cents))
  }
  return [...totals]
    .map(([glAccount, cents]) => ({ glAccount, cents }))
    .sort((a, b) => (a.glAccount < b.glAccount ? -1 : 1))
}
