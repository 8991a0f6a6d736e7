/** Administration of people. */
import { personById } from '../../../db/queries/people.ts'
import type { CredentialRow } from '../../../shared/ledger/tables.ts'
import { checkPin } from '../../../shared/rules/pin.ts'
import { write } from '../commands.ts'
import { os } from '../guard.ts'
import { makeCredential } from '../pins.ts'
import { personToSave } from '../setup-checks.ts'

type SaveHandler = Parameters<typeof os.person.save.handler>[0]
type SaveRequest = Parameters<SaveHandler>[0]
type SaveErrors = SaveRequest['errors']
type SaveInput = SaveRequest['input']

// The verifier takes long to make on purpose, so it is made before the transaction and handed in here.
const carryOutSave = (credential: CredentialRow | undefined) =>
  write<SaveInput, SaveErrors, Record<string, never>>({
    decide({ tx, input, errors, backend }) {
      const { personId, role, active } = input
      const checked = personToSave(tx, { personId, name: input.name, role, active })
      const known = personById(tx, personId)
      if (!known?.hasPin && !credential) throw errors.PIN_MISSING()
      const isSame = known?.name === checked.name && known.role === role && known.active === active
      // A PIN is the till's own: whoever central made known gets it here.
      if (!isSame && backend.keptAtCentral('people', personId)) throw errors.KEPT_AT_CENTRAL()
      tx.append('person.saved', checked)
      if (credential) tx.setCredential(credential)
    },
    answer: () => ({}),
  })

export const save = os.person.save.handler(async request => {
  const { input, errors, context } = request
  const { newPin, personId } = input
  if (newPin !== undefined) {
    const allowed = checkPin(newPin)
    if (!allowed.ok) throw errors.PIN_NOT_ALLOWED({ data: { reason: allowed.reason } })
  }
  const credential = newPin === undefined ? undefined : await makeCredential(personId, newPin)
  const reply = carryOutSave(credential)(request)
  const saved = personById(context.backend.ledger.reader, personId)
  if (saved && !saved.active) context.backend.signIns.removePerson(personId)
  return reply
})

export const release = os.person.release.handler(
  write({
    decide({ tx, input, errors, person }) {
      if (input.personId === person.personId) throw errors.OWN_RELEASE()
      const locked = personById(tx, input.personId)
      if (!locked) throw errors.UNKNOWN_PERSON()
      tx.append('person.released', { personId: input.personId, releasedBy: person.personId })
    },
    answer: () => ({}),
  }),
)
