/** Administration of people. */
import { allPeople, personById } from '../../../db/queries/people.ts'
import { unclosedSessionOf } from '../../../db/queries/sessions.ts'
import type { CredentialRow } from '../../../shared/ledger/tables.ts'
import { CASHIERS } from '../../../shared/roles.ts'
import { checkPin } from '../../../shared/rules/pin.ts'
import { write } from '../commands.ts'
import { os } from '../guard.ts'
import { makeCredential } from '../pins.ts'
import { keptText } from '../texts.ts'

type SaveHandler = Parameters<typeof os.person.save.handler>[0]
type SaveRequest = Parameters<SaveHandler>[0]
type SaveErrors = SaveRequest['errors']
type SaveInput = SaveRequest['input']

// The verifier takes long to make on purpose, so it is made before the transaction and handed in here.
const carryOutSave = (credential: CredentialRow | undefined) =>
  write<SaveInput, SaveErrors, Record<string, never>>({
    decide({ tx, input, errors }) {
      const { personId, role, active } = input
      const name = keptText('name', input.name, { maxLength: 80, required: true })
      const people = allPeople(tx)
      const known = people.find(person => person.personId === personId)
      const sameName = people.find(person => person.name.toLowerCase() === name.toLowerCase())
      if (sameName && sameName.personId !== personId) throw errors.NAME_TAKEN()
      const administrators = people.filter(
        person => person.active && person.role === 'administrator' && person.personId !== personId,
      )
      const stays = active && role === 'administrator'
      if (known?.role === 'administrator' && !stays && administrators.length === 0)
        throw errors.LAST_ADMINISTRATOR()
      if (known && (!active || !CASHIERS.includes(role)) && unclosedSessionOf(tx, personId))
        throw errors.SESSION_OPEN()
      if (!known?.hasPin && !credential) throw errors.PIN_MISSING()
      tx.append('person.saved', { personId, name, role, active })
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
