/** Opening a drawer: one cashier, one drawer, a counted float. */
import { personNames } from '../../../db/queries/people.ts'
import { unclosedSessionAt, unclosedSessionOf } from '../../../db/queries/sessions.ts'
import { allTenderTypes, drawerById, tillOf } from '../../../db/queries/setup.ts'
import { countedPieces, countTotal } from '../../../shared/rules/denominations.ts'
import { humanNumber } from '../../../shared/rules/human-number.ts'
import { factIn, write } from '../commands.ts'
import { os } from '../guard.ts'

export const open = os.drawer.open.handler(
  write({
    decide({ tx, input, errors, person, settings, backend }) {
      const drawer = drawerById(tx, input.drawerId)
      if (!drawer?.active) throw errors.UNKNOWN_DRAWER()
      const own = unclosedSessionOf(tx, person.personId)
      if (own) throw errors.ALREADY_OPEN({ data: { drawerName: drawerById(tx, own.drawerId)?.name ?? '' } })
      const taken = unclosedSessionAt(tx, input.drawerId)
      if (taken) throw errors.DRAWER_IN_USE({ data: { cashierName: personNames(tx)(taken.cashierId) } })
      const counted = countTotal(input.pieces, settings.denominations)
      if (!counted.ok) throw errors.COUNT_NOT_VALID({ data: { reason: counted.reason } })
      const till = tillOf(tx)
      if (!till) throw new Error('No till')
      const sessionNo = till.last_session_no + 1
      tx.append('drawer.opened', {
        sessionId: input.commandId,
        sessionNo,
        number: humanNumber(till, sessionNo, 'S'),
        drawerId: drawer.drawerId,
        cashierId: person.personId,
        countId: backend.newId(),
        floatWantedCents: drawer.floatCents,
        floatCents: counted.cents,
        pieces: countedPieces(input.pieces, settings.denominations),
        // Every type has its row, used or not: a tender switched on at noon is balanced at night.
        tenders: allTenderTypes(tx).map(type => type.tender),
      })
    },
    answer(facts) {
      const { body } = factIn(facts, 'drawer.opened')
      return {
        sessionId: body.sessionId,
        number: body.number,
        floatCents: body.floatCents,
        floatWantedCents: body.floatWantedCents,
      }
    },
  }),
)
