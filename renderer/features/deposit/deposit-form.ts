/** A deposit as it is being made up: which parts of sessions' money, which bank account, which cash, which bag. */
import type { TillClient } from '../../../shared/contract/index.ts'
import { type Cents, subtract, sum } from '../../../shared/money.ts'
import {
  countTotal,
  type Denomination,
  denominationKey,
  type PieceCount,
} from '../../../shared/rules/cash/denominations.ts'

/** A closed session's money for one bank account; a session has several where the city parts it. */
export type WaitingPart = Awaited<ReturnType<TillClient['deposit']['waiting']>>[number]
export type MakeUpInput = Parameters<TillClient['deposit']['makeUp']>[0]

export interface DepositForm {
  partKeys: readonly string[]
  bankAccountId: string | null
  pieces: readonly PieceCount[]
  bagNumber: string
}

export type DepositProblem =
  | 'no-session'
  | 'no-bank-account'
  | 'wrong-bank'
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
  /** Something chosen belongs to another bank account. */
  wrongBank: boolean
}

export function emptyForm(bankAccountId: string | null): DepositForm {
  return { partKeys: [], bankAccountId, pieces: [], bagNumber: '' }
}

/** What names a part on this screen. */
export const partKey = (part: Pick<WaitingPart, 'sessionId' | 'partNo'>): string =>
  `${part.sessionId}/${part.partNo}`

export function chosenParts(form: DepositForm, waiting: readonly WaitingPart[]): WaitingPart[] {
  return waiting.filter(part => form.partKeys.includes(partKey(part)))
}

export interface BankGroup {
  /** Null for money that any bank account may have. */
  bankAccountId: string | null
  parts: WaitingPart[]
}

/** What waits by the bank account that it belongs to, what is due first on top. */
export function byBank(waiting: readonly WaitingPart[]): BankGroup[] {
  const groups = new Map<string | null, WaitingPart[]>()
  for (const part of [...waiting].sort((a, b) => a.dueAtMs - b.dueAtMs)) {
    const group = groups.get(part.bankAccountId)
    if (group === undefined) groups.set(part.bankAccountId, [part])
    else group.push(part)
  }
  return [...groups].map(([bankAccountId, parts]) => ({ bankAccountId, parts }))
}

/** The pieces that would leave each change fund behind, added up; null where one part has no such mix. */
export function proposedFor(parts: readonly WaitingPart[]): PieceCount[] | null {
  const merged = new Map<string, PieceCount>()
  for (const { proposedPieces } of parts) {
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

/**
 * Takes a part in or out. The cash is proposed anew, because another drawer's money has come or gone; and a part that
 * belongs to one bank account chooses it.
 */
export function withPart(form: DepositForm, key: string, waiting: readonly WaitingPart[]): DepositForm {
  const isOut = form.partKeys.includes(key)
  const partKeys = isOut ? form.partKeys.filter(other => other !== key) : [...form.partKeys, key]
  const added = isOut ? undefined : waiting.find(part => partKey(part) === key)
  const bankAccountId = added?.bankAccountId ?? form.bankAccountId
  const changed = { ...form, partKeys, bankAccountId }
  return { ...changed, pieces: proposedFor(chosenParts(changed, waiting)) ?? [] }
}

/** Whether something chosen belongs to another bank account than the deposit goes to. */
function isWrongBank(form: DepositForm, waiting: readonly WaitingPart[]): boolean {
  return chosenParts(form, waiting).some(
    part => part.bankAccountId !== null && part.bankAccountId !== form.bankAccountId,
  )
}

export function totalsOf(
  form: DepositForm,
  waiting: readonly WaitingPart[],
  denominations: readonly Denomination[],
): DepositTotals {
  const parts = chosenParts(form, waiting)
  const counted = countTotal(form.pieces, denominations)
  const cashWantedCents = sum(parts.map(part => part.cashCents))
  const itemsCents = sum(parts.map(part => part.itemsCents))
  return {
    cashWantedCents,
    cashCountedCents: counted.ok ? counted.cents : null,
    cashDifferenceCents: counted.ok ? subtract(counted.cents, cashWantedCents) : null,
    itemsCents,
    itemCount: parts.reduce((count, part) => count + part.itemCount, 0),
    totalCents: sum([cashWantedCents, itemsCents]),
    wrongBank: isWrongBank(form, waiting),
  }
}

/** What stands in the way of making the deposit up, in the order of the form; null where nothing does. */
export function problemOf(form: DepositForm, totals: DepositTotals): DepositProblem | null {
  if (form.partKeys.length === 0) return 'no-session'
  if (form.bankAccountId === null) return 'no-bank-account'
  if (totals.wrongBank) return 'wrong-bank'
  if (totals.totalCents === 0) return 'nothing'
  if (totals.cashDifferenceCents === null) return 'count'
  if (totals.cashDifferenceCents !== 0) return 'cash-differs'
  return form.bagNumber.trim() === '' ? 'no-bag' : null
}

/** The command, once `problemOf` finds nothing; null before. */
export function toMakeUpInput(
  form: DepositForm,
  commandId: string,
  waiting: readonly WaitingPart[],
): MakeUpInput | null {
  const { bankAccountId } = form
  if (bankAccountId === null) return null
  return {
    commandId,
    bankAccountId,
    parts: chosenParts(form, waiting).map(({ sessionId, partNo }) => ({ sessionId, partNo })),
    pieces: form.pieces.filter(row => row.pieces > 0 || row.bundles > 0),
    bagNumber: form.bagNumber.trim(),
  }
}
