/** Who there is: by name for whoever signs in, and with their state for whoever may see it. */
import { allPeople, mayApprove, type Person } from '../../../db/queries/person.ts'
import { APPROVERS } from '../../../shared/roles.ts'
import { signedIn } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { secondPeople } from '../request/second-people.ts'

export const brief = ({ personId, name, role }: Person) => ({ personId, name, role })

export const names = os.person.names.handler(({ context }) =>
  allPeople(context.backend.ledger.reader)
    .filter(person => person.active && person.hasPin)
    .map(({ personId, name }) => ({ personId, name })),
)

export const approvers = os.person.approvers.handler(({ input, context }) => {
  const { reader } = context.backend.ledger
  const ownId = signedIn(context).personId
  const people = input
    ? secondPeople(reader, { personId: input.ofPersonId, ownId })
    : allPeople(reader).filter(person => mayApprove(person, APPROVERS))
  return people.filter(person => person.personId !== ownId).map(brief)
})

export const list = os.person.list.handler(({ context }) =>
  allPeople(context.backend.ledger.reader).map(person => ({
    ...brief(person),
    active: person.active,
    lockedOut: person.lockedOut,
    hasPin: person.hasPin,
    toChoose: person.toChoose,
  })),
)
