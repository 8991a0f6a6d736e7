import type { Content } from 'pdfmake'
import type { DepositView } from '../../../../shared/contract/deposit.ts'
import { formatCents, sum } from '../../../../shared/money.ts'
import type { Settings } from '../../../../shared/settings/index.ts'
import { formatBusinessDate, formatInstant } from '../../../../shared/time.ts'
import { type Definition, ROLL } from '../definition.ts'
import { itemsText, STAFF } from '../page/labels.ts'
import { rollRule } from '../page/roll-parts.ts'

/** A PDF page may be 200 inches long; a tape with more checks than this goes on in a second strip. */
const CHECKS_PER_STRIP = 800

const SIGN_WIDTH = 12
const NUMBER_WIDTH = 26
const REFERENCE_WIDTH = 82
const AMOUNT_WIDTH = ROLL.inner - NUMBER_WIDTH - REFERENCE_WIDTH - SIGN_WIDTH

/** One printed line: number, reference, amount against the right edge, and the machine's sign behind it. */
function tapeLine(of: { no: string; reference: string; amount: string; sign: string }): Content {
  return {
    fontSize: 10,
    columns: [
      { text: of.no, width: NUMBER_WIDTH, fontSize: 7.5, margin: [0, 2, 0, 0] },
      { text: of.reference, width: REFERENCE_WIDTH, fontSize: 7.5, margin: [0, 2, 0, 0] },
      { text: of.amount, width: AMOUNT_WIDTH, alignment: 'right' },
      { text: of.sign, width: SIGN_WIDTH, alignment: 'right' },
    ],
  }
}

function head({ deposit, settings }: { deposit: DepositView; settings: Settings }): Content[] {
  const centered = (text: string): Content => ({ text, alignment: 'center' })
  return [
    { text: settings.utilityName, bold: true, fontSize: 11, alignment: 'center' },
    centered(`${STAFF.tape} · ${STAFF.deposit} ${deposit.number}`),
    centered(`${deposit.bankAccount.name} · ${formatBusinessDate(deposit.businessDate, 'short')}`),
    centered(`${STAFF.bag} ${deposit.bagNumber}`),
    rollRule(),
  ]
}

function checkLine(item: DepositView['items'][number], no: number): Content {
  const amount = formatCents(item.cents)
  return tapeLine({ no: String(no).padStart(3, '0'), reference: item.reference, amount, sign: '+' })
}

function strip(deposit: DepositView, from: number): Content {
  const items = deposit.items.slice(from, from + CHECKS_PER_STRIP)
  const lines = items.map((item, i) => checkLine(item, from + i + 1))
  if (from + CHECKS_PER_STRIP >= deposit.items.length) return { stack: lines }
  const soFar = formatCents(sum(deposit.items.slice(0, from + CHECKS_PER_STRIP).map(item => item.cents)))
  return {
    stack: [...lines, tapeLine({ no: '', reference: STAFF.continued, amount: soFar, sign: '◊' })],
    pageBreak: 'after',
  }
}

function total({ deposit, settings }: { deposit: DepositView; settings: Settings }): Content[] {
  const at = deposit.verifiedAtMs ?? deposit.madeUpAtMs
  return [
    rollRule(),
    {
      bold: true,
      fontSize: 14,
      columns: [
        { text: STAFF.tapeTotal, width: ROLL.inner - 130 - SIGN_WIDTH },
        { text: formatCents(deposit.itemsCents), width: 130, alignment: 'right' },
        { text: '*', width: SIGN_WIDTH, alignment: 'right' },
      ],
    },
    { text: itemsText(deposit.items.length), bold: true, fontSize: 10 },
    { text: formatInstant(at, settings.timeZone, 'date-time'), fontSize: 8, margin: [0, 6, 0, 0] },
    { text: `${STAFF.preparedBy} ${deposit.preparerName}`, fontSize: 8 },
  ]
}

/** The adding-machine tape of a deposit's checks, in the order of the slip, with count and total at the foot. */
export function checkTapeDocument(paper: { deposit: DepositView; settings: Settings }): Definition {
  const { deposit } = paper
  const strips = Math.ceil(deposit.items.length / CHECKS_PER_STRIP)
  return {
    title: `${STAFF.tape} ${deposit.number}`,
    createdAtMs: deposit.verifiedAtMs ?? deposit.madeUpAtMs,
    paper: '80mm',
    content: [
      ...head(paper),
      tapeLine({ no: '', reference: '', amount: '0.00', sign: '*' }),
      ...Array.from({ length: strips }, (_, i) => strip(deposit, i * CHECKS_PER_STRIP)),
      ...total(paper),
    ],
    foot: null,
    runningHead: null,
    watermark: null,
  }
}
