import writeExcelFile, { type CellObject, type Sheet, type SheetData } from 'write-excel-file/node'
import type { Cents } from '../../../shared/money.ts'
import {
  alignmentOf,
  type ColumnKind,
  cellText,
  knownCell,
  type ReportCell,
  type ReportColumn,
  type ReportSection,
  type ReportTable,
} from '../../../shared/rules/report/report-table.ts'
import type { Settings } from '../../../shared/settings/index.ts'
import { wallClockMs } from '../../../shared/time.ts'
import { REPORT, STAFF } from '../documents/page/labels.ts'
import { excelText } from './excel-text.ts'
import { sheetNames } from './sheet-names.ts'

type Workbook = Sheet<Buffer>

/** What a cell looks like besides its value. */
type Look = Pick<CellObject, 'fontWeight' | 'topBorderStyle' | 'topBorderColor'>

const PLAIN: Look = {}
const TOTAL: Look = { fontWeight: 'bold', topBorderStyle: 'thin', topBorderColor: '#12222b' }

/** A column is at least so wide and at most so wide, in characters of the sheet's font. */
const WIDTH = { least: 9, most: 52, padding: 2 } as const
/** Wider sheets are printed across. */
const MOST_UPRIGHT_CHARACTERS = 90
const US_LETTER = 1

/** Excel reckons with 15 significant digits, so this is the last amount that it shows to the cent. */
const MOST_CENTS = 999_999_999_999_999

/**
 * An amount as a spreadsheet's number. Division of whole numbers gives the double that is nearest to the exact quotient
 * (IEEE 754, section 5.4.1), and that one prints as the same two decimals. Refuses (RangeError) what has more than
 * fifteen digits.
 */
export function spreadsheetAmount(amount: Cents): number {
  if (Math.abs(amount) > MOST_CENTS) throw new RangeError(`${amount} cents are too many for a spreadsheet`)
  return amount / 100
}

/** Words are of type text in a column formatted as text: Excel makes no formula, number or date of them, even edited. */
function textCell(text: string): CellObject {
  return { type: String, value: excelText(text), format: '@' }
}

/** Dates are real dates, because an accountant sorts, filters and groups by them; they show as a US reader expects. */
function valueCell(kind: ColumnKind, cell: ReportCell, timeZone: string): CellObject {
  const known = knownCell(kind, cell)
  switch (known.kind) {
    case 'empty':
      return {}
    case 'text':
      return textCell(known.text)
    case 'cents':
      return { type: Number, value: spreadsheetAmount(known.cents), format: '#,##0.00' }
    case 'count':
      return { type: Number, value: known.count, format: '#,##0' }
    case 'date':
      return { type: Date, value: new Date(known.date), format: 'mm/dd/yyyy' }
    case 'instant': {
      const secondMs = Math.floor(wallClockMs(known.atMs, timeZone) / 1000) * 1000
      return { type: Date, value: new Date(secondMs), format: 'mm/dd/yyyy h:mm AM/PM' }
    }
  }
}

function headCell({ label, kind }: ReportColumn): CellObject {
  return {
    ...textCell(label),
    fontWeight: 'bold',
    align: alignmentOf(kind),
    alignVertical: 'bottom',
    wrap: true,
    backgroundColor: '#e9eef1',
    bottomBorderStyle: 'thin',
    bottomBorderColor: '#12222b',
  }
}

function widthOf({ columns, rows, totals }: ReportSection, at: number, timeZone: string): number {
  const { kind = 'text', label = '' } = columns[at] ?? {}
  const longest = [...rows, totals ?? []].reduce(
    (most, row) => Math.max(most, cellText(kind, row[at] ?? null, timeZone).length),
    label.length,
  )
  return Math.min(WIDTH.most, Math.max(WIDTH.least, longest + WIDTH.padding))
}

function sheetOf(section: ReportSection, name: string, timeZone: string): Workbook {
  const { columns, rows, totals } = section
  const rowOf = (row: readonly ReportCell[], look: Look): CellObject[] =>
    columns.map(({ kind }, i) => ({
      ...valueCell(kind, row[i] ?? null, timeZone),
      align: alignmentOf(kind),
      ...look,
    }))
  const data: SheetData = [
    columns.map(headCell),
    ...rows.map(row => rowOf(row, PLAIN)),
    ...(totals === null ? [] : [rowOf(totals, TOTAL)]),
  ]
  const widths = columns.map((_, i) => widthOf(section, i, timeZone))
  const across = widths.reduce((all, width) => all + width, 0) > MOST_UPRIGHT_CHARACTERS
  return {
    sheet: name,
    data,
    columns: widths.map(width => ({ width })),
    stickyRowsCount: 1,
    ...(across && { orientation: 'landscape' as const }),
  }
}

/** What the report is, on a sheet of its own: the sheets with figures stay plain tables from their first row on. */
function aboutSheet({ title, subtitle, notes, verificationCode }: ReportTable, name: string): Workbook {
  const line = (text: string, look: Look = PLAIN): CellObject[] => [
    { ...textCell(text), wrap: true, alignVertical: 'top', ...look },
  ]
  return {
    sheet: name,
    data: [
      line(title, { fontWeight: 'bold' }),
      ...subtitle.map(text => line(text)),
      ...notes.map(text => line(text)),
      ...(verificationCode === null ? [] : [line(`${STAFF.verification} ${verificationCode}`)]),
    ],
    columns: [{ width: 90 }],
  }
}

/**
 * A report as an Excel workbook: a sheet for each section, the names of its columns bold and frozen in the first row
 * and the totals bold in the last, then a sheet that says what the report is. Amounts are numbers with two decimals,
 * words are text and never formulas. Refuses (RangeError) amounts of more than fifteen digits.
 */
export async function reportXlsx({
  table,
  settings,
}: {
  table: ReportTable
  settings: Settings
}): Promise<Uint8Array> {
  const headings = table.sections.map(({ heading }) => heading ?? table.title)
  const names = sheetNames([...headings, REPORT.about])
  const sheets = table.sections.map((section, i) => sheetOf(section, names[i] ?? '', settings.timeZone))
  const workbook = writeExcelFile([...sheets, aboutSheet(table, names.at(-1) ?? '')], {
    fontFamily: 'Calibri',
    fontSize: 11,
    features: [
      { files: { transform: { 'xl/worksheets/sheet{id}.xml': { transformElementAttributes: onLetter } } } },
    ],
  })
  return new Uint8Array(await workbook.toBuffer())
}

/** The library knows no paper but A4. */
function onLetter(tag: string, attributes: Record<string, string | number>): Record<string, string | number> {
  return tag === 'pageSetup' ? { ...attributes, paperSize: US_LETTER } : attributes
}
