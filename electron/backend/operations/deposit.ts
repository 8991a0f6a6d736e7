/** Deposits: all of a session's money, in exactly one bag, made up by one person and verified by another. */
import {
  bagNumberTaken,
  depositById,
  depositItems,
  depositPieces,
  depositSessions,
  recentDeposits,
} from '../../../db/queries/deposits.ts'
import { personNames } from '../../../db/queries/people.ts'
import {
  countedItems,
  piecesOf,
  type Session,
  sessionById,
  sessionsToDeposit,
  sessionTenders,
} from '../../../db/queries/sessions.ts'
import { allTenderTypes, bankAccountById, tillOf } from '../../../db/queries/setup.ts'
import type { Reader } from '../../../db/reader.ts'
import type { DepositView } from '../../../shared/contract/deposit.ts'
import { verificationCode } from '../../../shared/ledger/chain.ts'
import type { Tender } from '../../../shared/ledger/facts.ts'
import { add, type Cents, sum, ZERO } from '../../../shared/money.ts'
import { asLoose, countedPieces, countTotal } from '../../../shared/rules/denominations.ts'
import { depositableCash, proposeDepositCash } from '../../../shared/rules/deposit-cash.ts'
import { humanNumber } from '../../../shared/rules/human-number.ts'
import { approvedWrite, factIn, signedIn, write } from '../commands.ts'
import { os } from '../guard.ts'
import { keptText } from '../texts.ts'
import { sessionSummary } from './drawer-read.ts'
import { pdfFile, settingsNow } from './receipt-read.ts'

function bankedItemTenders(reader: Reader): Tender[] {
  return allTenderTypes(reader)
    .filter(type => type.banked && type.counted === 'items')
    .map(type => type.tender)
}

/** What of a closed session goes to the bank. */
function moneyOf(reader: Reader, session: Session) {
  const cash = sessionTenders(reader, session.sessionId).find(row => row.tender === 'cash')
  // What was counted, not what should have been: a paper that is missing can not go into the bag.
  const items =
    session.closingCountId === null
      ? []
      : countedItems(reader, session.closingCountId, bankedItemTenders(reader))
  return {
    floatCents: cash?.floatCents ?? ZERO,
    cashCents: depositableCash(cash?.countedCents ?? ZERO, cash?.floatCents ?? ZERO),
    items,
    itemsCents: sum(items.map(item => item.cents)),
  }
}

export const waiting = os.deposit.waiting.handler(({ context }) => {
  const { reader } = context.backend.ledger
  const { denominations } = settingsNow(context.backend)
  const summary = sessionSummary(reader)
  return sessionsToDeposit(reader).map(session => {
    const { cashCents, items, itemsCents, floatCents } = moneyOf(reader, session)
    const counted = session.closingCountId === null ? [] : piecesOf(reader, session.closingCountId)
    return {
      ...summary(session),
      cashCents,
      itemsCents,
      itemCount: items.length,
      proposedPieces:
        cashCents === ZERO ? [] : proposeDepositCash(asLoose(counted), floatCents, denominations),
    }
  })
})

export const makeUp = os.deposit.makeUp.handler(
  write({
    decide({ tx, input, errors, settings }) {
      const bankAccount = bankAccountById(tx, input.bankAccountId)
      if (!bankAccount?.active) throw errors.UNKNOWN_BANK_ACCOUNT()
      const parts = [...new Set(input.sessionIds)].map(sessionId => {
        const session = sessionById(tx, sessionId)
        if (session?.state !== 'closed')
          throw errors.SESSION_NOT_CLOSED({ data: { number: session?.number ?? '' } })
        if (session.depositId !== null) throw errors.SESSION_DEPOSITED({ data: { number: session.number } })
        return { session, ...moneyOf(tx, session) }
      })
      const cashCents = sum(parts.map(part => part.cashCents))
      const itemsCents = sum(parts.map(part => part.itemsCents))
      const totalCents = add(cashCents, itemsCents)
      if (totalCents === ZERO) throw errors.NOTHING_TO_DEPOSIT()
      const counted = countTotal(input.pieces, settings.denominations)
      if (!counted.ok) throw errors.COUNT_NOT_VALID({ data: { reason: counted.reason } })
      if (counted.cents !== cashCents)
        throw errors.CASH_DIFFERS({ data: { wantedCents: cashCents, countedCents: counted.cents } })
      const bagNumber = keptText('bagNumber', input.bagNumber, { maxLength: 40, required: true })
      if (bagNumberTaken(tx, bagNumber)) throw errors.BAG_NUMBER_TAKEN()
      const till = tillOf(tx)
      if (!till) throw new Error('No till')
      const depositNo = till.last_deposit_no + 1
      tx.append('deposit.made-up', {
        depositId: input.commandId,
        depositNo,
        number: humanNumber(till, depositNo, 'D'),
        bankAccountId: bankAccount.bankAccountId,
        bagNumber,
        pieces: countedPieces(input.pieces, settings.denominations),
        cashCents,
        itemsCents,
        totalCents,
        sessions: parts.map(part => ({
          sessionId: part.session.sessionId,
          cashCents: part.cashCents,
          itemsCents: part.itemsCents,
        })),
        items: parts.flatMap(part =>
          part.items.map(({ tender, receiptId, tenderNo, reference, routingNumber, cents }) => ({
            tender,
            receiptId,
            tenderNo,
            reference,
            routingNumber,
            cents,
          })),
        ),
      })
    },
    answer(facts) {
      const { body } = factIn(facts, 'deposit.made-up')
      return { depositId: body.depositId, number: body.number, totalCents: body.totalCents }
    },
  }),
)

