/** Signing in and out, locking a screen and unlocking it. */
import { personById } from '../../../db/queries/person.ts'
import { signedIn } from '../request/commands.ts'
import { lockIfIdle, os } from '../request/guard.ts'
import { checkPersonPin, ownCommand, stillHolds } from '../request/pins.ts'
import { brief } from './list.ts'
import { throwUnlessRight } from './pin-refusals.ts'

export const signIn = os.person.signIn.handler(async ({ input, context, errors }) => {
  const { backend } = context
  const person = personById(backend.ledger.reader, input.personId)
  if (!person?.active) throw errors.UNKNOWN_PERSON()
  const check = await checkPersonPin(backend, person.personId, input.pin)
  throwUnlessRight(check, errors)
  ownCommand(backend, person.personId, 'person.signIn', tx => {
    if (!stillHolds(tx, person.personId, check)) throw errors.UNKNOWN_PERSON()
    tx.append('person.signed-in', { personId: person.personId })
  })
  if (context.signIn) backend.signIns.remove(context.signIn.token)
  return { signInToken: backend.signIns.add(person.personId).token, person: brief(person) }
})

export const signOut = os.person.signOut.handler(({ context }) => {
  const { backend, signIn: screen } = context
  const person = signedIn(context)
  ownCommand(backend, person.personId, 'person.signOut', tx =>
    tx.append('person.signed-out', { personId: person.personId }),
  )
  if (screen) backend.signIns.remove(screen.token)
  return {}
})

export const lock = os.person.lock.handler(({ input, context }) => {
  const { backend } = context
  const { personId } = signedIn(context)
  // A screen that nobody has touched does not know whether its person is busy at another one.
  if (input.idle) lockIfIdle(backend, personId)
  else backend.signIns.setLocked(personId, true)
  backend.changes.tell(['till'])
  return {}
})

export const active = os.person.active.handler(({ context }) => {
  context.backend.signIns.noteActive(signedIn(context).personId)
  return {}
})

export const unlock = os.person.unlock.handler(async ({ input, context, errors }) => {
  const { backend } = context
  const { personId } = signedIn(context)
  throwUnlessRight(await checkPersonPin(backend, personId, input.pin), errors)
  backend.signIns.setLocked(personId, false)
  backend.changes.tell(['till'])
  return {}
})
