/** Over and short, tender by tender. */
import { expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import { balances, isMatch } from '../../../shared/rules/session/balance.ts'

const expected = (tender: string, amount: number) => ({ tender, expectedCents: cents(amount) })
const part = (tender: string, amount: number) => ({ tender, cents: cents(amount) })

it('is what was counted less what was expected, and never one tender against another', () => {
  const counted = {
    cashCents: cents(10_500),
    items: [part('check', 2_000), part('money-order', 700), part('check', 500)],
    slips: [part('card', 4_000)],
  }
  const tenders = [
    expected('cash', 10_000),
    expected('check', 3_000),
    expected('money-order', 700),
    expected('card', 4_000),
    expected('transfer', 100),
  ]
  const found = balances(tenders, counted)
  expect(
    found.map(({ tender, countedCents, overShortCents }) => [tender, countedCents, overShortCents]),
  ).toEqual([
    ['cash', 10_500, 500],
    ['check', 2_500, -500],
    ['money-order', 700, 0],
    ['card', 4_000, 0],
    ['transfer', 0, -100],
  ])
  expect(found.map(({ expectedCents }) => expectedCents)).toEqual([10_000, 3_000, 700, 4_000, 100])
  expect(isMatch(found)).toBe(false)
})

it('of cash is what the pieces come to, whatever is called so beside them', () => {
  const counted = { cashCents: cents(100), items: [part('cash', 900)], slips: [part('cash', 50)] }
  expect(balances([expected('cash', 100)], counted)).toMatchObject([{ countedCents: 100, overShortCents: 0 }])
})

it('matches where no tender is over or short, though they would make up for each other', () => {
  const counted = { cashCents: cents(900), items: [part('check', 1_100)], slips: [] }
  expect(isMatch(balances([expected('cash', 1_000), expected('check', 1_000)], counted))).toBe(false)
  expect(isMatch(balances([expected('cash', 900), expected('check', 1_100)], counted))).toBe(true)
  expect(isMatch([])).toBe(true)
})
