import type { Content } from 'pdfmake'
import type { Reading } from '../../../shared/contract/session-fields.ts'
import { type Cents, cents, formatCents, sum } from '../../../shared/money.ts'
import type { Settings } from '../../../shared/settings/index.ts'
import { formatBusinessDate, formatInstant } from '../../../shared/time.ts'
import type { Definition } from './definition.ts'
import { partingSection } from './movement/parting.ts'
import { COUNT_PURPOSE, inAbsence, MOVEMENT_KIND, STAFF, takerText } from './page/labels.ts'
import {
  factGrid,
  fillPage,
  pageHead,
  ruledTable,
  section,
  signatureLines,
  type TableText,
  verificationText,
} from './page/page-parts.ts'

type Balance = Reading['balances'][number]

/** Points: near enough to each other for the eye to go from account to amount. */
const GL_WIDTH = 260

/** A reason or a row of differences may wrap to this many lines. */
const LINES_PER_ROW = 6

interface ReadingPaper {
  reading: Reading
  settings: Settings
}

/** How much, and in a word which way, so that neither a sign nor a colour has to say it. */
function overShortLines(difference: Cents): [amount: string, word: string] {
  const word = difference === 0 ? STAFF.even : difference > 0 ? STAFF.over : STAFF.short
  return [formatCents(cents(Math.abs(difference))), word]
}

function facts({ reading, settings }: ReadingPaper): Content {
  const at = (ms: number): string => formatInstant(ms, settings.timeZone, 'date-time')
  const { firstReceipt, lastReceipt, closedAtMs } = reading
  const range =
    firstReceipt === null || lastReceipt === null ? STAFF.none : `${firstReceipt} – ${lastReceipt}`
  return factGrid(
    [
      { label: STAFF.session, value: reading.sessionNumber },
      { label: STAFF.drawer, value: reading.drawerName },
      { label: STAFF.cashier, value: reading.cashierName },
      { label: STAFF.businessDate, value: formatBusinessDate(reading.businessDate, 'short') },
      { label: STAFF.opened, value: at(reading.openedAtMs) },
      closedAtMs === null
        ? { label: STAFF.read, value: at(reading.readAtMs) }
        : { label: STAFF.closed, value: at(closedAtMs) },
      { label: STAFF.receipts, value: String(reading.receiptCount) },
      { label: STAFF.voids, value: String(reading.voidCount) },
      { label: STAFF.receiptRange, value: range },
      { label: STAFF.receiptTotal, value: formatCents(reading.totalCents) },
      ...handing(reading),
    ],
    { perRow: 4 },
  )
}

/** Where the drawer's cash came from and went to, as far as there is something to say. */
function handing(reading: Reading): { label: string; value: string }[] {
  const { handedFromNumber, handedTo, leftCents, toSafeCents, noSaleCount } = reading
  const told: [string, string | null][] = [
    [STAFF.handedFrom, handedFromNumber],
    [STAFF.handedTo, handedTo && takerText(handedTo)],
    [STAFF.leftInDrawer, leftCents === null ? null : formatCents(leftCents)],
    [STAFF.toSafe, toSafeCents === null ? null : formatCents(toSafeCents)],
    [STAFF.noSales, noSaleCount === 0 ? null : String(noSaleCount)],
  ]
  return told.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]))
}

/** Turn-ins, paid-in and paid-out, change orders: each by its slip. */
function movementTable({ reading, settings }: ReadingPaper): Content[] {
  const { movements } = reading
  if (movements.length === 0) return []
  const widths = fillPage([66, 64, 48, null, 84, 64, 64])
  const [slip = 0, kind = 0, when = 0, what = 0, second = 0, cash = 0, checks = 0] = widths
  const table = ruledTable(
    [
      { head: STAFF.slip, width: slip },
      { head: STAFF.movement, width: kind },
      { head: STAFF.when, width: when },
      { head: STAFF.what, width: what },
      { head: STAFF.second, width: second },
      { head: STAFF.cash, width: cash, align: 'right' },
      { head: STAFF.checksMoved, width: checks, align: 'right' },
    ],
    movements.map(of => [
      of.number,
      MOVEMENT_KIND[of.kind],
      formatInstant(of.atMs, settings.timeZone, 'time'),
      of.what,
      of.secondPersonName ?? '',
      formatCents(of.cashCents),
      of.itemsCents === 0 ? '' : formatCents(of.itemsCents),
    ]),
  )
  return [section(STAFF.movements, [table], movements.length * LINES_PER_ROW)]
}

