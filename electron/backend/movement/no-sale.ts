/** Opening the drawer without a sale. */
import { write } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { normalizedText } from '../request/texts.ts'
import { movableSession } from './movement.ts'

export const noSale = os.movement.noSale.handler(
  write({
    decide({ tx, input, errors, person }) {
      const session = movableSession(tx, person.personId, errors)
      const reason = normalizedText('reason', input.reason, { maxLength: 200, required: true })
      tx.append(
        'movement.no-sale',
        { sessionId: session.sessionId, reason },
        { businessDate: session.businessDate },
      )
    },
    // Instruments go to a folder or a print queue, and neither springs a drawer: it is opened by its key.
    answer: () => ({ kicked: false }),
  }),
)
