/** Making up a deposit: all of a closed session's money, each part of it in exactly one bag. */

import type { Reader } from '../../../db/ledger/reader.ts'
import { bagNumberTaken } from '../../../db/queries/deposit.ts'
import { type Session, sessionById } from '../../../db/queries/session/session.ts'
import { partItems, partsOf, piecesInSafe, waitingParts } from '../../../db/queries/session/session-money.ts'
import { sessionSummary } from '../../../db/queries/session/session-summary.ts'
import { bankAccountById, settingsNow } from '../../../db/queries/setup.ts'
import { tillNow } from '../../../db/queries/till.ts'
import type { SessionPartRow } from '../../../shared/ledger/rows/session-rows.ts'
import { add, type Cents, sum, ZERO } from '../../../shared/money.ts'
import { countedPieces, countTotal, type PieceCount } from '../../../shared/rules/cash/denominations.ts'
import { sharePieces } from '../../../shared/rules/deposit/deposit-cash.ts'
import {
  depositDueMs,
  sessionsDueMs,
  type TakenMoney,
} from '../../../shared/rules/deposit/deposit-deadline.ts'
import { humanNumber } from '../../../shared/rules/text/human-number.ts'
import type { Settings } from '../../../shared/settings/index.ts'
import { factIn, write } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { normalizedText } from '../request/texts.ts'

/** The pieces that a session brought to the safe, shared out among its parts; the same whichever part goes first. */
function proposedPieces(reader: Reader, part: SessionPartRow, settings: Settings): PieceCount[] | null {
  const parts = partsOf(reader, part.session_id)
  const shares = sharePieces(
    piecesInSafe(reader, part.session_id),
    parts.map(one => one.cash_cents),
    settings.denominations,
  )
  return shares[parts.findIndex(one => one.part_no === part.part_no)] ?? null
}

/**
 * What a session's deadline hangs on. What counts is all of its money, for however many bank accounts: it lies in the
 * safe together.
 */
function takenIn(reader: Reader, { sessionId, businessDate }: Session): TakenMoney {
  const totalCents = sum(partsOf(reader, sessionId).flatMap(part => [part.cash_cents, part.items_cents]))
  return { businessDate, totalCents }
}

export const waiting = os.deposit.waiting.handler(({ context }) => {
  const { backend } = context
  const { reader } = backend.ledger
  const settings = settingsNow(reader)
  const { deadline, timeZone } = settings
  const nowMs = backend.clock()
  const summary = sessionSummary(reader)
  return waitingParts(reader).flatMap(part => {
    const session = sessionById(reader, part.session_id)
    if (!session) return []
    const dueAtMs = depositDueMs(takenIn(reader, session), deadline, timeZone)
    return [
      {
        ...summary(session),
        partNo: part.part_no,
        bankAccountId: part.bank_account_id,
        dueCents: part.due_cents,
        dueAtMs,
        overdue: nowMs > dueAtMs,
        cashCents: part.cash_cents,
        itemsCents: part.items_cents,
        itemCount: partItems(reader, part.session_id, part.part_no).length,
        proposedPieces: proposedPieces(reader, part, settings),
      },
    ]
  })
})

interface ChosenPart {
  session: Session
  part: SessionPartRow
}

/** What a deposit of these parts states about them. */
function contentsOf(tx: Reader, chosen: readonly ChosenPart[]) {
  const cashCents = sum(chosen.map(({ part }) => part.cash_cents))
  const itemsCents = sum(chosen.map(({ part }) => part.items_cents))
  const sessions = chosen.map(({ part }) => ({
    sessionId: part.session_id,
    partNo: part.part_no,
    cashCents: part.cash_cents,
    itemsCents: part.items_cents,
  }))
  const items = chosen.flatMap(({ part }) => partItems(tx, part.session_id, part.part_no))
  return { cashCents, itemsCents, totalCents: add(cashCents, itemsCents), sessions, items }
}

/** Each part that is named, once. */
function named<P extends { sessionId: string; partNo: number }>(parts: readonly P[]): P[] {
  return [...new Map(parts.map(part => [`${part.sessionId} ${part.partNo}`, part])).values()]
}

export const makeUp = os.deposit.makeUp.handler(
  write({
    decide({ tx, input, errors, settings }) {
      const bankAccount = bankAccountById(tx, input.bankAccountId)
      if (!bankAccount?.active) throw errors.UNKNOWN_BANK_ACCOUNT()
      const chosen = named(input.parts).flatMap(({ sessionId, partNo }): ChosenPart[] => {
        const session = sessionById(tx, sessionId)
        const number = session?.number ?? ''
        if (session?.state !== 'closed') throw errors.SESSION_NOT_CLOSED({ data: { number } })
        const part = partsOf(tx, sessionId).find(one => one.part_no === partNo)
        if (!part) return []
        if (part.deposit_id !== null) throw errors.SESSION_DEPOSITED({ data: { number } })
        const own = part.bank_account_id === null ? undefined : bankAccountById(tx, part.bank_account_id)
        if (own && own.bankAccountId !== bankAccount.bankAccountId)
          throw errors.WRONG_BANK_ACCOUNT({ data: { number, bankAccountName: own.name } })
        return [{ session, part }]
      })
      const contents = contentsOf(tx, chosen)
      const { denominations, deadline, timeZone } = settings
      const taken = chosen.map(({ session }) => takenIn(tx, session))
      const dueAtMs = sessionsDueMs(taken, deadline, timeZone)
      if (contents.totalCents === ZERO || dueAtMs === null) throw errors.NOTHING_TO_DEPOSIT()
      const counted = countTotal(input.pieces, denominations)
      if (!counted.ok) throw errors.COUNT_NOT_VALID({ data: { reason: counted.reason } })
      const wantedCents: Cents = contents.cashCents
      if (counted.cents !== wantedCents)
        throw errors.CASH_DIFFERS({ data: { wantedCents, countedCents: counted.cents } })
      const bagNumber = normalizedText('bagNumber', input.bagNumber, { maxLength: 40, required: true })
      if (bagNumberTaken(tx, bagNumber)) throw errors.BAG_NUMBER_TAKEN()
      const { active: _, ...namedBank } = bankAccount
      const till = tillNow(tx)
      const depositNo = till.last_deposit_no + 1
      tx.append('deposit.made-up', {
        depositId: input.commandId,
        depositNo,
        number: humanNumber(till, depositNo, 'D'),
        bankAccount: namedBank,
        bagNumber,
        dueAtMs,
        pieces: countedPieces(input.pieces, denominations),
        ...contents,
      })
    },
    answer(facts) {
      const { body } = factIn(facts, 'deposit.made-up')
      return { depositId: body.depositId, number: body.number, totalCents: body.totalCents }
    },
  }),
)
