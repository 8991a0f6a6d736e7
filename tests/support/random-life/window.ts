/** Random customers: receipts of every tender, voids, and baskets that wait for their customer. */

import type { LineInput, TenderInput } from '../../../shared/contract/receipt.ts'
import { newId, newSalt } from '../../../shared/id.ts'
import type { CashPiece } from '../../../shared/ledger/receipt.ts'
import { type Cents, cents } from '../../../shared/money.ts'
import { accountLine, card, cash, check, moneyOrder, piecesOf } from '../desk.ts'
import { type Life, type Luck, same } from './life.ts'
import type { Held, Instrument, SlipTender, Taken } from './money.ts'

const HOUR_MS = 3_600_000
/** As the sample city has it. */
const MOST_HOURS = 24
/** Of every drawer in the random days. */
export const LIMIT = 50_000
/** Of the denominations that the sample city counts. */
const LARGEST_BILL = 10_000
const PERMIT = 10_000

interface Sale {
  lines: LineInput[]
  total: number
  tenders: TenderInput[]
  change: number
}

/** One to four lines: bills, a permit, and something without a price of its own. */
function linesFor({ luck, shelf }: Life): Pick<Sale, 'lines' | 'total'> {
  const first = luck.below(shelf.accounts.length - 2)
  const bills = shelf.accounts.slice(first, first + luck.pick([0, 1, 1, 1, 1, 2])).map(account => {
    const amount = luck.between(300, 18_000)
    return { line: accountLine(account, cents(amount)), amount }
  })
  const others = [
    ...(luck.percent(15) ? [{ line: shelf.permit, amount: PERMIT }] : []),
    ...(bills.length === 0 || luck.percent(10) ? [otherLine(shelf.other, luck.between(1, 9_000))] : []),
  ]
  const all = [...bills, ...others]
  return { lines: all.map(({ line }) => line), total: all.reduce((sum, { amount }) => sum + amount, 0) }
}

function otherLine(line: LineInput, amount: number): { line: LineInput; amount: number } {
  return { line: line.kind === 'catalog' ? { ...line, priceCents: cents(amount) } : line, amount }
}

/** A bank transfer, switched on for these days. */
const transfer = (amount: Cents): TenderInput => ({ ...cash(amount), tender: 'ach', reference: 'ACH-7' })

/** Parts of a total, each at least a cent. */
function partsOf(luck: Luck, total: number, count: number): number[] {
  if (count === 1 || total < 2) return [total]
  const part = luck.between(1, total - 1)
  return [part, ...partsOf(luck, total - part, count - 1)]
}

/** What is handed over for a total: one tender or several, cash with or without change. */
function tendersFor(life: Life, total: number): Pick<Sale, 'tenders' | 'change'> {
  const { luck } = life
  let change = 0
  const tenders = partsOf(luck, total, luck.pick([1, 1, 1, 1, 2, 3])).map((part, index) => {
    const amount = cents(part)
    const kind = luck.pick(['cash', 'cash', 'cash', 'check', 'check', 'card', 'money-order', 'ach'] as const)
    // The change of two payments in cash would be given of both; one of them is exact.
    if (kind === 'cash' && index === 0) {
      const note = luck.pick([1, 500, 2_000, 10_000])
      const handed = Math.ceil(part / note) * note
      change += handed - part
      return cash(cents(handed))
    }
    if (kind === 'check') return check(amount, { reference: String(luck.between(1_000, 9_999)) })
    return { cash, card, 'money-order': moneyOrder, ach: transfer }[kind](amount)
  })
  return { tenders, change }
}

const inCash = (tenders: readonly TenderInput[]): number =>
  tenders.reduce((all, { tender, cents }) => all + (tender === 'cash' ? cents : 0), 0)

/** The pieces of a cash payment, as a cashier with time notes them. */
function notedPieces({ tenders, change }: Sale): CashPiece[] {
  const noted = new Map<string, CashPiece>()
  for (const [side, amount] of [
    ['taken', inCash(tenders)],
    ['given', change],
  ] as const)
    for (const { valueCents, kind, pieces } of piecesOf(cents(amount))) {
      const key = `${kind} ${valueCents}`
      const row = noted.get(key) ?? { valueCents, kind, taken: 0, given: 0 }
      noted.set(key, { ...row, [side]: row[side] + pieces })
    }
  return [...noted.values()]
}

