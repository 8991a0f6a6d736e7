/** Session detail: whose, from when to when, and what became of the money of those that are closed. */
import type {
  ReportedOpening,
  ReportedSession,
  ReportedTender,
  SessionRows,
} from '../../../db/queries/report/report-sessions.ts'
import { sum } from '../../../shared/money.ts'
import type { ReportSection } from '../../../shared/rules/report/report-table.ts'
import { HEADINGS, NOTES, SESSION_STATES } from './labels.ts'
import type { ReportContent, ReportContext } from './naming.ts'
import { columnsOf, section } from './section.ts'

function listed(sessions: readonly ReportedSession[], { naming }: ReportContext): ReportSection {
  return section({
    heading: HEADINGS.sessions,
    rows: sessions,
    columns: column => [
      column.text('session', row => row.number),
      column.text('zNumber', row => row.z_number ?? ''),
      column.date('businessDate', row => row.business_date),
      column.text('cashier', row => naming.person(row.cashier_id)),
      column.text('drawer', row => naming.drawer(row.drawer_id)),
      column.text('state', row => SESSION_STATES[row.state]),
      column.instant('opened', row => row.opened_at),
      column.instant('closed', row => row.closed_at),
      column.count('receipts', row => row.receipt_count),
      column.count('voids', row => row.void_count),
    ],
  })
}

function closings(sessions: readonly ReportedSession[], { naming }: ReportContext): ReportSection {
  return section({
    heading: HEADINGS.closings,
    rows: sessions.filter(row => row.state === 'closed'),
    columns: column => [
      column.text('zNumber', row => row.z_number ?? ''),
      column.text('handedFrom', row => row.handedFromNumber ?? ''),
      column.text('handedTo', row => naming.person(row.hand_to_id)),
      column.text('closedBy', row => naming.person(row.closedBy)),
      column.text('approvedBy', row => naming.person(row.approved_by)),
      column.text('reason', row => row.close_reason ?? ''),
      column.money('left', row => row.left_cents),
      column.money('forBank', row => row.bankCents),
    ],
  })
}

/** Where a drawer held another amount than was left in it: over and short of the day, beside those at its close. */
function openings(rows: readonly ReportedOpening[], { naming }: ReportContext): ReportSection {
  return section({
    heading: HEADINGS.openings,
    rows,
    columns: column => [
      column.text('zNumber', row => row.zNumber),
      column.money('leftBefore', row => row.leftCents),
      column.money('opening', row => row.openingCents),
      column.money('fundChange', row => row.fundChangeCents),
      column.money('overShort', row => row.overShortCents),
      column.text('approvedBy', row => naming.person(row.approvedBy)),
      column.text('reason', row => row.reason),
    ],
  })
}

const { text, money } = columnsOf<ReportedTender>()
const FIGURES = [
  money('opening', row => row.opening_cents),
  money('taken', row => row.tendered_cents),
  money('change', row => row.change_cents),
  money('refunded', row => row.refunded_cents),
  money('paidIn', row => row.paid_in_cents),
  money('paidOut', row => row.paid_out_cents),
  money('turnedIn', row => row.turned_in_cents),
  money('expected', row => row.expected_cents),
  money('counted', row => row.counted_cents),
  money('overShort', row => row.over_short_cents),
]

/** One row for each tender: what all sessions had of it. */
function tenderSums(rows: readonly ReportedTender[]): ReportedTender[] {
  const byTender = Map.groupBy(rows, row => row.tender)
  return [...byTender.values()].flatMap(of => {
    const [first] = of
    if (!first) return []
    return {
      ...first,
      opening_cents: sum(of.map(row => row.opening_cents)),
      tendered_cents: sum(of.map(row => row.tendered_cents)),
      change_cents: sum(of.map(row => row.change_cents)),
      refunded_cents: sum(of.map(row => row.refunded_cents)),
      paid_in_cents: sum(of.map(row => row.paid_in_cents)),
      paid_out_cents: sum(of.map(row => row.paid_out_cents)),
      turned_in_cents: sum(of.map(row => row.turned_in_cents)),
      expected_cents: sum(of.flatMap(row => row.expected_cents ?? [])),
      counted_cents: sum(of.flatMap(row => row.counted_cents ?? [])),
      over_short_cents: sum(of.flatMap(row => row.over_short_cents ?? [])),
    }
  })
}

export function sessions(rows: SessionRows, context: ReportContext): ReportContent {
  const { naming } = context
  const hasOpen = rows.sessions.some(row => row.state !== 'closed')
  const tender = text('tender', row => naming.tender(row.tender))
  const bySession = section({
    heading: HEADINGS.sessionTenders,
    rows: rows.tenders,
    columns: () => [text('zNumber', row => row.zNumber), tender, ...FIGURES],
  })
  const byTender = section({
    heading: HEADINGS.allSessions,
    rows: tenderSums(rows.tenders),
    columns: () => [tender, ...FIGURES],
  })
  return {
    sections: [
      listed(rows.sessions, context),
      closings(rows.sessions, context),
      ...(rows.openings.length === 0 ? [] : [openings(rows.openings, context)]),
      // A total over tenders would net cash against checks.
      { ...bySession, totals: null },
      { ...byTender, totals: null },
    ],
    notes: [NOTES.expected, ...(hasOpen ? [NOTES.openSessions] : [])],
  }
}
