import { z } from 'zod'
import { ACCOUNT_LIMITS } from '../account.ts'
import {
  amountField,
  businessDateField,
  centsField,
  countField,
  idField,
  reasonField,
  shortTextField,
  totalField,
} from '../fields.ts'
import { cashPieceField, receiptLineField, receiptTenderField } from '../ledger/receipt.ts'
import { APPROVERS, CASHIERS, EVERYONE } from '../roles.ts'
import { tenderField } from '../tenders.ts'
import { approvalField, approvedWrite, commandField, effect, read, refusal, write } from './base.ts'
import { textRefusal } from './person.ts'
import { countRefusals } from './session-fields.ts'
import { postingField, postingStateField } from './sync.ts'

export const lineInputField = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('account'),
    accountId: idField,
    cents: amountField,
    overrides: z.array(z.object({ itemId: idField, cents: amountField })).max(ACCOUNT_LIMITS.items),
    /** The balance as the screen showed it; where it is given, a payment over another one is refused. */
    balanceCents: centsField.exactOptional(),
  }),
  z.object({
    kind: z.literal('catalog'),
    catalogItemId: idField,
    quantity: countField,
    /** The price of an open-price item; null for all others. */
    priceCents: amountField.nullable(),
    /** What a percent fee is a percentage of; null for all others. */
    baseCents: amountField.nullable(),
    reference: shortTextField,
  }),
])
export type LineInput = z.infer<typeof lineInputField>

/** What the customer handed over. A check's account number is only known by its last four and its hash. */
export const tenderInputField = receiptTenderField
export type TenderInput = z.infer<typeof tenderInputField>

/** Sixteen random bytes in base64url: made with the command's id and kept with it, so that a retry has the same. */
export const saltField = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

/** A tender as it is shown: with its kind, and its type's name as a customer reads it. */
export const shownTenderField = receiptTenderField.extend({
  kind: z.string(),
  labels: z.object({ en: z.string(), es: z.string() }),
})
export type ShownTender = z.infer<typeof shownTenderField>

export const receiptViewField = z.object({
  receiptId: idField,
  number: z.string(),
  seq: z.int(),
  sessionId: idField,
  sessionNumber: z.string(),
  sessionOpen: z.boolean(),
  drawerName: z.string(),
  cashierId: idField,
  cashierName: z.string(),
  postedAtMs: z.int(),
  businessDate: businessDateField,
  state: z.enum(['posted', 'voided']),
  posting: postingField,
  totalCents: amountField,
  tenderedCents: totalField,
  roundingCents: centsField,
  changeCents: amountField,
  verificationCode: z.string(),
  printCount: z.int(),
  voided: z
    .object({ atMs: z.int(), reason: z.string(), byName: z.string(), approvedByName: z.string() })
    .nullable(),
  lines: z.array(receiptLineField),
  tenders: z.array(shownTenderField),
})
export type ReceiptView = z.infer<typeof receiptViewField>

export const receiptSummaryField = z.object({
  receiptId: idField,
  number: z.string(),
  postedAtMs: z.int(),
  businessDate: businessDateField,
  cashierName: z.string(),
  /** Names on the lines, in order. */
  names: z.array(z.string()),
  tenders: z.array(tenderField),
  /** Null for one of the own open drawer: a list of them would add up to what is counted blind. */
  totalCents: amountField.nullable(),
  state: z.enum(['posted', 'voided']),
  postingState: postingStateField,
})

/** Receipts of somebody else's open drawer are for leads, supervisors and auditors. */
const sightRefusals = { UNKNOWN_RECEIPT: refusal, NOT_YOURS_TO_SEE: refusal } as const

export const PAPERS = ['80mm', 'letter'] as const

