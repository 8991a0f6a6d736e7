import { checkPin } from '../../../shared/rules/person/pin.ts'
import { signedIn } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { checkPersonPin, makeCredential, ownCommand } from '../request/pins.ts'
import { throwUnlessRight } from './pin-refusals.ts'

export const changePin = os.person.changePin.handler(async ({ input, context, errors }) => {
  const { backend } = context
  const { personId } = signedIn(context)
  throwUnlessRight(await checkPersonPin(backend, personId, input.pin), errors)
  const allowed = checkPin(input.newPin)
  if (!allowed.ok) throw errors.PIN_NOT_ALLOWED({ data: { reason: allowed.reason } })
  const credential = await makeCredential(personId, input.newPin)
  ownCommand(backend, personId, 'person.changePin', tx => tx.setCredential(credential))
  // Whoever signed in elsewhere with the old one has to sign in anew.
  backend.signIns.removePerson(personId, context.signIn?.token)
  return {}
})
