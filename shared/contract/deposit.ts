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
import { bankAccountField, tenderField } from '../ledger/facts.ts'
import { APPROVERS, EVERYONE } from '../roles.ts'
import { approvalField, approvedWrite, commandField, effect, read, refusal, write } from './base.ts'
import { sessionSummaryField } from './drawer.ts'
import { textRefusal } from './person.ts'

const depositItemField = z.object({
  tender: tenderField,
  /** Null for a paper that was counted and stands on no receipt. */
  receiptId: idField.nullable(),
  tenderNo: z.int().nullable(),
  receiptNumber: z.string(),
  reference: z.string(),
  routingNumber: z.string().nullable(),
  cents: amountField,
})
const depositSessionField = sessionSummaryField.extend({
  /** Cash counted at close less the float that stays in the drawer. */
  cashCents: totalField,
  itemsCents: totalField,
  itemCount: z.int(),
  /** The pieces that would leave exactly the float behind; null where no mix does. */
  proposedPieces: z.array(pieceCountField).nullable(),
})

export const depositViewField = z.object({
  depositId: idField,
  number: z.string(),
  state: z.enum(['made-up', 'verified']),
  bankAccount: bankAccountField,
  businessDate: businessDateField,
  madeUpAtMs: z.int(),
  preparerName: z.string(),
  verifierName: z.string().nullable(),
  verifiedAtMs: z.int().nullable(),
  bagNumber: z.string(),
  pieces: z.array(countedPieceField),
  cashCents: totalField,
  itemsCents: totalField,
  totalCents: totalField,
  items: z.array(depositItemField),
  sessions: z.array(sessionSummaryField.extend({ cashCents: totalField, itemsCents: totalField })),
  verificationCode: z.string(),
})
export type DepositView = z.infer<typeof depositViewField>

export const deposit = {
  /** Closed sessions whose money has not gone into a deposit. */
  waiting: read(APPROVERS).output(z.array(depositSessionField)),
  makeUp: write(APPROVERS)
    .input(
      commandField.extend({
        bankAccountId: idField,
        sessionIds: z.array(idField).min(1).max(100),
        pieces: z.array(pieceCountField).max(60),
        bagNumber: shortTextField,
      }),
    )
    .output(z.object({ depositId: idField, number: z.string(), totalCents: totalField }))
    .errors({
      UNKNOWN_BANK_ACCOUNT: refusal,
      SESSION_NOT_CLOSED: { ...refusal, data: z.object({ number: z.string() }) },
      SESSION_DEPOSITED: { ...refusal, data: z.object({ number: z.string() }) },
      NOTHING_TO_DEPOSIT: refusal,
      COUNT_NOT_VALID: {
        ...refusal,
        data: z.object({ reason: z.enum(['unknown-denomination', 'not-a-count', 'repeated', 'too-many']) }),
      },
      CASH_DIFFERS: { ...refusal, data: z.object({ wantedCents: totalField, countedCents: amountField }) },
      BAG_NUMBER_TAKEN: refusal,
      ...textRefusal,
    }),
  verify: approvedWrite(APPROVERS, APPROVERS)
    .input(commandField.extend({ depositId: idField, approval: approvalField.optional() }))
    .output(z.object({ number: z.string() }))
    .errors({ UNKNOWN_DEPOSIT: refusal, ALREADY_VERIFIED: refusal, PREPARER_CANNOT_VERIFY: refusal }),
  list: read(EVERYONE).output(
    z.array(
      depositViewField.pick({
        depositId: true,
        number: true,
        state: true,
        businessDate: true,
        madeUpAtMs: true,
        preparerName: true,
        verifierName: true,
        bagNumber: true,
        totalCents: true,
      }),
    ),
  ),
  get: read(EVERYONE)
    .input(z.object({ depositId: idField }))
    .output(depositViewField)
    .errors({ UNKNOWN_DEPOSIT: refusal }),
  /** The deposit slip (letter) or the adding-machine tape of its checks. */
  document: effect(EVERYONE)
    .input(z.object({ depositId: idField, paper: z.enum(['slip', 'tape']) }))
    .output(z.file())
    .errors({ UNKNOWN_DEPOSIT: refusal, NOT_VERIFIED: refusal }),
}
