import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import {
  type AllocateInput,
  allocate,
  CREDIT_SERVICE,
  type OpenItem,
} from '../../../shared/rules/receipt/allocate.ts'

function item(itemId: string, dueDate: string, openCents: number, more: Partial<OpenItem> = {}): OpenItem {
  return {
    itemId,
    service: 'Water',
    serviceOrder: 1,
    isPenalty: false,
    dueDate,
    openCents: cents(openCents),
    glAccount: '401',
    ...more,
  }
}

const OCT = '2026-10-15'
const NOV = '2026-11-15'
const bill = [
  item('nov-water', NOV, 4_000),
  item('oct-sewer', OCT, 2_500, { service: 'Sewer', serviceOrder: 2 }),
  item('oct-water', OCT, 3_000),
  item('oct-late', OCT, 500, { service: 'Late fee', serviceOrder: 9, isPenalty: true }),
  item('credit', '2026-09-15', -800),
  item('settled', '2026-09-15', 0),
]

function pay(payCents: number, more: Partial<AllocateInput> = {}) {
  return allocate({
    payCents: cents(payCents),
    items: bill,
    overpay: 'credit',
    creditGlAccount: '220',
    ...more,
  })
}

function inBrief(result: ReturnType<typeof allocate>): string {
  if (!result.ok) return result.reason
  return result.allocations.map(a => `${a.itemId ?? 'account'} ${a.cents}`).join(', ')
}

const typed = (...entries: [string, number][]) => ({
  overrides: entries.map(([itemId, c]) => ({ itemId, cents: cents(c) })),
})

