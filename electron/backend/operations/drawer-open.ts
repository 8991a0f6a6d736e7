/** Opening a drawer: one cashier, one drawer, a counted float. */
import { againstLeft } from '../../../db/queries/left-pieces.ts'
import { personNames } from '../../../db/queries/people.ts'
import { unclosedSessionAt } from '../../../db/queries/sessions.ts'
import { drawerById } from '../../../db/queries/setup.ts'
import { countedPieces, countTotal } from '../../../shared/rules/denominations.ts'
import { factIn, write } from '../commands.ts'
import { os } from '../guard.ts'
import { appendOpened, drawerInHand } from '../session-open.ts'

export const open = os.drawer.open.handler(
  write({
    decide({ tx, input, errors, person, settings, backend }) {
      const drawer = drawerById(tx, input.drawerId)
      if (!drawer?.active) throw errors.UNKNOWN_DRAWER()
      const own = drawerInHand(tx, person.personId)
      if (own !== undefined) throw errors.ALREADY_OPEN({ data: { drawerName: own } })
      const taken = unclosedSessionAt(tx, input.drawerId)
      if (taken) throw errors.DRAWER_IN_USE({ data: { cashierName: personNames(tx)(taken.cashierId) } })
      const counted = countTotal(input.pieces, settings.denominations)
      if (!counted.ok) throw errors.COUNT_NOT_VALID({ data: { reason: counted.reason } })
      appendOpened(tx, {
        sessionId: input.commandId,
        countId: backend.newId(),
        drawer,
        cashierId: person.personId,
        floatCents: counted.cents,
        pieces: countedPieces(input.pieces, settings.denominations),
        fundCents: counted.cents,
        handedFrom: null,
      })
    },
    answer(facts, reader) {
      const { body } = factIn(facts, 'drawer.opened')
      return {
        sessionId: body.sessionId,
        number: body.number,
        floatCents: body.floatCents,
        floatWantedCents: body.floatWantedCents,
        leftBefore: againstLeft(reader, body, body.pieces),
      }
    },
  }),
)
