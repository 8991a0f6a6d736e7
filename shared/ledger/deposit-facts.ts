/** Facts about deposits: made up, verified, and every hand that they go through up to the bank's credit. */
import { z } from 'zod'
import {
  businessDateField,
  centsField,
  countedPieceField,
  countField,
  idField,
  instantField,
  nameField,
  reasonField,
  totalField,
} from '../fields.ts'
import { bankPaperField, runningNoField } from './fact-fields.ts'

/** What a step of custody found: its own figure, and the difference to the step before with its reason. */
const depositStep = {
  cents: totalField,
  differenceCents: centsField,
  reason: z.string().max(200),
}

export const DEPOSIT_BODIES = {
  'deposit.made-up': z.object({
    depositId: idField,
    depositNo: runningNoField,
    number: z.string().max(30),
    bankAccountId: idField,
    bagNumber: z.string().min(1).max(40),
    /** When it must be at the bank by the policy of that moment. */
    dueAtMs: instantField,
    pieces: z.array(countedPieceField),
    cashCents: totalField,
    itemsCents: totalField,
    totalCents: totalField,
    sessions: z
      .array(
        z.object({
          sessionId: idField,
          /** Which part of the session's money: a session has one for each bank account that it owes. */
          partNo: z.int().min(1).max(100),
          cashCents: totalField,
          itemsCents: totalField,
        }),
      )
      .min(1),
    items: z.array(bankPaperField),
  }),
  'deposit.verified': z.object({
    depositId: idField,
    verifierId: idField,
    pieces: z.array(countedPieceField),
    itemCount: countField,
    ...depositStep,
  }),
  'deposit.sealed': z.object({
    depositId: idField,
    bagNumber: z.string().min(1).max(40),
    sealNumber: z.string().min(1).max(40),
  }),
  'deposit.handed-over': z.object({
    depositId: idField,
    /** Who carries it: the courier's company or the colleague who walks to the bank. */
    carrier: nameField,
    signatureName: nameField,
    /** Cash that leaves the safe with it. */
    pieces: z.array(countedPieceField),
  }),
  'deposit.validated': z.object({
    depositId: idField,
    slipNumber: z.string().min(1).max(40),
    bankDate: businessDateField,
    ...depositStep,
  }),
  'deposit.credited': z.object({ depositId: idField, creditDate: businessDateField, ...depositStep }),
  'deposit.reopened': z.object({ depositId: idField, reason: reasonField, approvedBy: idField }),
} as const
