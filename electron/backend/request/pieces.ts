import type { Cents } from '../../../shared/money.ts'
import {
  type CountedPiece,
  type CountReason,
  countedPieces,
  countTotal,
  type Denomination,
  type PieceCount,
} from '../../../shared/rules/cash/denominations.ts'

interface CountErrors {
  COUNT_NOT_VALID(of: { data: { reason: CountReason } }): Error
}

/** Pieces as they are kept, and what they come to. Refuses a count that is none. */
export function keptPieces(
  pieces: readonly PieceCount[],
  denominations: readonly Denomination[],
  errors: CountErrors,
): { pieces: CountedPiece[]; cents: Cents } {
  const total = countTotal(pieces, denominations)
  if (!total.ok) throw errors.COUNT_NOT_VALID({ data: { reason: total.reason } })
  return { pieces: countedPieces(pieces, denominations), cents: total.cents }
}
