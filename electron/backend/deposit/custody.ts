/** The hands that a deposit goes through, up to the bank's credit. What differs at a step is a fact of that step. */

import type { Reader } from '../../../db/ledger/reader.ts'
import {
  bagNumberTaken,
  depositById,
  depositItems,
  depositPieces,
  sealNumberTaken,
} from '../../../db/queries/deposit.ts'
import type { Fact } from '../../../shared/ledger/facts.ts'
import type { DepositRow, DepositStep } from '../../../shared/ledger/rows/deposit-rows.ts'
import { add, type Cents, subtract, ZERO } from '../../../shared/money.ts'
import { countedPieces, countTotal } from '../../../shared/rules/cash/denominations.ts'
import { approvedWrite, factIn, write } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { normalizedText } from '../request/texts.ts'

interface StepErrors {
  UNKNOWN_DEPOSIT(): Error
  WRONG_STEP(options: { data: { state: DepositStep } }): Error
}

/** The deposit, where it is at one of the steps that lead to the next. */
function depositAt(
  tx: Reader,
  depositId: string,
  { errors, steps }: { errors: StepErrors; steps: readonly DepositStep[] },
): DepositRow {
  const deposit = depositById(tx, depositId)
  if (!deposit) throw errors.UNKNOWN_DEPOSIT()
  if (!steps.includes(deposit.state)) throw errors.WRONG_STEP({ data: { state: deposit.state } })
  return deposit
}

const numberOf = (reader: Reader, depositId: string): string => depositById(reader, depositId)?.number ?? ''

type StepKind = Extract<Fact, { body: { depositId: string } }>['kind']

/** The reply of a step that finds nothing out. */
const numberIn = (kind: StepKind) => (facts: readonly Fact[], reader: Reader) => ({
  number: numberOf(reader, factIn(facts, kind).body.depositId),
})

/** The reply of a step that has its own figure. */
const figureIn =
  (kind: 'deposit.verified' | 'deposit.validated' | 'deposit.credited') =>
  (facts: readonly Fact[], reader: Reader) => {
    const { depositId, differenceCents } = factIn(facts, kind).body
    return { number: numberOf(reader, depositId), differenceCents }
  }

interface DifferenceErrors {
  REASON_MISSING(options: { data: { differenceCents: Cents } }): Error
}

/** The reason of a difference; refuses to go on without one. */
function reasonOf(
  reason: string,
  {
    differs,
    differenceCents,
    errors,
  }: { differs: boolean; differenceCents: Cents; errors: DifferenceErrors },
): string {
  const kept = normalizedText('reason', reason, { maxLength: 200 })
  if (differs && kept === '') throw errors.REASON_MISSING({ data: { differenceCents } })
  return kept
}

export const verify = os.deposit.verify.handler(
  approvedWrite({
    decide({ tx, input, errors, approver, settings }) {
      const deposit = depositById(tx, input.depositId)
      if (!deposit) throw errors.UNKNOWN_DEPOSIT()
      if (deposit.state === 'verified') throw errors.ALREADY_VERIFIED()
      depositAt(tx, input.depositId, { errors, steps: ['made-up'] })
      if (!approver) throw errors.APPROVAL_NEEDED()
      if (approver.personId === deposit.preparer_id) throw errors.PREPARER_CANNOT_VERIFY()
      const counted = countTotal(input.pieces, settings.denominations)
      if (!counted.ok) throw errors.COUNT_NOT_VALID({ data: { reason: counted.reason } })
      const cents = add(counted.cents, input.itemsCents)
      const differenceCents = subtract(cents, deposit.total_cents)
      // Cash that replaces a check is a difference too, although the total agrees.
      const differs =
        counted.cents !== deposit.cash_cents ||
        input.itemsCents !== deposit.items_cents ||
        input.itemCount !== depositItems(tx, deposit.deposit_id).length
      tx.append(
        'deposit.verified',
        {
          depositId: deposit.deposit_id,
          verifierId: approver.personId,
          pieces: countedPieces(input.pieces, settings.denominations),
          itemCount: input.itemCount,
          cents,
          differenceCents,
          reason: reasonOf(input.reason, { differs, differenceCents, errors }),
        },
        { businessDate: deposit.business_date },
      )
    },
    answer: figureIn('deposit.verified'),
  }),
)

