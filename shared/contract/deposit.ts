import { z } from 'zod'
import {
  amountField,
  businessDateField,
  centsField,
  countedPieceField,
  idField,
  pieceCountField,
  shortTextField,
  totalField,
} from '../fields.ts'
import { namedBankField } from '../ledger/setup.ts'
import { APPROVERS, EVERYONE } from '../roles.ts'
import { tenderField } from '../tenders.ts'
import { approvalField, approvedWrite, commandField, effect, read, refusal, write } from './base.ts'
import { textRefusal } from './person.ts'
import { sessionSummaryField } from './session-fields.ts'

const depositItemField = z.object({
  tender: tenderField,
  tenderName: z.string(),
  /** Null for a paper that was counted and stands on no receipt. */
  receiptId: idField.nullable(),
  tenderNo: z.int().nullable(),
  receiptNumber: z.string(),
  reference: z.string(),
  routingNumber: z.string().nullable(),
  cents: amountField,
})
const depositPartField = sessionSummaryField.extend({
  partNo: z.int(),
  /** Whose money this part is by the city's policy; null where any bank account may have it. */
  bankAccountId: idField.nullable(),
  /** What its GL accounts were paid less what it gets; not zero where a check could not be cut. */
  dueCents: centsField,
  /** When it must be at the bank, UTC milliseconds. */
  dueAtMs: z.int(),
  overdue: z.boolean(),
  /** Cash counted at close less what stays in the drawer, and what was turned in before. */
  cashCents: totalField,
  itemsCents: totalField,
  itemCount: z.int(),
  /** The pieces that would leave exactly the change fund behind; null where no mix does. */
  proposedPieces: z.array(pieceCountField).nullable(),
})

const depositStateField = z.enum([
  'made-up',
  'verified',
  'sealed',
  'released',
  'validated',
  'credited',
  'reopened',
])

/** One hand that the deposit went through, with what it found. */
const depositStepField = z.object({
  step: depositStateField,
  atMs: z.int(),
  personName: z.string(),
  secondPersonName: z.string().nullable(),
  cents: totalField.nullable(),
  differenceCents: centsField,
  reason: z.string(),
  /** Bag, carrier or slip number: what the step wrote down. */
  reference: z.string(),
  /** Seal, signature, the bank's date. */
  secondReference: z.string(),
})

export const depositViewField = z.object({
  depositId: idField,
  number: z.string(),
  state: depositStateField,
  bankAccount: namedBankField,
  businessDate: businessDateField,
  madeUpAtMs: z.int(),
  preparerName: z.string(),
  verifierName: z.string().nullable(),
  verifiedAtMs: z.int().nullable(),
  bagNumber: z.string(),
  sealNumber: z.string().nullable(),
  slipNumber: z.string().nullable(),
  dueAtMs: z.int(),
  overdue: z.boolean(),
  /** What the last step found to be in it. */
  foundCents: totalField,
  steps: z.array(depositStepField),
  /** What the preparer put in. */
  pieces: z.array(countedPieceField),
  cashCents: totalField,
  itemsCents: totalField,
  totalCents: totalField,
  items: z.array(depositItemField),
  /** What the verifier counted, which is what the slip says; null before. */
  verified: z
    .object({
      pieces: z.array(countedPieceField),
      cashCents: totalField,
      itemCount: z.int(),
      itemsCents: totalField,
      cents: totalField,
      differenceCents: centsField,
      reason: z.string(),
    })
    .nullable(),
  sessions: z.array(
    sessionSummaryField.extend({ partNo: z.int(), cashCents: totalField, itemsCents: totalField }),
  ),
  verificationCode: z.string(),
})
export type DepositView = z.infer<typeof depositViewField>

const countNotValid = {
  ...refusal,
  data: z.object({ reason: z.enum(['unknown-denomination', 'not-a-count', 'repeated', 'too-many']) }),
} as const
/** The step that the deposit is at does not lead to this one. */
const wrongStep = { ...refusal, data: z.object({ state: depositStateField }) } as const
/** A figure that differs from the step before needs its reason. */
const differenceRefusal = {
  REASON_MISSING: { ...refusal, data: z.object({ differenceCents: centsField }) },
} as const

