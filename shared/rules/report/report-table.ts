/** A report as a value: the same rows go to the screen, to paper, to CSV and to a spreadsheet. */
import { z } from 'zod'
import { instantField } from '../../fields.ts'
import { type Cents, cents, formatCents } from '../../money.ts'
import { type BusinessDate, formatBusinessDate, formatInstant, parseBusinessDate } from '../../time.ts'

/** What a column holds: words, money, a number of things, a business date, or an instant (UTC milliseconds). */
const COLUMN_KINDS = ['text', 'cents', 'count', 'date', 'instant'] as const
export type ColumnKind = (typeof COLUMN_KINDS)[number]

/** More columns than this cannot be read on a page. */
const MAX_COLUMNS = 16
/** A spreadsheet's cell holds 32,767 characters; nothing that a till knows is nearly as long. */
const MAX_CELL_LENGTH = 4_000
const MAX_SECTIONS = 60

const cellTextField = z.string().max(MAX_CELL_LENGTH)
const lineField = z.string().max(400)
const cellField = z.union([cellTextField, z.int(), z.null()])

/** A cell as it is handed over; what it may be depends on the kind of its column. */
export type ReportCell = string | number | null

const columnField = z.object({
  /** The column's name for programs; unique in its section. */
  key: z.string().min(1).max(60),
  /** What a person reads at the head of the column; may be empty where the cells speak for themselves. */
  label: z.string().max(80),
  kind: z.enum(COLUMN_KINDS),
})
export type ReportColumn = z.infer<typeof columnField>

const FITS: Readonly<Record<ColumnKind, (cell: ReportCell) => boolean>> = {
  text: cell => typeof cell === 'string',
  cents: Number.isSafeInteger,
  count: Number.isSafeInteger,
  date: cell => typeof cell === 'string' && parseBusinessDate(cell) !== null,
  instant: cell => Number.isSafeInteger(cell) && (cell as number) >= 0,
}

const sectionParts = z.object({
  heading: z.string().min(1).max(120).nullable(),
  columns: z.array(columnField).min(1).max(MAX_COLUMNS),
  rows: z.array(z.array(cellField)),
  /** One cell for each column; words are allowed in any of them, so that the row can say what it is. */
  totals: z.array(cellField).nullable(),
})

type SectionParts = z.infer<typeof sectionParts>

function rowFits({ columns }: SectionParts, row: readonly ReportCell[], mayHoldWords: boolean): boolean {
  if (row.length !== columns.length) return false
  return columns.every(({ kind }, i) => {
    const cell = row[i] ?? null
    return cell === null || FITS[kind](cell) || (mayHoldWords && typeof cell === 'string')
  })
}

const sectionField = sectionParts
  .refine(({ columns }) => new Set(columns.map(({ key }) => key)).size === columns.length, 'A key twice')
  .refine(section => section.rows.every(row => rowFits(section, row, false)), 'A row that does not fit')
  .refine(
    section => section.totals === null || rowFits(section, section.totals, true),
    'Totals that do not fit',
  )
export type ReportSection = z.infer<typeof sectionField>

/**
 * A whole report. Refuses a row with more or fewer cells than columns and a cell that is not of its column's kind:
 * an amount in a column of words would be shown as cents to one reader and as dollars to the next.
 */
export const reportTableField = z.object({
  title: z.string().min(1).max(120),
  /** What the report is about, a line each: the period first, then the utility, when it was made and by whom. */
  subtitle: z.array(lineField).max(8),
  /** When it was made, in UTC milliseconds. */
  madeAtMs: instantField,
  sections: z.array(sectionField).max(MAX_SECTIONS),
  /** What a reader must know to read it rightly, a sentence or two each. */
  notes: z.array(z.string().min(1).max(1_000)).max(20),
  verificationCode: z.string().min(1).max(80).nullable(),
})
export type ReportTable = z.infer<typeof reportTableField>

/** Figures stand to the right, so that their points are one under the other; everything else to the left. */
export function alignmentOf(kind: ColumnKind): 'left' | 'right' {
  return kind === 'cents' || kind === 'count' ? 'right' : 'left'
}

/** A cell whose kind is settled: every form of the report starts from here. */
export type KnownCell =
  | { kind: 'empty' }
  | { kind: 'text'; text: string }
  | { kind: 'cents'; cents: Cents }
  | { kind: 'count'; count: number }
  | { kind: 'date'; date: BusinessDate }
  | { kind: 'instant'; atMs: number }

/**
 * What a cell of a column is. Words in a column of another kind are words (the label of a totals row); a number in a
 * column of words is refused (RangeError), because nothing says whether it is money.
 */
export function knownCell(kind: ColumnKind, cell: ReportCell): KnownCell {
  if (cell === null || cell === '') return { kind: 'empty' }
  if (typeof cell === 'string') {
    const date = kind === 'date' ? parseBusinessDate(cell) : null
    return date === null ? { kind: 'text', text: cell } : { kind: 'date', date }
  }
  if (kind === 'cents') return { kind, cents: cents(cell) }
  if (kind === 'count') return { kind, count: cell }
  if (kind === 'instant') return { kind, atMs: cell }
  throw new RangeError(`${cell} cannot stand in a column of kind ${kind}`)
}

/** `12,345`: put together here, so that a paper's bytes do not depend on the data of `Intl`. */
function groupedCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A cell as a person reads it on screen and on paper; an instant in the time of the place. Empty for null. */
export function cellText(kind: ColumnKind, cell: ReportCell, timeZone: string): string {
  const known = knownCell(kind, cell)
  switch (known.kind) {
    case 'empty':
      return ''
    case 'text':
      return known.text
    case 'cents':
      return formatCents(known.cents)
    case 'count':
      return groupedCount(known.count)
    case 'date':
      return formatBusinessDate(known.date, 'short')
    case 'instant':
      return formatInstant(known.atMs, timeZone, 'date-time')
  }
}
