/** What all money that moves without a receipt has in common: an open drawer, pieces that add up, a number of its own. */

import type { Reader } from '../../../db/ledger/reader.ts'
import { type Session, unclosedSessionOf } from '../../../db/queries/session/session.ts'
import { tillNow } from '../../../db/queries/till.ts'
import { humanNumber } from '../../../shared/rules/text/human-number.ts'

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

/** The next slip's number: `W1-M0007`. */
export function nextMovement(reader: Reader): { movementNo: number; number: string } {
  const till = tillNow(reader)
  const movementNo = till.last_movement_no + 1
  return { movementNo, number: humanNumber(till, movementNo, 'M') }
}
