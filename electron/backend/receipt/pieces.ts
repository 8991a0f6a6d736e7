/** The pieces that a receipt's cash came in and its change went out in, where the cashier noted them. */
import type { CashPiece, ReceiptTender } from '../../../shared/ledger/receipt.ts'
import { type Cents, subtract, sum } from '../../../shared/money.ts'
import { notedWorth } from '../../../shared/rules/cash/noted-pieces.ts'
import { CASH } from '../../../shared/tenders.ts'
import type { PostScope } from './post-scope.ts'

/**
 * The noted pieces as they are kept, without rows of nothing. Together they must come to the cash that stays:
 * a customer who adds a dollar to get a larger note back is no mistake, money that is on no side is one.
 */
export function notedPieces(
  { input, errors, settings }: PostScope,
  tenders: readonly ReceiptTender[],
  changeCents: Cents,
): CashPiece[] {
  const pieces = (input.pieces ?? []).filter(of => of.taken > 0 || of.given > 0)
  if (pieces.length === 0) return []
  const worth = notedWorth(pieces, settings.denominations)
  if (!worth.ok) throw errors.COUNT_NOT_VALID({ data: { reason: worth.reason } })
  const cashCents = sum(tenders.filter(({ tender }) => tender === CASH).map(({ cents }) => cents))
  const wantedCents = subtract(cashCents, changeCents)
  if (worth.netCents !== wantedCents)
    throw errors.PIECES_DIFFER({ data: { wantedCents, countedCents: worth.netCents } })
  return pieces
}
