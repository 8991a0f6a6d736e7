import { type Cents, cents, ZERO } from '../../money.ts'
import type { WantedPieces } from '../session/change-fund.ts'
import { type Denomination, denominationKey, type PieceCount, piecesIn } from './denominations.ts'
import { type ChangePiece, makeChange, makeChangeFrom } from './make-change.ts'
import { bestMix, MAX_MIX } from './piece-mix.ts'

/** What moved pieces since the last count, in order. `null` pieces were not noted. */
export type StockEvent =
  | {
      kind: 'receipt'
      cashTenderedCents: Cents
      changeCents: Cents
      taken: readonly PieceCount[] | null
      given: readonly PieceCount[] | null
    }
  | { kind: 'turn-in'; pieces: readonly PieceCount[] }
  | { kind: 'paid-in'; cents: Cents; pieces: readonly PieceCount[] | null }
  /** Also cash that a voided receipt gives back. */
  | { kind: 'paid-out'; cents: Cents; pieces: readonly PieceCount[] | null }
  | { kind: 'change-order'; received: readonly PieceCount[]; returned: readonly PieceCount[] }

export interface LikelyStock {
  /** Loose pieces; denominations without any are left out. */
  pieces: PieceCount[]
  /** Every move since the count was noted, and the pieces that went out were there. */
  certain: boolean
  /** Receipts of which some pieces were assumed. */
  assumedReceipts: number
}

export interface LowPieces extends WantedPieces {
  /** The least there should be. */
  minimumPieces: number
}

export interface SuggestedChange {
  pieces: ChangePiece[]
  /** Whether the likely stock makes it; otherwise the pieces are the fewest with as many of each as wanted. */
  fromStock: boolean
  /** How many of which pieces the suggestion takes beyond the likely stock. */
  missing: ChangePiece[]
}

type Kind = Pick<Denomination, 'kind' | 'valueCents'>

/** The likely pieces while the moves are gone through, with what was uncertain about them. */
interface Stock {
  denominations: readonly Denomination[]
  pieces: Map<string, number>
  assumed: boolean
}

function there(stock: Stock, of: Kind): number {
  return stock.pieces.get(denominationKey(of)) ?? 0
}

function put(stock: Stock, of: Kind, pieces: number): void {
  stock.pieces.set(denominationKey(of), there(stock, of) + pieces)
}

/** Every strap and roll opened. A denomination that is no longer configured is not followed. */
function opened(stock: Stock, rows: readonly PieceCount[]): { of: Denomination; pieces: number }[] {
  const known = new Map(stock.denominations.map(d => [denominationKey(d), d]))
  return rows.flatMap(row => {
    const of = known.get(denominationKey(row))
    if (of === undefined) stock.assumed = true
    return of === undefined ? [] : [{ of, pieces: piecesIn(row, of) }]
  })
}

function listed(stock: Stock): PieceCount[] {
  return stock.denominations.flatMap(denomination => {
    const { valueCents, kind } = denomination
    const pieces = there(stock, denomination)
    return pieces === 0 ? [] : [{ valueCents, kind, pieces, bundles: 0 }]
  })
}

/**
 * The fewest pieces that make an amount, largest first, with as many of each as `available` says; null when
 * they cannot. What `makeChangeFrom` finds, but ten times as fast for the amounts of a counter, since a
 * session has hundreds of them.
 */
function fewest(
  amount: Cents,
  denominations: readonly Denomination[],
  available: (of: Denomination) => number,
): ChangePiece[] | null {
  const piles = denominations.map(of => ({
    of,
    value: of.valueCents,
    available: available(of),
    merit: -1,
  }))
  // Of two worth the same the one configured first is given out, as everywhere.
  const inOrder = piles.toReversed().sort((a, b) => b.value - a.value)
  const mix = bestMix(amount, inOrder)
  if (mix === null) return null
  return inOrder.flatMap(({ of: { valueCents, kind, label } }, i) => {
    const pieces = mix[i] ?? 0
    return pieces === 0 ? [] : [{ valueCents, kind, label, pieces }]
  })
}

