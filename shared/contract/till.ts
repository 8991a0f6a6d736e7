import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { amountField, businessDateField, idField, nameField } from '../fields.ts'
import { bankAccountField, drawerField } from '../ledger/facts.ts'
import { ADMINISTRATORS, EVERYONE, READERS_OF_ALL } from '../roles.ts'
import { POLICY_FAULTS } from '../rules/policy-fault.ts'
import { settingsField } from '../settings.ts'
import { commandField, doneField, effect, operation, pinField, read, refusal, write } from './base.ts'
import { keptRefusal, pinChoiceRefusals, signedInField, textRefusal } from './person.ts'
import { lineStateField } from './sync.ts'

export const progressField = z.object({
  phase: z.string(),
  done: z.int().nonnegative(),
  total: z.int().nonnegative(),
})

/** How full the drawer is, in tenths of its limit: enough to call for a turn-in, too coarse to count by. */
export const levelField = z.object({
  tenths: z.int().min(0),
  limitCents: amountField,
  /** Whether a turn-in is called for, or no more cash is taken until one. */
  state: z.enum(['fine', 'warn', 'full']),
})

export const tillStateField = z.object({
  phase: z.enum(['first-run', 'ready', 'unavailable']),
  problem: z.object({ problem: z.string(), detail: z.string() }).nullable(),
  utilityName: z.string(),
  tillCode: z.string(),
  sample: z.boolean(),
  timeZone: z.string(),
  idleLockMinutes: z.int(),
  nowMs: z.int(),
  businessDate: businessDateField,
  accountCount: z.int(),
  person: signedInField.nullable(),
  locked: z.boolean(),
  session: z
    .object({
      sessionId: idField,
      number: z.string(),
      drawerId: idField,
      drawerName: z.string(),
      businessDate: businessDateField,
      openedAtMs: z.int(),
      state: z.enum(['open', 'counted', 'closed']),
      level: levelField,
      tooOld: z.boolean(),
    })
    .nullable(),
  suspendedCount: z.int(),
  /** How far this till's receipts have got on their way to central. */
  sync: lineStateField,
})
export type TillState = z.infer<typeof tillStateField>

export const journalEntryField = z.object({
  epoch: z.int(),
  seq: z.int(),
  kind: z.string(),
  atMs: z.int(),
  businessDate: businessDateField,
  actorName: z.string(),
  summary: z.string(),
  hash: z.string(),
})

export const verifyReportField = z.object({
  ok: z.boolean(),
  facts: z.int(),
  receipts: z.int(),
  sessions: z.int(),
  rowsCompared: z.int(),
  accounts: z.int(),
  totalCents: z.int(),
  head: z.string(),
  problems: z.array(z.object({ place: z.string(), problem: z.string() })),
})
export type VerifyReport = z.infer<typeof verifyReportField>

/** Of the drawers' policy: something in it could mean two things, or nothing. */
const policyRefusal = {
  POLICY_NOT_VALID: { ...refusal, data: z.object({ reason: z.enum(POLICY_FAULTS) }) },
} as const

export const till = {
  state: operation.meta({ kind: 'read', roles: 'anyone', whileLocked: true }).output(tillStateField),
  /** Nouns whose rows have changed, as it happens; screens ask those again. */
  changes: operation
    .meta({ kind: 'read', roles: 'anyone', whileLocked: true })
    .output(eventIterator(z.object({ nouns: z.array(z.string()) }))),
  setUp: effect('anyone')
    .input(
      commandField.extend({
        code: z.string().regex(/^[A-Z0-9]{1,6}$/),
        settings: settingsField,
        bankAccount: bankAccountField,
        drawers: z.array(drawerField).min(1).max(20),
        administrator: z.object({ personId: idField, name: nameField, pin: pinField }),
      }),
    )
    .output(doneField)
    .errors({
      ...pinChoiceRefusals,
      ...textRefusal,
      ALREADY_SET_UP: refusal,
      UNKNOWN_BANK_ACCOUNT: refusal,
      NAME_TAKEN: refusal,
      ROUTING_NUMBER_WRONG: refusal,
      TIME_ZONE_UNKNOWN: refusal,
      ...policyRefusal,
    }),
  openSample: effect('anyone')
    .input(z.object({ accounts: z.int().min(1).max(2_000_000) }))
    .output(eventIterator(progressField))
    .errors({ ALREADY_SET_UP: refusal }),
  settings: read(EVERYONE).output(settingsField),
  saveSettings: write(ADMINISTRATORS)
    .input(commandField.extend({ settings: settingsField }))
    .output(doneField)
    .errors({
      ...textRefusal,
      ...keptRefusal,
      TIME_ZONE_UNKNOWN: refusal,
      ...policyRefusal,
      UNKNOWN_BANK_ACCOUNT: refusal,
    }),
  journal: read(READERS_OF_ALL)
    .input(z.object({ beforeSeq: z.int().optional(), kind: z.string().max(40).optional() }))
    .output(z.array(journalEntryField)),
  verify: effect(READERS_OF_ALL).output(eventIterator(progressField, verifyReportField)),
}
