/** What a finished count comes to, tender by tender. Figures of two tenders are never netted. */

import type { CountResult } from '../../../shared/contract/session-fields.ts'
import { type Cents, cents } from '../../../shared/money.ts'
import { CASH, type Tender, type TenderType } from '../../../shared/tenders.ts'

export type Balance = CountResult['balances'][number]

/** Tenders in the order in which the city has them. */
export function inOrder<T extends { tender: Tender }>(
  balances: readonly T[],
  types: readonly Pick<TenderType, 'tender'>[],
): T[] {
  const place = new Map(types.map(({ tender }, at) => [tender, at]))
  const placeOf = ({ tender }: T) => place.get(tender) ?? types.length
  return balances.toSorted((a, b) => placeOf(a) - placeOf(b))
}

export type Verdict = 'over' | 'short' | 'agrees'

export function verdictOf(overShortCents: Cents): Verdict {
  if (overShortCents === 0) return 'agrees'
  return overShortCents > 0 ? 'over' : 'short'
}

/** The size of a difference without its direction, which is said in a word. */
export function sizeOf(overShortCents: Cents): Cents {
  return cents(Math.abs(overShortCents))
}

/** Those with any money, expected or found; cash always. Tenders that nobody used say nothing about a difference. */
export function inUse(balances: readonly Balance[]): Balance[] {
  return balances.filter(
    ({ tender, expectedCents, countedCents }) => tender === CASH || expectedCents !== 0 || countedCents !== 0,
  )
}

/** Those that differ, the largest difference first. */
export function differing(balances: readonly Balance[]): Balance[] {
  return balances
    .filter(balance => balance.overShortCents !== 0)
    .sort((a, b) => Math.abs(b.overShortCents) - Math.abs(a.overShortCents))
}

/** Whether every difference is small enough, by the city's setting, to close with a reason alone. */
export function isWithinTolerance(balances: readonly Balance[], toleranceCents: Cents): boolean {
  return balances.every(balance => Math.abs(balance.overShortCents) <= toleranceCents)
}
