/** Why a counted drawer is off: told at once, or after a due day by a worker thread, so that no window waits. */
import { sessionById } from '../../../db/queries/session/session.ts'
import { OVERSEERS } from '../../../shared/roles.ts'
import { signedIn } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { LAST_ROUND } from './counting.ts'
import { explanationOf } from './explanation.ts'

/** As many receipts as are looked through in a fraction of the 50 ms that a window may wait. */
export const MOST_AT_ONCE = 300

export const explain = os.session.explain.handler(({ input, context, errors }) => {
  const { ledger, jobs, dataDir } = context.backend
  const { personId, role } = signedIn(context)
  const session = sessionById(ledger.reader, input.sessionId)
  if (!session) throw errors.UNKNOWN_SESSION()
  if (session.cashierId !== personId && !OVERSEERS.includes(role)) throw errors.NOT_YOURS_TO_SEE()
  // It tells what is expected, so it waits for whoever is still to count, whoever asks.
  const isCounted = session.state === 'closed' || session.countRound >= LAST_ROUND
  if (!isCounted) throw errors.NOT_COUNTED()
  const { sessionId, receiptCount } = session
  if (receiptCount <= MOST_AT_ONCE) return explanationOf(ledger.reader, sessionId)
  return jobs.runReport('explain', { dataDir, sessionId })
})
