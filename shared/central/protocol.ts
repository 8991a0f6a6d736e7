/** What till and central say to each other: positions, ranges of the journal, accounts, and what became of receipts. */

import { z } from 'zod'
import { accountWithItemsField } from '../account.ts'
import { centsField, idField, instantField, publicKeyField, tillCodeField } from '../fields.ts'
import { MOST_BODY, MOST_TEXT } from '../ledger/chain.ts'
import { journalPositionField } from '../ledger/journal-position.ts'
import { personField } from '../ledger/person.ts'
import { bankAccountField, catalogItemField } from '../ledger/setup.ts'
import { policiesField } from '../settings/index.ts'
import { tenderTypeField } from '../tenders.ts'

/** The version of this protocol; central refuses what it does not know. */
export const PROTOCOL = 1
/** Facts in one range at most: what one transaction of central takes at once. */
export const MOST_FACTS = 500
/** Bytes of a request's body at most, before and after it is unpacked. */
export const MOST_PACKED_BYTES = 4_000_000
export const MOST_BODY_BYTES = 16_000_000

const seqField = z.int().nonnegative()

/** How far central holds a till's journal: the last epoch, its last place, and the hash there; seq 0 for nothing. */
export const positionField = z.object({
  epoch: z.int().nonnegative(),
  seq: seqField,
  hash: z.string().max(64),
})
export type Position = z.infer<typeof positionField>

/** Characters of a line around its body. */
const MOST_AROUND = 2_000

/** A row of the journal as it is handed over. */
export const pushedRowField = z.object({
  /** The journal line, which is what is hashed. */
  line: z.string().max(MOST_BODY + MOST_AROUND),
  /** The text line beside it; null where there is none, or where its words were removed. */
  text: z.string().max(MOST_TEXT).nullable(),
})
export type PushedRow = z.infer<typeof pushedRowField>

/** Rows that follow each other, all of one epoch; the position that they follow is in the first one's line. */
export const rangeField = z.object({
  protocol: z.literal(PROTOCOL),
  tillId: idField,
  rows: z.array(pushedRowField).min(1).max(MOST_FACTS),
})
export type Range = z.infer<typeof rangeField>

/** Kinds of facts that central reads, each with its newest version: what is beyond has to wait at the till. */
export const knownKindsField = z.record(z.string().max(60), z.int().positive())
export type KnownKinds = z.infer<typeof knownKindsField>

/** What is refused because a newer program wrote it. */
export const unknownFactField = z.object({ kind: z.string(), version: z.int() })
/** What is refused because the till goes on elsewhere: under which epoch, since when, and on which machine. */
export const supersededField = z.object({ epoch: z.int(), sinceMs: z.int(), machine: z.string().max(80) })

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
  accounts: z.array(accountWithItemsField).max(MOST_ACCOUNTS),
  /** Ids that are no account's any more, each with whose customer it was from then on; null where it is nobody's. */
  gone: z.array(z.object({ accountId: idField, heirId: idField.nullable() })).max(MOST_ACCOUNTS),
  /**
   * How far this till's own journal is in these figures: a payment after it is still pending at the till, whatever
   * order pages and pushes come in.
   */
  asOfPosition: journalPositionField,
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
  tenders: z.array(tenderTypeField).max(100),
  bankAccounts: z.array(bankAccountField).max(200),
  policies: policiesField.nullable(),
  people: z.array(personField).max(1_000),
})
export type City = z.infer<typeof cityField>

/**
 * The same as a till reads it, whose program may be older or newer than central's: a member that it does not know is
 * left alone, and a policy that is not mentioned is the till's own.
 */
export const cityNewsField = z.object({
  version: z.int().nonnegative(),
  catalog: z.array(catalogItemField.strip()).max(1_000),
  tenders: z.array(tenderTypeField.strip()).max(100),
  bankAccounts: z.array(bankAccountField.strip()).max(200),
  policies: policiesField.partial().nullable(),
  people: z.array(personField.strip()).max(1_000),
})
export type CityNews = z.infer<typeof cityNewsField>

export const enrolmentField = z.object({
  protocol: z.literal(PROTOCOL),
  /** Used once. */
  code: z.string().min(8).max(40),
  tillId: idField,
  tillCode: tillCodeField,
  /** Ed25519, raw, base64. */
  publicKey: publicKeyField,
  /**
   * Payments up to this place of the till's journal are in the billing system's own figures, as whoever imported its files at the
   * till said last: central books them and takes them off no account. Left out by a till that imported none.
   */
  knownThrough: journalPositionField.optional(),
  /** The origin by which the till reaches this central: whoever stands between has another. */
  address: z.string().max(255),
  /** Where the till's journal ends now: its enrolments at other centrals lie before. */
  head: journalPositionField.optional(),
})

/** Central's sums of a session, or of a deposit, beside the till's; empty differences where they agree. */
export const sessionCheckField = z.object({
  kind: z.enum(['session', 'deposit']),
  /** Of the session or the deposit. */
  sessionId: idField,
  number: z.string().max(40),
  agrees: z.boolean(),
  differences: z.array(
    z.object({ what: z.string().max(80), tillCents: centsField, centralCents: centsField }),
  ),
})
export type SessionCheck = z.infer<typeof sessionCheckField>

/** Rows of a till's journal as central holds them, from a position on. */
export const journalPageField = z.object({
  rows: z.array(pushedRowField).max(MOST_FACTS),
  done: z.boolean(),
})

/** Rows that went another way than what central holds: kept beside, as evidence, and never applied. */
export const branchField = z.object({
  protocol: z.literal(PROTOCOL),
  tillId: idField,
  rows: z.array(pushedRowField).min(1).max(MOST_FACTS),
})
export type Branch = z.infer<typeof branchField>
