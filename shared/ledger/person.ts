/** People: who works here, their PINs, and every time somebody signed in or failed to. */
import { z } from 'zod'
import { countField, hashField, idField, nameField, roleField } from '../fields.ts'
import { WHERE_NAMES_STAND } from '../nouns.ts'
import type { Role } from '../roles.ts'
import { body, kind, type NameOf } from './kind.ts'
import { type RowChange, table, tables } from './rows/table.ts'
import { flag } from './setup.ts'

export const personField = z.strictObject({
  personId: idField,
  name: nameField,
  role: roleField,
  active: z.boolean(),
})

export interface PersonRow {
  person_id: string
  name: string
  role: Role
  active: number
  credential_digest: string
  /** Somebody else set the PIN: its owner chooses one at the next sign-in, and does nothing else with it. */
  to_choose: number
  failed_count: number
  last_failed_at: number
  locked_out: number
}

/** Salt and verifier of a PIN: on this machine alone, in no fact. */
export interface CredentialRow {
  person_id: string
  salt: string
  verifier: string
  cost: number
}

const NEVER_FAILED = { failed_count: 0, last_failed_at: 0 } as const
const RELEASED = { ...NEVER_FAILED, locked_out: 0 } as const

export const personTables = tables({
  person: table<PersonRow>(['person_id'], {
    kept: ['credential_digest', 'to_choose', 'failed_count', 'last_failed_at', 'locked_out'],
  }),
})
const { person } = personTables

const change = (personId: string, set: Partial<PersonRow>): RowChange[] => [
  person.update({ person_id: personId }, { set }),
]

const approvedBy = (body: { approvedBy: string | null }, nameOf: NameOf): string =>
  body.approvedBy === null ? '' : `, approved by ${nameOf(body.approvedBy)}`

const onePerson = z.strictObject({ personId: idField })

export const personKinds = {
  'person.saved': kind({
    // Null also where nobody else was there who could have, or nobody had to.
    body: body(personField.extend({ approvedBy: idField.nullable() })),
    label: 'Person saved',
    shows: ['person', ...WHERE_NAMES_STAND],
    posts: false,
    says: ({ body }, nameOf) =>
      `${body.name}: ${body.role}${body.active ? '' : ', no longer active'}${approvedBy(body, nameOf)}`,
    project: ({ body }) => [
      person.save({
        person_id: body.personId,
        name: body.name,
        role: body.role,
        active: flag(body.active),
        credential_digest: '',
        to_choose: 0,
        ...RELEASED,
      }),
    ],
  }),
  'person.pin-set': kind({
    body: body(
      z.strictObject({
        personId: idField,
        credentialDigest: hashField,
        // Null for the owner's own choice, and for the people that a till is set up with.
        setBy: idField.nullable(),
        // Null also where nobody else was there who could have.
        approvedBy: idField.nullable(),
      }),
    ),
    label: 'PIN set',
    shows: ['person'],
    posts: false,
    says: ({ body }, nameOf) =>
      `PIN of ${nameOf(body.personId)} set${body.setBy === null ? '' : ` by ${nameOf(body.setBy)}`}${approvedBy(body, nameOf)}`,
    project: ({ body }) =>
      change(body.personId, {
        credential_digest: body.credentialDigest,
        to_choose: flag(body.setBy !== null),
        ...RELEASED,
      }),
  }),
  'person.signed-in': kind({
    body: body(onePerson),
    label: 'Signed in',
    shows: ['person'],
    posts: false,
    says: ({ body }, nameOf) => `${nameOf(body.personId)} signed in`,
    project: ({ body }) => change(body.personId, NEVER_FAILED),
  }),
  'person.signed-out': kind({
    body: body(onePerson),
    label: 'Signed out',
    shows: ['person'],
    posts: false,
    says: ({ body }, nameOf) => `${nameOf(body.personId)} signed out`,
  }),
  'person.pin-failed': kind({
    body: body(z.strictObject({ personId: idField, failedCount: countField, lockedOut: z.boolean() })),
    label: 'Wrong PIN',
    shows: ['person'],
    posts: false,
    says: ({ body }, nameOf) =>
      `Wrong PIN for ${nameOf(body.personId)}, ${body.failedCount} in a row${body.lockedOut ? ': locked out' : ''}`,
    project: ({ at, body }) =>
      change(body.personId, {
        failed_count: body.failedCount,
        last_failed_at: at,
        locked_out: flag(body.lockedOut),
      }),
  }),
  /** A right PIN after wrong ones: they are forgiven. */
  'person.pin-accepted': kind({
    body: body(onePerson),
    label: 'Correct PIN after failed attempts',
    shows: ['person'],
    posts: false,
    says: ({ body }, nameOf) => `Right PIN for ${nameOf(body.personId)} after wrong ones`,
    project: ({ body }) => change(body.personId, NEVER_FAILED),
  }),
  'person.released': kind({
    body: body(
      // By whom; null for whoever owns the files and has the command line.
      z.strictObject({ personId: idField, releasedBy: idField.nullable() }),
    ),
    label: 'Lock-out released',
    shows: ['person'],
    posts: false,
    says: ({ body }, nameOf) =>
      `${nameOf(body.personId)} released by ${body.releasedBy === null ? 'command line' : nameOf(body.releasedBy)}`,
    // Wrong ones in a row count on: only a right PIN, another one, and whoever owns the files end them.
    project: ({ body }) => change(body.personId, body.releasedBy === null ? RELEASED : { locked_out: 0 }),
  }),
}
