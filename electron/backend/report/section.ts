/** Sections of a report, from rows and what each column shows of them. */
import { type Cents, cents, sum } from '../../../shared/money.ts'
import type { ColumnKind, ReportCell, ReportSection } from '../../../shared/rules/report/report-table.ts'
import { LABELS } from './labels.ts'

type Label = keyof typeof LABELS

interface ColumnOf<R> {
  key: Label
  kind: ColumnKind
  cell: (row: R) => ReportCell
  /** Whether the totals row adds it up. */
  sums: boolean
}

type Column<R, C extends ReportCell> = (key: Label, cell: (row: R) => C) => ColumnOf<R>

/** The columns that a section may have, by what they hold. */
interface Columns<R> {
  text: Column<R, string>
  money: Column<R, Cents | null>
  /** An amount that makes no sense added up: a running total, a figure of its own moment. */
  figure: Column<R, Cents | null>
  count: Column<R, number>
  /** A number that names something. */
  ordinal: Column<R, number>
  date: Column<R, string>
  instant: Column<R, number | null>
}

/** Columns for rows of one type. */
export function columnsOf<R>(): Columns<R> {
  const make =
    (kind: ColumnKind, sums: boolean) =>
    (key: Label, cell: (row: R) => ReportCell): ColumnOf<R> => ({ key, kind, cell, sums })
  return {
    text: make('text', false),
    money: make('cents', true),
    figure: make('cents', false),
    count: make('count', true),
    ordinal: make('count', false),
    date: make('date', false),
    instant: make('instant', false),
  }
}

interface SectionOf<R> {
  heading: string
  columns: (column: Columns<R>) => readonly ColumnOf<R>[]
  rows: readonly R[]
  /** Rows that the totals are of, where those are not all. */
  counted?: readonly R[]
}

/** The totals row: `Total` in the first column that adds nothing up. None without rows or without sums. */
function totalsOf<R>(columns: readonly ColumnOf<R>[], rows: readonly R[]): ReportCell[] | null {
  if (!columns.some(column => column.sums)) return null
  const labelled = columns.findIndex(column => !column.sums)
  return columns.map((column, at) => {
    if (at === labelled) return LABELS.total
    if (!column.sums) return null
    return sum(rows.map(column.cell).flatMap(cell => (typeof cell === 'number' ? [cents(cell)] : [])))
  })
}

export function section<R>({
  heading,
  columns: columnsFor,
  rows,
  counted = rows,
}: SectionOf<R>): ReportSection {
  const columns = columnsFor(columnsOf<R>())
  return {
    heading,
    columns: columns.map(({ key, kind }) => ({ key, kind, label: LABELS[key] })),
    rows: rows.map(row => columns.map(column => column.cell(row))),
    totals: rows.length === 0 ? null : totalsOf(columns, counted),
  }
}
