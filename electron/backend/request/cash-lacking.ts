import type { Reader } from '../../../db/ledger/reader.ts'
import { cashInDrawer, type Session } from '../../../db/queries/session/session.ts'
import type { BodyOf } from '../../../shared/ledger/facts.ts'
import type { BusinessDate } from '../../../shared/time.ts'

/** A drawer lacks the cash that a command would take out of it: the command leaves nothing but this on record. */
export class CashLacking extends Error {
  readonly businessDate: BusinessDate
  readonly refused: BodyOf<'movement.refused'>

  constructor(refused: BodyOf<'movement.refused'>, businessDate: BusinessDate) {
    super(`A ${refused.what} wants more cash than there is`)
    this.refused = refused
    this.businessDate = businessDate
  }
}

/**
 * Throws CashLacking where a drawer lacks cash that is to leave it. The answer tells something of what it should hold, so
 * it is asked for last, when nothing else is wrong, and stands in the journal: whoever searches is seen.
 */
export function refuseWithoutCash(
  tx: Reader,
  session: Pick<Session, 'sessionId' | 'businessDate'>,
  asked: Pick<BodyOf<'movement.refused'>, 'what' | 'cents'>,
): void {
  const { sessionId, businessDate } = session
  // Where change was given on checks a drawer may be below zero, and what takes no cash from it is as good as ever.
  if (asked.cents <= 0 || asked.cents <= cashInDrawer(tx, sessionId)) return
  throw new CashLacking({ sessionId, ...asked }, businessDate)
}
