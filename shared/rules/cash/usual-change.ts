import type { Cents } from '../../money.ts'
import type { Denomination, PieceCount } from './denominations.ts'
import { type SuggestedChange, suggestChange } from './likely-stock.ts'

/** Half dollars, dollar coins and two-dollar notes are seldom in a drawer, so change is not proposed in them. */
export function usualDenominations(denominations: readonly Denomination[]): Denomination[] {
  return denominations.filter(of => (of.kind === 'coin' ? of.valueCents < 50 : of.valueCents !== 200))
}

/**
 * Change in the fewest usual pieces out of the likely stock, or in seldom ones where only they are there.
 * Where the stock makes it in no way, the fewest usual pieces as if there were enough. Refuses (RangeError) a
 * negative amount.
 */
export function usualChange(
  changeCents: Cents,
  stock: readonly PieceCount[],
  denominations: readonly Denomination[],
): SuggestedChange {
  const usual = suggestChange(changeCents, stock, usualDenominations(denominations))
  if (usual.fromStock) return usual
  const any = suggestChange(changeCents, stock, denominations)
  return any.fromStock ? any : usual
}
