import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { amountField, businessDateField, idField } from '../fields.ts'
import { FACT_KINDS } from '../ledger/facts.ts'
import { journalPositionField } from '../ledger/journal-position.ts'
import { NOUNS } from '../nouns.ts'
import { READERS_OF_ALL } from '../roles.ts'
import { tenderField } from '../tenders.ts'
import { effect, ledgerProblems, operation, progressField, read } from './base.ts'
import { signedInField } from './person.ts'
import { connectionStateField } from './sync.ts'

/** How full the drawer is, in tenths of its limit: enough to call for a turn-in, too coarse to count by. */
export const levelField = z.object({
  tenths: z.int().min(0),
  limitCents: amountField,
  /** Whether a turn-in is called for, or no more cash is taken until one. */
  state: z.enum(['fine', 'warn', 'full']),
  /** Somebody let it take more than its limit, until a turn-in brings it below. */
  lifted: z.boolean(),
})

export const tillStateField = z.object({
  phase: z.enum(['first-run', 'ready', 'unavailable']),
  problem: z.object({ problem: ledgerProblems, detail: z.string() }).nullable(),
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
      /** Tender types that are balanced in it; one that is newer is taken from the next session on. */
      tenders: z.array(tenderField),
      level: levelField,
      tooOld: z.boolean(),
    })
    .nullable(),
  suspendedCount: z.int(),
  /** Where the baskets of before lie, if their file could not be used; null where all is well. */
  basketsSetAside: z.string().nullable(),
  /** How far this till's receipts have got on their way to central. */
  sync: connectionStateField,
})
export type TillState = z.infer<typeof tillStateField>

export const journalEntryField = z.object({
  epoch: z.int(),
  seq: z.int(),
  /** The name of its kind. */
  label: z.string(),
  /** One of the kinds that this program knows, or of a later one. */
  kind: z.string(),
  atMs: z.int(),
  businessDate: businessDateField,
  actorName: z.string(),
  summary: z.string(),
  /** What it is about, and the number under which people know that; null where it is about nothing else. */
  about: z
    .object({
      what: z.enum(['receipt', 'session', 'movement', 'deposit']),
      id: idField,
      number: z.string(),
    })
    .nullable(),
  hash: z.string(),
})

export const verifyReportField = z.object({
  ok: z.boolean(),
  facts: z.int(),
  receipts: z.int(),
  sessions: z.int(),
  rowsCompared: z.int(),
  accounts: z.int(),
  /** Of standing receipts of closed drawer sessions: whoever is about to count must not learn what they took. */
  totalCents: z.int(),
  head: z.string(),
  problems: z.array(z.object({ place: z.string(), problem: z.string() })),
})
export type VerifyReport = z.infer<typeof verifyReportField>

export const till = {
  state: operation.meta({ kind: 'read', roles: 'anyone', whileLocked: true }).output(tillStateField),
  /** Nouns whose rows have changed, as it happens; screens ask those again. */
  changes: operation
    .meta({ kind: 'read', roles: 'anyone', whileLocked: true })
    .output(eventIterator(z.object({ nouns: z.array(z.enum(NOUNS)) }))),
  /** Every kind of fact that the journal can hold, with its name. */
  factKinds: read(READERS_OF_ALL).output(z.array(z.object({ kind: z.enum(FACT_KINDS), label: z.string() }))),
  journal: read(READERS_OF_ALL)
    .input(z.object({ before: journalPositionField.optional(), kind: z.enum(FACT_KINDS).optional() }))
    .output(z.object({ entries: z.array(journalEntryField), hasOlder: z.boolean() })),
  verify: effect(READERS_OF_ALL).output(eventIterator(progressField, verifyReportField)),
}