export const receipt = {
  post: write(CASHIERS)
    .input(
      commandField.extend({
        salt: saltField,
        lines: z.array(lineInputField).max(60),
        tenders: z.array(tenderInputField).max(20),
        /** What the screen said was to pay; refused when the till comes to another figure. */
        totalCents: amountField,
        /** Pieces that the cash came in and the change goes out in, where the cashier noted them. */
        pieces: z.array(cashPieceField).max(60).optional(),
      }),
    )
    .output(
      z.object({
        receiptId: idField,
        number: z.string(),
        totalCents: amountField,
        changeCents: amountField,
        verificationCode: z.string(),
      }),
    )
    .errors({
      NO_OPEN_SESSION: refusal,
      SESSION_COUNTED: refusal,
      /** No more cash until a turn-in; checks and cards go on. */
      CASH_LIMIT_REACHED: { ...refusal, data: z.object({ limitCents: amountField }) },
      SESSION_TOO_OLD: { ...refusal, data: z.object({ hours: z.int() }) },
      NO_LINES: refusal,
      NO_TENDER: refusal,
      UNKNOWN_ACCOUNT: { ...refusal, data: z.object({ line: z.int() }) },
      ACCOUNT_TWICE: { ...refusal, data: z.object({ number: z.string() }) },
      BALANCE_CHANGED: { ...refusal, data: z.object({ number: z.string(), balanceCents: centsField }) },
      ACCOUNT_CLOSED: { ...refusal, data: z.object({ number: z.string() }) },
      UNKNOWN_CATALOG_ITEM: { ...refusal, data: z.object({ line: z.int() }) },
      PRICE_NOT_VALID: { ...refusal, data: z.object({ line: z.int() }) },
      REFERENCE_MISSING: { ...refusal, data: z.object({ what: z.string() }) },
      LINE_NOT_POSITIVE: { ...refusal, data: z.object({ line: z.int() }) },
      ALLOCATION_NOT_VALID: { ...refusal, data: z.object({ line: z.int(), reason: z.string() }) },
      TENDER_NOT_ACCEPTED: { ...refusal, data: z.object({ name: z.string() }) },
      TENDER_NOT_POSITIVE: { ...refusal, data: z.object({ name: z.string() }) },
      /** The session was opened before this tender type was there. */
      TENDER_FROM_NEXT_SESSION: { ...refusal, data: z.object({ name: z.string() }) },
      /** Something that this kind of tender asks for is missing, or is not what it should be. */
      TENDER_DETAIL_WRONG: { ...refusal, data: z.object({ kind: z.string(), detail: z.string() }) },
      CASH_ONLY: { ...refusal, data: z.object({ number: z.string() }) },
      ...textRefusal,
      TOTAL_CHANGED: { ...refusal, data: z.object({ totalCents: totalField }) },
      UNDER_TENDERED: { ...refusal, data: z.object({ shortCents: amountField }) },
      CHANGE_NOT_ALLOWED: refusal,
      /** As much as the largest bill comes to, or more. */
      CHANGE_TOO_LARGE: { ...refusal, data: z.object({ largestBillCents: amountField }) },
      /** Of the pieces noted. */
      ...countRefusals,
      /** The pieces noted are not what was taken less what was given. */
      PIECES_DIFFER: { ...refusal, data: z.object({ wantedCents: centsField, countedCents: centsField }) },
    }),
  void: approvedWrite(CASHIERS, APPROVERS)
    .input(
      commandField.extend({ receiptId: idField, reason: reasonField, approval: approvalField.optional() }),
    )
    .output(z.object({ number: z.string() }))
    .errors({
      UNKNOWN_RECEIPT: refusal,
      ALREADY_VOIDED: refusal,
      SESSION_NOT_OPEN: refusal,
      NOT_OWN_SESSION: refusal,
      CASH_NOT_IN_DRAWER: refusal,
      /** Its check went to the safe; the turn-in that it went with is named. */
      INSTRUMENT_TURNED_IN: { ...refusal, data: z.object({ number: z.string() }) },
      ...textRefusal,
    }),
  get: read(EVERYONE)
    .input(z.object({ receiptId: idField }))
    .output(receiptViewField)
    .errors(sightRefusals),
  find: read(EVERYONE)
    .input(
      z.object({
        text: z.string().max(100).optional(),
        tender: tenderField.optional(),
        cents: amountField.optional(),
        fromDate: businessDateField.optional(),
        toDate: businessDateField.optional(),
        sessionId: idField.optional(),
        limit: z.int().min(1).max(500).optional(),
      }),
    )
    .output(z.array(receiptSummaryField)),
  /** Puts a receipt on paper (or in the folder for papers) and records the copy. */
  print: effect(CASHIERS)
    .input(z.object({ receiptId: idField, paper: z.enum(PAPERS).optional() }))
    .output(z.object({ copyNo: z.int(), printed: z.enum(['folder', 'queue']), where: z.string() }))
    .errors({
      ...sightRefusals,
      PRINTER_FAILED: { ...refusal, data: z.object({ detail: z.string(), saved: z.string() }) },
    }),
  /** The receipt as PDF, as it was last printed, without recording a copy. */
  document: effect(EVERYONE)
    .input(z.object({ receiptId: idField, paper: z.enum(PAPERS) }))
    .output(z.file())
    .errors(sightRefusals),
  /** Last four digits of a check's account number and, under the till's seal, its keyed hash: the number itself goes no further. */
  identifyCheck: effect(CASHIERS)
    .input(z.object({ routingNumber: z.string().max(20), accountNumber: z.string().max(40) }))
    .output(z.object({ accountLast4: z.string(), accountHash: z.string() }))
    .errors({ ROUTING_NUMBER_WRONG: refusal, ACCOUNT_NUMBER_WRONG: refusal }),
}
