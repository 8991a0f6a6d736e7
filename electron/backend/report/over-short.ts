/** Over and short by session and tender, and added up in every way in which somebody looks for a pattern. */

import type { DifferenceRow } from '../../../db/queries/report/report-sessions.ts'
import { add, type Cents, negate, sum, ZERO } from '../../../shared/money.ts'
import type { ReportSection } from '../../../shared/rules/report/report-table.ts'
import { CASH } from '../../../shared/tenders.ts'
import { weekdayOf } from '../../../shared/time.ts'
import { HEADINGS, NOTES, WEEKDAYS } from './labels.ts'
import type { ReportContent, ReportContext } from './naming.ts'
import { section } from './section.ts'

const isOver = (row: DifferenceRow): boolean => row.overShortCents > ZERO
const isShort = (row: DifferenceRow): boolean => row.overShortCents < ZERO
const differs = (row: DifferenceRow): boolean => row.overShortCents !== ZERO

const sessionsIn = (rows: readonly DifferenceRow[]): number => new Set(rows.map(row => row.sessionId)).size

const overOf = (rows: readonly DifferenceRow[]): Cents =>
  sum(rows.filter(isOver).map(row => row.overShortCents))
const shortOf = (rows: readonly DifferenceRow[]): Cents =>
  negate(sum(rows.filter(isShort).map(row => row.overShortCents)))
const netOf = (rows: readonly DifferenceRow[]): Cents => sum(rows.map(row => row.overShortCents))

/** Each difference beside the sum of all up to it, by tender. */
function withCumulative(rows: readonly DifferenceRow[]): (DifferenceRow & { cumulativeCents: Cents })[] {
  const running = new Map<string, Cents>()
  return rows.map(row => {
    const cumulativeCents = add(running.get(row.tender) ?? ZERO, row.overShortCents)
    running.set(row.tender, cumulativeCents)
    return { ...row, cumulativeCents }
  })
}

type GroupKey = 'tender' | 'glAccount' | 'cashier' | 'drawer' | 'weekday'

interface Grouping {
  heading: string
  key: GroupKey
  /** What the rows are grouped by, for people; and what the groups are sorted by. */
  nameOf: (row: DifferenceRow) => string
  sortOf?: (row: DifferenceRow) => string | number
}

/** One row for each group and tender: a group's cash is never made up for by its checks. */
function grouped(
  rows: readonly DifferenceRow[],
  grouping: Grouping,
  { naming }: ReportContext,
): ReportSection {
  const { heading, key, nameOf, sortOf = nameOf } = grouping
  const groups = [...Map.groupBy(rows, row => `${nameOf(row)}\n${row.tender}`).values()].flatMap(of => {
    const [first] = of
    return first === undefined ? [] : [{ first, of }]
  })
  const order = (row: DifferenceRow) => sortOf(row)
  // Everybody has cash; of the other tenders only those are worth a row that were ever over or short.
  const told = groups.filter(({ first, of }) => key === 'tender' || first.tender === CASH || of.some(differs))
  const inOrder = told.toSorted((a, b) => {
    const [x, y] = [order(a.first), order(b.first)]
    return x < y ? -1 : x > y ? 1 : 0
  })
  const list = section({
    heading,
    rows: inOrder,
    columns: column => [
      column.text(key, ({ first }) => nameOf(first)),
      ...(key === 'tender' ? [] : [column.text('tender', ({ first }) => naming.tender(first.tender))]),
      column.count('sessions', ({ of }) => sessionsIn(of)),
      column.count('different', ({ of }) => sessionsIn(of.filter(differs))),
      column.money('over', ({ of }) => overOf(of)),
      column.money('short', ({ of }) => shortOf(of)),
      column.money('net', ({ of }) => netOf(of)),
    ],
  })
  return { ...list, totals: null }
}

export function overShort(rows: readonly DifferenceRow[], context: ReportContext): ReportContent {
  const { naming } = context
  const list = section({
    heading: HEADINGS.differences,
    rows: withCumulative(rows).filter(differs),
    columns: column => [
      column.text('zNumber', row => row.zNumber),
      column.date('businessDate', row => row.businessDate),
      column.text('cashier', row => naming.person(row.personId)),
      column.text('drawer', row => naming.drawer(row.drawerId)),
      column.text('tender', row => naming.tender(row.tender)),
      column.text('glAccount', row => row.glAccount),
      column.text('reason', row => (row.at === 'opening' ? NOTES.atOpening(row.reason) : row.reason)),
      column.figure('expected', row => row.expectedCents),
      column.figure('counted', row => row.countedCents),
      column.money('overShort', row => row.overShortCents),
      column.figure('cumulative', row => row.cumulativeCents),
    ],
  })
  const groupings: Grouping[] = [
    {
      heading: HEADINGS.overByTender,
      key: 'tender',
      nameOf: row => naming.tender(row.tender),
      // The rows of a session are in the city's own order of tenders.
      sortOf: () => 0,
    },
    { heading: HEADINGS.overByGl, key: 'glAccount', nameOf: row => row.glAccount },
    { heading: HEADINGS.overByCashier, key: 'cashier', nameOf: row => naming.person(row.personId) },
    { heading: HEADINGS.overByDrawer, key: 'drawer', nameOf: row => naming.drawer(row.drawerId) },
    {
      heading: HEADINGS.overByWeekday,
      key: 'weekday',
      nameOf: row => WEEKDAYS[weekdayOf(row.businessDate)] ?? '',
      sortOf: row => weekdayOf(row.businessDate),
    },
  ]
  return {
    sections: [{ ...list, totals: null }, ...groupings.map(grouping => grouped(rows, grouping, context))],
    notes: [NOTES.neverNetted],
  }
}
