import { signedIn, writeAsAsked } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { checkPersonPin, makeCredential, stillHolds } from '../request/pins.ts'
import { throwUnlessAllowed, throwUnlessRight } from './pin-refusals.ts'

export const changePin = os.person.changePin.handler(async request => {
  const { input, context, errors } = request
  const { backend } = context
  const { personId } = signedIn(context)
  const check = await checkPersonPin(backend, personId, input.pin)
  throwUnlessRight(check, errors)
  throwUnlessAllowed(input.newPin, errors)
  const credential = await makeCredential(personId, input.newPin)
  writeAsAsked(request, tx => {
    // An administrator has set another meanwhile, and that one stands.
    if (!stillHolds(tx, personId, check)) throw errors.PIN_WRONG({ data: { retryAfterMs: 0 } })
    tx.setCredential(credential)
  })
  // Whoever signed in elsewhere with the old one has to sign in anew.
  backend.signIns.removePerson(personId, context.signIn?.token)
  return {}
})
