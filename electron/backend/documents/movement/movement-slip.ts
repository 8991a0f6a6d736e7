import type { Content } from 'pdfmake'
import { formatCents } from '../../../../shared/money.ts'
import { type Definition, ROLL } from '../definition.ts'
import { STAFF } from '../page/labels.ts'
import {
  factGrid,
  fillPage,
  pageHead,
  ruledTable,
  section,
  signatureLines,
  verificationText,
} from '../page/page-parts.ts'
import { rollRule } from '../page/roll-parts.ts'
import {
  type MovementPaper,
  type PaperRow,
  type PieceBlock,
  paperRows,
  pieceBlocks,
  SLIP,
  signersOf,
  slipFacts,
  slipSums,
  slipTitle,
} from './movement-facts.ts'

const ROLL_AMOUNT = 70
const ROLL_PIECES = 40

function rollRow(of: {
  label: string
  pieces?: string
  amount: string
  size?: number
  bold?: boolean
}): Content {
  const { label, pieces, amount, size = 8.5, bold = false } = of
  // A sum has the whole width: its label stands in large letters.
  const piecesWidth = pieces === undefined ? 0 : ROLL_PIECES
  const amountWidth = (ROLL_AMOUNT * size) / 8.5
  return {
    columns: [
      { text: label, width: ROLL.inner - amountWidth - piecesWidth },
      ...(pieces === undefined ? [] : [{ text: pieces, width: ROLL_PIECES, alignment: 'right' as const }]),
      { text: amount, width: amountWidth, alignment: 'right', noWrap: true },
    ],
    columnGap: 0,
    fontSize: size,
    bold,
  }
}

function rollBlock({ title, rows }: PieceBlock): Content {
  return {
    stack: [
      rollRow({ label: title, pieces: SLIP.pieces, amount: SLIP.amount, bold: true }),
      ...rows.map(rollRow),
    ],
    margin: [0, 0, 0, 6],
  }
}

function rollPapers(papers: readonly PaperRow[]): Content[] {
  if (papers.length === 0) return []
  const row = ({ kind, reference, receipt, amount }: PaperRow): Content => ({
    columns: [
      { text: `${kind} ${reference} · ${receipt}`, width: ROLL.inner - ROLL_AMOUNT },
      { text: amount, width: ROLL_AMOUNT, alignment: 'right', noWrap: true },
    ],
    columnGap: 0,
  })
  return [{ text: SLIP.instruments, bold: true }, ...papers.map(row), { text: ' ', fontSize: 4 }]
}

/** A line to sign on, with the name and what the person did under it. */
function rollSignature({ role, name }: { role: string; name: string }): Content {
  return {
    unbreakable: true,
    margin: [0, 30, 0, 0],
    stack: [
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: ROLL.inner, y2: 0, lineWidth: 0.8 }] },
      {
        columns: [
          { text: role, width: 84, fontSize: 7.5, margin: [0, 3, 0, 0] },
          { text: name, width: ROLL.inner - 84, alignment: 'right', margin: [0, 2, 0, 0] },
        ],
        columnGap: 0,
      },
    ],
  }
}

function rollContent(paper: MovementPaper): Content[] {
  const { movement, settings } = paper
  const sums = slipSums(paper)
  return [
    { text: settings.utilityName, bold: true, fontSize: 11, alignment: 'center' },
    { text: slipTitle(paper), bold: true, fontSize: 16, alignment: 'center', margin: [0, 6, 0, 0] },
    { text: movement.number, bold: true, fontSize: 13, alignment: 'center' },
    rollRule(),
    ...slipFacts(paper).map(
      ({ label, value }): Content => ({
        columns: [
          { text: label, width: 74 },
          { text: value, width: ROLL.inner - 74, alignment: 'right' },
        ],
        columnGap: 0,
      }),
    ),
    rollRule(),
    ...pieceBlocks(paper).map(rollBlock),
    ...rollPapers(paperRows(paper)),
    ...sums.map((of, i) => {
      const last = i === sums.length - 1
      return rollRow({ label: of.label, amount: formatCents(of.cents), bold: last, size: last ? 13 : 8.5 })
    }),
    ...signersOf(paper).map(rollSignature),
    rollRule(),
    { text: SLIP.verification, alignment: 'center', fontSize: 7.5 },
    { text: movement.verificationCode, alignment: 'center', bold: true, fontSize: 10.5 },
  ]
}

function letterBlock({ title, rows }: PieceBlock): Content {
  const [label = 0, pieces = 0, amount = 0] = fillPage([null, 80, 100])
  const table = ruledTable(
    [
      { head: SLIP.denomination, width: label },
      { head: SLIP.pieces, width: pieces, align: 'right' },
      { head: SLIP.amount, width: amount, align: 'right' },
    ],
    rows.map(row => [row.label, row.pieces, row.amount]),
  )
  return section(title, [table], rows.length)
}

function letterPapers(papers: readonly PaperRow[]): Content[] {
  if (papers.length === 0) return []
  const [kind = 0, reference = 0, receipt = 0, amount = 0] = fillPage([110, null, 110, 100])
  const table = ruledTable(
    [
      { head: STAFF.kind, width: kind },
      { head: STAFF.itemReference, width: reference },
      { head: STAFF.receipt, width: receipt },
      { head: SLIP.amount, width: amount, align: 'right' },
    ],
    papers.map(row => [row.kind, row.reference, row.receipt, row.amount]),
    { dense: true },
  )
  return [section(SLIP.instruments, [table], papers.length)]
}

function letterContent(paper: MovementPaper): Content[] {
  const { movement, settings } = paper
  const sums = slipSums(paper)
  const [label = 0, amount = 0] = fillPage([null, 160])
  return [
    ...pageHead({ settings, what: slipTitle(paper), number: movement.number }),
    factGrid(slipFacts(paper), { perRow: 4 }),
    ...pieceBlocks(paper).map(letterBlock),
    ...letterPapers(paperRows(paper)),
    {
      unbreakable: true,
      margin: [0, 14, 0, 0],
      stack: sums.map((of, i): Content => {
        const last = i === sums.length - 1
        return {
          columns: [
            { text: of.label, width: label, alignment: 'right', margin: [0, last ? 7 : 0, 0, 0] },
            { text: formatCents(of.cents), width: amount, alignment: 'right', fontSize: last ? 20 : 10 },
          ],
          columnGap: 10,
          bold: last,
        }
      }),
    },
    signatureLines(signersOf(paper)),
    verificationText(movement.verificationCode),
  ]
}

/**
 * The slip of money that moved without a receipt, on the paper that the city prints receipts on: what moved by
 * denomination and paper by paper, and a line for each of the two people to sign on.
 */
export function movementSlipDocument(paper: MovementPaper): Definition {
  const { movement, settings } = paper
  const letter = settings.receiptPaper === 'letter'
  const title = `${SLIP.slip} ${movement.number}`
  return {
    title,
    createdAtMs: movement.atMs,
    paper: settings.receiptPaper,
    content: letter ? letterContent(paper) : rollContent(paper),
    foot: letter ? title : null,
    runningHead: letter ? `${settings.utilityName} · ${title}` : null,
    watermark: null,
  }
}
