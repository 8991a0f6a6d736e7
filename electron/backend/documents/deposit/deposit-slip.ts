import type { Content, TableCell } from 'pdfmake'
import type { Column } from 'pdfmake/interfaces.js'
import type { DepositView } from '../../../../shared/contract/deposit.ts'
import { type Cents, formatCents, subtract, ZERO } from '../../../../shared/money.ts'
import type { Settings } from '../../../../shared/settings/index.ts'
import { formatBusinessDate, formatInstant } from '../../../../shared/time.ts'
import { type Definition, GREY, LETTER } from '../definition.ts'
import { CUSTODY, itemsText, overShortText, STAFF } from '../page/labels.ts'
import {
  factGrid,
  fillPage,
  pageHead,
  ruledTable,
  section,
  signatureLines,
  type TableText,
  verificationText,
} from '../page/page-parts.ts'
import { type CashRow, depositCash, slipFigures } from './deposit-cash.ts'

interface DepositPaper {
  deposit: DepositView
  settings: Settings
}

const CASH_WIDTH = 284
/** A cashier's or drawer's name may wrap to this many lines. */
const LINES_PER_ROW = 4
const SUMMARY_WIDTH = LETTER.inner - CASH_WIDTH - 24

function facts({ deposit, settings }: DepositPaper): Content {
  const { bankAccount } = deposit
  return factGrid(
    [
      { label: STAFF.bank, value: bankAccount.bankName },
      { label: STAFF.account, value: bankAccount.name },
      { label: STAFF.accountNumber, value: bankAccount.accountNumber },
      { label: STAFF.routingNumber, value: bankAccount.routingNumber },
      { label: STAFF.date, value: formatBusinessDate(deposit.businessDate, 'short') },
      { label: STAFF.bagNumber, value: deposit.bagNumber },
      { label: STAFF.sealNumber, value: deposit.sealNumber ?? STAFF.notSealed },
      { label: STAFF.madeUp, value: formatInstant(deposit.madeUpAtMs, settings.timeZone, 'date-time') },
      {
        label: STAFF.verified,
        value:
          deposit.verifiedAtMs === null
            ? STAFF.notVerified
            : formatInstant(deposit.verifiedAtMs, settings.timeZone, 'date-time'),
      },
    ],
    { perRow: 4 },
  )
}

function cashRow({ label, bundles, loose, pieces, cents }: CashRow): string[] {
  const text = bundles === 0 ? '' : String(bundles)
  return [label, text, loose === 0 ? '' : String(loose), String(pieces), formatCents(cents)]
}

function cashTable({ deposit, settings }: DepositPaper): Content {
  const { notes, coins, notesCents, coinsCents } = depositCash(slipFigures(deposit), settings.denominations)
  const subtotal = (text: string, amount: string): TableText[] => [
    { text, bold: true },
    { text: '' },
    { text: '' },
    { text: '' },
    { text: amount, bold: true },
  ]
  const [label = 0, bundles = 0, loose = 0, pieces = 0, amount = 0] = fillPage(
    [null, 52, 32, 36, 72],
    CASH_WIDTH,
  )
  const table = ruledTable(
    [
      { head: STAFF.denomination, width: label },
      { head: STAFF.bundles, width: bundles, align: 'right' },
      { head: STAFF.loose, width: loose, align: 'right' },
      { head: STAFF.pieces, width: pieces, align: 'right' },
      { head: STAFF.amount, width: amount, align: 'right' },
    ],
    [
      ...notes.map(cashRow),
      subtotal(STAFF.currency, formatCents(notesCents)),
      ...coins.map(cashRow),
      subtotal(STAFF.coin, formatCents(coinsCents)),
    ],
  )
  return { stack: [{ text: STAFF.cashBlock, bold: true, fontSize: 11.5, margin: [0, 0, 0, 3] }, table] }
}

/** The box that the teller reads: cash, checks, how many, and the total in the largest type on the page. */
function summary({ deposit, settings }: DepositPaper): Content {
  const { notesCents, coinsCents } = depositCash(slipFigures(deposit), settings.denominations)
  const { cashCents, itemsCents, itemCount, totalCents } = slipFigures(deposit)
  const inner = SUMMARY_WIDTH - 22.4
  const row = (label: string, figure: string, bold = false): Content => ({
    columns: [
      { text: label, width: inner - 84 },
      { text: figure, width: 84, alignment: 'right' },
    ],
    columnGap: 0,
    bold,
    margin: [0, 1.5, 0, 1.5],
  })
  const cell: TableCell = {
    stack: [
      row(STAFF.currency, formatCents(notesCents)),
      row(STAFF.coin, formatCents(coinsCents)),
      row(STAFF.cashSubtotal, formatCents(cashCents), true),
      row(STAFF.checksSubtotal, formatCents(itemsCents), true),
      row(STAFF.itemCount, String(itemCount)),
      { text: STAFF.depositTotal, color: GREY, margin: [0, 10, 0, 0] },
      { text: formatCents(totalCents), bold: true, fontSize: 26, alignment: 'right', lineHeight: 1 },
    ],
  }
  return { layout: 'box', table: { widths: [inner], body: [[cell]] } }
}

