/** Which pieces should be in the drawer, as far as the session tells, and how well an explanation agrees with them. */
import { CASH } from '../../tenders.ts'
import { type Denomination, denominationKey, type PieceCount, piecesIn } from '../cash/denominations.ts'
import type { CashPieces, CountEvidence, ReceiptEvidence, SessionEvidence } from './evidence.ts'

/** Pieces by denomination; may be negative, and need not be whole. */
export type Pieces = ReadonlyMap<string, number>

export interface Stock {
  /** Denominations that this drawer uses, in the order of the form. */
  used: readonly Denomination[]
  counted(denomination: Denomination): number
  /**
   * The logarithm of how much better the count agrees with what should be there if `shift` had to be added to
   * the latter. Null for pieces that nobody can know: then what agrees best, less the price of choosing freely.
   */
  gain(shift: Pieces | null): number
}

/** Heavy tails, so that one odd denomination does not outvote everything else. */
const FREEDOM = 4
/** What it costs to choose a number of pieces of one denomination at will rather than to name it: the more, the dearer. */
function priceOfChoice(pieces: number): number {
  return Math.log(2) + 2 * Math.log(1 + Math.abs(pieces))
}

function agreement(off: number, variance: number): number {
  return (-(FREEDOM + 1) / 2) * Math.log(1 + (off * off) / (FREEDOM * variance))
}

export function byDenomination(
  pieces: readonly PieceCount[],
  denominations: readonly Denomination[],
): Pieces {
  const known = new Map(denominations.map(d => [denominationKey(d), d]))
  const found = new Map<string, number>()
  for (const row of pieces) {
    const denomination = known.get(denominationKey(row))
    if (denomination === undefined) continue
    const key = denominationKey(row)
    found.set(key, (found.get(key) ?? 0) + piecesIn(row, denomination))
  }
  return found
}

/** `times` of 1 for what came into the drawer, −1 for what left it. */
export function shiftOf(
  { taken, given }: CashPieces,
  denominations: readonly Denomination[],
  times: 1 | -1,
): Pieces {
  const shift = new Map<string, number>()
  for (const [key, n] of byDenomination(taken, denominations)) shift.set(key, n * times)
  for (const [key, n] of byDenomination(given, denominations))
    shift.set(key, (shift.get(key) ?? 0) - n * times)
  return shift
}

const LEAST_VARIANCE = 0.1

/**
 * How far off the guesses of this session are, as the count shows it: the median over the denominations, which
 * one or two that were miscounted do not move. 0.455 is the median of the square of what is normally spread.
 */
function scaleOf(squares: readonly number[]): number {
  const middle = squares.toSorted((a, b) => a - b)[Math.floor(squares.length / 2)] ?? 0.455
  return Math.min(4, Math.max(1 / 10, middle / 0.455))
}

class Tally {
  readonly #mean = new Map<string, number>()
  readonly #variance = new Map<string, number>()

  add(key: string, mean: number, variance: number): void {
    this.#mean.set(key, (this.#mean.get(key) ?? 0) + mean)
    this.#variance.set(key, (this.#variance.get(key) ?? 0) + variance)
  }

