/** The line to central: how far it has got, what it waits for, and what a person has to look after. */
import { z } from 'zod'
import { amountField, centsField, idField } from '../fields.ts'
import { ADMINISTRATORS, APPROVERS, EVERYONE, READERS_OF_ALL } from '../roles.ts'
import { POSTING_STATES } from '../rules/receipt/posting-state.ts'
import { ALARMS } from '../rules/sync/alarms.ts'
import { approvalField, approvedEffect, doneField, effect, read, refusal } from './base.ts'
import { keyRefusal } from './setup.ts'

export const postingStateField = z.enum(POSTING_STATES)

export const EXCEPTION_REASONS = [
  'unknown-account',
  'closed-account',
  'unknown-item',
  'changed-item',
  'other-content',
  'rejected',
] as const
export const exceptionReasonField = z.enum(EXCEPTION_REASONS)

/** How far a receipt has got; the rest as central told it, null where it has told nothing. */
export const postingField = z.object({
  state: postingStateField,
  /** Central's own number of the posting. */
  reference: z.string().nullable(),
  reason: exceptionReasonField.nullable(),
  atMs: z.int().nullable(),
})
export type Posting = z.infer<typeof postingField>

const receiptsField = z.int().nonnegative()
/** How many of this till's receipts have got how far; undone ones count as posted. */
export const postingCountsField = z.object({
  held: receiptsField,
  sent: receiptsField,
  acknowledged: receiptsField,
  posted: receiptsField,
  exceptions: receiptsField,
})
export type PostingCounts = z.infer<typeof postingCountsField>

/**
 * `alone`: enrolled nowhere. `connecting`: central has not been asked yet. `offline`: no answer, and it is asked
 * again and again. `outdated`: central cannot read what comes next, and has to be updated. `halted`: nothing is sent until somebody has looked.
 */
export const CONNECTIONS = [
  ...(['alone', 'connecting', 'sending', 'up-to-date'] as const),
  ...(['offline', 'outdated', 'halted'] as const),
] as const
export type Connection = (typeof CONNECTIONS)[number]

export const connectionStateField = z.object({ connection: z.enum(CONNECTIONS), counts: postingCountsField })

const placeField = z.object({ epoch: z.int(), seq: z.int() })

export const syncDetailsField = z.object({
  enrolment: z
    .object({
      address: z.string(),
      utilityName: z.string(),
      /** The first sixteen hex digits of the key's SHA-256, to be compared by telephone. */
      keyFingerprint: z.string(),
      enrolledByName: z.string(),
      sinceMs: z.int(),
    })
    .nullable(),
  key: z.object({ kind: z.enum(['system', 'file']), place: z.string() }),
  head: placeField,
  /** What central holds as it last said, and whether that was in this run of the program. */
  position: placeField.extend({ heardAtMs: z.int(), inThisRun: z.boolean() }).nullable(),
  /** How old the oldest fact is that central does not hold; null where it holds all. */
  lagMs: z.int().nonnegative().nullable(),
  backlog: z.object({ done: z.int().nonnegative(), total: z.int().nonnegative() }),
  lastError: z.object({ code: z.string(), detail: z.string(), atMs: z.int() }).nullable(),
  /** When central is asked next, while it does not answer. */
  retryInMs: z.int().nonnegative().nullable(),
  /** Central's accounts here; null before any were read. */
  accounts: z
    .object({
      /** When the last page was made, by central's clock. */
      asOfMs: z.int(),
      /** `isRead` once all of them are here, and only being made findable by name. */
      underWay: z.object({ taken: z.int(), left: z.int(), isRead: z.boolean() }).nullable(),
    })
    .nullable(),
  /** Why they are not read on: an import holds the file, or it cannot be written. */
  accountsTrouble: z.enum(['in-use', 'not-written']).nullable(),
  alarms: z.array(placeField.extend({ kind: z.enum(ALARMS), detail: z.string(), atMs: z.int() })),
})
export type SyncDetails = z.infer<typeof syncDetailsField>

export const syncExceptionField = z.object({
  receiptId: idField,
  number: z.string(),
  postedAtMs: z.int(),
  cashierName: z.string(),
  /** Null while its drawer is open, for whoever may not know what is in it. */
  totalCents: amountField.nullable(),
  reason: exceptionReasonField.nullable(),
  reference: z.string().nullable(),
  toldAtMs: z.int(),
})
export type SyncException = z.infer<typeof syncExceptionField>

/** Central's own sums of a drawer session or a deposit, beside the till's. */
const sumCheckField = z.object({
  subjectId: idField,
  kind: z.enum(['session', 'deposit']),
  number: z.string(),
  agrees: z.boolean(),
  differences: z.array(z.object({ what: z.string(), tillCents: centsField, centralCents: centsField })),
  toldAtMs: z.int(),
})
export type SumCheck = z.infer<typeof sumCheckField>

export const sync = {
  /** Everybody sees the counts; the details are for those who read everything, null for others. */
  status: read(EVERYONE).output(connectionStateField.extend({ details: syncDetailsField.nullable() })),
  /** Receipts that central could not post, the newest first; a hundred at most. */
  exceptions: read(READERS_OF_ALL).output(z.array(syncExceptionField)),
  /** Whether central's own sums agree with this till's; the drawers and deposits that differ, the latest first. */
  checks: read(READERS_OF_ALL).output(z.object({ agreeing: z.int(), differing: z.array(sumCheckField) })),
  /** What central has of one drawer session. Everybody may know it of any, as they may read its Z report. */
  session: read(EVERYONE)
    .input(z.object({ sessionId: idField }))
    .output(
      z.object({
        /** Receipts that it does not hold yet. */
        unsentCount: z.int().nonnegative(),
        /** Null while it has said nothing, as before the drawer is closed. */
        check: sumCheckField.nullable(),
      }),
    )
    .errors({ UNKNOWN_SESSION: refusal }),
  /** Asks central at once, whatever pause is under way; what halted the line is tried again. */
  tryNow: effect(EVERYONE).output(doneField),
  /**
   * Enrols this till at a central billing system with a code that works once. Another person approves, as of a PIN that is set:
   * what central says of the city's people holds here.
   */
  enrol: approvedEffect(ADMINISTRATORS, APPROVERS)
    .input(
      z.object({
        address: z.string().max(200),
        code: z.string().max(60),
        approval: approvalField.optional(),
      }),
    )
    .output(z.object({ utilityName: z.string() }))
    .errors({
      /** Not an address, or one without TLS that is not on this machine. */
      ADDRESS_NOT_VALID: refusal,
      CODE_NOT_VALID: refusal,
      /** Central knows this till under another key. */
      ENROLLED_ALREADY: refusal,
      /** Another till gives numbers under this till's code. */
      TILL_CODE_TAKEN: refusal,
      /** Central has another name than the address that was typed. */
      ADDRESS_DIFFERS: refusal,
      CENTRAL_UNREACHABLE: { ...refusal, data: z.object({ detail: z.string() }) },
      /** Central speaks another version, or said something else than the contract. */
      CENTRAL_NOT_UNDERSTOOD: { ...refusal, data: z.object({ detail: z.string() }) },
      ...keyRefusal,
    }),
}