export const seal = os.deposit.seal.handler(
  write({
    decide({ tx, input, errors }) {
      const { depositId } = input
      const deposit = depositAt(tx, depositId, { errors, steps: ['verified'] })
      const bagNumber = normalizedText('bagNumber', input.bagNumber, { maxLength: 40, required: true })
      const sealNumber = normalizedText('sealNumber', input.sealNumber, { maxLength: 40, required: true })
      if (bagNumberTaken(tx, bagNumber, depositId)) throw errors.BAG_NUMBER_TAKEN()
      if (sealNumberTaken(tx, sealNumber)) throw errors.SEAL_NUMBER_TAKEN()
      tx.append(
        'deposit.sealed',
        { depositId, bagNumber, sealNumber },
        { businessDate: deposit.business_date },
      )
    },
    answer: numberIn('deposit.sealed'),
  }),
)

export const release = os.deposit.release.handler(
  write({
    decide({ tx, input, errors }) {
      const { depositId } = input
      const deposit = depositAt(tx, depositId, { errors, steps: ['sealed'] })
      const fact = {
        depositId,
        carrier: normalizedText('carrier', input.carrier, { maxLength: 80, required: true }),
        signatureName: normalizedText('signatureName', input.signatureName, {
          maxLength: 80,
          required: true,
        }),
        // What the verifier counted is what was sealed in.
        pieces: depositPieces(tx, depositId, 'verified'),
      }
      tx.append('deposit.released', fact, { businessDate: deposit.business_date })
    },
    answer: numberIn('deposit.released'),
  }),
)

export const validate = os.deposit.validate.handler(
  write({
    decide({ tx, input, errors }) {
      const { depositId, cents, bankDate } = input
      const deposit = depositAt(tx, depositId, { errors, steps: ['released'] })
      const slipNumber = normalizedText('slipNumber', input.slipNumber, { maxLength: 40, required: true })
      const differenceCents = subtract(cents, deposit.found_cents)
      const reason = reasonOf(input.reason, { differs: differenceCents !== ZERO, differenceCents, errors })
      const fact = { depositId, slipNumber, bankDate, cents, differenceCents, reason }
      tx.append('deposit.validated', fact, { businessDate: deposit.business_date })
    },
    answer: figureIn('deposit.validated'),
  }),
)

export const credit = os.deposit.credit.handler(
  write({
    decide({ tx, input, errors }) {
      const { depositId, cents, creditDate } = input
      const deposit = depositAt(tx, depositId, { errors, steps: ['validated'] })
      const differenceCents = subtract(cents, deposit.found_cents)
      const reason = reasonOf(input.reason, { differs: differenceCents !== ZERO, differenceCents, errors })
      const fact = { depositId, creditDate, cents, differenceCents, reason }
      tx.append('deposit.credited', fact, { businessDate: deposit.business_date })
    },
    answer: figureIn('deposit.credited'),
  }),
)

export const reopen = os.deposit.reopen.handler(
  approvedWrite({
    decide({ tx, input, errors, approver }) {
      const { depositId } = input
      const deposit = depositAt(tx, depositId, { errors, steps: ['made-up', 'verified'] })
      if (!approver) throw errors.APPROVAL_NEEDED()
      if (approver.personId === deposit.preparer_id) throw errors.PREPARER_CANNOT_VERIFY()
      const reason = normalizedText('reason', input.reason, { maxLength: 200, required: true })
      tx.append(
        'deposit.reopened',
        { depositId, reason, approvedBy: approver.personId },
        { businessDate: deposit.business_date },
      )
    },
    answer: numberIn('deposit.reopened'),
  }),
)
