/** What an account owes at this till: what was told, less what is pending, and nothing of it dropped. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AccountItem } from '../../../shared/account.ts'
import { cents, sum } from '../../../shared/money.ts'
import { owedNow, type Pending } from '../../../shared/rules/account/owed.ts'
import type { BusinessDate } from '../../../shared/time.ts'

const DUE = '2026-12-01' as BusinessDate
const ACCOUNT = 'account'

const item = (itemId: string, openCents: number): AccountItem => ({
  ...{ itemId, accountId: ACCOUNT, service: 'water', serviceOrder: 1, isPenalty: false },
  ...{ dueDate: DUE, openCents: cents(openCents), glAccount: '400-1000' },
})
const pending = (itemId: string | null, amount: number): Pending => ({
  ...{ itemId, service: 'water', dueDate: itemId === null ? null : DUE, glAccount: '400-1000' },
  cents: cents(amount),
})
const open = (items: readonly AccountItem[]) => items.map(one => [one.itemId, one.openCents])

it.each<[string, AccountItem[], number, Pending[], [string, number][], number]>([
  ['nothing pending', [item('a', 6_500)], 100, [], [['a', 6_500]], 100],
  ['a payment', [item('a', 6_500)], 0, [pending('a', 4_000)], [['a', 2_500]], 0],
  [
    'two payments of one item',
    [item('a', 6_500)],
    0,
    [pending('a', 4_000), pending('a', 2_500)],
    [['a', 0]],
    0,
  ],
  ['more than the item owes', [item('a', 5_500)], 0, [pending('a', 6_500)], [['a', 0]], 1_000],
  ['a payment of what is told no more', [item('b', 500)], 0, [pending('a', 6_500)], [['b', 500]], 6_500],
  ['a prepayment', [item('a', 500)], 100, [pending(null, 300)], [['a', 500]], 400],
  [
    'a payment that was taken and given back',
    [item('a', 500)],
    0,
    [pending('a', 300), pending('a', -300)],
    [['a', 500]],
    0,
  ],
  ['what is owed again', [item('a', 2_500)], 0, [pending('a', -4_000)], [['a', 6_500]], 0],
  [
    'what is owed again beside another',
    [item('b', 500)],
    0,
    [pending('a', -4_000)],
    [
      ['b', 500],
      ['a', 4_000],
    ],
    0,
  ],
  ['taken and given back of what is told no more', [], 0, [pending('a', 300), pending('a', -300)], [], 0],
  ['what is owed again without a day', [], 500, [{ ...pending('a', -300), dueDate: null }], [], 200],
  ['what is owed again and told no more', [], 0, [pending('a', -4_000)], [['a', 4_000]], 0],
  ['a credit that was given back and spent', [], 100, [pending(null, -300)], [], -200],
])('%s', (_what, items, creditCents, taken, expected, credit) => {
  const now = owedNow({ accountId: ACCOUNT, items, creditCents: cents(creditCents) }, taken)
  expect([open(now.items), now.creditCents]).toEqual([expected, credit])
})

it('owes again what was paid for, as no penalty and behind no other service', () => {
  const now = owedNow({ accountId: ACCOUNT, items: [], creditCents: cents(0) }, [pending('a', -4_000)])
  expect(now.items).toEqual([{ ...item('a', 4_000), serviceOrder: 0 }])
})

it('puts what is owed again on the last item where an account has as many as it may', () => {
  const items = Array.from({ length: 400 }, (_, at) => item(`i${at}`, 100))
  const now = owedNow({ accountId: ACCOUNT, items, creditCents: cents(0) }, [pending('gone', -4_000)])
  expect(now.items).toHaveLength(400)
  expect(now.items.at(-1)).toMatchObject({ itemId: 'i399', openCents: 4_100 })
})

it('keeps every cent: the balance is what was told, less all that is pending', () => {
  const ids = fc.constantFrom('a', 'b', 'c')
  const told = fc.uniqueArray(fc.tuple(ids, fc.nat(9_000)), { selector: ([id]) => id })
  const taken = fc.array(fc.tuple(fc.option(ids), fc.integer({ min: -9_000, max: 9_000 })))
  fc.assert(
    fc.property(told, fc.nat(500), taken, (listed, creditCents, parts) => {
      const items = listed.map(([id, amount]) => item(id, amount))
      const all = parts.map(([id, amount]) => pending(id, amount))
      const now = owedNow({ accountId: ACCOUNT, items, creditCents: cents(creditCents) }, all)
      const balance = sum(now.items.map(one => one.openCents)) - now.creditCents
      const before = sum(items.map(one => one.openCents)) - creditCents
      expect(balance).toBe(before - sum(all.map(one => one.cents)))
      expect(now.items.every(one => one.openCents >= 0)).toBe(true)
    }),
    { seed: 20261129, numRuns: 2_000 },
  )
})
