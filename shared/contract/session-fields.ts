/** What is said of drawer sessions: readings, counts and their results, summaries. */

import { z } from 'zod'
import {
  amountField,
  businessDateField,
  centsField,
  idField,
  pieceCountField,
  shortTextField,
  totalField,
} from '../fields.ts'
import { COMPOSITION_KINDS } from '../rules/session/composition.ts'
import { denominationField } from '../settings/money.ts'
import { tenderField } from '../tenders.ts'
import { refusal } from './base.ts'

export const balanceField = z.object({
  tender: tenderField,
  name: z.string(),
  itemCount: z.int(),
  openingCents: amountField,
  tenderedCents: totalField,
  changeCents: totalField,
  paidInCents: totalField,
  paidOutCents: totalField,
  turnedInCents: totalField,
  refundedCents: centsField,
  expectedCents: centsField,
  /** Null in an X report: nothing has been counted. */
  countedCents: centsField.nullable(),
  overShortCents: centsField.nullable(),
})

export const readingField = z.object({
  kind: z.enum(['x', 'z']),
  sessionId: idField,
  sessionNumber: z.string(),
  zNumber: z.string().nullable(),
  drawerName: z.string(),
  cashierName: z.string(),
  businessDate: businessDateField,
  openedAtMs: z.int(),
  readAtMs: z.int(),
  closedAtMs: z.int().nullable(),
  receiptCount: z.int(),
  voidCount: z.int(),
  firstReceipt: z.string().nullable(),
  lastReceipt: z.string().nullable(),
  totalCents: totalField,
  balances: z.array(balanceField),
  byGlAccount: z.array(z.object({ glAccount: z.string(), cents: centsField })),
  voids: z.array(
    z.object({ number: z.string(), cents: amountField, reason: z.string(), approvedByName: z.string() }),
  ),
  /** Each count with its differences, the first one included. */
  counts: z.array(
    z.object({
      purpose: z.enum(['opening', 'closing', 'recount', 'surprise']),
      atMs: z.int(),
      personName: z.string(),
      secondPersonName: z.string().nullable(),
      cashCents: amountField,
      differences: z.array(z.object({ tender: tenderField, overShortCents: centsField })),
    }),
  ),
  /** Where it began with another amount than was left in its drawer. */
  openingDifference: z
    .object({
      leftCents: totalField,
      fundChangeCents: centsField,
      overShortCents: centsField,
      reason: z.string(),
      approvedByName: z.string(),
    })
    .nullable(),
  /** Session whose counted money this one began with. */
  handedFromNumber: z.string().nullable(),
  /** Who took the drawer over, and the session that began with its money. */
  handedTo: z.object({ name: z.string(), sessionNumber: z.string() }).nullable(),
  /** The two who counted and closed it in the cashier's absence. */
  closedInAbsenceBy: z.object({ name: z.string(), secondName: z.string() }).nullable(),
  /** Cash that stayed in the drawer; null while it is open. */
  leftCents: totalField.nullable(),
  /** Cash that went to the safe at close; turn-ins are there already. */
  toSafeCents: centsField.nullable(),
  /** The same in pieces, those that leave in full straps and rolls; null while it is open. */
  parting: z
    .object({
      left: z.array(pieceCountField),
      leaving: z.array(pieceCountField),
      /** Where no mix of what was counted leaves the change fund: one piece of this to change, of which so much stays. */
      changeFirst: z
        .object({ valueCents: centsField, kind: z.enum(['note', 'coin']), staysCents: centsField })
        .nullable(),
    })
    .nullable(),
  /** Money that moved without a receipt, in order. */
  movements: z.array(
    z.object({
      number: z.string(),
      kind: z.enum(['turn-in', 'paid-in', 'paid-out', 'change-order']),
      atMs: z.int(),
      what: z.string(),
      secondPersonName: z.string().nullable(),
      cashCents: totalField,
      itemsCents: totalField,
    }),
  ),
  noSaleCount: z.int(),
  reason: z.string().nullable(),
  approvedByName: z.string().nullable(),
  verificationCode: z.string().nullable(),
})
export type Reading = z.infer<typeof readingField>

/** What there is to count, without an amount in it. */
export const countSheetField = z.object({
  sessionId: idField,
  number: z.string(),
  drawerName: z.string(),
  round: z.int(),
  denominations: z.array(denominationField),
  tenders: z.array(
    z.object({ tender: tenderField, name: z.string(), counted: z.enum(['pieces', 'items', 'slips']) }),
  ),
  items: z.array(
    z.object({
      receiptId: idField,
      tenderNo: z.int(),
      tender: tenderField,
      reference: z.string(),
      /** What identifies it besides its number, in words: a name, the last four of an account. */
      shown: z.array(z.string()),
    }),
  ),
})
export type CountSheet = z.infer<typeof countSheetField>

export const countInputField = z.object({
  pieces: z.array(pieceCountField).max(60),
  /** Items found, by their tender. */
  items: z.array(z.object({ receiptId: idField, tenderNo: z.int() })).max(5_000),
  /** Items found that are on no list: entered from the instrument itself. */
  extraItems: z
    .array(z.object({ tender: tenderField, reference: shortTextField, cents: amountField }))
    .max(500),
  /** Totals of slips, for tenders that are counted that way. */
  slips: z.array(z.object({ tender: tenderField, cents: amountField })).max(20),
})
export type CountInput = z.infer<typeof countInputField>

export const countRefusals = {
  COUNT_NOT_VALID: {
    ...refusal,
    data: z.object({
      reason: z.enum(['unknown-denomination', 'not-a-count', 'repeated', 'too-many', 'unknown-item']),
    }),
  },
} as const
const differenceField = z.object({
  tender: tenderField,
  name: z.string(),
  expectedCents: centsField,
  countedCents: centsField,
  overShortCents: centsField,
})
/** An instrument of the count that has no receipt, or the reverse. */
const compositionField = z.object({
  kind: z.enum(COMPOSITION_KINDS),
  name: z.string(),
  reference: z.string(),
  cents: amountField,
  receiptId: idField.nullable(),
  receiptNumber: z.string().nullable(),
  found: z.object({ name: z.string(), reference: z.string(), cents: amountField }).nullable(),
})
export type CompositionTold = z.infer<typeof compositionField>

export const countResultField = z.object({
  outcome: z.enum(['closed', 'recount', 'explain']),
  /** Told only where counting is over: after a match, or after the recount. */
  balances: z.array(differenceField),
  zNumber: z.string().nullable(),
  /** Told only after the recount: instruments that are not those of the receipts, though a total may agree. */
  composition: z.array(compositionField).exactOptional(),
})
export type CountResult = z.infer<typeof countResultField>

export const sessionSummaryField = z.object({
  sessionId: idField,
  number: z.string(),
  zNumber: z.string().nullable(),
  drawerName: z.string(),
  cashierId: idField,
  cashierName: z.string(),
  businessDate: businessDateField,
  openedAtMs: z.int(),
  closedAtMs: z.int().nullable(),
  state: z.enum(['open', 'counted', 'closed']),
  receiptCount: z.int(),
  deposited: z.boolean(),
})
