/** Deposits as they are shown and printed. */

import type { Reader } from '../../../db/ledger/reader.ts'
import {
  depositById,
  depositItems,
  depositParts,
  depositPieces,
  depositSteps,
  recentDeposits,
} from '../../../db/queries/deposit.ts'
import { personNames } from '../../../db/queries/person.ts'
import { sessionById } from '../../../db/queries/session/session.ts'
import { sessionSummary } from '../../../db/queries/session/session-summary.ts'
import { settingsNow, tenderNames } from '../../../db/queries/setup.ts'
import type { DepositView } from '../../../shared/contract/deposit.ts'
import { verificationCode } from '../../../shared/ledger/chain.ts'
import type { DepositRow, DepositStep, DepositStepRow } from '../../../shared/ledger/rows/deposit-rows.ts'
import { subtract, sum } from '../../../shared/money.ts'
import { pdfFile } from '../documents/page/pdf-file.ts'
import { signedIn } from '../request/commands.ts'
import { os } from '../request/guard.ts'

/** Steps at which the money is still in the house. */
const IN_THE_HOUSE: readonly DepositStep[] = ['made-up', 'verified', 'sealed']
/** Steps at which no slip may leave the house: one signature is missing, or the money waits once more. */
const WITHOUT_SLIP: readonly DepositStep[] = ['made-up', 'reopened']

const isOverdue = (row: DepositRow, nowMs: number): boolean =>
  IN_THE_HOUSE.includes(row.state) && nowMs > row.due_at

function stepsOf(
  rows: readonly DepositStepRow[],
  nameOf: (personId: string) => string,
): DepositView['steps'] {
  return rows.map(row => ({
    step: row.step,
    atMs: row.at,
    personName: nameOf(row.person_id),
    secondPersonName: row.second_person_id === null ? null : nameOf(row.second_person_id),
    cents: row.cents,
    differenceCents: row.difference_cents,
    reason: row.reason,
    reference: row.reference,
    secondReference: row.second_reference,
  }))
}

function verifiedOf(
  reader: Reader,
  depositId: string,
  steps: readonly DepositStepRow[],
): DepositView['verified'] {
  const step = steps.find(row => row.step === 'verified')
  if (!step || step.cents === null || step.item_count === null) return null
  const pieces = depositPieces(reader, depositId, 'verified')
  const cashCents = sum(pieces.map(piece => piece.cents))
  return {
    pieces,
    cashCents,
    itemCount: step.item_count,
    itemsCents: subtract(step.cents, cashCents),
    cents: step.cents,
    differenceCents: step.difference_cents,
    reason: step.reason,
  }
}

function sessionsOf(reader: Reader, depositId: string): DepositView['sessions'] {
  const summary = sessionSummary(reader)
  return depositParts(reader, depositId).flatMap(({ sessionId, ...part }) => {
    const session = sessionById(reader, sessionId)
    return session ? [{ ...summary(session), ...part }] : []
  })
}

/** A deposit with every hand that it went through and everything on its slip. */
function depositView(reader: Reader, depositId: string, nowMs: number): DepositView | undefined {
  const row = depositById(reader, depositId)
  if (!row) return undefined
  const nameOf = personNames(reader)
  const steps = depositSteps(reader, depositId)
  return {
    depositId: row.deposit_id,
    number: row.number,
    state: row.state,
    bankAccount: {
      bankAccountId: row.bank_account_id,
      name: row.bank_account_name,
      bankName: row.bank_name,
      routingNumber: row.routing_number,
      accountNumber: row.account_number,
    },
    businessDate: row.business_date,
    madeUpAtMs: row.made_up_at,
    preparerName: nameOf(row.preparer_id),
    verifierName: row.verifier_id === null ? null : nameOf(row.verifier_id),
    verifiedAtMs: row.verified_at,
    bagNumber: row.bag_number,
    sealNumber: row.seal_number,
    slipNumber: row.slip_number,
    dueAtMs: row.due_at,
    overdue: isOverdue(row, nowMs),
    foundCents: row.found_cents,
    steps: stepsOf(steps, nameOf),
    pieces: depositPieces(reader, depositId, 'made-up'),
    cashCents: row.cash_cents,
    itemsCents: row.items_cents,
    totalCents: row.total_cents,
    items: depositItems(reader, depositId).map(item => ({
      ...item,
      tenderName: tenderNames(reader)(item.tender),
    })),
    verified: verifiedOf(reader, depositId, steps),
    sessions: sessionsOf(reader, depositId),
    verificationCode: verificationCode(row.hash),
  }
}

export const list = os.deposit.list.handler(({ context }) => {
  const { ledger, clock } = context.backend
  const { reader } = ledger
  const nowMs = clock()
  const nameOf = personNames(reader)
  return recentDeposits(reader).map(row => ({
    depositId: row.deposit_id,
    number: row.number,
    state: row.state,
    businessDate: row.business_date,
    madeUpAtMs: row.made_up_at,
    preparerName: nameOf(row.preparer_id),
    verifierName: row.verifier_id === null ? null : nameOf(row.verifier_id),
    bagNumber: row.bag_number,
    sealNumber: row.seal_number,
    bankAccountName: row.bank_account_name,
    dueAtMs: row.due_at,
    overdue: isOverdue(row, nowMs),
    totalCents: row.total_cents,
    foundCents: row.found_cents,
  }))
})

export const get = os.deposit.get.handler(({ input, context, errors }) => {
  const { ledger, clock } = context.backend
  const view = depositView(ledger.reader, input.depositId, clock())
  if (!view) throw errors.UNKNOWN_DEPOSIT()
  return view
})

const TASKS = { slip: 'deposit-slip-pdf', tape: 'check-tape-pdf', custody: 'custody-record-pdf' } as const

export const document = os.deposit.document.handler(async ({ input, context, errors }) => {
  signedIn(context)
  const { backend } = context
  const deposit = depositView(backend.ledger.reader, input.depositId, backend.clock())
  if (!deposit) throw errors.UNKNOWN_DEPOSIT()
  // An unverified slip could go to the bank with one signature. The record of hands can be looked at any time.
  if (input.paper !== 'custody' && WITHOUT_SLIP.includes(deposit.state)) throw errors.NOT_VERIFIED()
  const settings = settingsNow(backend.ledger.reader)
  const pdf = await backend.jobs.run(TASKS[input.paper], { deposit, settings })
  return pdfFile(`${deposit.number}-${input.paper}`, pdf)
})
