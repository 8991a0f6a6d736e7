/** Every kind of fact a till can state, with the shape of its body. Facts are never edited: a new shape is a new version. */
import { z } from 'zod'
import {
  amountField,
  centsField,
  countField,
  idField,
  instantField,
  reasonField,
  totalField,
} from '../fields.ts'
import { settingsField } from '../settings.ts'
import type { BusinessDate } from '../time.ts'
import { DEPOSIT_BODIES } from './deposit-facts.ts'
import { DRAWER_BODIES } from './drawer-facts.ts'
import {
  bankAccountField,
  cashPieceField,
  catalogItemField,
  drawerField,
  personField,
  receiptLineField,
  receiptTenderField,
  runningNoField,
  tenderTypeField,
} from './fact-fields.ts'

export * from './fact-fields.ts'

/** Accounts and items of a city: a million accounts have some four million items. */
const mirrorCountField = z.int().nonnegative().max(100_000_000)
/** How far this till's own journal is in figures of accounts; zeros where it is not at all. */
const throughField = z.object({ epoch: z.int().nonnegative(), seq: z.int().nonnegative() })

export const BODIES = {
  'till.set-up': z.object({ code: z.string().regex(/^[A-Z0-9]{1,6}$/), sample: z.boolean() }),
  /** Central takes this till's journal from here on, under this key. */
  'till.enrolled': z.object({
    address: z.string().max(255),
    utilityName: z.string().max(200),
    /** The first sixteen hex digits of the public key's SHA-256. */
    keyFingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  }),
  'settings.saved': settingsField,
  'person.saved': personField,
  'person.pin-set': z.object({ personId: idField, credentialDigest: z.string().length(64) }),
  'person.signed-in': z.object({ personId: idField }),
  'person.signed-out': z.object({ personId: idField }),
  'person.pin-failed': z.object({ personId: idField, failedCount: countField, lockedOut: z.boolean() }),
  /** A right PIN after wrong ones: they are forgiven. */
  'person.pin-accepted': z.object({ personId: idField }),
  /** By whom; null for whoever owns the files and has the command line. */
  'person.released': z.object({ personId: idField, releasedBy: idField.nullable() }),
  'drawer.saved': drawerField,
  'catalog.saved': catalogItemField,
  'tender.saved': tenderTypeField,
  'bank-account.saved': bankAccountField,
  'accounts.imported': z.object({
    importId: idField,
    fileName: z.string().max(255),
    fileSha256: z.string().length(64),
    accountCount: mirrorCountField,
    itemCount: mirrorCountField,
    badRowCount: mirrorCountField,
    asOfMs: instantField,
    /** Receipts up to this place in the journal are in the file's balances. */
    through: throughField,
    root: z.string().length(64),
  }),
  /** Everything that central had changed is here now. */
  'accounts.pulled': z.object({
    pullId: idField,
    /** Where central is. */
    address: z.string().max(255),
    accountCount: mirrorCountField,
    itemCount: mirrorCountField,
    changedCount: mirrorCountField,
    asOfMs: instantField,
    /** How far central held this till's journal when the last page was made. */
    through: throughField,
    root: z.string().length(64),
  }),
  ...DRAWER_BODIES,
  'receipt.posted': z.object({
    receiptId: idField,
    receiptNo: runningNoField,
    number: z.string().max(30),
    sessionId: idField,
    totalCents: amountField,
    tenderedCents: totalField,
    roundingCents: centsField,
    changeCents: amountField,
    lines: z.array(receiptLineField).min(1).max(60),
    tenders: z.array(receiptTenderField).min(1).max(20),
    pieces: z.array(cashPieceField).max(60),
  }),
  'receipt.voided': z.object({
    receiptId: idField,
    number: z.string().max(30),
    sessionId: idField,
    reason: reasonField,
    approvedBy: idField,
    changeCents: amountField,
    tenders: z.array(receiptTenderField).min(1).max(20),
  }),
  'receipt.printed': z.object({
    receiptId: idField,
    copyNo: countField,
    paper: z.enum(['80mm', 'letter']),
  }),
  ...DEPOSIT_BODIES,
} as const

export type FactKind = keyof typeof BODIES
export type BodyOf<K extends FactKind> = z.infer<(typeof BODIES)[K]>

/** Version of each kind's body as this program writes it. */
export const FACT_VERSION = 1

interface Envelope {
  tillId: string
  epoch: number
  seq: number
  commandId: string
  version: number
  at: number
  businessDate: BusinessDate
  actorId: string
  hash: string
}
/** A fact as read from the journal: who stated it, when, and its body by kind. */
export type Fact<K extends FactKind = FactKind> = { [P in K]: Envelope & { kind: P; body: BodyOf<P> } }[K]
