import type { CredentialRow, PersonRow } from '../../shared/ledger/person.ts'
import type { Role } from '../../shared/roles.ts'
import { credentialDigest } from '../ledger/credential.ts'
import type { Reader } from '../ledger/reader.ts'
import { build, statement } from '../ledger/statement.ts'

/** A person who works at this till. */
export interface Person {
  personId: string
  name: string
  role: Role
  active: boolean
  hasPin: boolean
  /** Somebody else set the PIN: its owner chooses one at the next sign-in. */
  toChoose: boolean
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
    toChoose: row.to_choose === 1,
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

/** Whether somebody may approve what others do: they are here, and have a PIN of their own choice. */
export const mayApprove = (person: Person, approvers: readonly Role[]): boolean =>
  person.active && person.hasPin && !person.toChoose && approvers.includes(person.role)

/** Names by id; an id that is nobody's (the till itself) reads as it stands. */
export function personNames(reader: Reader): (personId: string) => string {
  const names = new Map(allPeople(reader).map(person => [person.personId, person.name]))
  return personId => names.get(personId) ?? personId
}

/** Salt and verifier of a person's PIN; undefined where none was set, and where the journal states another. */
export function credentialOf(reader: Reader, personId: string): CredentialRow | undefined {
  const kept = reader.first(build.selectFrom('credential').selectAll().where('person_id', '=', personId))
  const stated = reader.kept(personRows).find(one => one.person_id === personId)?.credential_digest
  return kept && credentialDigest(kept) === stated ? kept : undefined
}
