import { type Cents, subtract } from '../../money.ts'
import { type CountReason, countTotal, type Denomination, type PieceCount } from './denominations.ts'

/** Loose pieces of one denomination that came in and went out with one receipt. */
export interface NotedPiece {
  valueCents: Cents
  kind: 'note' | 'coin'
  taken: number
  given: number
}

export type NotedWorth =
  | { ok: true; takenCents: Cents; givenCents: Cents; netCents: Cents }
  | { ok: false; reason: CountReason }

/** One side of what was noted, as pieces that were counted. */
function piecesOn(side: 'taken' | 'given', noted: readonly NotedPiece[]): PieceCount[] {
  return noted.map(of => ({ valueCents: of.valueCents, kind: of.kind, pieces: of[side], bundles: 0 }))
}

/**
 * What noted pieces are worth: taken, given, and the cash that stays of them. Refuses what `countTotal`
 * refuses: a denomination that is not configured or named twice, and what is no count.
 */
export function notedWorth(noted: readonly NotedPiece[], denominations: readonly Denomination[]): NotedWorth {
  const taken = countTotal(piecesOn('taken', noted), denominations)
  const given = countTotal(piecesOn('given', noted), denominations)
  if (!taken.ok) return taken
  if (!given.ok) return given
  return {
    ok: true,
    takenCents: taken.cents,
    givenCents: given.cents,
    netCents: subtract(taken.cents, given.cents),
  }
}
