import { personById } from '../../../db/queries/person.ts'
import { MOST_FAILURES } from '../../../shared/rules/person/pin.ts'
import { write } from '../request/commands.ts'
import { os } from '../request/guard.ts'

type Request = Parameters<Parameters<typeof os.person.release.handler>[0]>[0]

const carryOut = write<Request['input'], Request['errors'], Record<string, never>>({
  decide({ tx, input, errors, person }) {
    if (input.personId === person.personId) throw errors.OWN_RELEASE()
    const locked = personById(tx, input.personId)
    if (!locked) throw errors.UNKNOWN_PERSON()
    // Whoever could release before that could guess on and on, and never lock anybody out.
    if (!locked.lockedOut) throw errors.NOT_LOCKED_OUT()
    if (locked.failedCount >= MOST_FAILURES) throw errors.RELEASED_BEFORE()
    tx.append('person.released', { personId: input.personId, releasedBy: person.personId })
  },
  answer: () => ({}),
})

export const release = os.person.release.handler(request => {
  const reply = carryOut(request)
  // Whoever is released tries at once.
  request.context.backend.guesses.released(request.input.personId)
  return reply
})
