/** Who may be the second person where a PIN is set, somebody becomes an approver, or the till is enrolled. */
import type { Reader } from '../../../db/ledger/reader.ts'
import { allPeople, mayApprove, type Person } from '../../../db/queries/person.ts'
import { APPROVERS, ROLES } from '../../../shared/roles.ts'

/**
 * Leads and supervisors but for whoever asks and whose PIN it is: they would be their own second person. In a city that has no
 * other, anybody else who works here bears witness.
 */
export function secondPeople(
  reader: Reader,
  { personId, ownId }: { personId: string; ownId: string },
): Person[] {
  const others = allPeople(reader).filter(one => one.personId !== personId && one.personId !== ownId)
  const approvers = others.filter(one => mayApprove(one, APPROVERS))
  return approvers.length > 0 ? approvers : others.filter(one => mayApprove(one, ROLES))
}
