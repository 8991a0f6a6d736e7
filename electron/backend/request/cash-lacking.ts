import { ORPCError } from '@orpc/contract'
import type { Writer } from '../../../db/ledger/writer.ts'
import { cashInDrawer, type Session } from '../../../db/queries/session.ts'
import type { BodyOf, Fact } from '../../../shared/ledger/facts.ts'

/**
 * Whether a drawer lacks cash that is to leave it. The answer tells something of what it should hold, so it is asked for
 * last, when nothing else is wrong, and stands in the journal: whoever searches is seen.
 */
export function lacksCash(
  tx: Writer,
  session: Pick<Session, 'sessionId' | 'businessDate'>,
  asked: Pick<BodyOf<'movement.refused'>, 'what' | 'cents'>,
): boolean {
  const { sessionId, businessDate } = session
  if (asked.cents <= cashInDrawer(tx, sessionId)) return false
  tx.append('movement.refused', { sessionId, ...asked }, { businessDate })
  return true
}

/** Throws the refusal that a command recorded, however late it is asked for again. */
export function refuseAsRecorded(facts: readonly Fact[]): void {
  if (facts.some(({ kind }) => kind === 'movement.refused'))
    throw new ORPCError('CASH_NOT_IN_DRAWER', { status: 422, defined: true })
}
