/** Deposits: made up, verified, and every hand that they go through up to the bank's credit. */
import { z } from 'zod'
import {
  businessDateField,
  centsField,
  countedPieceField,
  countField,
  humanNumberField,
  idField,
  instantField,
  nameField,
  reasonField,
  runningNoField,
  totalField,
} from '../fields.ts'
import { type Cents, formatCents, negate, sum, ZERO } from '../money.ts'
import type { CountedPiece } from '../rules/cash/denominations.ts'
import { body, type FactOf, kind } from './kind.ts'
import { bankInstrumentColumns, bankInstrumentField, netPieces, pieceColumns } from './pieces.ts'
import { type DepositRow, type DepositStep, type DepositStepRow, depositTables } from './rows/deposit-rows.ts'
import { sessionTables } from './rows/session-rows.ts'
import type { RowChange } from './rows/table.ts'
import { safeRows } from './safe.ts'
import { namedBankField } from './setup.ts'
import { tillChange } from './till.ts'

export { depositTables }

const { deposit, deposit_step, deposit_session, deposit_piece, deposit_item } = depositTables
const { session_part } = sessionTables

/** What a step of custody found: its own figure, and the difference to the step before with its reason. */
const stepFigures = { cents: totalField, differenceCents: centsField, reason: z.string().max(200) }
const bagNumberField = z.string().min(1).max(40)

const madeUpField = z.strictObject({
  depositId: idField,
  depositNo: runningNoField,
  number: humanNumberField,
  bankAccount: namedBankField,
  bagNumber: bagNumberField,
  /** When it must be at the bank by the policy of that moment. */
  dueAtMs: instantField,
  pieces: z.array(countedPieceField),
  cashCents: totalField,
  itemsCents: totalField,
  totalCents: totalField,
  sessions: z
    .array(
      z.strictObject({
        sessionId: idField,
        /** Which part of the session's money: a session has one for each bank account that it owes. */
        partNo: z.int().min(1).max(100),
        cashCents: totalField,
        itemsCents: totalField,
      }),
    )
    .min(1),
  items: z.array(bankInstrumentField),
})
type MadeUp = FactOf<z.infer<typeof madeUpField>>

const verifiedField = z.strictObject({
  depositId: idField,
  verifierId: idField,
  pieces: z.array(countedPieceField),
  itemCount: countField,
  ...stepFigures,
})
type Verified = FactOf<z.infer<typeof verifiedField>>

const sealedField = z.strictObject({
  depositId: idField,
  bagNumber: bagNumberField,
  sealNumber: z.string().min(1).max(40),
})

const releasedField = z.strictObject({
  depositId: idField,
  /** Who carries it: the courier's company or the colleague who walks to the bank. */
  carrier: nameField,
  signatureName: nameField,
  /** Cash that leaves the safe with it. */
  pieces: z.array(countedPieceField),
})
type Released = FactOf<z.infer<typeof releasedField>>

const validatedField = z.strictObject({
  depositId: idField,
  slipNumber: z.string().min(1).max(40),
  bankDate: businessDateField,
  ...stepFigures,
})
const creditedField = z.strictObject({ depositId: idField, creditDate: businessDateField, ...stepFigures })
const reopenedField = z.strictObject({ depositId: idField, reason: reasonField, approvedBy: idField })
type Reopened = FactOf<z.infer<typeof reopenedField>>

type DepositFact = FactOf<{ depositId: string }>

/** The state that a step brings the deposit to, and the line in the record of its hands. */
function steps(
  fact: DepositFact,
  step: DepositStep,
  { set = {}, row = {} }: { set?: Partial<DepositRow>; row?: Partial<DepositStepRow> },
): RowChange[] {
  return [
    deposit.update({ deposit_id: fact.body.depositId }, { set: { state: step, ...set } }),
    stepRow(fact, step, row),
  ]
}

