import { personById } from '../../../db/queries/person.ts'
import { write } from '../request/commands.ts'
import { os } from '../request/guard.ts'

export const release = os.person.release.handler(
  write({
    decide({ tx, input, errors, person }) {
      if (input.personId === person.personId) throw errors.OWN_RELEASE()
      const locked = personById(tx, input.personId)
      if (!locked) throw errors.UNKNOWN_PERSON()
      // Whoever could release before that could guess on and on, and never lock anybody out.
      if (!locked.lockedOut) throw errors.NOT_LOCKED_OUT()
      tx.append('person.released', { personId: input.personId, releasedBy: person.personId })
    },
    answer: () => ({}),
  }),
)
