/** Reading a report in a test: sections by their heading, columns by their name. */
import type { ReportInput } from '../../../shared/contract/report.ts'
import type { ReportTable } from '../../../shared/rules/report/report-table.ts'
import { type BusinessDate, parseBusinessDate } from '../../../shared/time.ts'

export function day(text: string): BusinessDate {
  const date = parseBusinessDate(text)
  if (date === null) throw new Error(`${text} is no day`)
  return date
}

/** The day on which every test begins. */
export const TODAY = day('2026-11-20')
export const reportOf = (report: ReportInput['report'], from = TODAY, to = from): ReportInput => {
  return { report, fromDate: from, toDate: to }
}

export function sectionOf({ sections, title }: ReportTable, heading: string) {
  const found = sections.find(section => section.heading === heading)
  if (!found) throw new Error(`${title} has no section ${heading}`)
  return found
}

export function columnAt(table: ReportTable, heading: string, key: string): number {
  const at = sectionOf(table, heading).columns.findIndex(column => column.key === key)
  if (at < 0) throw new Error(`${heading} has no column ${key}`)
  return at
}

export function column(table: ReportTable, heading: string, key: string) {
  const at = columnAt(table, heading, key)
  return sectionOf(table, heading).rows.map(row => row[at] ?? null)
}

/** What a column comes to, row by row; not what its totals row says. */
export function summed(table: ReportTable, heading: string, key: string): number {
  return column(table, heading, key).reduce<number>(
    (all, cell) => all + (typeof cell === 'number' ? cell : 0),
    0,
  )
}

export function total(table: ReportTable, heading: string, key: string): number {
  const { rows, totals } = sectionOf(table, heading)
  const cell = totals?.[columnAt(table, heading, key)]
  if (rows.length === 0) return 0
  if (typeof cell !== 'number') throw new Error(`${heading} has no total of ${key}`)
  return cell
}

/** Rows by their first cell and one other column. */
export function byName(table: ReportTable, heading: string, key: string): Record<string, unknown> {
  const names = sectionOf(table, heading).rows.map(row => String(row[0]))
  const cells = column(table, heading, key)
  return Object.fromEntries(names.map((name, at) => [name, cells[at]]))
}
