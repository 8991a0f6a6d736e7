/** People: signing in and out, locking, and who there is. */
import { allPeople, type Person, personById } from '../../../db/queries/people.ts'
import { APPROVERS } from '../../../shared/roles.ts'
import { checkPin } from '../../../shared/rules/pin.ts'
import { signedIn } from '../commands.ts'
import { os } from '../guard.ts'
import { checkPersonPin, makeCredential, ownCommand, type PinCheck } from '../pins.ts'

const brief = ({ personId, name, role }: Person) => ({ personId, name, role })

export const names = os.person.names.handler(({ context }) =>
  allPeople(context.backend.ledger.reader)
    .filter(person => person.active && person.hasPin)
    .map(({ personId, name }) => ({ personId, name })),
)

interface PinErrors {
  PIN_WRONG(options: { data: { retryAfterMs: number } }): Error
  LOCKED_OUT(): Error
}

function throwUnlessRight(check: PinCheck, errors: PinErrors): void {
  if (check.ok) return
  if (check.reason === 'locked-out') throw errors.LOCKED_OUT()
  throw errors.PIN_WRONG({ data: { retryAfterMs: check.retryAfterMs } })
}

export const signIn = os.person.signIn.handler(async ({ input, context, errors }) => {
  const { backend } = context
  const person = personById(backend.ledger.reader, input.personId)
  if (!person?.active) throw errors.UNKNOWN_PERSON()
  throwUnlessRight(await checkPersonPin(backend, person.personId, input.pin), errors)
  ownCommand(backend, person.personId, 'person.signIn', tx =>
    tx.append('person.signed-in', { personId: person.personId }),
  )
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

export const lock = os.person.lock.handler(({ context }) => {
  const { backend, signIn: screen } = context
  if (screen) backend.signIns.setLocked(screen.token, true)
  backend.changes.tell(['till'])
  return {}
})

export const unlock = os.person.unlock.handler(async ({ input, context, errors }) => {
  const { backend, signIn: screen } = context
  throwUnlessRight(await checkPersonPin(backend, signedIn(context).personId, input.pin), errors)
  if (screen) backend.signIns.setLocked(screen.token, false)
  backend.changes.tell(['till'])
  return {}
})

export const approvers = os.person.approvers.handler(({ context }) =>
  allPeople(context.backend.ledger.reader)
    .filter(person => person.active && person.hasPin && APPROVERS.includes(person.role))
    .filter(person => person.personId !== context.person?.personId)
    .map(brief),
)

export const list = os.person.list.handler(({ context }) =>
  allPeople(context.backend.ledger.reader).map(person => ({
    ...brief(person),
    active: person.active,
    lockedOut: person.lockedOut,
    hasPin: person.hasPin,
  })),
)

export const changePin = os.person.changePin.handler(async ({ input, context, errors }) => {
  const { backend } = context
  const { personId } = signedIn(context)
  throwUnlessRight(await checkPersonPin(backend, personId, input.pin), errors)
  const allowed = checkPin(input.newPin)
  if (!allowed.ok) throw errors.PIN_NOT_ALLOWED({ data: { reason: allowed.reason } })
  const credential = await makeCredential(personId, input.newPin)
  ownCommand(backend, personId, 'person.changePin', tx => tx.setCredential(credential))
  return {}
})