const stepRow = (fact: DepositFact, step: DepositStep, row: Partial<DepositStepRow>): RowChange =>
  deposit_step.insert({
    deposit_id: fact.body.depositId,
    epoch: fact.epoch,
    seq: fact.seq,
    step,
    at: fact.at,
    person_id: fact.actorId,
    second_person_id: null,
    cents: null,
    item_count: null,
    difference_cents: ZERO,
    reason: '',
    reference: '',
    second_reference: '',
    ...row,
  })

const pieceRows = (
  depositId: string,
  step: 'made-up' | 'verified',
  pieces: readonly CountedPiece[],
): RowChange[] =>
  pieces.map(piece => deposit_piece.insert({ deposit_id: depositId, step, ...pieceColumns(piece) }))

const depositRow = (fact: MadeUp): RowChange =>
  deposit.insert({
    deposit_id: fact.body.depositId,
    deposit_no: fact.body.depositNo,
    number: fact.body.number,
    bank_account_id: fact.body.bankAccount.bankAccountId,
    bank_account_name: fact.body.bankAccount.name,
    bank_name: fact.body.bankAccount.bankName,
    routing_number: fact.body.bankAccount.routingNumber,
    account_number: fact.body.bankAccount.accountNumber,
    business_date: fact.businessDate,
    made_up_at: fact.at,
    preparer_id: fact.actorId,
    verifier_id: null,
    verified_at: null,
    state: 'made-up',
    bag_number: fact.body.bagNumber,
    seal_number: null,
    slip_number: null,
    found_cents: fact.body.totalCents,
    due_at: fact.body.dueAtMs,
    cash_cents: fact.body.cashCents,
    items_cents: fact.body.itemsCents,
    total_cents: fact.body.totalCents,
    hash: fact.hash,
  })

function sessionRows({ depositId, sessions }: MadeUp['body']): RowChange[] {
  return sessions.flatMap(({ sessionId, partNo, cashCents, itemsCents }) => {
    const key = { session_id: sessionId, part_no: partNo }
    return [
      deposit_session.insert({
        deposit_id: depositId,
        ...key,
        cash_cents: cashCents,
        items_cents: itemsCents,
      }),
      session_part.update(key, { set: { deposit_id: depositId } }),
    ]
  })
}

function madeUp(fact: MadeUp): RowChange[] {
  const { body } = fact
  return [
    tillChange(fact, { set: { last_deposit_no: body.depositNo } }),
    depositRow(fact),
    ...sessionRows(body),
    ...pieceRows(body.depositId, 'made-up', body.pieces),
    ...body.items.map((item, index) =>
      deposit_item.insert({
        deposit_id: body.depositId,
        item_no: index + 1,
        ...bankInstrumentColumns(item),
      }),
    ),
    stepRow(fact, 'made-up', {
      cents: body.totalCents,
      item_count: body.items.length,
      reference: body.bagNumber,
    }),
  ]
}

function verified(fact: Verified): RowChange[] {
  const { body } = fact
  return [
    ...pieceRows(body.depositId, 'verified', body.pieces),
    ...steps(fact, 'verified', {
      set: { verifier_id: body.verifierId, verified_at: fact.at, found_cents: body.cents },
      row: {
        second_person_id: body.verifierId,
        cents: body.cents,
        item_count: body.itemCount,
        difference_cents: body.differenceCents,
        reason: body.reason,
      },
    }),
  ]
}

function released(fact: Released): RowChange[] {
  const { body } = fact
  return [
    ...steps(fact, 'released', { row: { reference: body.carrier, second_reference: body.signatureName } }),
    ...safeRows(fact, {
      entryId: body.depositId,
      kind: 'deposit',
      depositId: body.depositId,
      secondPersonId: null,
      cents: negate(sum(body.pieces.map(piece => piece.cents))),
      pieces: netPieces([], body.pieces),
    }),
  ]
}

