import type { z } from 'zod'
import type { Reader } from '../../../db/ledger/reader.ts'
import { allPeople } from '../../../db/queries/person.ts'
import { unclosedSessionOf } from '../../../db/queries/session/session.ts'
import type { personField } from '../../../shared/ledger/person.ts'
import { CASHIERS } from '../../../shared/roles.ts'
import { PERSON_TEXTS } from '../../../shared/rules/setup/setup-texts.ts'
import { isTaken } from './alike.ts'
import { normalizedTexts, refused } from './saving.ts'

type SavedPerson = z.infer<typeof personField>

/**
 * Whoever has no PIN cannot sign in, and counts for nobody: somebody who can must stay administrator. Refuses
 * TEXT_NOT_ALLOWED, NAME_TAKEN, LAST_ADMINISTRATOR, SESSION_OPEN.
 */
export function personToSave(reader: Reader, given: SavedPerson): SavedPerson {
  const person = normalizedTexts(given, PERSON_TEXTS)
  const { personId, name, role, active } = person
  const people = allPeople(reader)
  const known = people.find(other => other.personId === personId)
  const others = people.filter(other => other.personId !== personId)
  const isOwn = (other: { personId: string }) => other.personId === personId
  if (isTaken(name, people, { isOwn, nameOf: other => other.name })) throw refused('NAME_TAKEN')
  const stays = active && role === 'administrator'
  const isAnother = others.some(({ role, active, hasPin }) => active && hasPin && role === 'administrator')
  if (known?.role === 'administrator' && !stays && !isAnother) throw refused('LAST_ADMINISTRATOR')
  if (known && (!active || !CASHIERS.includes(role)) && unclosedSessionOf(reader, personId))
    throw refused('SESSION_OPEN')
  return person
}
