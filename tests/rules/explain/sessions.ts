/**
 * Realistic drawer sessions with one planted error each. A day is planned first, then one thing in it goes
 * wrong, then it is lived through with real pieces of money: what is counted follows from what happened, what
 * is expected follows from what was keyed. Nothing here knows how the rule looks for errors.
 */

import { type Cents, cents } from '../../../shared/money.ts'
import {
  type CountedPiece,
  type Denomination,
  denominationKey,
  type PieceCount,
  US_DENOMINATIONS,
} from '../../../shared/rules/cash/denominations.ts'
import type { MovementKind } from '../../../shared/rules/explain/explain-difference.ts'
import type { Tender } from '../../../shared/tenders.ts'

export type Chance = (below: number) => number
/** Pieces by denomination, straps and rolls open. */
export type Purse = Map<string, number>

export interface PlannedReceipt {
  what: 'receipt'
  id: string
  atMs: number
  payer: string
  tender: Tender
  /** What is owed and, in truth, paid. */
  cents: number
  /** What the account owed; null for catalog items. */
  dueCents: number | null
  /** What the customer lays down: the amount itself, or more in cash. */
  handedCents: number
  reference: string
  voided: boolean
  /** What went differently from how it was keyed. */
  keyed: { tender: Tender; cents: number } | null
  moneyCame: boolean
  moneyWentBack: boolean
  changeGiven: 0 | 1 | 2
}

export interface PlannedMovement {
  what: 'movement'
  id: string
  atMs: number
  kind: MovementKind
  cents: number
  keyed: { kind: MovementKind; cents: number } | null
  made: boolean
  takesInstruments: boolean
}

export type Planned = PlannedReceipt | PlannedMovement

export interface Plan {
  limitCents: number
  events: Planned[]
  /** What is in the drawer at opening, in truth. */
  opening: Purse
  /** What the cashier enters at opening. */
  openingKeyed: Purse
  leftKnown: boolean
  piecesNoted: boolean
  /** Instruments that get lost. */
  lost: Set<string>
}

export const CHANGE_FUND_CENTS = 25_000
const DAY_START_MS = Date.UTC(2026, 10, 20, 14)
const DAY_MS = 8 * 3_600_000

const noteKey = (dollars: number): string =>
  denominationKey({ kind: 'note', valueCents: cents(dollars * 100) })
const coinKey = (value: number): string => denominationKey({ kind: 'coin', valueCents: cents(value) })

export function pick<T>(chance: Chance, list: readonly T[]): T {
  const found = list[chance(list.length)]
  if (found === undefined) throw new RangeError('Nothing to pick from')
  return found
}

export const percent = (chance: Chance, share: number): boolean => chance(100) < share

const ROUND_PAYMENTS = [20, 25, 30, 40, 50, 50, 60, 75, 80, 100, 100, 100, 120, 150, 200]
const CATALOG: readonly (readonly [code: string, price: number])[] = [
  ['COPY', 500],
  ['PERMIT', 4_250],
  ['NSF-FEE', 3_500],
  ['TRANSFER', 1_500],
  ['METER-TEST', 6_275],
]

/** Bills spread evenly over their logarithm from about 15 to 360 dollars, with cents as they fall. */
function billCents(chance: Chance): number {
  return Math.round(1_500 * 24 ** (chance(10_000) / 10_000))
}

/** Most who bring no round sum pay what they owe, to the cent. */
function whatIsPaid(chance: Chance): { payer: string; cents: number; dueCents: number | null } {
  const kind = chance(100)
  if (kind < 6) {
    const [payer, price] = pick(chance, CATALOG)
    return { payer, cents: price, dueCents: null }
  }
  const payer = `A-${10_000 + chance(8_000)}`
  const dueCents = billCents(chance)
  if (kind < 30) return { payer, cents: pick(chance, ROUND_PAYMENTS) * 100, dueCents }
  return { payer, cents: percent(chance, 80) ? dueCents : billCents(chance), dueCents }
}

function tenderOf(chance: Chance): Tender {
  const kind = chance(100)
  if (kind < 45) return 'cash'
  if (kind < 75) return 'check'
  return kind < 94 ? 'card' : 'money-order'
}

/** Cash is handed over to the cent, or rounded up to the notes that people carry. */
function handedFor(chance: Chance, amount: number): number {
  if (percent(chance, 35)) return amount
  const kind = chance(100)
  const step = kind < 60 ? 2_000 : kind < 75 ? 1_000 : kind < 85 ? 500 : kind < 92 ? 100 : 10_000
  return Math.ceil(amount / step) * step
}