const ARITHMETIC: readonly (readonly [string, (of: Balance) => Cents])[] = [
  [STAFF.opening, of => of.openingCents],
  [STAFF.taken, of => of.tenderedCents],
  [STAFF.change, of => of.changeCents],
  [STAFF.paidIn, of => of.paidInCents],
  [STAFF.paidOut, of => of.paidOutCents],
  [STAFF.turnedIn, of => of.turnedInCents],
  [STAFF.refunded, of => of.refundedCents],
]

/** Each tender is a column that reads as the sum it is: change fund and taken, less what left, is expected. */
function balanceTable({ reading }: ReadingPaper): Content {
  const { balances } = reading
  const width = balances.length > 4 ? 62 : 78
  const columns = [
    { head: '', width: fillPage([null, ...balances.map(() => width)])[0] ?? 0 },
    ...balances.map(of => ({ head: of.name, width, align: 'right' as const })),
  ]
  const strong = (text: string): TableText => ({ text, bold: true })
  const counted = (of: Balance) =>
    of.countedCents === null ? STAFF.notCounted : formatCents(of.countedCents)
  const difference = (of: Balance): TableText =>
    of.overShortCents === null ? '' : { lines: overShortLines(of.overShortCents), bold: true }
  return ruledTable(columns, [
    [STAFF.items, ...balances.map(of => String(of.itemCount))],
    ...ARITHMETIC.map(([label, figure]) => [label, ...balances.map(of => formatCents(figure(of)))]),
    [strong(STAFF.expected), ...balances.map(of => strong(formatCents(of.expectedCents)))],
    [STAFF.counted, ...balances.map(counted)],
    ...(reading.kind === 'z' ? [[strong(STAFF.overShort), ...balances.map(difference)]] : []),
  ])
}

function glTable({ reading }: ReadingPaper): Content {
  const [name = 0, amount = 0] = fillPage([null, 90], GL_WIDTH)
  return ruledTable(
    [
      { head: STAFF.glAccount, width: name },
      { head: STAFF.amount, width: amount, align: 'right' },
    ],
    [
      ...reading.byGlAccount.map(of => [of.glAccount, formatCents(of.cents)]),
      [
        { text: STAFF.total, bold: true },
        { text: formatCents(sum(reading.byGlAccount.map(of => of.cents))), bold: true },
      ],
    ],
  )
}

function voidTable({ reading }: ReadingPaper): Content[] {
  if (reading.voids.length === 0) return []
  const [number = 0, amount = 0, reason = 0, approver = 0] = fillPage([80, 78, null, 110])
  const table = ruledTable(
    [
      { head: STAFF.receipt, width: number },
      { head: STAFF.amount, width: amount, align: 'right' },
      { head: STAFF.reason, width: reason },
      { head: STAFF.approvedBy, width: approver },
    ],
    reading.voids.map(of => [of.number, formatCents(of.cents), of.reason, of.approvedByName]),
  )
  return [section(STAFF.voids, [table], reading.voids.length * LINES_PER_ROW)]
}

/** The first count stays as it was, whatever a recount found. */
function countTable({ reading, settings }: ReadingPaper): Content[] {
  if (reading.counts.length === 0) return []
  const [purpose = 0, when = 0, who = 0, cash = 0, difference = 0] = fillPage([60, 96, null, 72, 124])
  const names = new Map(reading.balances.map(of => [of.tender, of.name]))
  const differences = (of: Reading['counts'][number]): string[] => {
    const told = of.differences.filter(d => d.overShortCents !== 0)
    if (told.length === 0) return of.purpose === 'opening' ? [] : [STAFF.even]
    return told.map(({ tender, overShortCents }) => {
      return `${names.get(tender) ?? tender} ${overShortLines(overShortCents).join(' ')}`
    })
  }
  const table = ruledTable(
    [
      { head: STAFF.count, width: purpose },
      { head: STAFF.when, width: when },
      { head: STAFF.countedBy, width: who },
      { head: STAFF.cash, width: cash, align: 'right' },
      { head: STAFF.difference, width: difference },
    ],
    reading.counts.map(of => [
      COUNT_PURPOSE[of.purpose],
      formatInstant(of.atMs, settings.timeZone, 'date-time'),
      { lines: [of.personName, ...(of.secondPersonName === null ? [] : [of.secondPersonName])] },
      formatCents(of.cashCents),
      { lines: differences(of) },
    ]),
  )
  return [section(STAFF.counts, [table], reading.counts.length * LINES_PER_ROW)]
}

