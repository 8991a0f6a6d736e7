import { type Cents, subtract, ZERO } from '../money.ts'
import { countTotal, type Denomination, type PieceCount } from './denominations.ts'
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
