import { type Cents, cents } from '../../money.ts'
import { type Denomination, denominationKey, type PieceCount, piecesIn } from './denominations.ts'

export interface ChangePiece {
  valueCents: Cents
  kind: 'note' | 'coin'
  label: string
  pieces: number
}

interface Pile {
  denomination: Denomination
  value: number
  available: number
}

/** The fewest pieces for what is left from one pile on; `take` is how many come from that pile. */
interface Choice {
  pieces: number
  take: number
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b)
}

/**
 * Adds up to `available` steps of `value` to every remainder reached so far. The remainders form rings;
 * two laps around each are enough to know how many steps behind the nearest reached one is.
 */
function spread(reached: Uint8Array, { value, available }: Pile): Uint8Array {
  const modulus = reached.length
  const rings = gcd(value, modulus)
  const next = reached.slice()
  for (let ring = 0; ring < rings; ring += 1) {
    let behind = Number.POSITIVE_INFINITY
    for (let lap = 0, at = ring; lap < (2 * modulus) / rings; lap += 1, at = (at + value) % modulus) {
      behind = reached[at] === 1 ? 0 : behind + 1
      if (behind <= available) next[at] = 1
    }
  }
  return next
}

/** Which remainders modulo `modulus` some number of pieces from these piles can leave (1 = it can). */
function reachableRemainders(piles: readonly Pile[], modulus: number): Uint8Array {
  const nothingTaken = new Uint8Array(modulus)
  nothingTaken[0] = 1
  return piles.reduce(spread, nothingTaken)
}

/**
 * A quick proof that an amount cannot be made: whatever the larger piles give is a multiple of their
 * common divisor, so the smaller ones must be able to give the rest of the division (87 cents need two pennies).
 */
function isOutOfReach(amount: number, piles: readonly Pile[]): boolean {
  let divisor = 0
  return piles.some((pile, i) => {
    divisor = gcd(divisor, pile.value)
    return reachableRemainders(piles.slice(i + 1), divisor)[amount % divisor] !== 1
  })
}

/** The fewest pieces if notes and coins could be cut; infinite when the piles do not hold the amount. */
function lowerBound(amount: number, piles: readonly Pile[], from: number): number {
  let left = amount
  let pieces = 0
  for (let i = from; i < piles.length && left > 0; i += 1) {
    const pile = piles[i]
    if (pile === undefined) break
    const taken = Math.min(pile.available, left / pile.value)
    pieces += taken
    left -= taken * pile.value
  }
  return left > 0.5 ? Number.POSITIVE_INFINITY : Math.ceil(pieces - 1e-6)
}

/**
 * The fewest pieces by branch and bound with memory. Taking fewer of a larger pile never lowers the bound,
 * so the first count whose bound is no better than the best found ends the search of a pile.
 */
function fewestPieces(amount: number, piles: readonly Pile[]): Choice[] | null {
  const memory = piles.map(() => new Map<number, Choice | null>())

  function search(left: number, from: number): Choice | null {
    const pile = piles[from]
    if (pile === undefined) return left === 0 ? { pieces: 0, take: 0 } : null
    const known = memory[from]?.get(left)
    if (known !== undefined) return known
    let best: Choice | null = null
    for (let take = Math.min(pile.available, Math.floor(left / pile.value)); take >= 0; take -= 1) {
      const rest = left - take * pile.value
      if (take + lowerBound(rest, piles, from + 1) >= (best?.pieces ?? Number.POSITIVE_INFINITY)) break
      const below = search(rest, from + 1)
      if (below !== null && (best === null || take + below.pieces < best.pieces)) {
        best = { pieces: take + below.pieces, take }
      }
    }
    memory[from]?.set(left, best)
    return best
  }

  if (search(amount, 0) === null) return null
  let left = amount
  return piles.map((pile, i) => {
    const choice = search(left, i) ?? { pieces: 0, take: 0 }
    left -= choice.take * pile.value
    return choice
  })
}

function changeFromPiles(c: Cents, piles: readonly Pile[]): ChangePiece[] | null {
  if (c < 0) throw new RangeError('change cannot be negative')
  const filled = piles.filter(pile => pile.available > 0).sort((a, b) => b.value - a.value)
  if (isOutOfReach(c, filled)) return null
  const choices = fewestPieces(c, filled)
  if (choices === null) return null
  return filled.flatMap(({ denomination: { valueCents, kind, label } }, i) => {
    const pieces = choices[i]?.take ?? 0
    return pieces === 0 ? [] : [{ valueCents, kind, label, pieces }]
  })
}

/**
 * The fewest pieces that make an amount, largest first, with as many of each as wanted; of two
 * denominations worth the same, the first configured. Empty for zero, and for an amount that these
 * denominations cannot make (one cent where there are no pennies). Refuses (RangeError) a negative amount.
 */
export function makeChange(c: Cents, denominations: readonly Denomination[]): ChangePiece[] {
  const piles = denominations.map(denomination => ({
    denomination,
    value: denomination.valueCents,
    available: Math.floor(c / denomination.valueCents),
  }))
  return changeFromPiles(c, piles) ?? []
}

/**
 * The fewest pieces that make an amount exactly out of what is there (straps and rolls may be opened), or
 * null when it cannot be made. Refuses (RangeError) a negative amount and stock of no configured denomination.
 */
export function makeChangeFrom(
  c: Cents,
  stock: readonly PieceCount[],
  denominations: readonly Denomination[],
): ChangePiece[] | null {
  const known = new Map(denominations.map(d => [denominationKey(d), d]))
  const piles = stock.map(row => {
    const denomination = known.get(denominationKey(row))
    if (denomination === undefined) throw new RangeError(`no denomination ${denominationKey(row)}`)
    return { denomination, value: cents(row.valueCents), available: piecesIn(row, denomination) }
  })
  return changeFromPiles(c, piles)
}
