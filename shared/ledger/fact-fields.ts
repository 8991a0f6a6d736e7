/** Shapes that several kinds of facts, and the contract, have in common. */
import { z } from 'zod'
import {
  amountField,
  centsField,
  countField,
  glAccountField,
  idField,
  instantField,
  nameField,
  roleField,
  shortTextField,
  totalField,
} from '../fields.ts'

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

const allocationField = z.object({
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

export const countedItemField = z.object({
  tender: tenderField,
  cents: amountField,
  reference: z.string().max(40),
  receiptId: idField.nullable(),
  tenderNo: countField.nullable(),
})
/** A paper that leaves the drawer other than at its count: turned in to the safe. */
export const movedItemField = z.object({
  tender: tenderField,
  receiptId: idField,
  tenderNo: countField,
  reference: z.string().max(40),
  cents: amountField,
})
export const tenderTotalField = z.object({ tender: tenderField, cents: totalField })
export const tenderBalanceField = z.object({
  tender: tenderField,
  expectedCents: centsField,
  countedCents: centsField,
  overShortCents: centsField,
})
export type TenderBalance = z.infer<typeof tenderBalanceField>

/** Pieces that a receipt's cash came in and its change went out in, where the cashier noted them. */
export const cashPieceField = z.object({
  valueCents: centsField,
  kind: z.enum(['note', 'coin']),
  taken: countField,
  given: countField,
})
export type CashPiece = z.infer<typeof cashPieceField>

/** A paper that goes to the bank; one that was counted and stands on no receipt has no receipt. */
export const bankPaperField = z.object({
  tender: tenderField,
  receiptId: idField.nullable(),
  tenderNo: countField.nullable(),
  reference: z.string().max(40),
  routingNumber: z.string().max(9).nullable(),
  cents: amountField,
})
export type BankPaper = z.infer<typeof bankPaperField>

/** A part of a closed session's money, for one bank account; null where the city leaves that open. */
export const bankPartField = z.object({
  bankAccountId: idField.nullable(),
  cashCents: totalField,
  items: z.array(bankPaperField),
  /** What its GL accounts were paid less what it gets: due from other banks, or to them where negative. */
  dueCents: centsField,
})
export type BankPart = z.infer<typeof bankPartField>

/** Pieces more (or, below zero, fewer) than the safe was thought to hold. */
export const pieceDifferenceField = z.object({
  valueCents: centsField,
  kind: z.enum(['note', 'coin']),
  pieces: z.int().min(-1_000_000).max(1_000_000),
})

export const personField = z.object({
  personId: idField,
  name: nameField,
  role: roleField,
  active: z.boolean(),
})

/** A till's own numbers run for its whole life: five million receipts are nothing unusual. */
export const runningNoField = z.int().min(1).max(999_999_999)