/** The bag was opened again: its sessions' money waits once more, and the deposit stays on record. */
function reopened(fact: Reopened): RowChange[] {
  const { depositId, approvedBy, reason } = fact.body
  return [
    session_part.update({ deposit_id: depositId }, { set: { deposit_id: null } }),
    ...steps(fact, 'reopened', { row: { second_person_id: approvedBy, reason } }),
  ]
}

const figures = ({ cents, differenceCents, reason }: z.infer<z.ZodObject<typeof stepFigures>>) => ({
  set: { found_cents: cents },
  row: { cents, difference_cents: differenceCents, reason },
})

const sayDifference = ({ differenceCents, reason }: { differenceCents: Cents; reason: string }): string =>
  differenceCents === 0 ? '' : `, ${formatCents(differenceCents)} different: ${reason}`

const SHOWS = ['deposit', 'session', 'safe'] as const
const aboutDeposit = ({ depositId }: { depositId: string }) => ({ what: 'deposit', id: depositId }) as const

export const depositKinds = {
  'deposit.made-up': kind({
    body: body(madeUpField),
    label: 'Deposit made up',
    shows: SHOWS,
    posts: true,
    says: ({ body }) => `Deposit ${body.number}, ${formatCents(body.totalCents)}, bag ${body.bagNumber}`,
    about: aboutDeposit,
    project: madeUp,
  }),
  'deposit.verified': kind({
    body: body(verifiedField),
    label: 'Deposit verified',
    shows: SHOWS,
    posts: true,
    says: ({ body }, nameOf) => `Deposit verified by ${nameOf(body.verifierId)}${sayDifference(body)}`,
    about: aboutDeposit,
    project: verified,
  }),
  'deposit.sealed': kind({
    body: body(sealedField),
    label: 'Deposit sealed',
    shows: SHOWS,
    posts: false,
    says: ({ body }) => `Deposit sealed, bag ${body.bagNumber}, seal ${body.sealNumber}`,
    about: aboutDeposit,
    project: fact => {
      const { bagNumber, sealNumber } = fact.body
      return steps(fact, 'sealed', {
        set: { bag_number: bagNumber, seal_number: sealNumber },
        row: { reference: bagNumber, second_reference: sealNumber },
      })
    },
  }),
  'deposit.released': kind({
    body: body(releasedField),
    label: 'Deposit released',
    shows: SHOWS,
    posts: false,
    says: ({ body }) => `Deposit released to ${body.carrier}, ${body.signatureName}`,
    about: aboutDeposit,
    project: released,
  }),
  'deposit.validated': kind({
    body: body(validatedField),
    label: 'Deposit validated',
    shows: SHOWS,
    posts: false,
    says: ({ body }) => `Deposit validated by the bank, slip ${body.slipNumber}${sayDifference(body)}`,
    about: aboutDeposit,
    project: fact => {
      const { set, row } = figures(fact.body)
      const { slipNumber, bankDate } = fact.body
      return steps(fact, 'validated', {
        set: { ...set, slip_number: slipNumber },
        row: { ...row, reference: slipNumber, second_reference: bankDate },
      })
    },
  }),
  'deposit.credited': kind({
    body: body(creditedField),
    label: 'Deposit credited',
    shows: SHOWS,
    posts: true,
    says: ({ body }) => `Deposit credited on ${body.creditDate}${sayDifference(body)}`,
    about: aboutDeposit,
    project: fact => {
      const { set, row } = figures(fact.body)
      return steps(fact, 'credited', { set, row: { ...row, second_reference: fact.body.creditDate } })
    },
  }),
  'deposit.reopened': kind({
    body: body(reopenedField),
    label: 'Deposit opened again',
    shows: SHOWS,
    posts: false,
    says: ({ body }, nameOf) =>
      `Deposit opened again, approved by ${nameOf(body.approvedBy)}: ${body.reason}`,
    about: aboutDeposit,
    project: reopened,
  }),
}
