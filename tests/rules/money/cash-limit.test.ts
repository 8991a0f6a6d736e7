import { expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import { levelState } from '../../../shared/rules/session/cash-limit.ts'

it.each([
  ['an empty drawer is fine', 0, 100_000, 80, 'fine'],
  ['a cent below the share is fine', 79_999, 100_000, 80, 'fine'],
  ['from the share on a turn-in is called for', 80_000, 100_000, 80, 'warn'],
  ['a cent below the limit still takes cash', 99_999, 100_000, 80, 'warn'],
  ['at the limit no more cash is taken', 100_000, 100_000, 80, 'full'],
  ['above it neither', 250_000, 100_000, 80, 'full'],
  ['a limit of zero is none', 9_999_999, 0, 80, 'fine'],
  ['a share of one hundred warns at the limit only', 99_999, 100_000, 100, 'fine'],
] as const)('%s', (_name, cash, limit, warnPercent, state) => {
  expect(levelState(cents(cash), cents(limit), warnPercent)).toBe(state)
})
