import { unclosedSessionAt } from '../../../db/queries/session/session.ts'
import { allDrawers } from '../../../db/queries/setup.ts'
import { isTaken } from '../request/alike.ts'
import { write } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { refuseStale } from '../request/saving.ts'
import { normalizedText } from '../request/texts.ts'

export const drawers = os.setup.drawers.handler(({ context }) => allDrawers(context.backend.ledger.reader))

export const saveDrawer = os.setup.saveDrawer.handler(
  write({
    decide({ tx, input, errors }) {
      const { before, drawer } = input
      refuseStale(
        before,
        allDrawers(tx).find(({ drawerId }) => drawerId === drawer.drawerId),
      )
      const name = normalizedText('name', drawer.name, { maxLength: 80, required: true })
      const isOwn = (other: { drawerId: string }) => other.drawerId === drawer.drawerId
      if (isTaken(name, allDrawers(tx), { isOwn, nameOf: other => other.name })) throw errors.NAME_TAKEN()
      if (!drawer.active && unclosedSessionAt(tx, drawer.drawerId)) throw errors.SESSION_OPEN()
      tx.append('drawer.saved', { ...drawer, name })
    },
    answer: () => ({}),
  }),
)
