import { type Cents, subtract, ZERO } from '../../money.ts'
import { countTotal, type Denomination, denominationKey, type PieceCount } from '../cash/denominations.ts'
import { inBundles } from '../cash/in-bundles.ts'
import { makeChangeFrom } from '../cash/make-change.ts'

/**
 * What of a session's counted cash goes to the bank: all but the change fund. A drawer that was counted below its
 * change fund has nothing to give; the shortage stands in its Z report and the change fund is made up from elsewhere.
 */
export function depositableCash(countedCents: Cents, changeFundCents: Cents): Cents {
  return countedCents > changeFundCents ? subtract(countedCents, changeFundCents) : ZERO
}

/** What is left of loose pieces when some of them have gone. */
function without(pieces: readonly PieceCount[], gone: readonly PieceCount[]): PieceCount[] {
  const gonePieces = new Map(gone.map(row => [denominationKey(row), row.pieces]))
  return pieces.map(row => ({ ...row, pieces: row.pieces - (gonePieces.get(denominationKey(row)) ?? 0) }))
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
    const given = makeChangeFrom(wanted, left, denominations)?.map(piece => ({ ...piece, bundles: 0 }))
    if (!given) return null
    left = without(left, given)
    return inBundles(given, denominations)
  })
}
