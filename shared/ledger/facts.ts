/** Every kind of fact a till can state, with the shape of its body. Facts are never edited: a new shape is a new version. */
import { z } from 'zod'
import {
  amountField,
  type businessDateField,
  centsField,
  countedPieceField,
  countField,
  glAccountField,
  idField,
  instantField,
  nameField,
  reasonField,
  roleField,
  shortTextField,
  totalField,
} from '../fields.ts'
import { settingsField } from '../settings.ts'

export const TENDERS = ['cash', 'check', 'money-order', 'card', 'ach', 'credit'] as const
export const tenderField = z.enum(TENDERS)
export type Tender = z.infer<typeof tenderField>

export const tenderTypeField = z.object({
  tender: tenderField,
  name: nameField,
  active: z.boolean(),
  opensDrawer: z.boolean(),
  changeAllowed: z.boolean(),
  referenceRequired: z.boolean(),
  /** How it is counted at close: by denomination, item by item, or as the total of its slips. */
  counted: z.enum(['pieces', 'items', 'slips']),
  /** True where the paper itself goes to the bank in the deposit bag. */
  banked: z.boolean(),
  glAccount: glAccountField,
  sort: z.int(),
})
export type TenderType = z.infer<typeof tenderTypeField>

export const drawerField = z.object({
  drawerId: idField,
  name: nameField,
  active: z.boolean(),
  floatCents: amountField,
  limitCents: amountField,
})
export type Drawer = z.infer<typeof drawerField>

export const catalogItemField = z.object({
  catalogItemId: idField,
  code: z.string().min(1).max(20),
  name: nameField,
  pricing: z.enum(['fixed', 'per-unit', 'percent', 'open']),
  priceCents: amountField.nullable(),
  /** Millionths of the base amount: 1.5 % is 15,000. */
  rateMillionths: z.int().min(0).max(10_000_000).nullable(),
  unitLabel: shortTextField,
  glAccount: glAccountField,
  /** What to ask for, for example "Permit no."; null asks for nothing. */
  referenceLabel: shortTextField.nullable(),
  isDeposit: z.boolean(),
  active: z.boolean(),
})
export type CatalogItem = z.infer<typeof catalogItemField>

export const bankAccountField = z.object({
  bankAccountId: idField,
  name: nameField,
  bankName: nameField,
  routingNumber: z.string().regex(/^\d{9}$/),
  /** The city's own, printed on deposit slips: digits, with spaces or dashes between. */
  accountNumber: z.string().regex(/^\d[\d -]{2,18}\d$/),
  active: z.boolean(),
})
export type BankAccount = z.infer<typeof bankAccountField>

export const allocationField = z.object({
  itemId: idField.nullable(),
  service: shortTextField,
  dueDate: z.string().max(10).nullable(),
  cents: centsField,
  glAccount: glAccountField,
})

export const receiptLineField = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('account'),
    accountId: idField,
    accountNumber: z.string().max(40),
    name: z.string().max(200),
    address: z.string().max(200),
    cents: amountField,
    balanceBeforeCents: centsField,
    asOfMs: instantField,
    allocations: z.array(allocationField).min(1).max(400),
  }),
  z.object({
    kind: z.literal('catalog'),
    catalogItemId: idField,
    code: z.string().max(20),
    name: nameField,
    quantity: countField,
    unitPriceCents: amountField.nullable(),
    baseCents: amountField.nullable(),
    reference: shortTextField,
    cents: amountField,
    glAccount: glAccountField,
  }),
])
export type ReceiptLine = z.infer<typeof receiptLineField>

export const receiptTenderField = z.object({
  tender: tenderField,
  cents: amountField,
  /** Check, money order or ACH number; empty for cash. */
  reference: z.string().max(40),
  routingNumber: z.string().max(9).nullable(),
  accountLast4: z.string().max(4).nullable(),
  /** HMAC-SHA-256 of the whole account number under the till's own key. */
  accountHash: z.string().max(64).nullable(),
  cardBrand: z.string().max(20).nullable(),
  cardLast4: z.string().max(4).nullable(),
  approvalCode: z.string().max(12).nullable(),
})
export type ReceiptTender = z.infer<typeof receiptTenderField>

const countedItemField = z.object({
  tender: tenderField,
  cents: amountField,
  reference: z.string().max(40),
  receiptId: idField.nullable(),
  tenderNo: countField.nullable(),
})
const tenderTotalField = z.object({ tender: tenderField, cents: totalField })
const tenderBalanceField = z.object({
  tender: tenderField,
  expectedCents: centsField,
  countedCents: centsField,
  overShortCents: centsField,
})
export type TenderBalance = z.infer<typeof tenderBalanceField>

const personField = z.object({ personId: idField, name: nameField, role: roleField, active: z.boolean() })

/** A till's own numbers run for its whole life: five million receipts are nothing unusual. */
const runningNoField = z.int().min(1).max(999_999_999)
/** Accounts and items of a city: a million accounts have some four million items. */
const mirrorCountField = z.int().nonnegative().max(100_000_000)

export const BODIES = {
  'till.set-up': z.object({ code: z.string().regex(/^[A-Z0-9]{1,6}$/), sample: z.boolean() }),
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
    /** Receipts up to this place in the journal are in the file's balances; 0 where none are. */
    paymentsThroughSeq: z.int().nonnegative(),
    root: z.string().length(64),
  }),
  'drawer.opened': z.object({
    sessionId: idField,
    sessionNo: runningNoField,
    number: z.string().max(30),
    drawerId: idField,
    cashierId: idField,
    countId: idField,
    floatWantedCents: amountField,
    floatCents: amountField,
    pieces: z.array(countedPieceField),
    /** The tenders that are balanced in this session; fixed at opening with the other opening facts. */
    tenders: z.array(tenderField),
  }),
  'drawer.counted': z.object({
    sessionId: idField,
    countId: idField,
    round: z.int().min(1).max(2),
    pieces: z.array(countedPieceField),
    items: z.array(countedItemField),
    totals: z.array(tenderTotalField),
    balances: z.array(tenderBalanceField),
  }),
  'drawer.closed': z.object({
    sessionId: idField,
    drawerId: idField,
    countId: idField,
    zNo: runningNoField,
    zNumber: z.string().max(30),
    floatCents: amountField,
    balances: z.array(tenderBalanceField),
    reason: z.string().max(200),
    approvedBy: idField.nullable(),
  }),
  'drawer.x-read': z.object({ sessionId: idField }),
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
  'deposit.made-up': z.object({
    depositId: idField,
    depositNo: runningNoField,
    number: z.string().max(30),
    bankAccountId: idField,
    bagNumber: z.string().min(1).max(40),
    pieces: z.array(countedPieceField),
    cashCents: totalField,
    itemsCents: totalField,
    totalCents: totalField,
    sessions: z.array(z.object({ sessionId: idField, cashCents: centsField, itemsCents: totalField })).min(1),
    items: z.array(
      z.object({
        tender: tenderField,
        /** Null for a paper that was counted and stands on no receipt. */
        receiptId: idField.nullable(),
        tenderNo: countField.nullable(),
        reference: z.string().max(40),
        routingNumber: z.string().max(9).nullable(),
        cents: amountField,
      }),
    ),
  }),
  'deposit.verified': z.object({ depositId: idField, verifierId: idField }),
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
  businessDate: z.infer<typeof businessDateField>
  actorId: string
  hash: string
}
/** A fact as read from the journal: who stated it, when, and its body by kind. */
export type Fact<K extends FactKind = FactKind> = { [P in K]: Envelope & { kind: P; body: BodyOf<P> } }[K]
