/** Why a counted drawer is off. A busy session takes the rule a while, so it is asked in a worker thread. */
import { sessionById } from '../../../db/queries/sessions.ts'
import { OVERSEERS } from '../../../shared/roles.ts'
import { signedIn } from '../commands.ts'
import { LAST_ROUND } from '../counting.ts'
import { os } from '../guard.ts'

export const explain = os.session.explain.handler(({ input, context, errors }) => {
  const { ledger, jobs, dataDir } = context.backend
  const { personId, role } = signedIn(context)
  const session = sessionById(ledger.reader, input.sessionId)
  if (!session) throw errors.UNKNOWN_SESSION()
  if (session.cashierId !== personId && !OVERSEERS.includes(role)) throw errors.NOT_YOURS_TO_SEE()
  // It tells what is expected, so it waits for whoever is still to count, whoever asks.
  const isCounted = session.state === 'closed' || session.countRound >= LAST_ROUND
  if (!isCounted) throw errors.NOT_COUNTED()
  return jobs.runReport('explain', { dataDir, sessionId: session.sessionId })
})