describe('a payment is spread', () => {
  it.each<[string, number, string]>([
    ['to the penalty of the oldest bill first', 300, 'oct-late 300'],
    ['then to its services in their order', 4_000, 'oct-late 500, oct-water 3000, oct-sewer 500'],
    ['then to the next bill', 7_000, 'oct-late 500, oct-water 3000, oct-sewer 2500, nov-water 1000'],
    ['in full', 10_000, 'oct-late 500, oct-water 3000, oct-sewer 2500, nov-water 4000'],
    [
      'the rest to the account',
      10_001,
      'oct-late 500, oct-water 3000, oct-sewer 2500, nov-water 4000, account 1',
    ],
  ])('%s', (_what, amount, expected) => {
    expect(inBrief(pay(amount))).toBe(expected)
  })

  it('a credit carries its own name and GL account', () => {
    expect(pay(500, { items: [] })).toEqual({
      ok: true,
      allocations: [{ itemId: null, service: CREDIT_SERVICE, dueDate: null, cents: 500, glAccount: '220' }],
    })
  })

  it.each<[string, number, [string, number][], string]>([
    ['as typed, when all of it is typed', 1_000, [['nov-water', 1_000]], 'nov-water 1000'],
    [
      'as typed, the rest oldest first',
      1_600,
      [['nov-water', 1_000]],
      'oct-late 500, oct-water 100, nov-water 1000',
    ],
    [
      'over the others before a typed amount grows',
      9_000,
      [['oct-water', 2_000]],
      'oct-late 500, oct-water 2000, oct-sewer 2500, nov-water 4000',
    ],
    ['the whole of a line', 3_000, [['oct-water', 3_000]], 'oct-water 3000'],
    ['past a line set to zero', 800, [['oct-late', 0]], 'oct-water 800'],
    [
      'onto the typed line when no other can take it',
      10_000,
      [['oct-water', 2_000]],
      'oct-late 500, oct-water 3000, oct-sewer 2500, nov-water 4000',
    ],
    [
      'two entries for one line together',
      900,
      [
        ['nov-water', 400],
        ['nov-water', 500],
      ],
      'nov-water 900',
    ],
  ])('%s', (_what, amount, entries, expected) => {
    expect(inBrief(pay(amount, typed(...entries)))).toBe(expected)
  })

  it.each<[string, number, Partial<AllocateInput>, string]>([
    ['nothing', 0, {}, 'nothing-to-pay'],
    ['less than nothing', -5, {}, 'nothing-to-pay'],
    ['nothing, before what was typed is looked at', 0, typed(['nobody', 1]), 'nothing-to-pay'],
    ['more than the balance where credits are refused', 10_001, { overpay: 'refuse' }, 'over-balance'],
    ['anything where nothing is open', 1, { overpay: 'refuse', items: [] }, 'over-balance'],
    ['an item of another account', 100, typed(['nobody', 100], ['oct-late', 501]), 'unknown-item'],
    ['nothing for an item that is settled', 100, typed(['settled', 0]), 'unknown-item'],
    ['a credit item', 100, typed(['credit', 100]), 'unknown-item'],
    ['more than a line is open for', 600, typed(['oct-late', 501]), 'over-item'],
    ['more on one line in two entries', 600, typed(['oct-late', 300], ['oct-late', 201]), 'over-item'],
    ['more typed than paid', 100, typed(['oct-late', 60], ['oct-water', 41]), 'overrides-exceed-payment'],
  ])('refuses %s', (_what, amount, more, reason) => {
    expect(inBrief(pay(amount, more))).toBe(reason)
  })

  it('a payment of exactly the balance is never refused', () => {
    expect(pay(10_000, { overpay: 'refuse' }).ok).toBe(true)
  })

  it('a negative entry is a fault of the caller', () => {
    expect(() => pay(100, typed(['oct-late', -1]))).toThrow('an override cannot be negative')
  })

  it('always adds up, never exceeds an item, keeps what was typed, and leaves no older item behind', () => {
    const items = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: -50, max: 500 }), fc.boolean()))
      .map(rows =>
        rows.map(([day, open, isPenalty], i) =>
          item(`i${i}`, `2026-10-${String(day).padStart(2, '0')}`, open, { isPenalty, serviceOrder: i % 3 }),
        ),
      )
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 3_000 }), (open, amount) => {
        const result = pay(amount, { items: open })
        expect(result).toEqual(pay(amount, { items: open.toReversed() }))
        if (!result.ok) throw new Error(result.reason)
        const paid = new Map(result.allocations.map(a => [a.itemId, a.cents]))
        expect(result.allocations.reduce((total, a) => total + a.cents, 0)).toBe(amount)
        expect(result.allocations.every(a => a.cents > 0)).toBe(true)
        const latest = result.allocations.reduce(
          (day, a) => ((a.dueDate ?? '9') > day ? (a.dueDate ?? '9') : day),
          '',
        )
        for (const { itemId, openCents, dueDate } of open) {
          const share = paid.get(itemId) ?? 0
          expect(share).toBeLessThanOrEqual(Math.max(openCents, 0))
          if (dueDate < latest) expect(share).toBe(Math.max(openCents, 0))
        }
      }),
      { seed: 20261120, numRuns: 300 },
    )
  })

  it('keeps every typed amount as long as the other items can take the rest', () => {
    const entry = fc.tuple(fc.constantFrom('oct-late', 'oct-water', 'oct-sewer', 'nov-water'), fc.nat(500))
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, { selector: ([id]) => id, maxLength: 3 }),
        fc.nat(500),
        (entries, rest) => {
          const others = bill.filter(i => i.openCents > 0 && !entries.some(([id]) => id === i.itemId))
          const room = others.reduce((total, i) => total + i.openCents, 0)
          const amount = entries.reduce((total, [, c]) => total + c, 0) + Math.min(rest, room)
          fc.pre(amount > 0)
          const result = pay(amount, typed(...entries))
          if (!result.ok) throw new Error(result.reason)
          for (const [id, c] of entries) {
            expect(result.allocations.find(a => a.itemId === id)?.cents ?? 0).toBe(c)
          }
        },
      ),
      { seed: 20261120, numRuns: 300 },
    )
  })
})
