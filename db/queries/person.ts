import type { CredentialRow, PersonRow } from '../../shared/ledger/person.ts'
import type { Role } from '../../shared/roles.ts'
import type { Reader } from '../ledger/reader.ts'
import { build, statement } from '../ledger/statement.ts'

/** A person who works at this till. */
export interface Person {
  personId: string
  name: string
  role: Role
  active: boolean
  hasPin: boolean
  failedCount: number
  lastFailedAtMs: number
  lockedOut: boolean
}

function personFrom(row: PersonRow): Person {
  return {
    personId: row.person_id,
    name: row.name,
    role: row.role,
    active: row.active === 1,
    hasPin: row.credential_digest !== '',
    failedCount: row.failed_count,
    lastFailedAtMs: row.last_failed_at,
    lockedOut: row.locked_out === 1,
  }
}

const personRows = statement<object>()(() => build.selectFrom('person').selectAll().orderBy('name'))

export function personById(reader: Reader, personId: string): Person | undefined {
  const row = reader.kept(personRows).find(one => one.person_id === personId)
  return row && personFrom(row)
}

export function allPeople(reader: Reader): Person[] {
  return reader.kept(personRows).map(personFrom)
}

/** Names by id; an id that is nobody's (the till itself) reads as it stands. */
export function personNames(reader: Reader): (personId: string) => string {
  const names = new Map(allPeople(reader).map(person => [person.personId, person.name]))
  return personId => names.get(personId) ?? personId
}

/** Salt and verifier of a person's PIN; undefined where none was set. */
export function credentialOf(reader: Reader, personId: string): CredentialRow | undefined {
  return reader.first(build.selectFrom('credential').selectAll().where('person_id', '=', personId))
}