function plannedReceipt(chance: Chance, no: number, atMs: number): PlannedReceipt {
  const { payer, cents: amount, dueCents } = whatIsPaid(chance)
  const tender = tenderOf(chance)
  const voided = chance(1_000) < 15
  return {
    what: 'receipt',
    id: `r${no}`,
    atMs,
    payer,
    tender,
    cents: amount,
    dueCents,
    handedCents: tender === 'cash' ? handedFor(chance, amount) : amount,
    reference: tender === 'cash' ? '' : String(1_000 + chance(9_000)),
    voided,
    keyed: { tender, cents: amount },
    moneyCame: true,
    moneyWentBack: voided,
    changeGiven: 1,
  }
}

/** Half round advances, half what something cost. */
export function paidCents(chance: Chance): number {
  return percent(chance, 50) ? 500 * (1 + chance(20)) : 300 + chance(7_700)
}

export function plannedMovement(
  id: string,
  atMs: number,
  { kind, cents: amount }: { kind: MovementKind; cents: number },
): PlannedMovement {
  return {
    what: 'movement',
    id,
    atMs,
    kind,
    cents: amount,
    keyed: { kind, cents: amount },
    made: true,
    takesInstruments: false,
  }
}

export function netCash({ tender, cents: amount, voided }: PlannedReceipt): number {
  return tender === 'cash' && !voided ? amount : 0
}

/** Whenever the drawer nears its limit, all but some change for the day goes to the safe in hundreds. */
function turnIns(chance: Chance, receipts: readonly PlannedReceipt[], limitCents: number): PlannedMovement[] {
  const found: PlannedMovement[] = []
  let level = CHANGE_FUND_CENTS
  for (const receipt of receipts) {
    level += netCash(receipt)
    if (level < limitCents * 0.8 && !(level > limitCents / 2 && chance(60) === 0)) continue
    const amount = Math.floor((level - CHANGE_FUND_CENTS - chance(40_000)) / 10_000) * 10_000
    if (amount <= 0) continue
    const turnIn = plannedMovement(`t${found.length}`, receipt.atMs + 1, { kind: 'turn-in', cents: amount })
    turnIn.takesInstruments = percent(chance, 40)
    found.push(turnIn)
    level -= amount
  }
  return found
}

function changeFundPurse(): Purse {
  return new Map([
    [noteKey(20), 2],
    [noteKey(10), 5],
    [noteKey(5), 12],
    [noteKey(1), 50],
    [coinKey(25), 100],
    [coinKey(10), 100],
    [coinKey(5), 200],
    [coinKey(1), 500],
  ])
}

export function planDay(chance: Chance, number: number = 180 + chance(41)): Plan {
  const times = Array.from({ length: number }, () => DAY_START_MS + chance(DAY_MS)).sort((a, b) => a - b)
  const receipts = times.map((atMs, no) => plannedReceipt(chance, no, atMs))
  const limitCents = pick(chance, [200_000, 300_000, 400_000])
  const paid = Array.from({ length: chance(4) }, (_, no) =>
    plannedMovement(`p${no}`, DAY_START_MS + chance(DAY_MS), {
      kind: percent(chance, 70) ? 'paid-out' : 'paid-in',
      cents: paidCents(chance),
    }),
  )
  const opening = changeFundPurse()
  if (percent(chance, 5)) opening.set(noteKey(5), 12 - 1 - chance(3))
  return {
    limitCents,
    events: [...receipts, ...turnIns(chance, receipts, limitCents), ...paid].sort((a, b) => a.atMs - b.atMs),
    opening,
    openingKeyed: new Map(opening),
    leftKnown: percent(chance, 90),
    piecesNoted: percent(chance, 25),
    lost: new Set(),
  }
}

export const receiptsOf = (plan: Plan): PlannedReceipt[] =>
  plan.events.filter((event): event is PlannedReceipt => event.what === 'receipt')
export const movementsOf = (plan: Plan): PlannedMovement[] =>
  plan.events.filter((event): event is PlannedMovement => event.what === 'movement')

export const denominations: readonly Denomination[] = US_DENOMINATIONS

export function worth(purse: Purse): Cents {
  return cents(denominations.reduce((all, d) => all + (purse.get(denominationKey(d)) ?? 0) * d.valueCents, 0))
}

/** Rows as a cashier enters them, full straps and rolls where `bundled` says so. */
export function rowsOf(purse: Purse, bundled: (denomination: Denomination) => boolean): CountedPiece[] {
  return denominations.flatMap(d => {
    const n = purse.get(denominationKey(d)) ?? 0
    const bundles = bundled(d) ? Math.floor(n / d.bundleSize) : 0
    const { kind, valueCents } = d
    const row = {
      kind,
      valueCents,
      pieces: n - bundles * d.bundleSize,
      bundles,
      cents: cents(n * valueCents),
    }
    return n > 0 ? [row] : []
  })
}

export function looseRows(purse: Purse): PieceCount[] {
  return rowsOf(purse, () => false).map(({ kind, valueCents, pieces, bundles }) => ({
    kind,
    valueCents,
    pieces,
    bundles,
  }))
}