/** Where the verifier found something else than was made up: both figures and the reason; nothing where they agree. */
function difference({ deposit }: DepositPaper): Content[] {
  const { verified, cashCents, itemsCents, totalCents, items } = deposit
  if (verified === null) return []
  const agrees = verified.cashCents === cashCents && verified.itemsCents === itemsCents
  if (agrees && verified.itemCount === items.length) return []
  const row = (label: string, madeUp: Cents, found: Cents): string[] => {
    const cents = subtract(found, madeUp)
    return [label, formatCents(madeUp), formatCents(found), cents === ZERO ? '' : overShortText(cents)]
  }
  const [label = 0, madeUp = 0, found = 0, off = 0] = fillPage([null, 90, 90, 90])
  const table = ruledTable(
    [
      { head: '', width: label },
      { head: STAFF.madeUpAs, width: madeUp, align: 'right' },
      { head: STAFF.verifiedFigures, width: found, align: 'right' },
      { head: CUSTODY.difference, width: off, align: 'right' },
    ],
    [
      row(STAFF.cash, cashCents, verified.cashCents),
      row(`${STAFF.checks} (${items.length} / ${verified.itemCount})`, itemsCents, verified.itemsCents),
      row(STAFF.total, totalCents, verified.cents),
    ],
  )
  const reason: Content = { text: `${STAFF.reason}: ${verified.reason}`, margin: [0, 4, 0, 0] }
  return [section(STAFF.explanation, [table, reason], 6)]
}

function sessionTable({ deposit }: DepositPaper): Content {
  const [z = 0, session = 0, drawer = 0, cashier = 0, date = 0, cash = 0, items = 0] = fillPage([
    62,
    66,
    64,
    null,
    58,
    66,
    66,
  ])
  const table = ruledTable(
    [
      { head: STAFF.zNumber, width: z },
      { head: STAFF.session, width: session },
      { head: STAFF.drawer, width: drawer },
      { head: STAFF.cashier, width: cashier },
      { head: STAFF.businessDate, width: date },
      { head: STAFF.cash, width: cash, align: 'right' },
      { head: STAFF.checks, width: items, align: 'right' },
    ],
    deposit.sessions.map(of => [
      of.zNumber ?? '',
      of.number,
      of.drawerName,
      of.cashierName,
      formatBusinessDate(of.businessDate, 'short'),
      formatCents(of.cashCents),
      formatCents(of.itemsCents),
    ]),
  )
  return section(STAFF.sessions, [table], deposit.sessions.length * LINES_PER_ROW)
}

function checkTable({ deposit }: DepositPaper): Content {
  if (deposit.items.length === 0) return section(STAFF.checks, [{ text: STAFF.noChecks }], 1)
  const [no = 0, routing = 0, reference = 0, kind = 0, receipt = 0, amount = 0] = fillPage([
    30,
    84,
    null,
    74,
    84,
    84,
  ])
  const rows = deposit.items.map((of, i) => [
    String(i + 1),
    of.routingNumber ?? '',
    of.reference,
    of.tenderName,
    of.receiptNumber,
    formatCents(of.cents),
  ])
  const total: TableText[] = [
    { text: '' },
    { text: STAFF.checksSubtotal, bold: true },
    { text: itemsText(deposit.items.length) },
    { text: '' },
    { text: '' },
    { text: formatCents(deposit.itemsCents), bold: true },
  ]
  const table = ruledTable(
    [
      { head: STAFF.itemNumber, width: no, align: 'right' },
      { head: STAFF.routingNumber, width: routing },
      { head: STAFF.itemReference, width: reference },
      { head: STAFF.kind, width: kind },
      { head: STAFF.receipt, width: receipt },
      { head: STAFF.amount, width: amount, align: 'right' },
    ],
    [...rows, total],
    { dense: true },
  )
  return section(STAFF.checks, [table], deposit.items.length)
}

function signatures({ deposit }: DepositPaper): Content {
  return signatureLines([
    { role: STAFF.preparedBy, name: deposit.preparerName },
    { role: STAFF.verifiedBy, name: deposit.verifierName ?? '' },
  ])
}

/**
 * The deposit ticket on US letter: bank account, cash by denomination, subtotals, item count and total, bag, sessions
 * with their Z numbers, two signatures, and every check with routing number and amount, on as many pages as they need.
 * Refuses (RangeError) a deposit whose pieces do not add up to its cash.
 */
export function depositSlipDocument(paper: { deposit: DepositView; settings: Settings }): Definition {
  const { deposit, settings } = paper
  const title = `${STAFF.depositSlip} ${deposit.number}`
  const columns: Column[] = [
    { width: CASH_WIDTH, stack: [cashTable(paper)] },
    { width: SUMMARY_WIDTH, stack: [summary(paper)] },
  ]
  return {
    title,
    createdAtMs: deposit.verifiedAtMs ?? deposit.madeUpAtMs,
    paper: 'letter',
    content: [
      ...pageHead({ settings, what: STAFF.depositSlip, number: deposit.number }),
      facts(paper),
      { columnGap: 24, margin: [0, 8, 0, 0], columns },
      signatures(paper),
      verificationText(deposit.verificationCode),
      ...difference(paper),
      sessionTable(paper),
      checkTable(paper),
    ],
    foot: `${title} · ${STAFF.bag} ${deposit.bagNumber}`,
    runningHead: `${settings.utilityName} · ${title} · ${STAFF.depositTotal} ${formatCents(slipFigures(deposit).totalCents)}`,
    watermark: null,
  }
}
