/** What till and central say to each other: positions, ranges of the journal, accounts, and what became of receipts. */
import { z } from 'zod'
import { accountField, accountItemField } from '../account.ts'
import { drawerControlField } from '../drawer-control.ts'
import { businessDateField, centsField, idField, instantField } from '../fields.ts'
import {
  bankAccountField,
  catalogItemField,
  personField,
  TENDERS,
  tenderTypeField,
} from '../ledger/fact-fields.ts'

/** The version of this protocol; central refuses what it does not know. */
export const PROTOCOL = 1
/** Facts in one range at most: what one transaction of central takes at once. */
export const MOST_FACTS = 500
/** Bytes of a request's body at most, before and after it is unpacked. */
export const MOST_PACKED_BYTES = 4_000_000
export const MOST_BODY_BYTES = 16_000_000

const hashField = z.string().regex(/^[0-9a-f]{64}$/)
const seqField = z.int().nonnegative()

/** How far central holds a till's journal: the last epoch, its last place, and the hash there; seq 0 for nothing. */
export const positionField = z.object({
  epoch: z.int().nonnegative(),
  seq: seqField,
  hash: z.string().max(64),
})
export type Position = z.infer<typeof positionField>

/** A journal row without what the range says once for all of its rows. */
export const pushedRowField = z.object({
  seq: z.int().positive(),
  commandId: z.string().max(64),
  commandHash: z.string().max(64),
  kind: z.string().max(40),
  version: z.int().positive(),
  at: instantField,
  businessDate: businessDateField,
  actorId: z.string().max(64),
  /** RFC 8785 canonical JSON. */
  body: z.string().max(2_000_000),
  prevHash: hashField,
  hash: hashField,
})
export type PushedRow = z.infer<typeof pushedRowField>

export const rangeField = z.object({
  protocol: z.literal(PROTOCOL),
  tillId: idField,
  epoch: z.int().positive(),
  /**
   * Where a range begins a new epoch: what the till believes central to hold before it; nothing where it is left out.
   * Central takes no epoch that follows something else than it holds, or the end of the one before would be missing.
   */
  follows: positionField.optional(),
  rows: z.array(pushedRowField).min(1).max(MOST_FACTS),
})
export type Range = z.infer<typeof rangeField>

/** What central did with one line of a receipt, or with a receipt as a whole. */
export const receiptStateField = z.object({
  receiptId: idField,
  state: z.enum(['acknowledged', 'posted', 'exception', 'reversed']),
  /**
   * The billing system's number where it reads files and has taken all of the receipt, else central's own of the posting;
   * null where there is none.
   */
  reference: z.string().max(40).nullable(),
  /** Why it is in suspense; null elsewhere. */
  reason: z
    .enum(['unknown-account', 'closed-account', 'unknown-item', 'changed-item', 'other-content', 'rejected'])
    .nullable(),
  atMs: instantField,
})
export type ReceiptState = z.infer<typeof receiptStateField>

/** Accounts in one page at most. */
export const MOST_ACCOUNTS = 5_000

/** Accounts as central has them now, all of them at one moment. */
export const accountsPageField = z.object({
  accounts: z
    .array(z.object({ account: accountField, items: z.array(accountItemField).max(1_000) }))
    .max(MOST_ACCOUNTS),
  /**
   * How far this till's own journal is in these figures: a payment after it is still pending at the till, whatever
   * order pages and pushes come in.
   */
  through: z.object({ epoch: z.int().nonnegative(), seq: seqField }),
  /** Where the next page begins; the same again where nothing is left. */
  cursor: z.string().max(80),
  /** Central did not know the cursor, or none was given: this is the first page of all accounts. */
  fromStart: z.boolean(),
  done: z.boolean(),
  /** How many are left, roughly. */
  left: z.int().nonnegative(),
  asOfMs: instantField,
})
export type AccountsPage = z.infer<typeof accountsPageField>

/**
 * What a city keeps at central for all of its tills, whole, as of a version. What it does not mention is each till's
 * own: an empty list, or no policy, says nothing of that.
 */
export const cityField = z.object({
  version: z.int().nonnegative(),
  catalog: z.array(catalogItemField).max(1_000),
  tenders: z.array(tenderTypeField).max(TENDERS.length),
  bankAccounts: z.array(bankAccountField).max(200),
  drawerControl: drawerControlField.nullable(),
  people: z.array(personField).max(1_000),
})
export type City = z.infer<typeof cityField>

export const enrolmentField = z.object({
  protocol: z.literal(PROTOCOL),
  /** Used once. */
  code: z.string().min(8).max(40),
  tillId: idField,
  tillCode: z.string().max(10),
  /** Ed25519, raw, base64. */
  publicKey: z.string().length(44),
})

/** Central's sums of a session, or of a deposit, beside the till's; empty differences where they agree. */
export const sessionCheckField = z.object({
  kind: z.enum(['session', 'deposit']),
  /** Of the session or the deposit. */
  sessionId: idField,
  number: z.string(),
  agrees: z.boolean(),
  differences: z.array(
    z.object({ what: z.string().max(80), tillCents: centsField, centralCents: centsField }),
  ),
})
export type SessionCheck = z.infer<typeof sessionCheckField>
