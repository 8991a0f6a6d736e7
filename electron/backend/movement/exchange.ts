/** Change order: pieces exchanged with the safe, worth the same both ways. */
import { missingFromSafe } from '../../../db/queries/safe.ts'
import { denominationKey } from '../../../shared/rules/cash/denominations.ts'
import { refuseWithoutCash } from '../request/cash-lacking.ts'
import { approvedWrite, factIn, type Scope } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { keptPieces } from '../request/pieces.ts'
import { movableSession, nextMovement } from './movement.ts'

type Handler = Parameters<typeof os.movement.exchange.handler>[0]
type ExchangeScope = Scope<Parameters<Handler>[0]['input'], Parameters<Handler>[0]['errors']>

export const exchange = os.movement.exchange.handler(
  approvedWrite({
    decide({ tx, input, errors, person, settings, approver }: ExchangeScope) {
      const session = movableSession(tx, person.personId, errors)
      const given = keptPieces(input.given, settings.denominations, errors)
      const taken = keptPieces(input.taken, settings.denominations, errors)
      if (given.pieces.length === 0 && taken.pieces.length === 0) throw errors.NOTHING_TO_EXCHANGE()
      if (given.cents !== taken.cents)
        throw errors.EXCHANGE_UNEQUAL({ data: { givenCents: given.cents, takenCents: taken.cents } })
      const missing = missingFromSafe(tx, taken.pieces)
      if (missing) {
        const of = settings.denominations.find(d => denominationKey(d) === denominationKey(missing))
        throw errors.NOT_IN_SAFE({ data: { label: of?.label ?? '' } })
      }
      if (!approver) throw errors.APPROVAL_NEEDED()
      refuseWithoutCash(tx, session, { what: 'change-order', cents: given.cents })
      tx.append(
        'movement.exchanged',
        {
          movementId: input.commandId,
          ...nextMovement(tx),
          sessionId: session.sessionId,
          keeperId: approver.personId,
          given: given.pieces,
          taken: taken.pieces,
          cents: given.cents,
        },
        { businessDate: session.businessDate },
      )
    },
    answer(facts) {
      const { movementId, number } = factIn(facts, 'movement.exchanged').body
      return { movementId, number }
    },
  }),
)
