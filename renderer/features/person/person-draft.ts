/** What the form of a person holds while it is typed in. */
import type { TillClient } from '../../../shared/contract/index.ts'
import type { Role } from '../../../shared/roles.ts'
import { checkPin } from '../../../shared/rules/person/pin.ts'
import { peopleText } from '../../text/setup/admin.ts'
import { type FoundProblem, isBlank, problemAt } from '../forms/found-problem.ts'

export type Person = Awaited<ReturnType<TillClient['person']['list']>>[number]

export interface PersonDraft {
  personId: string
  name: string
  role: Role
  active: boolean
  newPin: string
  pinAgain: string
  isNew: boolean
}

export function personDraft({ personId, name, role, active }: Person): PersonDraft {
  return { personId, name, role, active, newPin: '', pinAgain: '', isNew: false }
}

export function newPerson(personId: string): PersonDraft {
  return { personId, name: '', role: 'cashier', active: true, newPin: '', pinAgain: '', isNew: true }
}

export function personProblem({ name, newPin, pinAgain, isNew }: PersonDraft): FoundProblem | null {
  const { problems } = peopleText
  if (isBlank(name)) return problemAt('name', problems.name)
  if (newPin === '') return isNew ? problemAt('newPin', problems.pin) : null
  const pin = checkPin(newPin)
  if (!pin.ok) return problemAt('newPin', problems[pin.reason])
  return newPin === pinAgain ? null : problemAt('pinAgain', problems.pinAgain)
}
