/** What was collected: by GL account, tender, cashier, hour and day. Each section comes to the same total. */

import type { CollectionRows, GlRow, QuarterRow, VoidedReceipt } from '../../../db/queries/report/reports.ts'
import { add, type Cents, formatCents, subtract, sum, ZERO } from '../../../shared/money.ts'
import type { ReportSection } from '../../../shared/rules/report/report-table.ts'
import { CASH } from '../../../shared/tenders.ts'
import { formatBusinessDate, formatInstant, localHourOf } from '../../../shared/time.ts'
import { HEADINGS, LABELS, NOTES } from './labels.ts'
import type { ReportContent, ReportContext } from './naming.ts'
import { section } from './section.ts'

/** More names than these are not a help any more. */
const MOST_NAMES = 5

function namesText(names: readonly string[]): string {
  const more = names.length - MOST_NAMES
  const shown = names.slice(0, MOST_NAMES).join(', ')
  return more > 0 ? `${shown} and ${more} more` : shown
}

interface GlSum {
  glAccount: string
  names: string[]
  lines: number
  cents: Cents
}

function glSums(rows: readonly GlRow[]): GlSum[] {
  const sums = new Map<string, GlSum>()
  for (const { glAccount, what, lines, cents } of rows) {
    const before = sums.get(glAccount)
    sums.set(glAccount, {
      glAccount,
      names: [...new Set([...(before?.names ?? []), what ?? LABELS.rounding])].sort(),
      lines: (before?.lines ?? 0) + lines,
      cents: add(before?.cents ?? ZERO, cents),
    })
  }
  return [...sums.values()].sort((a, b) => (a.glAccount < b.glAccount ? -1 : 1))
}

function byTender({ tenders, changeCents }: CollectionRows, { naming }: ReportContext): ReportSection {
  // Change is always cash, also where it was given on a check.
  const hasCash = tenders.some(row => row.tender === CASH)
  const cash = { tender: CASH, items: 0, cents: ZERO }
  const rows = (hasCash || changeCents === ZERO ? tenders : [...tenders, cash]).map(row => ({
    ...row,
    changeCents: row.tender === CASH ? changeCents : ZERO,
  }))
  return section({
    heading: HEADINGS.byTender,
    rows,
    columns: column => [
      column.text('tender', row => naming.tender(row.tender)),
      column.count('items', row => row.items),
      column.money('tendered', row => row.cents),
      column.money('change', row => row.changeCents),
      column.money('kept', row => subtract(row.cents, row.changeCents)),
    ],
  })
}

const QUARTER_MS = 900_000

interface HourSum {
  label: string
  receipts: number
  cents: Cents
}

/** `9:00 am` and what lies beyond one day's clock: the next day's hours, and the hour that comes a second time. */
function hourLabel(startMs: number, of: { timeZone: string; firstDate: string; isAgain: boolean }): string {
  const { date: day } = localHourOf(startMs, of.timeZone)
  const time = formatInstant(startMs, of.timeZone, 'time')
  const onDay = day === of.firstDate ? time : `${formatBusinessDate(day, 'short')} ${time}`
  return of.isAgain ? `${onDay}, again` : onDay
}

/** The hours of one business date as they came, a session past midnight and a change of the clocks included. */
function hoursOfDay(quarters: readonly QuarterRow[], timeZone: string, firstDate: string): HourSum[] {
  const hours = new Map<number, HourSum>()
  const known = new Map<string, number>()
  for (const { quarter, receipts, cents } of quarters) {
    const { startMs, date: day, hour } = localHourOf(quarter * QUARTER_MS, timeZone)
    const clock = `${day} ${hour}`
    const first = known.get(clock) ?? startMs
    known.set(clock, first)
    const before = hours.get(startMs)
    hours.set(startMs, {
      label: hourLabel(startMs, { timeZone, firstDate, isAgain: first !== startMs }),
      receipts: (before?.receipts ?? 0) + receipts,
      cents: add(before?.cents ?? ZERO, cents),
    })
  }
  return [...hours.values()]
}

/** The hours of the clock over all days. */
function hoursOfClock(quarters: readonly QuarterRow[], timeZone: string): HourSum[] {
  const found = quarters.map(row => ({ ...row, ...localHourOf(row.quarter * QUARTER_MS, timeZone) }))
  const hours = [...new Set(found.map(row => row.hour))].sort((a, b) => a - b)
  return hours.map(hour => {
    const rows = found.filter(row => row.hour === hour)
    return {
      label: `${hour % 12 === 0 ? 12 : hour % 12}:00 ${hour < 12 ? 'am' : 'pm'}`,
      receipts: rows.reduce((all, row) => all + row.receipts, 0),
      cents: sum(rows.map(row => row.cents)),
    }
  })
}

function voidedSection(voids: readonly VoidedReceipt[], { naming }: ReportContext): ReportSection {
  return section({
    heading: HEADINGS.voided,
    rows: voids,
    columns: column => [
      column.text('receipt', row => row.number),
      column.instant('posted', row => row.posted_at),
      column.instant('voided', row => row.voided_at),
      column.text('paidFor', row => row.names),
      column.text('voidedBy', row => naming.person(row.voided_by)),
      column.text('approvedBy', row => naming.person(row.void_approved_by)),
      column.text('reason', row => row.void_reason ?? ''),
      column.figure('amount', row => row.cents),
    ],
  })
}

/** The collections of some days. `firstDate` is the first of them. */
export function collections(
  rows: CollectionRows,
  context: ReportContext & { firstDate: string },
): ReportContent {
  const { naming, timeZone, isOneDay, firstDate } = context
  const hours = isOneDay
    ? hoursOfDay(rows.quarters, timeZone, firstDate)
    : hoursOfClock(rows.quarters, timeZone)
  const days = section({
    heading: HEADINGS.byDay,
    rows: rows.days,
    columns: column => [
      column.date('businessDate', row => row.businessDate),
      column.count('receipts', row => row.receipts),
      column.money('kept', row => row.cents),
    ],
  })
  const voidedCents = sum(rows.voids.map(row => row.cents))
  return {
    sections: [
      section({
        heading: HEADINGS.byGl,
        rows: glSums(rows.gl),
        columns: column => [
          column.text('glAccount', row => row.glAccount),
          column.text('paidFor', row => namesText(row.names)),
          column.count('lines', row => row.lines),
          column.money('kept', row => row.cents),
        ],
      }),
      byTender(rows, context),
      section({
        heading: HEADINGS.byCashier,
        rows: rows.cashiers,
        columns: column => [
          column.text('cashier', row => naming.person(row.personId)),
          column.count('receipts', row => row.receipts),
          column.money('kept', row => row.cents),
        ],
      }),
      section({
        heading: HEADINGS.byHour,
        rows: hours,
        columns: column => [
          column.text('hour', row => row.label),
          column.count('receipts', row => row.receipts),
          column.money('kept', row => row.cents),
        ],
      }),
      ...(isOneDay ? [] : [days]),
      voidedSection(rows.voids, context),
    ],
    notes: [
      NOTES.kept,
      NOTES.collected(formatCents(voidedCents), rows.voids.length),
      isOneDay ? NOTES.hours(timeZone) : NOTES.hoursOfDays(timeZone),
    ],
  }
}
