/** Opening a drawer: one cashier, one drawer, a counted change fund. */
import { againstLeft } from '../../../db/queries/left-pieces.ts'
import { personNames } from '../../../db/queries/person.ts'
import { unclosedSessionAt } from '../../../db/queries/session.ts'
import { drawerById } from '../../../db/queries/setup.ts'
import { countedPieces, countTotal } from '../../../shared/rules/cash/denominations.ts'
import { factIn, write } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { appendOpened, drawerInHand } from './opening.ts'

export const open = os.session.open.handler(
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
        openingCents: counted.cents,
        pieces: countedPieces(input.pieces, settings.denominations),
        changeFundCents: counted.cents,
        handedFrom: null,
      })
    },
    answer(facts, reader) {
      const { body } = factIn(facts, 'session.opened')
      return {
        sessionId: body.sessionId,
        number: body.number,
        openingCents: body.openingCents,
        changeFundWantedCents: body.changeFundWantedCents,
        leftBefore: againstLeft(reader, body, body.pieces),
      }
    },
  }),
)
