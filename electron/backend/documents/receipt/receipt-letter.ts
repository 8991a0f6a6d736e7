/** The receipt as a page: facts in a row, one table for what was paid, the settlement at the right. */

import type { Content, TableCell } from 'pdfmake'
import type { Column } from 'pdfmake/interfaces.js'
import type { ReceiptLine } from '../../../../shared/ledger/receipt.ts'
import { formatCents, subtract } from '../../../../shared/money.ts'
import { GREY, HAIR, INK, LETTER } from '../definition.ts'
import { RECEIPT, say, type Word } from '../page/labels.ts'
import { factGrid, fillPage, pageHead } from '../page/page-parts.ts'
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

const WIDTHS = fillPage([null, 70, 82, 82, 80])
const SETTLEMENT_WIDTH = 222

/** Room between a rule and the first row under it. */
const ABOVE: [number, number, number, number] = [0, 3, 0, 0]
/** The same for smaller letters, so that both stand on one base line. */
const ABOVE_SMALLER: [number, number, number, number] = [0, 3.9, 0, 0]

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
  const word: Content = { text: large, bold: true, fontSize: 30, characterSpacing: 1, lineHeight: 1 }
  // Much to tell: the Spanish word under the English one. Little to tell: beside it, so that the banner stays low.
  const much = small.length > 1
  const told: Content[] = small.map(text => ({ text }))
  const columns: Column[] = [
    { width: 226, stack: much ? [word, ...spanish] : [word] },
    { width: 255, margin: [0, 4, 0, 0], stack: much ? told : [...spanish, ...told] },
  ]
  const inverse = kind === 'void' ? { fillColor: INK, color: 'white' } : {}
  return { layout: 'box', margin: [0, 0, 0, 10], table: { widths: [481], body: [[{ columns, ...inverse }]] } }
}

function accountRows(of: AccountLine, paper: ReceiptPaper, amount: TableCell): TableCell[][] {
  const { before, after } = balancesOf(of, paper.languages)
  const isCredit = subtract(of.balanceBeforeCents, of.cents) < 0
  const asOfTexts = [...(isCredit ? [after.label] : []), asOfText(of, paper)]
  const asOf = detail(asOfTexts.join(' · '), { colSpan: 2, alignment: 'right' })
  const address = of.address === '' ? [] : [[detail(of.address, { colSpan: 2 }), EMPTY, EMPTY, EMPTY, EMPTY]]
  return [
    [
      item(of.accountNumber, 2),
      EMPTY,
      right(before.amount, { margin: ABOVE_SMALLER }),
      right(after.amount, { margin: ABOVE_SMALLER }),
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
    margin: [0, 5, 0, 0],
    table: { headerRows: 2, keepWithHeaderRows: 2, dontBreakRows: true, widths: WIDTHS, body },
  }
}

/** A label and an amount in the settlement; the amount has room for 99,999,999.99 at any size. */
function settlementRow(label: string, amount: string, { size = 9.5, above = 3, bold = false } = {}): Content {
  const amountWidth = 7.4 * size
  return {
    columns: [
      { text: label, width: SETTLEMENT_WIDTH - amountWidth },
      { text: amount, width: amountWidth, alignment: 'right', noWrap: true },
    ],
    // The gap of the columns around it would be inherited.
    columnGap: 0,
    fontSize: size,
    bold,
    margin: [0, above, 0, 0],
  }
}

function settlement(paper: ReceiptPaper): Column {
  const { receipt, languages } = paper
  const { others, change } = settlementOf(paper)
  const total = formatCents(receipt.totalCents)
  return {
    width: SETTLEMENT_WIDTH,
    stack: [
      settlementRow(say(RECEIPT.total, languages), total, { size: 17, above: 0, bold: true }),
      ...receipt.tenders.flatMap((tender): Content[] => [
        settlementRow(tenderName(tender, languages), formatCents(tender.cents)),
        ...tenderDetails(tender, languages).map(text => ({ text, fontSize: 8.5, color: GREY })),
      ]),
      ...others.map(({ label, amount }) => settlementRow(label, amount)),
      ...(change === null
        ? []
        : [settlementRow(change.label, change.amount, { size: 13, above: 5, bold: true })]),
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
    lines(paper),
    {
      unbreakable: true,
      columnGap: 28,
      margin: [0, 12, 0, 0],
      columns: [leftFoot(paper), settlement(paper)],
    },
  ]
}