export const verify = os.deposit.verify.handler(
  approvedWrite({
    decide({ tx, input, errors, approver }) {
      const deposit = depositById(tx, input.depositId)
      if (!deposit) throw errors.UNKNOWN_DEPOSIT()
      if (deposit.state === 'verified') throw errors.ALREADY_VERIFIED()
      if (!approver) throw errors.APPROVAL_NEEDED()
      if (approver.personId === deposit.preparer_id) throw errors.PREPARER_CANNOT_VERIFY()
      tx.append(
        'deposit.verified',
        { depositId: deposit.deposit_id, verifierId: approver.personId },
        deposit.business_date,
      )
    },
    answer: (facts, reader) => {
      const { depositId } = factIn(facts, 'deposit.verified').body
      return { number: depositById(reader, depositId)?.number ?? '' }
    },
  }),
)

/** A deposit with everything on its slip. */
export function depositView(reader: Reader, depositId: string): DepositView | undefined {
  const row = depositById(reader, depositId)
  const bankAccount = row && bankAccountById(reader, row.bank_account_id)
  if (!row || !bankAccount) return undefined
  const nameOf = personNames(reader)
  const summary = sessionSummary(reader)
  return {
    depositId: row.deposit_id,
    number: row.number,
    state: row.state,
    bankAccount,
    businessDate: row.business_date,
    madeUpAtMs: row.made_up_at,
    preparerName: nameOf(row.preparer_id),
    verifierName: row.verifier_id === null ? null : nameOf(row.verifier_id),
    verifiedAtMs: row.verified_at,
    bagNumber: row.bag_number,
    pieces: depositPieces(reader, depositId),
    cashCents: row.cash_cents,
    itemsCents: row.items_cents,
    totalCents: row.total_cents,
    items: depositItems(reader, depositId),
    sessions: depositSessions(reader, depositId).flatMap(
      (part): (ReturnType<typeof summary> & { cashCents: Cents; itemsCents: Cents })[] => {
        const session = sessionById(reader, part.sessionId)
        return session
          ? [{ ...summary(session), cashCents: part.cashCents, itemsCents: part.itemsCents }]
          : []
      },
    ),
    verificationCode: verificationCode(row.hash),
  }
}

export const list = os.deposit.list.handler(({ context }) => {
  const { reader } = context.backend.ledger
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
    totalCents: row.total_cents,
  }))
})

export const get = os.deposit.get.handler(({ input, context, errors }) => {
  const view = depositView(context.backend.ledger.reader, input.depositId)
  if (!view) throw errors.UNKNOWN_DEPOSIT()
  return view
})

export const document = os.deposit.document.handler(async ({ input, context, errors }) => {
  signedIn(context)
  const { backend } = context
  const deposit = depositView(backend.ledger.reader, input.depositId)
  if (!deposit) throw errors.UNKNOWN_DEPOSIT()
  // An unverified slip could go to the bank with one signature.
  if (deposit.state !== 'verified') throw errors.NOT_VERIFIED()
  const settings = settingsNow(backend)
  const task = input.paper === 'slip' ? ('deposit-slip-pdf' as const) : ('check-tape-pdf' as const)
  return pdfFile(`${deposit.number}-${input.paper}`, await backend.jobs.run(task, { deposit, settings }))
})
