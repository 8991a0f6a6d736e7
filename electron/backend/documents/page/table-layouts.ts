import type { CustomTableLayout } from 'pdfmake'
import type { ContentTable } from 'pdfmake/interfaces.js'
import { HAIR, INK } from '../definition.ts'

const noLine = (): number => 0

function lastColumn(node: ContentTable): number {
  return (node.table.widths?.length ?? 0) - 1
}

/** A strong line under the head, hair lines under the rows. */
function ruled(padding: number): CustomTableLayout {
  const belowHead = (row: number, node: ContentTable): boolean => row === (node.table.headerRows ?? 0)
  return {
    hLineWidth: (row, node) => (row === 0 ? 0 : belowHead(row, node) ? 0.9 : 0.4),
    hLineColor: (row, node) => (belowHead(row, node) ? INK : HAIR),
    vLineWidth: noLine,
    paddingLeft: column => (column === 0 ? 0 : 5),
    paddingRight: (column, node) => (column === lastColumn(node) ? 0 : 5),
    // The first row keeps clear of the strong line above it.
    paddingTop: (row, node) => (belowHead(row, node) ? padding + 1.5 : padding),
    paddingBottom: () => padding,
  }
}

/** Like a ruled table, with a head of any number of rows; of a last row with totals, the line above it is strong too. */
function report({ totals }: { totals: boolean }): CustomTableLayout {
  const rules = ruled(1.6)
  const strong = (row: number, node: ContentTable): boolean =>
    row === (node.table.headerRows ?? 0) || (totals && row === node.table.body.length - 1)
  return {
    ...rules,
    hLineWidth: (row, node) => (row < (node.table.headerRows ?? 0) ? 0 : strong(row, node) ? 0.9 : 0.4),
    hLineColor: (row, node) => (strong(row, node) ? INK : HAIR),
  }
}

/** Tables by name, so that a definition can stay plain data. */
export const TABLE_LAYOUTS: Record<string, CustomTableLayout> = {
  ruled: ruled(2),
  dense: ruled(0.6),
  report: report({ totals: false }),
  reportWithTotals: report({ totals: true }),
  // Lines only where a cell asks for a border of its own.
  lines: {
    defaultBorder: false,
    hLineWidth: () => 0.5,
    hLineColor: () => HAIR,
    vLineWidth: noLine,
    paddingLeft: column => (column === 0 ? 0 : 5),
    paddingRight: (column, node) => (column === lastColumn(node) ? 0 : 5),
    paddingTop: () => 0.75,
    paddingBottom: () => 0.75,
  },
  box: {
    hLineWidth: () => 1.2,
    vLineWidth: () => 1.2,
    hLineColor: () => INK,
    vLineColor: () => INK,
    paddingLeft: () => 10,
    paddingRight: () => 10,
    paddingTop: () => 6,
    paddingBottom: () => 6,
  },
  rollBox: {
    hLineWidth: () => 1.4,
    vLineWidth: () => 1.4,
    paddingLeft: () => 6,
    paddingRight: () => 6,
    paddingTop: () => 4,
    paddingBottom: () => 6,
  },
}
