/** Signing in and out, locking a screen and unlocking it. */
import { personById } from '../../../db/queries/person.ts'
import type { CredentialRow } from '../../../shared/ledger/person.ts'
import { signedIn } from '../request/commands.ts'
import { lockIfIdle, os } from '../request/guard.ts'
import { checkPersonPin, makeCredential, ownCommand, stillHolds } from '../request/pins.ts'
import { brief } from './list.ts'
import { throwUnlessAllowed, throwUnlessRight } from './pin-refusals.ts'

export const signIn = os.person.signIn.handler(async ({ input, context, errors }) => {
  const { backend } = context
  const person = personById(backend.ledger.reader, input.personId)
  if (!person?.active) throw errors.UNKNOWN_PERSON()
  const { personId } = person
  const check = await checkPersonPin(backend, personId, input.pin)
  throwUnlessRight(check, errors)
  // Of the very PIN that was right: another may have been set while it waited for its turn.
  const chosen = check.toChoose ? await chosenPin(input, errors) : undefined
  ownCommand(backend, personId, 'person.signIn', tx => {
    if (!stillHolds(tx, personId, check)) throw errors.UNKNOWN_PERSON()
    if (chosen) tx.setCredential(chosen)
    tx.append('person.signed-in', { personId })
  })
  if (chosen) backend.signIns.removePerson(personId)
  if (context.signIn) backend.signIns.remove(context.signIn.token)
  return { signInToken: backend.signIns.add(personId).token, person: brief(person) }
})

type SignInRequest = Parameters<Parameters<typeof os.person.signIn.handler>[0]>[0]

/** The PIN that its owner chooses in the place of one that somebody else knows. */
async function chosenPin(
  { personId, pin, newPin }: SignInRequest['input'],
  errors: SignInRequest['errors'],
): Promise<CredentialRow> {
  if (newPin === undefined) throw errors.PIN_TO_BE_CHOSEN()
  throwUnlessAllowed(newPin, errors)
  if (newPin === pin) throw errors.PIN_NOT_ALLOWED({ data: { reason: 'same' } })
  return makeCredential(personId, newPin)
}

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
