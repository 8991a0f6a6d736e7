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
import { pieceDifferenceField } from '../ledger/fact-fields.ts'
import { tenderField } from '../ledger/facts.ts'
import { APPROVERS, CASHIERS, EVERYONE, OVERSEERS } from '../roles.ts'
import { COMPOSITION_KINDS } from '../rules/composition.ts'
import { denominationField } from '../settings.ts'
import { approvalField, approvedWrite, commandField, effect, read, refusal, write } from './base.ts'
import { textRefusal } from './person.ts'

export const balanceField = z.object({
  tender: tenderField,
  name: z.string(),
  itemCount: z.int(),
  floatCents: amountField,
  tenderedCents: totalField,
  changeCents: totalField,
  paidInCents: totalField,
  paidOutCents: totalField,
  turnedInCents: totalField,
  refundedCents: totalField,
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
      /** Where no mix of what was counted leaves the float: one piece of this to change, of which so much stays. */
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
      accountLast4: z.string().nullable(),
    }),
  ),
})
export type CountSheet = z.infer<typeof countSheetField>

export const countInputField = z.object({
  pieces: z.array(pieceCountField).max(60),
  /** Items found, by their tender. */
  items: z.array(z.object({ receiptId: idField, tenderNo: z.int() })).max(5_000),
  /** Items found that are on no list: entered from the paper itself. */
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
/** A paper of the count that has no receipt, or the reverse. */
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
  /** Told only after the recount: papers that are not those of the receipts, though a total may agree. */
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

export const drawer = {
  open: write(CASHIERS)
    .input(commandField.extend({ drawerId: idField, pieces: z.array(pieceCountField).max(60) }))
    .output(
      z.object({
        sessionId: idField,
        number: z.string(),
        floatCents: amountField,
        floatWantedCents: amountField,
        /** Told only now, where the count is not what the drawer was left with: pieces more, or fewer. */
        leftBefore: z
          .object({ leftCents: totalField, differences: z.array(pieceDifferenceField) })
          .nullable(),
      }),
    )
    .errors({
      UNKNOWN_DRAWER: refusal,
      DRAWER_IN_USE: { ...refusal, data: z.object({ cashierName: z.string() }) },
      ALREADY_OPEN: { ...refusal, data: z.object({ drawerName: z.string() }) },
      ...countRefusals,
    }),
  countSheet: read(CASHIERS).output(countSheetField).errors({ NO_OPEN_SESSION: refusal }),
  count: write(CASHIERS)
    .input(commandField.extend({ count: countInputField }))
    .output(countResultField)
    .errors({ NO_OPEN_SESSION: refusal, COUNTED_TWICE: refusal, ...countRefusals, ...textRefusal }),
  /** The differences of a session whose counting is over and which waits for reason and approval. */
  difference: read(CASHIERS).output(countResultField.nullable()),
  /**
   * Closes a session whose recount still differs. Within the city's tolerance a reason is enough. One that was
   * counted for a hand-over is handed over by it.
   */
  close: approvedWrite(CASHIERS, APPROVERS)
    .input(commandField.extend({ reason: shortTextField, approval: approvalField.optional() }))
    .output(z.object({ zNumber: z.string(), nextSessionNumber: z.string().nullable() }))
    .errors({
      NO_OPEN_SESSION: refusal,
      NOT_COUNTED: refusal,
      TAKER_HAS_DRAWER: { ...refusal, data: z.object({ drawerName: z.string() }) },
      /** Whoever was to take over works here no more, or takes no money now. */
      TAKER_GONE: refusal,
      ...textRefusal,
    }),
  readX: effect(OVERSEERS)
    .input(z.object({ sessionId: idField }))
    .output(readingField)
    .errors({ UNKNOWN_SESSION: refusal, SESSION_CLOSED: refusal, OWN_SESSION_IS_BLIND: refusal }),
  readZ: read(EVERYONE)
    .input(z.object({ sessionId: idField }))
    .output(readingField)
    .errors({ UNKNOWN_SESSION: refusal, SESSION_NOT_CLOSED: refusal }),
  zDocument: effect(EVERYONE)
    .input(z.object({ sessionId: idField }))
    .output(z.file())
    .errors({ UNKNOWN_SESSION: refusal, SESSION_NOT_CLOSED: refusal }),
  xDocument: effect(OVERSEERS)
    .input(z.object({ sessionId: idField }))
    .output(z.file())
    .errors({ UNKNOWN_SESSION: refusal, SESSION_CLOSED: refusal, OWN_SESSION_IS_BLIND: refusal }),
  sessions: read(EVERYONE)
    .input(z.object({ fromDate: businessDateField.optional(), toDate: businessDateField.optional() }))
    .output(z.array(sessionSummaryField)),
}
