/** When money must be at the bank, by the city's policy. */
import { partsOf } from '../../db/queries/session-money.ts'
import type { Session } from '../../db/queries/sessions.ts'
import type { Reader } from '../../db/reader.ts'
import { sum } from '../../shared/money.ts'
import { depositDueMs } from '../../shared/rules/deposit-deadline.ts'
import type { Settings } from '../../shared/settings.ts'

/**
 * The instant (UTC milliseconds) by which a session's money must be at the bank. What counts is all of the session's
 * money, for however many bank accounts: it lies in the safe together.
 */
export function sessionDueMs(
  reader: Reader,
  session: Pick<Session, 'sessionId' | 'businessDate'>,
  { drawerControl, timeZone }: Settings,
): number {
  const parts = partsOf(reader, session.sessionId)
  const totalCents = sum(parts.flatMap(part => [part.cash_cents, part.items_cents]))
  return depositDueMs({ businessDate: session.businessDate, totalCents }, drawerControl.deadline, timeZone)
}
