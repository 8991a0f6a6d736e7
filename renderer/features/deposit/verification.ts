/** The verifier's count of a deposit, before it is sent. */
import type { DepositView } from '../../../shared/contract/deposit.ts'
import { add, type Cents, subtract } from '../../../shared/money.ts'
import { countTotal, type Denomination, type PieceCount } from '../../../shared/rules/cash/denominations.ts'
import { readAmount } from '../../ui/money/amount.ts'

export interface VerificationDraft {
  pieces: readonly PieceCount[]
  /** As typed. */
  instrumentCount: string
  instrumentTotal: string
  reason: string
}

export const NO_VERIFICATION: VerificationDraft = {
  pieces: [],
  instrumentCount: '',
  instrumentTotal: '',
  reason: '',
}

export interface Counted {
  pieces: PieceCount[]
  cashCents: Cents
  itemCount: number
  itemsCents: Cents
  totalCents: Cents
}

export type VerificationProblem = 'count' | 'no-instruments' | 'reason'

/** What was counted; null with what is missing where it is not complete. */
export function countedIn(
  draft: VerificationDraft,
  denominations: readonly Denomination[],
): { counted: Counted; problem: null } | { counted: null; problem: VerificationProblem } {
  const cash = countTotal(draft.pieces, denominations)
  if (!cash.ok) return { counted: null, problem: 'count' }
  const instruments = readAmount(draft.instrumentTotal).cents
  const isCount = /^\d{1,5}$/.test(draft.instrumentCount.trim())
  if (instruments === null || !isCount) return { counted: null, problem: 'no-instruments' }
  const counted = {
    pieces: draft.pieces.filter(row => row.pieces > 0 || row.bundles > 0),
    cashCents: cash.cents,
    itemCount: Number.parseInt(draft.instrumentCount, 10),
    itemsCents: instruments,
    totalCents: add(cash.cents, instruments),
  }
  return { counted, problem: null }
}

/** Counted − made up, of cash and of instruments apart: one never makes up for the other. */
export function verificationDifference(
  { cashCents, itemsCents, itemCount }: Counted,
  deposit: Pick<DepositView, 'cashCents' | 'itemsCents' | 'items'>,
): { cashCents: Cents; itemsCents: Cents; instruments: number; differs: boolean } {
  const cash = subtract(cashCents, deposit.cashCents)
  const items = subtract(itemsCents, deposit.itemsCents)
  const instruments = itemCount - deposit.items.length
  return {
    cashCents: cash,
    itemsCents: items,
    instruments,
    differs: cash !== 0 || items !== 0 || instruments !== 0,
  }
}
