/** What the letter papers have in common: the head, labelled facts, section titles, tables, signature lines. */

import type { Content, TableCell } from 'pdfmake'
import type { Column as PageColumn } from 'pdfmake/interfaces.js'
import type { Settings } from '../../../../shared/settings/index.ts'
import { GREY, INK, LETTER } from '../definition.ts'
import { STAFF } from './labels.ts'
import { utilityAddress } from './utility-address.ts'

/** Points between columns of a ruled table. */
const GUTTER = 10
const LETTER_WIDTH = 52

/**
 * The utility on the left; on the right what the paper is, in small letters, over its number in large ones, and where
 * there is one the letter by which staff know it, larger still.
 */
export function pageHead(of: {
  settings: Settings
  what: string
  number: string
  letter?: string
}): Content[] {
  const { settings, what, number, letter } = of
  const utility: PageColumn = {
    width: 270,
    stack: [
      { text: settings.utilityName, bold: true, fontSize: 17, lineHeight: 1.05, margin: [0, 0, 0, 3] },
      ...utilityAddress(settings).map((text): Content => ({ text, color: GREY })),
    ],
  }
  const named: PageColumn = {
    width: letter === undefined ? 234 : 234 - LETTER_WIDTH,
    alignment: 'right',
    stack: [
      { text: what, color: GREY, fontSize: 11 },
      { text: number, bold: true, fontSize: 24, lineHeight: 1.05 },
    ],
  }
  const initial: PageColumn[] =
    letter === undefined
      ? []
      : [{ text: letter, width: LETTER_WIDTH, bold: true, fontSize: 54, lineHeight: 0.8, alignment: 'right' }]
  return [{ columns: [utility, named, ...initial] }, line({ weight: 1.6, margin: [0, 10, 0, 12] })]
}

/** A line over the width of the page. */
function line(of: { weight: number; margin: [number, number, number, number] }): Content {
  return {
    canvas: [{ type: 'line', x1: 0, y1: 0, x2: LETTER.inner, y2: 0, lineWidth: of.weight, lineColor: INK }],
    margin: of.margin,
  }
}

/** Labelled facts side by side, `perRow` in a row, each in an equal share of `width`. */
export function factGrid(
  facts: readonly { label: string; value: string }[],
  { perRow, width = LETTER.inner }: { perRow: number; width?: number },
): Content {
  const cell = ({ label, value }: { label: string; value: string }): PageColumn => ({
    width: width / perRow - 8,
    stack: [
      { text: label, fontSize: 8, color: GREY },
      { text: value, fontSize: 10 },
    ],
  })
  const rows = Array.from({ length: Math.ceil(facts.length / perRow) }, (_, i) =>
    facts.slice(i * perRow, (i + 1) * perRow),
  )
  return {
    stack: rows.map((of): Content => ({ columns: of.map(cell), columnGap: 8, margin: [0, 0, 0, 7] })),
  }
}

function sectionTitle(text: string): Content {
  return { text, bold: true, fontSize: 11.5, margin: [0, 14, 0, 3], headlineLevel: 1 }
}

/** Lines that surely go on one page together with their title: what is kept together and is longer would be cut off. */
const LINES_KEPT_TOGETHER = 24

/** A title over its content, kept on one page when the content has at most `lines` lines and that is few enough. */
export function section(title: string, content: Content[], lines: number): Content {
  return { stack: [sectionTitle(title), ...content], unbreakable: lines <= LINES_KEPT_TOGETHER }
}

/** What a table cell holds: one text, or several lines one under the other. */
export type TableText =
  | string
  | { text: string; bold?: boolean }
  | { lines: readonly string[]; bold?: boolean }

export interface Column {
  head: string
  /** Points, without the gutter. */
  width: number
  align?: 'left' | 'right'
}

function tableCell(of: TableText, alignment: 'left' | 'right'): TableCell {
  if (typeof of === 'string') return { text: of, alignment }
  if ('text' in of) return { ...of, alignment }
  const { lines, bold = false } = of
  return { stack: lines.map(text => ({ text })), bold, alignment }
}

/**
 * A table with a head that is repeated on every page and rows that stay whole. Columns have fixed widths, so that
 * an over-long word wraps inside its column instead of pushing the others off the page. `dense` is for long lists.
 */
export function ruledTable(
  columns: readonly Column[],
  rows: readonly (readonly TableText[])[],
  { dense = false }: { dense?: boolean } = {},
): Content {
  const align = (i: number) => columns[i]?.align ?? 'left'
  return {
    layout: dense ? 'dense' : 'ruled',
    fontSize: dense ? 9 : 9.5,
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: columns.map(column => column.width),
      body: [
        columns.map(({ head }, i) => ({ text: head, alignment: align(i), fontSize: 8, color: GREY })),
        ...rows.map(row => row.map((of, i) => tableCell(of, align(i)))),
      ],
    },
  }
}

/** Widths that fill the page: the given ones as they are, and the one `null` takes what is left. */
export function fillPage(widths: readonly (number | null)[], width: number = LETTER.inner): number[] {
  const taken = widths.reduce((total: number, of) => total + (of ?? 0), 0)
  return widths.map(of => of ?? width - taken - GUTTER * (widths.length - 1))
}

/** Lines to sign on, each with the name of the person under it and a place for the date. */
export function signatureLines(people: readonly { role: string; name: string }[]): Content {
  const width = (LETTER.inner - 28 * (people.length - 1)) / people.length
  return {
    unbreakable: true,
    columnGap: 28,
    margin: [0, 34, 0, 0],
    columns: people.map(({ role, name }) => ({
      width,
      stack: [
        { canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.8, lineColor: INK }] },
        {
          margin: [0, 3, 0, 0],
          columnGap: 0,
          columns: [
            {
              width: width - 90,
              stack: [{ text: name === '' ? ' ' : name }, { text: role, fontSize: 8, color: GREY }],
            },
            { width: 90, text: STAFF.date, fontSize: 8, color: GREY, alignment: 'right' },
          ],
        },
      ],
    })),
  }
}

/** The code by which a paper is found in the journal again. */
export function verificationText(code: string): Content {
  return {
    text: [
      { text: `${STAFF.verification}  `, fontSize: 8, color: GREY },
      { text: code, bold: true, fontSize: 10.5 },
    ],
    margin: [0, 14, 0, 0],
  }
}
