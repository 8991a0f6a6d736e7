/** The receipt as a page: facts in a row, one table for what was paid, the settlement at the right. */
import type { Content, TableCell } from 'pdfmake'
import type { Column } from 'pdfmake/interfaces.js'
import type { ReceiptLine } from '../../../shared/ledger/facts.ts'
import { formatCents } from '../../../shared/money.ts'
import { GREY, HAIR, INK, LETTER } from './definition.ts'
import { factGrid, fillPage, pageHead } from './page-parts.ts'
import {
  type AccountLine,
  asOfText,
  type Banner,
  balancesOf,
  bannersOf,
  type CatalogLine,
  catalogDetails,
  footTexts,
  headFacts,
  type ReceiptPaper,
  servicesOf,
  settlementOf,
  tenderDetails,
  tenderName,
} from './receipt-facts.ts'
import { RECEIPT, say, type Word } from './words.ts'

const WIDTHS = fillPage([null, 70, 82, 82, 80])
const SETTLEMENT_WIDTH = 222
const AMOUNT_WIDTH = 86

/** Room between a rule and the first row under it. */
const ABOVE: [number, number, number, number] = [0, 3, 0, 0]

const right = (text: string, style: object = {}): TableCell => ({ text, alignment: 'right', ...style })
const detail = (text: string, style: object = {}): TableCell => ({
  text,
  fontSize: 8.5,
  color: GREY,
  ...style,
})
/** Low enough that it never makes a row taller. */
const EMPTY: TableCell = { text: '', fontSize: 1 }
const item = (text: string, colSpan: number): TableCell => ({
  text,
  colSpan,
  bold: true,
  fontSize: 10.5,
  margin: ABOVE,
})

/** A low row with a line under it, and room below the line. */
function ruleRow(color: string): TableCell[] {
  const cell: TableCell = {
    text: '',
    fontSize: 3,
    colSpan: 5,
    border: [false, false, false, true],
    borderColor: [color, color, color, color],
  }
  return [cell, EMPTY, EMPTY, EMPTY, EMPTY]
}

function banner({ large, under, small, kind }: Banner): Content {
  const spanish: Content[] = under === null ? [] : [{ text: under, bold: true, fontSize: 12 }]
  const columns: Column[] = [
    {
      width: 226,
      stack: [{ text: large, bold: true, fontSize: 30, characterSpacing: 1, lineHeight: 1 }, ...spanish],
    },
    { width: 257, margin: [0, 6, 0, 0], stack: small.map(text => ({ text })) },
  ]
  const inverse = kind === 'void' ? { fillColor: INK, color: 'white' } : {}
  return { layout: 'box', margin: [0, 0, 0, 12], table: { widths: [481], body: [[{ columns, ...inverse }]] } }
}

function accountRows(of: AccountLine, paper: ReceiptPaper, amount: TableCell): TableCell[][] {
  const { before, after } = balancesOf(of, paper.languages)
  const asOf = detail(asOfText(of, paper), { colSpan: 2, alignment: 'right' })
  const address = of.address === '' ? [] : [[detail(of.address, { colSpan: 2 }), EMPTY, EMPTY, EMPTY, EMPTY]]
  return [
    [
      item(of.accountNumber, 2),
      EMPTY,
      right(before.amount, { margin: ABOVE }),
      right(after.amount, { margin: ABOVE }),
      amount,
    ],
    [{ text: of.name, colSpan: 2 }, EMPTY, asOf, EMPTY, EMPTY],
    ...address,
    ...servicesOf(of).map(({ label, amount: part }) => [
      detail(label, { margin: [10, 0, 0, 0] }),
      detail(part, { alignment: 'right' }),
      EMPTY,
      EMPTY,
      EMPTY,
    ]),
  ]
}

function catalogRows(of: CatalogLine, amount: TableCell): TableCell[][] {
  const across = (cell: TableCell): TableCell[] => [cell, EMPTY, EMPTY, EMPTY]
  return [
    [...across(item(of.name, 4)), amount],
    [...across(detail(catalogDetails(of).join(' · '), { colSpan: 4 })), EMPTY],
  ]
}

