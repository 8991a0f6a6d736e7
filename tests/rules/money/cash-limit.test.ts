import { expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import { isLifted, levelState, limitInForce } from '../../../shared/rules/session/cash-limit.ts'

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

it.each<[string, number, number | null, number, boolean]>([
  ['nobody lifted', 100_000, null, 100_000, false],
  ['somebody lifted', 100_000, 150_000, 150_000, true],
  ['was lifted to what the city has set since', 100_000, 100_000, 100_000, false],
  ['the city has raised further since', 200_000, 150_000, 200_000, false],
  ['the city has no more', 0, 150_000, 0, false],
  ['there never was', 0, null, 0, false],
])('a limit that %s', (_, limit, lifted, inForce, is) => {
  const liftedCents = lifted === null ? null : cents(lifted)
  expect(limitInForce(cents(limit), liftedCents)).toBe(inForce)
  expect(isLifted(cents(limit), liftedCents)).toBe(is)
})
