import { z } from 'zod'
import { idField, roleField } from '../fields.ts'
import { personField } from '../ledger/person.ts'
import { ADMINISTRATORS, APPROVERS, EVERYONE, READERS_OF_ALL, RELEASERS } from '../roles.ts'
import {
  approvalField,
  approvedWrite,
  commandField,
  doneField,
  effect,
  operation,
  pinField,
  read,
  refusal,
  write,
} from './base.ts'

export const signedInField = z.object({ personId: idField, name: z.string(), role: roleField })

const pinRefusals = {
  PIN_WRONG: { ...refusal, data: z.object({ retryAfterMs: z.int() }) },
  LOCKED_OUT: refusal,
} as const
const pinChoiceRefusals = {
  PIN_NOT_ALLOWED: {
    ...refusal,
    data: z.object({ reason: z.enum(['too-short', 'too-long', 'not-digits', 'trivial', 'same']) }),
  },
} as const
const textRefusal = {
  TEXT_NOT_ALLOWED: {
    ...refusal,
    data: z.object({
      field: z.string(),
      reason: z.enum(['empty', 'too-long', 'control-characters', 'card-number']),
    }),
  },
} as const

/** Somebody else saved it after it was read here: `before` is no longer what is there. */
const staleRefusal = { CHANGED_MEANWHILE: refusal } as const

/** Central keeps this for all tills of the city: it is changed there. */
const keptRefusal = { KEPT_AT_CENTRAL: refusal } as const

export const person = {
  /** Names for the sign-in screen; nothing else is told to someone who has not signed in. */
  names: read('anyone').output(z.array(z.object({ personId: idField, name: z.string() }))),
  signIn: effect('anyone')
    .input(
      z.object({
        personId: idField,
        pin: pinField,
        /** The owner's own, where somebody else set the one that they sign in with. */
        newPin: pinField.optional(),
      }),
    )
    .output(z.object({ signInToken: z.string(), person: signedInField }))
    .errors({ ...pinRefusals, ...pinChoiceRefusals, UNKNOWN_PERSON: refusal, PIN_TO_BE_CHOSEN: refusal }),
  signOut: operation.meta({ kind: 'effect', roles: EVERYONE, whileLocked: true }).output(doneField),
  /** Locks the person at every screen; `idle` only where they have done nothing anywhere for as long as the city says. */
  lock: operation
    .meta({ kind: 'effect', roles: EVERYONE, whileLocked: true })
    .input(z.object({ idle: z.boolean() }))
    .output(doneField),
  /** The person is there: a key was pressed, or the pointer moved. */
  active: effect(EVERYONE).output(doneField),
  unlock: operation
    .meta({ kind: 'effect', roles: EVERYONE, whileLocked: true })
    .input(z.object({ pin: pinField }))
    .output(doneField)
    .errors(pinRefusals),
  /**
   * Who could approve at this screen: leads and supervisors other than the person signed in; of a person's PIN and role, who may
   * be the second person.
   */
  approvers: read(EVERYONE)
    .input(z.object({ ofPersonId: idField }).optional())
    .output(z.array(signedInField)),
  list: read(READERS_OF_ALL).output(
    z.array(
      signedInField.extend({
        active: z.boolean(),
        lockedOut: z.boolean(),
        hasPin: z.boolean(),
        toChoose: z.boolean(),
      }),
    ),
  ),
  /** Another person approves a PIN that an administrator sets; any other where no lead or supervisor is there, unless nobody is. */
  save: approvedWrite(ADMINISTRATORS, APPROVERS)
    .input(
      commandField.extend({
        /** Null for somebody new. */
        before: personField.nullable(),
        ...personField.shape,
        newPin: pinField.optional(),
        approval: approvalField.optional(),
      }),
    )
    .output(doneField)
    .errors({
      ...pinChoiceRefusals,
      ...staleRefusal,
      ...textRefusal,
      ...keptRefusal,
      NAME_TAKEN: refusal,
      LAST_ADMINISTRATOR: refusal,
      PIN_MISSING: refusal,
      OWN_PIN: refusal,
      SESSION_OPEN: refusal,
    }),
  changePin: effect(EVERYONE)
    .input(z.object({ pin: pinField, newPin: pinField }))
    .output(doneField)
    .errors({ ...pinRefusals, ...pinChoiceRefusals }),
  release: write(RELEASERS)
    .input(commandField.extend({ personId: idField }))
    .output(doneField)
    .errors({
      UNKNOWN_PERSON: refusal,
      OWN_RELEASE: refusal,
      NOT_LOCKED_OUT: refusal,
      /** Locked out again without a right PIN since. */
      RELEASED_BEFORE: refusal,
    }),
}
export { keptRefusal, pinChoiceRefusals, staleRefusal, textRefusal }
