/** What all money that moves without a receipt has in common: an open drawer, pieces that add up, a number of its own. */
import { type Session, unclosedSessionOf } from '../../db/queries/sessions.ts'
import { tillNow } from '../../db/queries/setup.ts'
import type { Reader } from '../../db/reader.ts'
import { type Cents, ZERO } from '../../shared/money.ts'
import {
  type CountedPiece,
  type CountReason,
  countedPieces,
  countTotal,
  type Denomination,
  denominationKey,
  type PieceCount,
} from '../../shared/rules/denominations.ts'
import { humanNumber } from '../../shared/rules/human-number.ts'

interface SessionErrors {
  NO_OPEN_SESSION(): Error
  SESSION_COUNTED(): Error
}

/** The drawer of this person, which must be open and not counted: what moves after a count would belie it. */
export function movableSession(reader: Reader, personId: string, errors: SessionErrors): Session {
  const session = unclosedSessionOf(reader, personId)
  if (!session) throw errors.NO_OPEN_SESSION()
  if (session.state !== 'open') throw errors.SESSION_COUNTED()
  return session
}

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

/** Names of the denominations of which two counts did not find as many; a full strap is as good as its notes. */
export function differingPieces(
  one: readonly CountedPiece[],
  other: readonly CountedPiece[],
  denominations: readonly Denomination[],
): string[] {
  const worthIn = (pieces: readonly CountedPiece[], of: Denomination) =>
    pieces.find(piece => denominationKey(piece) === denominationKey(of))?.cents ?? ZERO
  return denominations.filter(of => worthIn(one, of) !== worthIn(other, of)).map(of => of.label)
}

/** The next slip's number: `W1-M0007`. */
export function nextMovement(reader: Reader): { movementNo: number; number: string } {
  const till = tillNow(reader)
  const movementNo = till.last_movement_no + 1
  return { movementNo, number: humanNumber(till, movementNo, 'M') }
}
