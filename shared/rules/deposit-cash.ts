import { type Cents, subtract, ZERO } from '../money.ts'
import { countTotal, type Denomination, denominationKey, type PieceCount } from './denominations.ts'
import { makeChangeFrom } from './make-change.ts'

/**
 * The loose pieces that leave for the bank so that exactly the float stays in the drawer. The fewest
 * pieces leave, which is the same as keeping the small ones that make change tomorrow. Null when less
 * than the float was counted, when the pieces cannot be parted that way, or when the count itself is refused.
 */
export function proposeDepositCash(
  counted: readonly PieceCount[],
  floatCents: Cents,
  denominations: readonly Denomination[],
): PieceCount[] | null {
  const total = countTotal(counted, denominations)
  if (!total.ok || total.cents < floatCents) return null
  const leaving = makeChangeFrom(subtract(total.cents, floatCents), counted, denominations)
  if (leaving === null) return null
  return leaving.map(({ valueCents, kind, pieces }) => ({ valueCents, kind, pieces, bundles: 0 }))
}

/**
 * What of a session's counted cash goes to the bank: all but the float. A drawer that was counted below its
 * float has nothing to give; the shortage stands in its Z report and the float is made up from elsewhere.
 */
export function depositableCash(countedCents: Cents, floatCents: Cents): Cents {
  return countedCents > floatCents ? subtract(countedCents, floatCents) : ZERO
}

/** What is left of loose pieces when some of them have gone. */
function without(pieces: readonly PieceCount[], gone: readonly PieceCount[]): PieceCount[] {
  const gonePieces = new Map(gone.map(row => [denominationKey(row), row.pieces]))
  return pieces.map(row => ({ ...row, pieces: row.pieces - (gonePieces.get(denominationKey(row)) ?? 0) }))
}

/** Loose pieces as they are bagged: in full straps and rolls, and the rest loose. */
function inBundles(pieces: readonly PieceCount[], denominations: readonly Denomination[]): PieceCount[] {
  const sizes = new Map(denominations.map(of => [denominationKey(of), of.bundleSize]))
  return pieces.map(row => {
    const size = sizes.get(denominationKey(row)) ?? row.pieces + 1
    return { ...row, pieces: row.pieces % size, bundles: Math.trunc(row.pieces / size) }
  })
}

/**
 * Which of a session's loose pieces go to which of its parts for the bank, in straps and rolls where they are full.
 * The parts are served in their order, each with the fewest pieces; null for a part that what is left cannot make.
 */
export function sharePieces(
  loose: readonly PieceCount[],
  wantedCents: readonly Cents[],
  denominations: readonly Denomination[],
): (PieceCount[] | null)[] {
  let left = [...loose]
  return wantedCents.map(wanted => {
    if (wanted === ZERO) return []
    const total = countTotal(left, denominations)
    if (!total.ok || total.cents < wanted) return null
    const given = proposeDepositCash(left, subtract(total.cents, wanted), denominations)
    if (given === null) return null
    left = without(left, given)
    return inBundles(given, denominations)
  })
}