/**
 * Change as people give it: the largest pieces first. Null where that does not come out even, though another mix
 * may. A session has hundreds of receipts, and this costs next to nothing for each.
 */
function largestFirst(
  amount: Cents,
  denominations: readonly Denomination[],
  available: (of: Denomination) => number,
): (Kind & { pieces: number })[] | null {
  let left: number = amount
  const mix: (Kind & { pieces: number })[] = []
  for (const of of denominations.toSorted((a, b) => b.valueCents - a.valueCents)) {
    const pieces = Math.min(available(of), Math.trunc(left / of.valueCents))
    if (pieces === 0) continue
    mix.push({ valueCents: of.valueCents, kind: of.kind, pieces })
    left -= pieces * of.valueCents
  }
  return left === 0 ? mix : null
}

function fewestFrom(stock: Stock, amount: Cents): ChangePiece[] | null {
  if (amount > MAX_MIX) return makeChangeFrom(amount, listed(stock), stock.denominations)
  return fewest(amount, stock.denominations, of => there(stock, of))
}

/** More pieces than this are never the fewest: a larger denomination stands for them (five pennies are a nickel). */
function mostUseful({ valueCents }: Denomination, denominations: readonly Denomination[]): number {
  const multiples = denominations.map(d => d.valueCents / valueCents)
  const larger = multiples.filter(multiple => multiple > 1 && Number.isInteger(multiple))
  return larger.length === 0 ? MAX_MIX : Math.min(...larger) - 1
}

function fewestOfAny(amount: Cents, denominations: readonly Denomination[]): ChangePiece[] {
  if (amount > MAX_MIX) return makeChange(amount, denominations)
  return fewest(amount, denominations, of => mostUseful(of, denominations)) ?? []
}

/**
 * Takes out an amount that the likely pieces cannot make, so that some customer must have paid in smaller
 * pieces than assumed: the largest that fit go out, then the smallest that is too large is taken for broken
 * into the fewest pieces. What the likely pieces are worth stays right, and none is negative.
 */
function takeBroken(stock: Stock, amount: number): void {
  const smallestFirst = stock.denominations.toSorted((a, b) => a.valueCents - b.valueCents)
  let left = amount
  for (const of of smallestFirst.toReversed()) {
    const taken = Math.min(there(stock, of), Math.trunc(left / of.valueCents))
    put(stock, of, -taken)
    left -= taken * of.valueCents
  }
  const broken = smallestFirst.find(of => of.valueCents > left && there(stock, of) > 0)
  if (left === 0 || broken === undefined) return
  put(stock, broken, -1)
  for (const back of fewestOfAny(cents(broken.valueCents - left), stock.denominations)) {
    put(stock, back, back.pieces)
  }
}

/** Takes out an amount whose pieces were not noted: the largest first, else the fewest out of what is likely there. */
function takeAmount(stock: Stock, amount: Cents): void {
  if (amount === 0) return
  stock.assumed = true
  const byHand = largestFirst(amount, stock.denominations, of => there(stock, of))
  const change = byHand ?? fewestFrom(stock, amount)
  if (change === null) takeBroken(stock, amount)
  for (const of of change ?? []) put(stock, of, -of.pieces)
}

/** Takes out noted pieces. Those that are likely not there must have come as others of the same worth. */
function takePieces(stock: Stock, rows: readonly PieceCount[]): void {
  let lacking = ZERO
  for (const { of, pieces } of opened(stock, rows)) {
    const taken = Math.min(pieces, there(stock, of))
    put(stock, of, -taken)
    lacking = cents(lacking + (pieces - taken) * of.valueCents)
  }
  takeAmount(stock, lacking)
}

function putPieces(stock: Stock, rows: readonly PieceCount[]): void {
  for (const { of, pieces } of opened(stock, rows)) put(stock, of, pieces)
}