/** The refusal that this sale must end in; undefined where it must go through. */
function refusalOf({ nowMs }: Life, held: Held, { tenders, change }: Sale): string | undefined {
  if (nowMs - held.openedAtMs >= MOST_HOURS * HOUR_MS) return 'SESSION_TOO_OLD'
  if (inCash(tenders) > 0 && held.said >= LIMIT) return 'CASH_LIMIT_REACHED'
  return change >= LARGEST_BILL ? 'CHANGE_TOO_LARGE' : undefined
}

function takenBy(receiptId: string, { tenders, change }: Sale): Taken {
  const instruments = tenders.flatMap(({ tender, cents }, index): Instrument[] =>
    tender === 'check' || tender === 'money-order' ? [{ receiptId, tenderNo: index + 1, tender, cents }] : [],
  )
  const slips = tenders.flatMap(({ tender, cents }): { tender: SlipTender; cents: number }[] =>
    tender === 'card' || tender === 'ach' ? [{ tender, cents }] : [],
  )
  return { receiptId, cash: inCash(tenders) - change, instruments, slips }
}

/** Somebody pays. Now and then the wrong change is given, which nobody notices before the count. */
export async function sell(
  life: Life,
  held: Held,
  commandId = newId(),
  lines = linesFor(life),
): Promise<void> {
  const { luck, book, tally } = life
  const sale = { ...lines, ...tendersFor(life, lines.total) }
  const client = life.as(held.who)
  const pieces = luck.percent(30) ? { pieces: notedPieces(sale) } : {}
  const input = {
    commandId,
    salt: newSalt(),
    lines: sale.lines,
    tenders: sale.tenders,
    totalCents: cents(sale.total),
    ...pieces,
  }
  const refusal = refusalOf(life, held, sale)
  if (refusal !== undefined) return life.refused(client.receipt.post(input), refusal)
  const answer = await client.receipt.post(input)
  same('change', answer.changeCents, sale.change)
  book.take(held, takenBy(answer.receiptId, sale))
  tally.add('receipt')
  if (luck.percent(1)) held.lies = Math.max(0, held.lies + luck.pick([-2_000, -500, -27, 100, 1_000]))
  if (luck.percent(1)) {
    const { copyNo } = await client.receipt.print({ receiptId: answer.receiptId })
    same('copy', copyNo, 1)
    tally.add('print')
  }
  // The reply was lost and the screen asks once more: nothing is taken twice.
  if (luck.percent(2)) same('the same receipt', (await client.receipt.post(input)).number, answer.number)
}

/** The customer left something in the car: the basket waits, and another window may go on with it. */
export async function sellFromWaiting(life: Life, held: Held): Promise<void> {
  const basketId = newId()
  const { lines, total } = linesFor(life)
  const client = life.as(held.who)
  await client.basket.save({
    basketId,
    salt: newSalt(),
    lines,
    tenders: [],
    entry: null,
    seen: [],
    revision: 1,
  })
  await client.basket.suspend({ basketId, name: 'Blue truck' })
  const other = life.luck.pick([...life.book.held.values()])
  const resuming = life.as(other.who)
  // What is in hand is looked at first, as the screen does: a basket that was posted is cleared away.
  await resuming.basket.current()
  const resumed = await resuming.basket.resume({ basketId })
  same('lines of the basket', resumed.lines.length, lines.length)
  life.tally.add('basket')
  await sell(life, other, basketId, { lines, total })
  // Where no money could be taken the customer goes, and the basket with them.
  await resuming.basket.discard({ basketId })
}

/** The whole receipt, given back out of the drawer. */
export async function giveBack(life: Life, held: Held): Promise<void> {
  const { luck, book, tally } = life
  if (held.receipts.length === 0) return
  const taken = luck.pick(held.receipts)
  const approval = life.approvalBy(life.approverFor(held.who))
  const input = { receiptId: taken.receiptId, reason: 'Wrong account', approval }
  const voiding = life.as(held.who).receipt.void({ ...life.command(), ...input })
  const isTurnedIn = taken.instruments.some(instrument => !held.instruments.includes(instrument))
  if (isTurnedIn) return life.refused(voiding, 'INSTRUMENT_TURNED_IN')
  if (taken.cash > held.said) return life.refused(voiding, 'CASH_NOT_IN_DRAWER')
  await voiding
  book.giveBack(held, taken)
  tally.add('void')
}