/** The rows of one line, with a hair line under the last. */
function lineRows(of: ReceiptLine, paper: ReceiptPaper): TableCell[][] {
  const amount = right(formatCents(of.cents), { bold: true, fontSize: 10.5, margin: ABOVE })
  const rows = of.kind === 'account' ? accountRows(of, paper, amount) : catalogRows(of, amount)
  return [...rows, ruleRow(HAIR)]
}

function lines(paper: ReceiptPaper): Content {
  const { languages, receipt } = paper
  const head = (word: Word): TableCell => {
    const texts = languages === 'en' ? [word.en] : [word.en, word.es]
    return { stack: texts.map(text => ({ text, fontSize: 8, color: GREY })), alignment: 'right' }
  }
  const paidFor = { ...(head(RECEIPT.paidFor) as object), colSpan: 2, alignment: 'left' } as TableCell
  const heads = [paidFor, EMPTY, ...[RECEIPT.balanceBefore, RECEIPT.balanceAfter, RECEIPT.amount].map(head)]
  const body = [heads, ruleRow(INK), ...receipt.lines.flatMap(of => lineRows(of, paper))]
  return {
    layout: 'lines',
    table: { headerRows: 2, keepWithHeaderRows: 2, dontBreakRows: true, widths: WIDTHS, body },
  }
}

function settlement(paper: ReceiptPaper): Column {
  const { receipt, languages } = paper
  const { others, change } = settlementOf(paper)
  const row = (label: string, amount: string, style: object = {}): Content => ({
    columns: [
      { text: label, width: SETTLEMENT_WIDTH - AMOUNT_WIDTH },
      { text: amount, width: AMOUNT_WIDTH, alignment: 'right' },
    ],
    // The gap of the columns around it would be inherited.
    columnGap: 0,
    ...style,
  })
  return {
    width: SETTLEMENT_WIDTH,
    stack: [
      row(say(RECEIPT.total, languages), formatCents(receipt.totalCents), { bold: true, fontSize: 17 }),
      ...receipt.tenders.flatMap((tender): Content[] => [
        row(tenderName(tender, languages), formatCents(tender.cents), { margin: [0, 4, 0, 0] }),
        ...tenderDetails(tender, languages).map(text => ({ text, fontSize: 8.5, color: GREY })),
      ]),
      ...others.map(({ label, amount }) => row(label, amount, { margin: [0, 4, 0, 0] })),
      ...(change === null
        ? []
        : [row(change.label, change.amount, { bold: true, fontSize: 13, margin: [0, 5, 0, 0] })]),
    ],
  }
}

function leftFoot(paper: ReceiptPaper): Column {
  const { en, es } = footTexts(paper)
  return {
    width: LETTER.inner - SETTLEMENT_WIDTH - 28,
    stack: [
      { text: say(RECEIPT.verification, paper.languages), fontSize: 8, color: GREY },
      { text: paper.receipt.verificationCode, bold: true, fontSize: 12, margin: [0, 0, 0, 12] },
      { stack: en.map(text => ({ text, fontSize: 9 })), margin: [0, 0, 0, 6] },
      { stack: es.map(text => ({ text, fontSize: 9 })) },
    ],
  }
}

/** The content of the page, top to bottom. */
export function letterContent(paper: ReceiptPaper): Content[] {
  return [
    ...pageHead({
      settings: paper.settings,
      what: say(RECEIPT.receipt, paper.languages),
      number: paper.receipt.number,
    }),
    ...bannersOf(paper).map(banner),
    factGrid(headFacts(paper), { perRow: 4 }),
    { text: '', margin: [0, 4, 0, 0] },
    lines(paper),
    {
      unbreakable: true,
      columnGap: 28,
      margin: [0, 12, 0, 0],
      columns: [leftFoot(paper), settlement(paper)],
    },
  ]
}