export const deposit = {
  /** Parts of closed sessions' money that have not gone into a deposit. */
  waiting: read(APPROVERS).output(z.array(depositPartField)),
  makeUp: write(APPROVERS)
    .input(
      commandField.extend({
        bankAccountId: idField,
        parts: z
          .array(z.object({ sessionId: idField, partNo: z.int().min(1).max(100) }))
          .min(1)
          .max(100),
        pieces: z.array(pieceCountField).max(60),
        bagNumber: shortTextField,
      }),
    )
    .output(z.object({ depositId: idField, number: z.string(), totalCents: totalField }))
    .errors({
      UNKNOWN_BANK_ACCOUNT: refusal,
      SESSION_NOT_CLOSED: { ...refusal, data: z.object({ number: z.string() }) },
      /** This money belongs into another bank account. */
      WRONG_BANK_ACCOUNT: { ...refusal, data: z.object({ number: z.string(), bankAccountName: z.string() }) },
      SESSION_DEPOSITED: { ...refusal, data: z.object({ number: z.string() }) },
      NOTHING_TO_DEPOSIT: refusal,
      COUNT_NOT_VALID: countNotValid,
      CASH_DIFFERS: { ...refusal, data: z.object({ wantedCents: totalField, countedCents: amountField }) },
      BAG_NUMBER_TAKEN: refusal,
      ...textRefusal,
    }),
  /** The verifier counts too; what differs is on record with its reason. */
  verify: approvedWrite(APPROVERS, APPROVERS)
    .input(
      commandField.extend({
        depositId: idField,
        pieces: z.array(pieceCountField).max(60),
        itemCount: z.int().nonnegative(),
        itemsCents: totalField,
        reason: z.string().max(200),
        approval: approvalField.optional(),
      }),
    )
    .output(z.object({ number: z.string(), differenceCents: centsField }))
    .errors({
      UNKNOWN_DEPOSIT: refusal,
      ALREADY_VERIFIED: refusal,
      WRONG_STEP: wrongStep,
      PREPARER_CANNOT_VERIFY: refusal,
      COUNT_NOT_VALID: countNotValid,
      ...differenceRefusal,
      ...textRefusal,
    }),
  /** Closes the bag for good: from here on it is not opened again. */
  seal: write(APPROVERS)
    .input(commandField.extend({ depositId: idField, bagNumber: shortTextField, sealNumber: shortTextField }))
    .output(z.object({ number: z.string() }))
    .errors({
      UNKNOWN_DEPOSIT: refusal,
      WRONG_STEP: wrongStep,
      BAG_NUMBER_TAKEN: refusal,
      SEAL_NUMBER_TAKEN: refusal,
      ...textRefusal,
    }),
  /** The bag leaves the house with whoever carries it. */
  release: write(APPROVERS)
    .input(
      commandField.extend({ depositId: idField, carrier: shortTextField, signatureName: shortTextField }),
    )
    .output(z.object({ number: z.string() }))
    .errors({ UNKNOWN_DEPOSIT: refusal, WRONG_STEP: wrongStep, ...textRefusal }),
  /** What the bank's slip says. */
  validate: write(APPROVERS)
    .input(
      commandField.extend({
        depositId: idField,
        slipNumber: shortTextField,
        cents: totalField,
        bankDate: businessDateField,
        reason: z.string().max(200),
      }),
    )
    .output(z.object({ number: z.string(), differenceCents: centsField }))
    .errors({ UNKNOWN_DEPOSIT: refusal, WRONG_STEP: wrongStep, ...differenceRefusal, ...textRefusal }),
  /** What stands on the bank's statement. */
  credit: write(APPROVERS)
    .input(
      commandField.extend({
        depositId: idField,
        cents: totalField,
        creditDate: businessDateField,
        reason: z.string().max(200),
      }),
    )
    .output(z.object({ number: z.string(), differenceCents: centsField }))
    .errors({ UNKNOWN_DEPOSIT: refusal, WRONG_STEP: wrongStep, ...differenceRefusal, ...textRefusal }),
  /** Opens the bag again before its seal, by somebody who did not make it up; its money waits once more. */
  reopen: approvedWrite(APPROVERS, APPROVERS)
    .input(
      commandField.extend({
        depositId: idField,
        reason: z.string().max(200),
        approval: approvalField.optional(),
      }),
    )
    .output(z.object({ number: z.string() }))
    .errors({
      UNKNOWN_DEPOSIT: refusal,
      WRONG_STEP: wrongStep,
      PREPARER_CANNOT_VERIFY: refusal,
      ...textRefusal,
    }),
  list: read(EVERYONE).output(
    z.array(
      depositViewField.extend({ bankAccountName: z.string() }).pick({
        depositId: true,
        number: true,
        state: true,
        businessDate: true,
        madeUpAtMs: true,
        preparerName: true,
        verifierName: true,
        bagNumber: true,
        sealNumber: true,
        bankAccountName: true,
        dueAtMs: true,
        overdue: true,
        totalCents: true,
        foundCents: true,
      }),
    ),
  ),
  get: read(EVERYONE)
    .input(z.object({ depositId: idField }))
    .output(depositViewField)
    .errors({ UNKNOWN_DEPOSIT: refusal }),
  /** The deposit slip (letter), the adding-machine tape of its checks, or the record of every hand it went through. */
  document: effect(EVERYONE)
    .input(z.object({ depositId: idField, paper: z.enum(['slip', 'tape', 'custody']) }))
    .output(z.file())
    .errors({ UNKNOWN_DEPOSIT: refusal, NOT_VERIFIED: refusal }),
}