/** What was found at the opening beside what the session before left. */
function openingDifference({ reading: { openingDifference: of } }: ReadingPaper): Content[] {
  if (of === null) return []
  const [amount, word] = overShortLines(of.overShortCents)
  const fund = of.fundChangeCents
  const facts = [
    { label: STAFF.leftBefore, value: formatCents(of.leftCents) },
    { label: STAFF.overShort, value: of.overShortCents === 0 ? word : `${amount} ${word}` },
    ...(fund === 0 ? [] : [{ label: STAFF.fundChange, value: formatCents(fund) }]),
    { label: STAFF.approvedBy, value: of.approvedByName },
    { label: STAFF.reasonTitle, value: of.reason },
  ]
  return [section(STAFF.openingDifference, [factGrid(facts, { perRow: 4 })], 0)]
}

function explanation({ reading }: ReadingPaper): Content[] {
  const { reason, approvedByName, closedInAbsenceBy, cashierName } = reading
  if ((reason ?? '') === '') return []
  const differs = reading.balances.some(of => (of.overShortCents ?? 0) !== 0)
  const by =
    closedInAbsenceBy !== null
      ? [{ text: inAbsence(closedInAbsenceBy, cashierName) }]
      : approvedByName === null
        ? []
        : [{ text: `${STAFF.approvedBy} ${approvedByName}` }]
  return [section(differs ? STAFF.explanation : STAFF.reasonTitle, [{ text: reason ?? '' }, ...by], 0)]
}

/** Who signs: giver and taker of a drawer, the two who stood in for somebody absent, else cashier and approver. */
function signers(reading: Reading): { role: string; name: string }[] {
  const { cashierName, approvedByName, handedTo, closedInAbsenceBy } = reading
  const approver = { role: STAFF.approver, name: approvedByName ?? '' }
  if (closedInAbsenceBy !== null)
    return [
      { role: STAFF.firstCounter, name: closedInAbsenceBy.name },
      { role: STAFF.secondCounter, name: closedInAbsenceBy.secondName },
    ]
  if (handedTo === null) return [{ role: STAFF.cashier, name: cashierName }, approver]
  return [
    { role: STAFF.gives, name: cashierName },
    { role: STAFF.takes, name: handedTo.name },
    ...(approvedByName === null ? [] : [approver]),
  ]
}

function signatures({ reading }: ReadingPaper): Content {
  const { verificationCode } = reading
  return {
    unbreakable: true,
    stack: [
      signatureLines(signers(reading)),
      ...(verificationCode === null ? [] : [verificationText(verificationCode)]),
    ],
  }
}

/**
 * An X or Z report on US letter: the session, each tender as the sum that makes expected, totals by GL account, voids,
 * cash that moved without a receipt, every count with its differences (the first one stays), reason and approver, and
 * lines to sign on. Over and short are words, never a colour or a sign alone. The Z report of a session that was
 * handed over is the hand-over's slip too: what was left in the drawer, both counters, and a line for each to sign.
 */
export function readingDocument(paper: { reading: Reading; settings: Settings }): Definition {
  const { reading, settings } = paper
  const isZ = reading.kind === 'z'
  const what = isZ ? STAFF.zReport : STAFF.xReport
  const number = isZ ? (reading.zNumber ?? '') : reading.sessionNumber
  const title = `${what} ${number}`
  return {
    title,
    createdAtMs: reading.readAtMs,
    paper: 'letter',
    content: [
      ...pageHead({ settings, what, number, letter: isZ ? 'Z' : 'X' }),
      { text: isZ ? STAFF.zMeaning : STAFF.xMeaning, margin: [0, 0, 0, 8] },
      facts(paper),
      section(STAFF.byTender, [balanceTable(paper)], 0),
      ...countTable(paper),
      ...openingDifference(paper),
      ...explanation(paper),
      ...partingSection(reading, settings.denominations),
      section(STAFF.byGlAccount, [glTable(paper)], reading.byGlAccount.length),
      ...movementTable(paper),
      ...voidTable(paper),
      signatures(paper),
    ],
    foot: `${title} · ${reading.drawerName} · ${reading.cashierName}`,
    runningHead: `${settings.utilityName} · ${title} · ${STAFF.session} ${reading.sessionNumber}`,
    watermark: null,
  }
}
