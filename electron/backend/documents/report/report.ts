import type { Content, TableCell } from 'pdfmake'
import {
  alignmentOf,
  cellText,
  type ReportCell,
  type ReportSection,
  type ReportTable,
} from '../../../../shared/rules/report/report-table.ts'
import type { Settings } from '../../../../shared/settings/index.ts'
import { formatInstant } from '../../../../shared/time.ts'
import { type Definition, GREY, INK } from '../definition.ts'
import { REPORT } from '../page/labels.ts'
import { verificationText } from '../page/page-parts.ts'
import { utilityAddress } from '../page/utility-address.ts'
import { type ColumnPlan, innerWidth, paperFor, planColumns } from './report-columns.ts'

interface ReportPaper {
  table: ReportTable
  settings: Settings
}

/** The utility on the left; on the right what the paper is called, and below it the lines that say of what. */
function head({ table, settings }: ReportPaper, inner: number): Content[] {
  const half = (inner - 24) / 2
  const [about = '', ...further] = table.subtitle.filter(text => text !== settings.utilityName)
  return [
    {
      columnGap: 24,
      columns: [
        {
          width: half,
          stack: [
            { text: settings.utilityName, bold: true, fontSize: 17, lineHeight: 1.05, margin: [0, 0, 0, 3] },
            ...utilityAddress(settings).map((text): Content => ({ text, color: GREY })),
          ],
        },
        {
          width: half,
          alignment: 'right',
          stack: [
            { text: REPORT.report, color: GREY, fontSize: 11 },
            { text: table.title, bold: true, fontSize: 17, lineHeight: 1.05, margin: [0, 0, 0, 3] },
          ],
        },
      ],
    },
    rule(inner),
    ...(about === ''
      ? []
      : [{ text: about, bold: true, fontSize: 11, margin: [0, 0, 0, 2] } satisfies Content]),
    ...further.map((text): Content => ({ text, color: GREY })),
  ]
}

function rule(inner: number): Content {
  return {
    canvas: [{ type: 'line', x1: 0, y1: 0, x2: inner, y2: 0, lineWidth: 1.6, lineColor: INK }],
    margin: [0, 10, 0, 10],
  }
}

function cellsOf(of: {
  section: ReportSection
  row: readonly ReportCell[]
  timeZone: string
  bold?: boolean
}): TableCell[] {
  const { section, row, timeZone, bold = false } = of
  return section.columns.map(({ kind }, i) => ({
    text: cellText(kind, row[i] ?? null, timeZone),
    alignment: alignmentOf(kind),
    bold,
  }))
}

/** The section's heading over the names of its columns: both come again on every page that the table runs on to. */
function headRows({ heading, columns }: ReportSection, fontSize: number): TableCell[][] {
  const names = columns.map(({ label, kind }): TableCell => {
    return { text: label, alignment: alignmentOf(kind), fontSize: Math.min(8, fontSize), color: GREY }
  })
  if (heading === null) return [names]
  const title: TableCell = { text: heading, bold: true, fontSize: 11.5, colSpan: columns.length }
  return [[title, ...columns.slice(1).map((): TableCell => '')], names]
}

/** A row with more words than this may be taller than a page, and what is kept in one piece would then be cut off. */
const MOST_KEPT_WHOLE = 500

function hasLongWords({ rows }: ReportSection): boolean {
  return rows.some(row => row.some(cell => typeof cell === 'string' && cell.length > MOST_KEPT_WHOLE))
}

function tableOf(section: ReportSection, { widths, fontSize }: ColumnPlan, timeZone: string): Content {
  const { rows, totals } = section
  const heads = headRows(section, fontSize)
  const long = hasLongWords(section)
  return {
    layout: totals === null ? 'report' : 'reportWithTotals',
    fontSize,
    table: {
      headerRows: heads.length,
      keepWithHeaderRows: long ? 0 : Math.min(4, rows.length),
      dontBreakRows: !long,
      widths,
      body: [
        ...heads,
        ...rows.map(row => cellsOf({ section, row, timeZone })),
        ...(totals === null ? [] : [cellsOf({ section, row: totals, timeZone, bold: true })]),
      ],
    },
  }
}

function sectionOf(section: ReportSection, inner: number, timeZone: string): Content {
  const { heading, rows, totals } = section
  const margin: [number, number, number, number] = [0, 16, 0, 0]
  if (rows.length > 0 || totals !== null) {
    return { stack: [tableOf(section, planColumns(section, inner, timeZone), timeZone)], margin }
  }
  return {
    unbreakable: true,
    margin,
    stack: [
      ...(heading === null
        ? []
        : [{ text: heading, bold: true, fontSize: 11.5, margin: [0, 0, 0, 3] } satisfies Content]),
      { text: REPORT.empty, color: GREY },
    ],
  }
}

function notesOf({ notes }: ReportTable): Content[] {
  if (notes.length === 0) return []
  return [
    {
      unbreakable: true,
      margin: [0, 16, 0, 0],
      stack: [
        { text: REPORT.notes, fontSize: 8, color: GREY },
        ...notes.map((text): Content => ({ text, margin: [0, 2, 0, 0] })),
      ],
    },
  ]
}

/**
 * A report on US letter, across where its columns ask for it: what it is, its tables with heads that are repeated on
 * every page, totals in bold below a strong line, notes, and the code by which it is found in the journal again.
 */
export function reportDocument(paper: ReportPaper): Definition {
  const { table, settings } = paper
  const lies = paperFor(table.sections, settings.timeZone)
  const inner = innerWidth(lies)
  const [about = ''] = table.subtitle
  const sections = table.sections.map(section => sectionOf(section, inner, settings.timeZone))
  return {
    title: table.title,
    createdAtMs: table.madeAtMs,
    paper: lies,
    content: [
      ...head(paper, inner),
      ...(sections.length === 0
        ? [{ text: REPORT.empty, color: GREY, margin: [0, 16, 0, 0] } satisfies Content]
        : sections),
      ...notesOf(table),
      ...(table.verificationCode === null ? [] : [verificationText(table.verificationCode)]),
    ],
    foot: `${table.title} · ${formatInstant(table.madeAtMs, settings.timeZone, 'date-time')}`,
    runningHead: [settings.utilityName, table.title, about].filter(text => text !== '').join(' · '),
    watermark: null,
  }
}
