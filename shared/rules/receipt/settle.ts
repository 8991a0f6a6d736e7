import { add, type Cents, subtract, sum, ZERO } from '../../money.ts'
import { CASH } from '../../tenders.ts'
import { type RoundingMode, roundCash } from './rounding.ts'

export interface TenderPolicy {
  tender: string
  changeAllowed: boolean
}

export interface TenderedAmount {
  tender: string
  cents: Cents
}

export interface SettleInput {
  lineCents: readonly Cents[]
  tenders: readonly TenderedAmount[]
  policies: readonly TenderPolicy[]
  rounding: RoundingMode
  /** The bill that is worth most: nobody hands over one that only comes back. */
  largestBillCents: Cents
}

export type SettleReason =
  | 'no-lines'
  | 'line-not-positive'
  | 'no-tender'
  | 'tender-not-positive'
  | 'unknown-tender'
  | 'under-tendered'
  | 'change-not-allowed'
  | 'change-too-large'

export interface Settlement {
  totalCents: Cents
  tenderedCents: Cents
  /** Paid − owed through cash rounding: positive is kept by the utility, negative is given to the customer. */
  roundingCents: Cents
  changeCents: Cents
}

export type Settled = ({ ok: true } & Settlement) | { ok: false; reason: SettleReason; shortCents?: Cents }

type Figures = Omit<SettleInput, 'largestBillCents'>

function tenderedWhere(tenders: readonly TenderedAmount[], wanted: (tender: string) => boolean): Cents {
  return sum(tenders.filter(t => wanted(t.tender)).map(t => t.cents))
}

/**
 * The rounding of this receipt. Only what is left for cash rounds, and only when it is paid in cash. A
 * customer who hands over pennies so that none are needed in return pays the exact amount: pennies stay
 * legal tender.
 */
function roundingFor(leftForCash: Cents, cashCents: Cents, mode: RoundingMode): Cents {
  const change = subtract(cashCents, leftForCash)
  // Of who pays less it does not matter: rounding moves by less than it would take.
  const paysExactly = change % 5 === 0
  if (cashCents === 0 || leftForCash <= 0 || paysExactly) return ZERO
  return roundCash(leftForCash, mode).differenceCents
}

/** Figures of a receipt as far as it has been tendered; negative change is what is still owed. */
function figures({ lineCents, tenders, rounding }: Figures): Settlement {
  const totalCents = sum(lineCents)
  const tenderedCents = sum(tenders.map(t => t.cents))
  const cashCents = tenderedWhere(tenders, tender => tender === CASH)
  const leftForCash = add(totalCents, subtract(cashCents, tenderedCents))
  const roundingCents = roundingFor(leftForCash, cashCents, rounding)
  const rounded = subtract(tenderedCents, add(totalCents, roundingCents))
  if (rounded >= 0) return { totalCents, tenderedCents, roundingCents, changeCents: rounded }
  // Short of the rounded amount the exact one counts: it may be paid already, and what is still owed may
  // yet be paid by card.
  return { totalCents, tenderedCents, roundingCents: ZERO, changeCents: subtract(tenderedCents, totalCents) }
}

function refusalBeforeFigures({ lineCents, tenders, policies }: Figures): SettleReason | null {
  if (lineCents.length === 0) return 'no-lines'
  if (lineCents.some(c => c <= 0)) return 'line-not-positive'
  if (tenders.length === 0) return 'no-tender'
  if (tenders.some(t => t.cents <= 0)) return 'tender-not-positive'
  const known = new Set(policies.map(p => p.tender))
  return tenders.every(t => known.has(t.tender)) ? null : 'unknown-tender'
}

/**
 * Settles a receipt: what it comes to, what was handed over, the cash rounding and the change. Always
 * total + rounding = tendered − change. Change is given in cash, may not exceed what was tendered in tenders that allow it,
 * and is less than the largest bill: as much of it is a bill that goes back at once, or an amount keyed wrong (100000 for
 * 1000.00). What lies in the drawer has no say in it, since an answer that depended on it would tell the count. Cash given
 * back on another tender is not rounded. Refuses in the order of `SettleReason`; `under-tendered` says by how much.
 */
export function settle(input: SettleInput): Settled {
  const early = refusalBeforeFigures(input)
  if (early !== null) return { ok: false, reason: early }
  const settlement = figures(input)
  const { changeCents } = settlement
  if (changeCents < 0) {
    return { ok: false, reason: 'under-tendered', shortCents: subtract(ZERO, changeCents) }
  }
  const allowed = new Set(input.policies.filter(p => p.changeAllowed).map(p => p.tender))
  if (changeCents > tenderedWhere(input.tenders, tender => allowed.has(tender))) {
    return { ok: false, reason: 'change-not-allowed' }
  }
  if (changeCents >= input.largestBillCents) return { ok: false, reason: 'change-too-large' }
  return { ok: true, ...settlement }
}

/**
 * What the screen shows while tenders are being entered: the amount still due, exact to the cent (the
 * prompt for cash rounds it with `roundCash`), or the change. One of the two is always zero.
 */
export function remaining(input: Figures): { dueCents: Cents; changeCents: Cents } {
  const { changeCents } = figures(input)
  return changeCents < 0
    ? { dueCents: subtract(ZERO, changeCents), changeCents: ZERO }
    : { dueCents: ZERO, changeCents }
}
