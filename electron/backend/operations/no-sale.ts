/** Opening the drawer without a sale. */
import { write } from '../commands.ts'
import { os } from '../guard.ts'
import { movableSession } from '../movement.ts'
import { keptText } from '../texts.ts'

export const noSale = os.movement.noSale.handler(
  write({
    decide({ tx, input, errors, person }) {
      const session = movableSession(tx, person.personId, errors)
      const reason = keptText('reason', input.reason, { maxLength: 200, required: true })
      tx.append('drawer.no-sale', { sessionId: session.sessionId, reason }, session.businessDate)
    },
    // Papers go to a folder or a print queue, and neither springs a drawer: it is opened by its key.
    answer: () => ({ kicked: false }),
  }),
)
