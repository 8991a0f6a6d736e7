/** The receipt for an 80 mm roll: black only, since a thermal head prints grey as dots. */

import type { Content } from 'pdfmake'
import type { ReceiptLine } from '../../../../shared/ledger/receipt.ts'
import { formatCents } from '../../../../shared/money.ts'
import { ROLL } from '../definition.ts'
import { RECEIPT, say } from '../page/labels.ts'
import { rollRule } from '../page/roll-parts.ts'
import { utilityAddress } from '../page/utility-address.ts'
import {
  asOfText,
  type Banner,
  balancesOf,
  bannersOf,
  catalogDetails,
  type Figure,
  footTexts,
  headFacts,
  type ReceiptPaper,
  servicesOf,
  settlementOf,
  tenderDetails,
  tenderName,
} from './receipt-facts.ts'

/** Points that the longest amount takes at the ordinary size. */
const AMOUNT_WIDTH = 64
const INDENT = 8

interface Row extends Figure {
  size?: number
  bold?: boolean
  indent?: number
  above?: number
}

/**
 * A label and an amount on one line; the label wraps within its own column and never under the amount, and the
 * amount has room for 99,999,999.99 at any size.
 */
function row({ label, amount, size = 8.5, bold = false, indent = 0, above = 0 }: Row): Content {
  const amountWidth = (AMOUNT_WIDTH * Math.max(size, 8.5)) / 8.5
  return {
    columns: [
      { text: label, width: ROLL.inner - amountWidth - indent },
      { text: amount, width: amountWidth, alignment: 'right', noWrap: true },
    ],
    fontSize: size,
    bold,
    margin: [indent, above, 0, 0],
  }
}

function small(text: string, indent = 0): Content {
  return { text, fontSize: 7.5, margin: [indent, 0, 0, 0] }
}

function head({ settings }: ReceiptPaper): Content[] {
  return [
    { text: settings.utilityName, bold: true, fontSize: 13, alignment: 'center', margin: [0, 0, 0, 2] },
    ...utilityAddress(settings).map((text): Content => ({ text, alignment: 'center' })),
  ]
}

function banner({ large, under, small: lines, kind }: Banner): Content {
  const inverse = kind === 'void' ? { fillColor: 'black', color: 'white' } : {}
  const spanish: Content[] = under === null ? [] : [{ text: under, bold: true, fontSize: 12 }]
  const stack: Content[] = [
    { text: large, bold: true, fontSize: 27, characterSpacing: 1.5, lineHeight: 1 },
    ...spanish,
    {
      stack: lines.map((text): Content => ({ text, fontSize: 8, margin: [0, 1, 0, 0] })),
      margin: [0, 2, 0, 0],
    },
  ]
  return {
    layout: 'rollBox',
    margin: [0, 8, 0, 0],
    table: { widths: [ROLL.inner - 15], body: [[{ stack, alignment: 'center', ...inverse }]] },
  }
}

function facts(paper: ReceiptPaper): Content[] {
  const pair = (label: string, value: string, big: boolean): Content => ({
    columns: [
      { text: label, width: 84, ...(big ? { margin: [0, 2.5, 0, 0] } : {}) },
      {
        text: value,
        width: ROLL.inner - 84,
        alignment: 'right',
        ...(big ? { bold: true, fontSize: 11.5 } : {}),
      },
    ],
  })
  return [
    pair(say(RECEIPT.receipt, paper.languages), paper.receipt.number, true),
    ...headFacts(paper).map(({ label, value }) => pair(label, value, false)),
  ]
}

function line(of: ReceiptLine, paper: ReceiptPaper, first: boolean): Content {
  const margin: [number, number, number, number] = [0, first ? 0 : 7, 0, 0]
  const amount = formatCents(of.cents)
  if (of.kind === 'catalog') {
    const details = catalogDetails(of).map(text => small(text, INDENT))
    return { stack: [row({ label: of.name, amount, bold: true, size: 9.5 }), ...details], margin }
  }
  const { before, after } = balancesOf(of, paper.languages)
  return {
    margin,
    stack: [
      row({ label: of.accountNumber, amount, bold: true, size: 9.5 }),
      { text: of.name },
      ...servicesOf(of).map(service => row({ ...service, size: 7.5, indent: INDENT })),
      { stack: [row(before), row(after), small(asOfText(of, paper))], margin: [0, 2, 0, 0] },
    ],
  }
}

function settlement(paper: ReceiptPaper): Content[] {
  const { receipt, languages } = paper
  const { others, change } = settlementOf(paper)
  const tenders = receipt.tenders.flatMap((tender): Content[] => [
    row({ label: tenderName(tender, languages), amount: formatCents(tender.cents) }),
    ...tenderDetails(tender, languages).map(text => small(text, INDENT)),
  ])
  return [
    row({
      label: say(RECEIPT.total, languages),
      amount: formatCents(receipt.totalCents),
      bold: true,
      size: 14,
    }),
    { stack: [...tenders, ...others.map(of => row(of))], margin: [0, 4, 0, 0] },
    ...(change === null ? [] : [row({ ...change, bold: true, size: 13, above: 4 })]),
  ]
}

function foot(paper: ReceiptPaper): Content[] {
  const { en, es } = footTexts(paper)
  const centered = (text: string): Content => ({ text, alignment: 'center', fontSize: 8 })
  return [
    { text: say(RECEIPT.verification, paper.languages), alignment: 'center', fontSize: 7.5 },
    { text: paper.receipt.verificationCode, alignment: 'center', bold: true, fontSize: 10.5 },
    ...[en, es].map((texts): Content => ({ stack: texts.map(centered), margin: [0, 5, 0, 0] })),
  ]
}

/** The content of the roll, top to bottom. */
export function slipContent(paper: ReceiptPaper): Content[] {
  return [
    ...head(paper),
    ...bannersOf(paper).map(banner),
    rollRule(),
    ...facts(paper),
    rollRule(),
    ...paper.receipt.lines.map((of, i) => line(of, paper, i === 0)),
    rollRule(),
    ...settlement(paper),
    rollRule(),
    ...foot(paper),
  ]
}