  of(key: string): { mean: number; variance: number } {
    return {
      mean: this.#mean.get(key) ?? 0,
      variance: Math.max(LEAST_VARIANCE, this.#variance.get(key) ?? 0),
    }
  }
}

/** The fewest pieces by taking the largest first, which all but odd currencies allow. */
function largestFirst(amount: number, denominations: readonly Denomination[]): Map<string, number> {
  let left = amount
  const pieces = new Map<string, number>()
  for (const denomination of denominations) {
    const n = Math.floor(left / denomination.valueCents)
    if (n > 0) pieces.set(denominationKey(denomination), n)
    left -= n * denomination.valueCents
  }
  return pieces
}

/**
 * Pieces for an amount that nobody noted. People pay 100.00 with one note or with five, so the amount is made
 * up from each of the three largest notes that fit, and these ways count alike.
 */
function guess(
  tally: Tally,
  amount: number,
  used: readonly Denomination[],
  sign: 1 | -1,
  ways: number,
): void {
  const fitting = used.filter(d => d.valueCents <= amount)
  const made = fitting.slice(0, ways).map((_, from) => largestFirst(amount, fitting.slice(from)))
  for (const denomination of fitting) {
    const key = denominationKey(denomination)
    const numbers = made.map(pieces => pieces.get(key) ?? 0)
    const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length
    const variance = numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / numbers.length
    tally.add(key, sign * mean, variance + 0.25)
  }
}

function addNoted(tally: Tally, pieces: CashPieces, denominations: readonly Denomination[]): void {
  for (const [key, n] of shiftOf(pieces, denominations, 1)) tally.add(key, n, 0.01)
}

/** What was taken and given back is nothing in sum, and rarely the same pieces. */
function addGivenBack(
  tally: Tally,
  { tenders, changeCents }: ReceiptEvidence,
  used: readonly Denomination[],
): void {
  const handed = tenders.filter(({ tender }) => tender === CASH).map(part => part.cents)
  const net = handed.reduce((a, b) => a + b, 0) - changeCents
  for (const denomination of used) {
    if (denomination.valueCents <= net) tally.add(denominationKey(denomination), 0, 0.5)
  }
}

/** A note that nobody counted may have come all the same, with one payment in fifty that is large enough for it. */
function addUnseen(tally: Tally, amount: number, unseen: readonly Denomination[]): void {
  for (const denomination of unseen) {
    if (denomination.valueCents <= amount) tally.add(denominationKey(denomination), 0, 1 / 50)
  }
}

function addReceipts(tally: Tally, evidence: SessionEvidence, used: readonly Denomination[]): void {
  const unseen = evidence.denominations.filter(d => d.kind === 'note' && !used.includes(d))
  for (const receipt of evidence.receipts) {
    if (receipt.state === 'voided') {
      addGivenBack(tally, receipt, used)
      continue
    }
    if (receipt.pieces !== undefined) {
      addNoted(tally, receipt.pieces, evidence.denominations)
      continue
    }
    for (const part of receipt.tenders) {
      if (part.tender !== CASH) continue
      guess(tally, part.cents, used, 1, 3)
      addUnseen(tally, part.cents, unseen)
    }
    guess(tally, receipt.changeCents, used, -1, 1)
  }
}

function addMovements(tally: Tally, evidence: SessionEvidence, used: readonly Denomination[]): void {
  for (const movement of evidence.movements) {
    if (movement.pieces !== undefined) addNoted(tally, movement.pieces, evidence.denominations)
    else guess(tally, movement.cashCents, used, movement.kind === 'paid-in' ? 1 : -1, 3)
  }
}

/** Largest first, whatever order the city configured. */
function usedDenominations(evidence: SessionEvidence): Denomination[] {
  const { opening, counts } = evidence
  const seen = [opening.pieces, counts.last.pieces, counts.first?.pieces ?? []].flat()
  const keys = new Set(seen.filter(row => row.cents > 0).map(denominationKey))
  return evidence.denominations
    .filter(d => keys.has(denominationKey(d)))
    .toSorted((a, b) => b.valueCents - a.valueCents)
}

export function stockOf(evidence: SessionEvidence): Stock {
  const { denominations, opening, counts } = evidence
  const used = usedDenominations(evidence)
  const tally = new Tally()
  for (const [key, n] of byDenomination(opening.pieces, denominations)) tally.add(key, n, 0.01)
  addReceipts(tally, evidence, used)
  addMovements(tally, evidence, used)
  const counted = byDenomination(counts.last.pieces, denominations)
  const off = new Map(
    used.map(d => [
      denominationKey(d),
      (counted.get(denominationKey(d)) ?? 0) - tally.of(denominationKey(d)).mean,
    ]),
  )
  const scale = scaleOf([...off].map(([key, n]) => n ** 2 / tally.of(key).variance))
  const varianceOf = (key: string): number => Math.max(LEAST_VARIANCE, tally.of(key).variance * scale)
  const now = (key: string): number => agreement(off.get(key) ?? 0, varianceOf(key))
  const free = used.reduce((all, d) => {
    const key = denominationKey(d)
    return all + Math.max(0, -now(key) - priceOfChoice(off.get(key) ?? 0))
  }, 0)
  return {
    used,
    counted: denomination => counted.get(denominationKey(denomination)) ?? 0,
    gain(shift) {
      if (shift === null) return free
      return [...shift].reduce(
        (all, [key, n]) => all + agreement((off.get(key) ?? 0) - n, varianceOf(key)) - now(key),
        0,
      )
    },
  }
}

/** Rows of a count by denomination, loose pieces and bundles apart. */
export function rowsOf(count: CountEvidence): Map<string, { pieces: number; bundles: number }> {
  return new Map(
    count.pieces.map(({ pieces, bundles, ...row }) => [denominationKey(row), { pieces, bundles }]),
  )
}
