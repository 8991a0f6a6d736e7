import { plainCents } from '../../../shared/money.ts'
import {
  type ColumnKind,
  knownCell,
  type ReportCell,
  type ReportSection,
  type ReportTable,
} from '../../../shared/rules/report/report-table.ts'
import type { Settings } from '../../../shared/settings/index.ts'
import { wallClockMs } from '../../../shared/time.ts'

/** Without it, Excel reads UTF-8 as the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF'
const LINE_END = '\r\n'

/**
 * What makes a spreadsheet take a cell for a formula: `=`, `+`, `-`, `@`, their full-width forms, a tab or a line
 * break at the front (OWASP, "CSV Injection"); also behind spaces and marks without a shape, which some programs skip.
 */
const FORMULA = /^[\s\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u

/** Text that a spreadsheet shows as it is: an apostrophe before whatever could be a formula. */
export function harmlessText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

/** Quotes also around what separates fields in other places (`;`, tab) and around outer spaces, which readers drop. */
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/

/** One field after RFC 4180. */
function field(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const words = (text: string): string => field(harmlessText(text))

/** `2026-11-20 10:58:07` on the clocks of the place. */
function instantText(atMs: number, timeZone: string): string {
  return new Date(wallClockMs(atMs, timeZone)).toISOString().slice(0, 19).replace('T', ' ')
}

/** Amounts, counts and dates are made here and cannot be formulas; a negative amount stays a number. */
function cellField(kind: ColumnKind, cell: ReportCell, timeZone: string): string {
  const known = knownCell(kind, cell)
  switch (known.kind) {
    case 'empty':
      return ''
    case 'text':
      return words(known.text)
    case 'cents':
      return plainCents(known.cents)
    case 'count':
      return String(known.count)
    case 'date':
      return known.date
    case 'instant':
      return instantText(known.atMs, timeZone)
  }
}

function recordsOf({ columns, rows, totals }: ReportSection, timeZone: string): string[][] {
  const record = (row: readonly ReportCell[]): string[] =>
    columns.map(({ kind }, i) => cellField(kind, row[i] ?? null, timeZone))
  return [
    columns.map(({ label }) => words(label)),
    ...rows.map(record),
    ...(totals === null ? [] : [record(totals)]),
  ]
}

/**
 * The rows of a report as CSV (RFC 4180): UTF-8 with a byte order mark, the names of the columns first, amounts as
 * plain numbers with two decimals, dates as `YYYY-MM-DD`, instants on the clocks of the place, the totals last. Of
 * several sections each has its heading in a record above it and an empty record before it, and all records are as
 * long as the longest. Title, period and notes are left to the other forms: a program expects names in the first line.
 */
export function reportCsv({ table, settings }: { table: ReportTable; settings: Settings }): Uint8Array {
  const several = table.sections.length > 1
  const records = table.sections.flatMap((section, i) => [
    ...(i === 0 ? [] : [[]]),
    ...(several ? [[words(section.heading ?? table.title)]] : []),
    ...recordsOf(section, settings.timeZone),
  ])
  const width = Math.max(0, ...table.sections.map(({ columns }) => columns.length))
  const lines = records.map(record => [...record, ...Array(width - record.length).fill('')].join(','))
  // Of a lost half of a character the encoder makes U+FFFD: UTF-8 cannot hold it.
  return new TextEncoder().encode(BYTE_ORDER_MARK + lines.map(line => line + LINE_END).join(''))
}
