import type { Reader } from '../../../db/ledger/reader.ts'
import { credentialOf, personById } from '../../../db/queries/person.ts'
import { type CredentialRow, personField } from '../../../shared/ledger/person.ts'
import { APPROVERS } from '../../../shared/roles.ts'
import { approvedWrite, signedIn } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { personToSave } from '../request/person-checks.ts'
import { isSetBy, makeCredential } from '../request/pins.ts'
import { refuseStale } from '../request/saving.ts'
import { secondPeople } from '../request/second-people.ts'
import { throwUnlessAllowed } from './pin-refusals.ts'

type SaveHandler = Parameters<typeof os.person.save.handler>[0]
type SaveRequest = Parameters<SaveHandler>[0]
type SaveErrors = SaveRequest['errors']
type SaveInput = SaveRequest['input']

// The verifier takes long to make on purpose, so it is made before the transaction and handed in here.
const carryOutSave = (credential: CredentialRow | undefined) =>
  approvedWrite<SaveInput, SaveErrors, Record<string, never>>({
    needed(input, reader, person) {
      // Nobody is asked to approve what is refused anyway.
      refuseStale(input.before, keptPerson(reader, input.personId))
      return isForTwo(input, reader, person.personId)
    },
    mayApprove: (approver, { personId }, reader, person) =>
      secondPeople(reader, { personId, ownId: person.personId }).some(
        one => one.personId === approver.personId,
      ),
    decide({ tx, input, errors, backend, person, approver }) {
      const { personId, role, active } = input
      // Looked at before the PINs, too: meanwhile somebody may have become what they were not.
      if (!approver && isForTwo(input, tx, person.personId)) throw errors.APPROVAL_NEEDED()
      const checked = personToSave(tx, { personId, name: input.name, role, active })
      const known = personById(tx, personId)
      refuseStale(input.before, keptPerson(tx, personId))
      if (!known?.hasPin && !credential) throw errors.PIN_MISSING()
      const isSame = known?.name === checked.name && known.role === role && known.active === active
      // A PIN is the till's own: whoever central made known gets it here.
      if (!isSame && backend.keptAtCentral('people', personId)) throw errors.KEPT_AT_CENTRAL()
      const approvedBy = approver?.personId ?? null
      tx.append('person.saved', { ...checked, approvedBy })
      if (credential) tx.setCredential(credential, { setBy: person.personId, approvedBy })
    },
    answer: () => ({}),
  })

function keptPerson(reader: Reader, personId: string) {
  const known = personById(reader, personId)
  return known && personField.strip().parse(known)
}

/**
 * Whether an administrator needs somebody else: for a PIN, for whoever becomes an approver or is one no more, and for whoever
 * comes back or is let go, since they would else make their own second person, or have none; and for another name. Where nobody else is there at all it is on record that nobody did.
 */
function isForTwo(
  { personId, name, role, active, newPin }: SaveInput,
  reader: Reader,
  ownId: string,
): boolean {
  const known = personById(reader, personId)
  const was = known?.active === true && APPROVERS.includes(known.role)
  const is = active && APPROVERS.includes(role)
  // Sent away for a minute, those who could bear witness would leave an administrator alone; back, they do with a PIN of long ago.
  const comesOrGoes = known?.hasPin === true && known.active !== active
  // All that they ever did reads by their name.
  const isRenamed = known !== undefined && known.name !== name.trim()
  const changes = newPin !== undefined || was !== is || comesOrGoes || isRenamed
  return changes && secondPeople(reader, { personId, ownId }).length > 0
}

export const save = os.person.save.handler(async request => {
  const { input, errors, context } = request
  const { newPin, personId } = input
  if (newPin !== undefined) {
    throwUnlessAllowed(newPin, errors)
    // Whoever sits at an unlocked screen would else give its owner another PIN.
    if (personId === signedIn(context).personId) throw errors.OWN_PIN()
  }
  const credential = newPin === undefined ? undefined : await makeCredential(personId, newPin)
  const { backend } = context
  const reply = await carryOutSave(credential)(request)
  // PINs are no part of what is hashed: that another one was set before must not be answered as if this one were.
  const kept = credentialOf(backend.ledger.reader, personId)
  if (newPin !== undefined && kept?.salt !== credential?.salt) {
    const facts = backend.ledger.recorded(input.commandId)?.facts ?? []
    if (!(await isSetBy(facts, kept, newPin))) throw errors.COMMAND_CONTENT_CHANGED()
  }
  const saved = personById(backend.ledger.reader, personId)
  // Whoever signed in with what was in force before has to sign in anew.
  if (saved && (!saved.active || newPin !== undefined)) backend.signIns.removePerson(personId)
  return reply
})