/** Puts in an amount whose pieces were not noted: the largest first, else the fewest that make it. */
function putAmount(stock: Stock, amount: Cents): void {
  if (amount === 0) return
  stock.assumed = true
  const byHand = largestFirst(amount, stock.denominations, () => MAX_MIX)
  for (const of of byHand ?? fewestOfAny(amount, stock.denominations)) put(stock, of, of.pieces)
}

function follow(stock: Stock, event: StockEvent): void {
  switch (event.kind) {
    case 'receipt':
      if (event.taken === null) putAmount(stock, event.cashTenderedCents)
      else putPieces(stock, event.taken)
      if (event.given === null) takeAmount(stock, event.changeCents)
      else takePieces(stock, event.given)
      return
    case 'turn-in':
      takePieces(stock, event.pieces)
      return
    case 'paid-in':
      if (event.pieces === null) putAmount(stock, event.cents)
      else putPieces(stock, event.pieces)
      return
    case 'paid-out':
      if (event.pieces === null) takeAmount(stock, event.cents)
      else takePieces(stock, event.pieces)
      return
    case 'change-order':
      putPieces(stock, event.received)
      takePieces(stock, event.returned)
  }
}

function isAssumed(event: StockEvent): boolean {
  if (event.kind !== 'receipt') return false
  const takenUnknown = event.taken === null && event.cashTenderedCents > 0
  const givenUnknown = event.given === null && event.changeCents > 0
  return takenUnknown || givenUnknown
}

/**
 * The likely pieces in a drawer now, from its last count and what moved since. Cash of a receipt whose pieces
 * were not noted is taken to have come in the largest pieces, and change to have gone out as the largest that were
 * there; where that does not come out even, as the fewest. Never negative, and worth what the count and the moves come to as far as the denominations
 * can make it. Pieces of a denomination that is no longer configured are left out and make it uncertain.
 */
export function likelyStock(
  lastCount: readonly PieceCount[],
  events: readonly StockEvent[],
  denominations: readonly Denomination[],
): LikelyStock {
  const stock: Stock = { denominations, pieces: new Map(), assumed: false }
  putPieces(stock, lastCount)
  for (const event of events) follow(stock, event)
  return {
    pieces: listed(stock),
    certain: !stock.assumed,
    assumedReceipts: events.filter(isAssumed).length,
  }
}

/** The denominations with fewer loose pieces than their minimum, in the order of the minimums. */
export function runningLow(stock: readonly PieceCount[], minimums: readonly WantedPieces[]): LowPieces[] {
  const pieces = new Map(stock.map(row => [denominationKey(row), row.pieces]))
  const rows = minimums.map(({ valueCents, kind, pieces: minimumPieces }) => {
    return { valueCents, kind, pieces: pieces.get(denominationKey({ valueCents, kind })) ?? 0, minimumPieces }
  })
  return rows.filter(row => row.pieces < row.minimumPieces)
}

/**
 * Change in the fewest pieces out of the likely stock (loose and bundled). Where the stock cannot make it, the
 * fewest pieces as if there were enough of each, with those that are missing; none of either when these
 * denominations cannot make the amount at all. Refuses (RangeError) a negative amount.
 */
export function suggestChange(
  changeCents: Cents,
  stock: readonly PieceCount[],
  denominations: readonly Denomination[],
): SuggestedChange {
  const drawer: Stock = { denominations, pieces: new Map(), assumed: false }
  putPieces(drawer, stock)
  const fromStock = fewestFrom(drawer, changeCents)
  if (fromStock !== null) return { pieces: fromStock, fromStock: true, missing: [] }
  const pieces = fewestOfAny(changeCents, denominations)
  const missing = pieces.map(row => ({ ...row, pieces: row.pieces - there(drawer, row) }))
  return { pieces, fromStock: false, missing: missing.filter(row => row.pieces > 0) }
}
