/** Which report over which days, from what was chosen. */
import { REPORTS, type ReportInput, type ReportName } from '../../../shared/contract/report.ts'
import { type BusinessDate, daysLater, parseBusinessDate } from '../../../shared/time.ts'
import type { DAY_CHOICES } from '../../text/report/reports.ts'

export type DayChoice = keyof typeof DAY_CHOICES

export interface ReportFields {
  report: ReportName
  days: DayChoice
  /** As typed; only read where the days are given from – to. */
  from: string
  to: string
  /** Empty for all. */
  personId: string
  drawerId: string
}

export interface Days {
  fromDate: BusinessDate
  toDate: BusinessDate
}

const firstOfMonth = (date: BusinessDate): BusinessDate =>
  daysLater(date, 1 - Number.parseInt(date.slice(8), 10))

/** The days of a choice; null where a day is missing or is none. */
export function daysOf(
  { days, from, to }: Pick<ReportFields, 'days' | 'from' | 'to'>,
  today: BusinessDate,
): Days | null {
  switch (days) {
    case 'today':
      return { fromDate: today, toDate: today }
    case 'yesterday': {
      const yesterday = daysLater(today, -1)
      return { fromDate: yesterday, toDate: yesterday }
    }
    case 'week':
      return { fromDate: daysLater(today, -6), toDate: today }
    case 'month':
      return { fromDate: firstOfMonth(today), toDate: today }
    case 'last-month': {
      const lastDay = daysLater(firstOfMonth(today), -1)
      return { fromDate: firstOfMonth(lastDay), toDate: lastDay }
    }
    case 'dates': {
      const fromDate = parseBusinessDate(from)
      const toDate = parseBusinessDate(to)
      return fromDate === null || toDate === null ? null : { fromDate, toDate }
    }
  }
}

/** What the till is asked; null until the days are whole. */
export function orderFrom(fields: ReportFields, today: BusinessDate): ReportInput | null {
  const days = daysOf(fields, today)
  if (days === null) return null
  const { report, personId, drawerId } = fields
  const narrowed = REPORTS[report].isBySession
  return {
    report,
    ...days,
    ...(narrowed && personId !== '' ? { personId } : {}),
    ...(narrowed && drawerId !== '' ? { drawerId } : {}),
  }
}

/** A day typed into a field means these days and no choice of ours; the other day stays what it was. */
export function withDay(
  fields: ReportFields,
  typed: { from?: string; to?: string },
  today: BusinessDate,
): ReportFields {
  const shown = daysOf(fields, today)
  const from = typed.from ?? (fields.days === 'dates' ? fields.from : (shown?.fromDate ?? ''))
  const to = typed.to ?? (fields.days === 'dates' ? fields.to : (shown?.toDate ?? ''))
  return { ...fields, days: 'dates', from, to }
}
