import type { Policies } from '../../settings/index.ts'
import { type Denomination, denominationKey } from '../cash/denominations.ts'

export const POLICY_FAULTS = [
  'category-twice',
  'unknown-denomination',
  'denomination-twice',
  'rule-twice',
  'day-twice',
  'denomination-in-use',
] as const
export type PolicyFault = (typeof POLICY_FAULTS)[number]

function hasTwice(keys: readonly string[]): boolean {
  return new Set(keys).size < keys.length
}

/**
 * The first thing in a drawer policy that could mean two things, or nothing: a category twice in one
 * direction, pieces of money that is not counted or named twice, a GL prefix with two bank accounts, a weekday
 * or holiday twice. Null where it is clear. Names are compared as people read them: without their capitals.
 */
export function policyFault(
  policy: Policies,
  denominations: readonly Pick<Denomination, 'kind' | 'valueCents'>[],
): PolicyFault | null {
  const { paidCategories, wantedPieces, lowPieces, bankRules, deadline } = policy
  const name = (text: string) => text.trim().toLowerCase()
  if (hasTwice(paidCategories.map(of => `${of.direction} ${name(of.name)}`))) return 'category-twice'
  const known = new Set(denominations.map(denominationKey))
  for (const pieces of [wantedPieces, lowPieces]) {
    const keys = pieces.map(denominationKey)
    if (keys.some(key => !known.has(key))) return 'unknown-denomination'
    if (hasTwice(keys)) return 'denomination-twice'
  }
  if (hasTwice(bankRules.map(of => name(of.glPrefix)))) return 'rule-twice'
  if (hasTwice(deadline.weekdays.map(String)) || hasTwice(deadline.holidays)) return 'day-twice'
  return null
}
