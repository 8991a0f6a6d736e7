/** Money that moves without a receipt: turned in to the safe, paid in and out, exchanged; and the drawer opened for nothing. */

import { z } from 'zod'
import {
  amountField,
  businessDateField,
  countedPieceField,
  idField,
  pieceCountField,
  shortTextField,
  totalField,
} from '../fields.ts'
import { APPROVERS, CASHIERS, EVERYONE } from '../roles.ts'
import { paidCategoryField } from '../settings/drawers.ts'
import { denominationField } from '../settings/money.ts'
import { tenderField } from '../tenders.ts'
import {
  approvalField,
  approvedWrite,
  commandField,
  effect,
  read,
  refusal,
  signedField,
  signedWrite,
  write,
} from './base.ts'
import { textRefusal } from './person.ts'

const itemRefField = z.object({ receiptId: idField, tenderNo: z.int() })
/** Pieces and instruments as one person counted them. */
export const movedCountField = z.object({
  pieces: z.array(pieceCountField).max(60),
  items: z.array(itemRefField).max(5_000),
})
export type MovedCount = z.infer<typeof movedCountField>

export const movementViewField = z.object({
  movementId: idField,
  number: z.string(),
  kind: z.enum(['turn-in', 'paid-in', 'paid-out', 'change-order']),
  sessionId: idField,
  sessionNumber: z.string(),
  drawerName: z.string(),
  businessDate: businessDateField,
  atMs: z.int(),
  personName: z.string(),
  /** Taker, approver or keeper of the safe; null where nobody had to. */
  secondPersonName: z.string().nullable(),
  category: z.string(),
  glAccount: z.string(),
  reason: z.string(),
  documentNumber: z.string(),
  cashCents: totalField,
  itemsCents: totalField,
  piecesIn: z.array(countedPieceField),
  piecesOut: z.array(countedPieceField),
  items: z.array(
    z.object({
      tender: tenderField,
      tenderName: z.string(),
      receiptId: idField,
      tenderNo: z.int(),
      receiptNumber: z.string(),
      reference: z.string(),
      cents: amountField,
    }),
  ),
  verificationCode: z.string(),
})
export type MovementView = z.infer<typeof movementViewField>

/** What a cashier needs to move money: no amount of what should be there is among it. */
export const movementSheetField = z.object({
  sessionId: idField,
  denominations: z.array(denominationField),
  items: z.array(
    z.object({
      receiptId: idField,
      receiptNumber: z.string(),
      tenderNo: z.int(),
      tender: tenderField,
      reference: z.string(),
      /** What identifies it besides its number, in words: a name, the last four of an account. */
      shown: z.array(z.string()),
    }),
  ),
  categories: z.array(paidCategoryField),
  paidApprovalCents: amountField,
})

const sessionRefusals = { NO_OPEN_SESSION: refusal, SESSION_COUNTED: refusal } as const
const countReason = z.object({
  reason: z.enum(['unknown-denomination', 'not-a-count', 'repeated', 'too-many', 'unknown-item']),
})
const doneMovement = z.object({ movementId: idField, number: z.string() })

export const movement = {
  sheet: read(CASHIERS).output(movementSheetField).errors({ NO_OPEN_SESSION: refusal }),
  /** Giver and taker count apart; anything that differs stops it. */
  turnIn: signedWrite(CASHIERS, APPROVERS)
    .input(commandField.extend({ given: movedCountField, taken: movedCountField }).extend(signedField.shape))
    .output(doneMovement.extend({ cashCents: totalField, itemsCents: totalField }))
    .errors({
      ...sessionRefusals,
      COUNT_NOT_VALID: { ...refusal, data: countReason },
      NOTHING_TO_TURN_IN: refusal,
      /** Denominations and kinds of instruments of which the two did not find as many. Both count again, as blind. */
      COUNTS_DIFFER: { ...refusal, data: z.object({ labels: z.array(z.string()) }) },
      CASH_NOT_IN_DRAWER: refusal,
    }),
  /** Above the city's amount another person approves; a paid-out always names its instrument or says why there is none. */
  pay: approvedWrite(CASHIERS, APPROVERS)
    .input(
      commandField.extend({
        direction: z.enum(['in', 'out']),
        category: shortTextField,
        reason: z.string().max(200),
        documentNumber: z.string().max(40),
        cents: amountField,
        pieces: z.array(pieceCountField).max(60),
        approval: approvalField.optional(),
      }),
    )
    .output(doneMovement)
    .errors({
      ...sessionRefusals,
      ...textRefusal,
      UNKNOWN_CATEGORY: refusal,
      AMOUNT_MISSING: refusal,
      COUNT_NOT_VALID: { ...refusal, data: countReason },
      PIECES_DIFFER: { ...refusal, data: z.object({ wantedCents: amountField, countedCents: amountField }) },
      CASH_NOT_IN_DRAWER: refusal,
      CASH_LIMIT_REACHED: { ...refusal, data: z.object({ limitCents: amountField }) },
    }),
  /** Pieces exchanged with the safe, counted by both: what comes is worth what goes. */
  exchange: signedWrite(CASHIERS, APPROVERS)
    .input(
      commandField
        .extend({
          given: z.array(pieceCountField).max(60),
          taken: z.array(pieceCountField).max(60),
        })
        .extend(signedField.shape),
    )
    .output(doneMovement)
    .errors({
      ...sessionRefusals,
      COUNT_NOT_VALID: { ...refusal, data: countReason },
      NOTHING_TO_EXCHANGE: refusal,
      EXCHANGE_UNEQUAL: { ...refusal, data: z.object({ givenCents: amountField, takenCents: amountField }) },
      CASH_NOT_IN_DRAWER: refusal,
      /** The safe does not hold these pieces, as far as is known. */
      NOT_IN_SAFE: { ...refusal, data: z.object({ label: z.string() }) },
    }),
  /** Opens the drawer without a sale; the reason is on record before it springs open. */
  noSale: write(CASHIERS)
    .input(commandField.extend({ reason: z.string().max(200) }))
    .output(z.object({ kicked: z.boolean() }))
    .errors({ ...sessionRefusals, ...textRefusal }),
  list: read(EVERYONE)
    .input(z.object({ fromDate: businessDateField.optional(), toDate: businessDateField.optional() }))
    .output(z.array(movementViewField.omit({ piecesIn: true, piecesOut: true, items: true }))),
  get: read(EVERYONE)
    .input(z.object({ movementId: idField }))
    .output(movementViewField)
    .errors({ UNKNOWN_MOVEMENT: refusal }),
  /** The slip that giver and taker sign. */
  document: effect(EVERYONE)
    .input(z.object({ movementId: idField }))
    .output(z.file())
    .errors({ UNKNOWN_MOVEMENT: refusal }),
}
