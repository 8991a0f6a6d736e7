/** Surprise counts: somebody else's open drawer, counted blind and recorded, while its session goes on. */

import type { Reader } from '../../../db/ledger/reader.ts'
import { type Session, sessionById } from '../../../db/queries/session/session.ts'
import { settingsNow } from '../../../db/queries/setup.ts'
import { factIn, signedIn, write } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { countSheetOf, namedBalances, takeCount } from './counting.ts'

interface SheetErrors {
  UNKNOWN_SESSION(): Error
  SESSION_CLOSED(): Error
  OWN_SESSION_IS_BLIND(): Error
}

/** Somebody else's session that is not closed. */
export function otherSession(
  reader: Reader,
  asked: { sessionId: string; personId: string },
  errors: SheetErrors,
): Session {
  const session = sessionById(reader, asked.sessionId)
  if (!session) throw errors.UNKNOWN_SESSION()
  if (session.state === 'closed') throw errors.SESSION_CLOSED()
  if (session.cashierId === asked.personId) throw errors.OWN_SESSION_IS_BLIND()
  return session
}

export const surpriseSheet = os.session.surpriseSheet.handler(({ input, context, errors }) => {
  const { reader } = context.backend.ledger
  const { personId } = signedIn(context)
  const session = otherSession(reader, { sessionId: input.sessionId, personId }, errors)
  return countSheetOf(reader, session, settingsNow(reader))
})

export const surpriseCount = os.session.surpriseCount.handler(
  write({
    decide({ tx, input, errors, person, settings, backend }) {
      const { sessionId, count } = input
      const session = otherSession(tx, { sessionId, personId: person.personId }, errors)
      if (session.state === 'counted') throw errors.SESSION_COUNTED()
      const { pieces, items, balances } = takeCount(tx, session, count, { settings, errors })
      tx.append(
        'session.surprise-counted',
        { sessionId, countId: backend.newId(), pieces, items, balances },
        { businessDate: session.businessDate },
      )
    },
    answer: (facts, reader) => ({
      balances: namedBalances(reader, factIn(facts, 'session.surprise-counted').body.balances),
    }),
  }),
)
