/** Sessions and their money by tender, over days. */

import { sql } from 'kysely'
import type { DrawerSessionRow, SessionTenderRow } from '../../../shared/ledger/rows/session-rows.ts'
import type { Cents } from '../../../shared/money.ts'
import { CASH, type Tender } from '../../../shared/tenders.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import type { Reader } from '../../ledger/reader.ts'
import { build } from '../../ledger/statement.ts'
import { inScope, type ReportScope } from './reports.ts'

type SessionScope = Omit<ReportScope, 'hiddenIds'>

function sessionsIn(scope: SessionScope) {
  return build.selectFrom('drawer_session as s').where(inScope('s', { ...scope, hiddenIds: [] }))
}

/** Cash and every other tender that a closed session had. */
function tendersIn(scope: SessionScope) {
  return sessionsIn(scope)
    .innerJoin('session_tender as t', 't.session_id', 's.session_id')
    .leftJoin('tender_type as y', 'y.tender', 't.tender')
    .where('s.state', '=', 'closed')
    .where(eb =>
      eb.or([
        eb('t.tender', '=', CASH),
        eb('t.tendered_cents', '<>', 0 as Cents),
        eb('t.counted_cents', '<>', 0 as Cents),
      ]),
    )
}

const zNumber = sql<string>`coalesce(s.z_number, '')`.as('zNumber')

export type ReportedSession = DrawerSessionRow & {
  handedFromNumber: string | null
  /** Counted by somebody else than its cashier, who was not there. */
  closedBy: string | null
  /** Money for the bank: null until it is closed. */
  bankCents: Cents | null
}

export type ReportedTender = SessionTenderRow & { zNumber: string }

/** A closed session that began with another amount than was left in its drawer. */
export interface ReportedOpening {
  zNumber: string
  leftCents: Cents
  openingCents: Cents
  fundChangeCents: Cents
  overShortCents: Cents
  approvedBy: string
  reason: string
}

export interface SessionRows {
  sessions: ReportedSession[]
  openings: ReportedOpening[]
  /** Of closed sessions alone: nobody may work out of a report what an open drawer should hold. */
  tenders: ReportedTender[]
}

/** Sessions of the days in order; the money of those that are closed. */
export function sessionRows(reader: Reader, scope: SessionScope): SessionRows {
  const sessions = sessionsIn(scope)
    .leftJoin('drawer_session as f', 'f.session_id', 's.handed_from')
    .leftJoin('count as c', 'c.count_id', 's.closing_count_id')
    .selectAll('s')
    .select([
      'f.number as handedFromNumber',
      sql<
        string | null
      >`CASE WHEN s.state = 'closed' AND c.person_id <> s.cashier_id THEN c.person_id END`.as('closedBy'),
      sql<Cents | null>`CASE WHEN s.state = 'closed' THEN (
        SELECT coalesce(sum(p.cash_cents + p.items_cents), 0) FROM session_part p
        WHERE p.session_id = s.session_id) END`.as('bankCents'),
    ])
    .orderBy('s.session_no')
  const tenders = tendersIn(scope).selectAll('t').select(zNumber).orderBy('s.session_no').orderBy('y.sort')
  const openings = tendersIn(scope)
    .innerJoin('opening_difference as d', 'd.session_id', 's.session_id')
    .select([
      zNumber,
      'd.left_cents as leftCents',
      't.opening_cents as openingCents',
      'd.fund_change_cents as fundChangeCents',
      'd.over_short_cents as overShortCents',
      'd.approved_by as approvedBy',
      'd.reason',
    ])
    .where('t.tender', '=', CASH)
    .orderBy('s.session_no')
  return { sessions: reader.all(sessions), openings: reader.all(openings), tenders: reader.all(tenders) }
}

export interface DifferenceRow {
  sessionId: string
  /** Found at its opening beside what the session before left, or at its close beside what was taken. */
  at: 'opening' | 'close'
  zNumber: string
  businessDate: BusinessDate
  personId: string
  drawerId: string
  glAccount: string
  reason: string
  tender: Tender
  expectedCents: Cents
  countedCents: Cents
  overShortCents: Cents
}

const ofSession = [
  's.session_id as sessionId',
  zNumber,
  's.business_date as businessDate',
  's.cashier_id as personId',
  's.drawer_id as drawerId',
] as const

/**
 * What each closed session was over or short of cash and of every other tender that it had, even ones included; before
 * it what was over or short at its opening, where anything was.
 */
export function differenceRows(reader: Reader, scope: SessionScope): DifferenceRow[] {
  const atClose = reader.all(
    tendersIn(scope)
      .select([
        ...ofSession,
        sql<string>`coalesce(s.over_short_gl_account, '')`.as('glAccount'),
        sql<string>`coalesce(s.close_reason, '')`.as('reason'),
        't.tender',
        sql<Cents>`t.expected_cents`.as('expectedCents'),
        sql<Cents>`t.counted_cents`.as('countedCents'),
        sql<Cents>`t.over_short_cents`.as('overShortCents'),
      ])
      .where('t.over_short_cents', 'is not', null)
      .orderBy('s.z_no')
      .orderBy('y.sort'),
  )
  const atOpening = reader.all(
    tendersIn(scope)
      .innerJoin('opening_difference as d', 'd.session_id', 's.session_id')
      .select([
        ...ofSession,
        'd.over_short_gl_account as glAccount',
        'd.reason',
        't.tender',
        sql<Cents>`d.left_cents + d.fund_change_cents`.as('expectedCents'),
        't.opening_cents as countedCents',
        'd.over_short_cents as overShortCents',
      ])
      .where('t.tender', '=', CASH)
      .where('d.over_short_cents', '<>', 0 as Cents),
  )
  const opening = Map.groupBy(atOpening, row => row.sessionId)
  return atClose.flatMap(row => {
    const found = opening.get(row.sessionId) ?? []
    opening.delete(row.sessionId)
    return [...found.map(of => ({ ...of, at: 'opening' as const })), { ...row, at: 'close' as const }]
  })
}
