/** A deposit as it is being made up: which sessions, which bank account, which cash, which bag. */
import type { TillClient } from '../../../shared/contract/index.ts'
import { type Cents, subtract, sum } from '../../../shared/money.ts'
import {
  countTotal,
  type Denomination,
  denominationKey,
  type PieceCount,
} from '../../../shared/rules/denominations.ts'

export type WaitingSession = Awaited<ReturnType<TillClient['deposit']['waiting']>>[number]
export type MakeUpInput = Parameters<TillClient['deposit']['makeUp']>[0]

export interface DepositForm {
  sessionIds: readonly string[]
  bankAccountId: string | null
  pieces: readonly PieceCount[]
  bagNumber: string
}

export type DepositProblem =
  | 'no-session'
  | 'no-bank-account'
  | 'nothing'
  | 'count'
  | 'cash-differs'
  | 'no-bag'

export interface DepositTotals {
  cashWantedCents: Cents
  cashCountedCents: Cents | null
  /** Counted − wanted; null where the count itself cannot be read. */
  cashDifferenceCents: Cents | null
  itemsCents: Cents
  itemCount: number
  /** What the deposit comes to once the cash agrees. */
  totalCents: Cents
}

export function emptyForm(bankAccountId: string | null): DepositForm {
  return { sessionIds: [], bankAccountId, pieces: [], bagNumber: '' }
}

export function chosenSessions(form: DepositForm, waiting: readonly WaitingSession[]): WaitingSession[] {
  return waiting.filter(session => form.sessionIds.includes(session.sessionId))
}

/** The pieces that would leave each float behind, added up; null where one session has no such mix. */
export function proposedFor(sessions: readonly WaitingSession[]): PieceCount[] | null {
  const merged = new Map<string, PieceCount>()
  for (const { proposedPieces } of sessions) {
    if (proposedPieces === null) return null
    for (const row of proposedPieces) {
      const key = denominationKey(row)
      const sofar = merged.get(key)
      merged.set(key, {
        ...row,
        pieces: row.pieces + (sofar?.pieces ?? 0),
        bundles: row.bundles + (sofar?.bundles ?? 0),
      })
    }
  }
  return [...merged.values()]
}

/** Takes a session in or out. The cash is proposed anew, because another drawer's money has come or gone. */
export function withSession(
  form: DepositForm,
  sessionId: string,
  waiting: readonly WaitingSession[],
): DepositForm {
  const sessionIds = form.sessionIds.includes(sessionId)
    ? form.sessionIds.filter(id => id !== sessionId)
    : [...form.sessionIds, sessionId]
  const changed = { ...form, sessionIds }
  return { ...changed, pieces: proposedFor(chosenSessions(changed, waiting)) ?? [] }
}

export function totalsOf(
  form: DepositForm,
  waiting: readonly WaitingSession[],
  denominations: readonly Denomination[],
): DepositTotals {
  const sessions = chosenSessions(form, waiting)
  const counted = countTotal(form.pieces, denominations)
  const cashWantedCents = sum(sessions.map(session => session.cashCents))
  const itemsCents = sum(sessions.map(session => session.itemsCents))
  return {
    cashWantedCents,
    cashCountedCents: counted.ok ? counted.cents : null,
    cashDifferenceCents: counted.ok ? subtract(counted.cents, cashWantedCents) : null,
    itemsCents,
    itemCount: sessions.reduce((count, session) => count + session.itemCount, 0),
    totalCents: sum([cashWantedCents, itemsCents]),
  }
}

/** What stands in the way of making the deposit up, in the order of the form; null where nothing does. */
export function problemOf(form: DepositForm, totals: DepositTotals): DepositProblem | null {
  if (form.sessionIds.length === 0) return 'no-session'
  if (form.bankAccountId === null) return 'no-bank-account'
  if (totals.totalCents === 0) return 'nothing'
  if (totals.cashDifferenceCents === null) return 'count'
  if (totals.cashDifferenceCents !== 0) return 'cash-differs'
  return form.bagNumber.trim() === '' ? 'no-bag' : null
}

/** The command, once `problemOf` finds nothing; null before. */
export function toMakeUpInput(form: DepositForm, commandId: string): MakeUpInput | null {
  const { bankAccountId } = form
  if (bankAccountId === null) return null
  return {
    commandId,
    bankAccountId,
    sessionIds: [...form.sessionIds],
    pieces: form.pieces.filter(row => row.pieces > 0 || row.bundles > 0),
    bagNumber: form.bagNumber.trim(),
  }
}
