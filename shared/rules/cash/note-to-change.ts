import { type Cents, cents, ZERO } from '../../money.ts'
import { type Denomination, denominationKey, type PieceCount, piecesIn } from './denominations.ts'
import { bestMix, MAX_MIX } from './piece-mix.ts'

export interface NoteToChange {
  valueCents: Cents
  kind: 'note' | 'coin'
  /** How much of it stays in the drawer; the rest of it leaves. */
  staysCents: Cents
}

/**
 * Which one piece to change into smaller ones, where no mix of what was counted leaves the change fund exactly: the
 * smallest that is left over when the largest pieces that fit have gone into the change fund. What that change fund still
 * lacks is less than this piece, so it is enough to change it alone. Null where a mix makes the change fund, where
 * nothing needs to leave, and for a change fund below zero or above 100,000.00.
 */
export function noteToChange(
  counted: readonly PieceCount[],
  changeFundCents: Cents,
  denominations: readonly Denomination[],
): NoteToChange | null {
  const known = new Map(denominations.map(of => [denominationKey(of), of]))
  const piles = counted
    .flatMap(row => {
      const of = known.get(denominationKey(row))
      return of === undefined
        ? []
        : [{ of, value: row.valueCents as number, available: piecesIn(row, of), merit: 1 }]
    })
    .sort((a, b) => b.value - a.value)
  const worth = piles.reduce((all, { value, available }) => all + value * available, 0)
  if (changeFundCents < 0 || changeFundCents > MAX_MIX || worth <= changeFundCents) return null
  if (bestMix(changeFundCents, piles) !== null) return null
  let lacking: number = changeFundCents
  let smallest: NoteToChange | null = null
  for (const { of, value, available } of piles) {
    const kept = Math.min(available, Math.floor(lacking / value))
    lacking -= kept * value
    if (kept < available) smallest = { valueCents: of.valueCents, kind: of.kind, staysCents: ZERO }
  }
  return smallest && { ...smallest, staysCents: cents(lacking) }
}
