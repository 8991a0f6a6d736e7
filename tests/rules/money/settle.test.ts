import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import { type RoundingMode, roundCash } from '../../../shared/rules/receipt/rounding.ts'
import {
  remaining,
  type SettleInput,
  settle,
  type TenderPolicy,
} from '../../../shared/rules/receipt/settle.ts'

const POLICIES: TenderPolicy[] = [
  { tender: 'cash', changeAllowed: true },
  { tender: 'check', changeAllowed: false },
  { tender: 'card', changeAllowed: false },
]
const CASH_BACK: TenderPolicy[] = [
  { tender: 'cash', changeAllowed: true },
  { tender: 'check', changeAllowed: true },
]

type Tenders = [string, number][]

function receipt(lines: number[], tenders: Tenders, more: Partial<SettleInput> = {}): SettleInput {
  return {
    lineCents: lines.map(cents),
    tenders: tenders.map(([tender, c]) => ({ tender, cents: cents(c) })),
    policies: POLICIES,
    rounding: 'off',
    largestBillCents: cents(10_000),
    ...more,
  }
}

describe('cash rounding', () => {
  it.each<[RoundingMode, number[], number[]]>([
    ['off', [0, 1, 2, 3, 4, 5, 7_684], [0, 1, 2, 3, 4, 5, 7_684]],
    ['nearest-five', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 10]],
    ['down', [0, 1, 4, 5, 6, 9, 10], [0, 0, 0, 5, 5, 5, 10]],
    ['up', [0, 1, 4, 5, 6, 9, 10], [0, 5, 5, 5, 10, 10, 10]],
    ['nearest-five', [-1, -3, -5_254], [0, -5, -5_255]],
    ['down', [-4, -6], [0, -5]],
    ['up', [-4, -6], [-5, -10]],
  ])('%s', (mode, due, paid) => {
    expect(due.map(c => roundCash(cents(c), mode).payCents)).toEqual(paid)
  })

  it('moves by less than five cents to a multiple of five, and says by how much', () => {
    const mode = fc.constantFrom<RoundingMode>('nearest-five', 'down', 'up')
    fc.assert(
      fc.property(fc.integer({ min: -99_999, max: 99_999 }), mode, (due, how) => {
        const { payCents, differenceCents } = roundCash(cents(due), how)
        expect(Math.abs(payCents % 5)).toBe(0)
        expect(payCents - due).toBe(differenceCents)
        expect(Math.abs(differenceCents)).toBeLessThan(how === 'nearest-five' ? 3 : 5)
      }),
      { seed: 20261120, numRuns: 500 },
    )
  })
})

describe('a receipt is settled', () => {
  it.each<[string, SettleInput, number, number]>([
    ['76.84 with 100.00 cash', receipt([7_684], [['cash', 10_000]]), 0, 2_316],
    [
      'the same to the nearest five',
      receipt([7_684], [['cash', 10_000]], { rounding: 'nearest-five' }),
      1,
      2_315,
    ],
    [
      'cash back on a check, never rounded',
      receipt(
        [1_003],
        [
          ['check', 1_005],
          ['cash', 5],
        ],
        { policies: CASH_BACK, rounding: 'nearest-five' },
      ),
      0,
      7,
    ],
    ['the same down', receipt([7_684], [['cash', 10_000]], { rounding: 'down' }), -4, 2_320],
    ['the same up', receipt([7_684], [['cash', 10_000]], { rounding: 'up' }), 1, 2_315],
    ['exact', receipt([5_000, 2_684], [['check', 7_684]]), 0, 0],
    ['exact pennies where there is rounding', receipt([7_684], [['cash', 7_684]], { rounding: 'up' }), 0, 0],
    ['the rounded amount, above', receipt([7_684], [['cash', 7_685]], { rounding: 'nearest-five' }), 1, 0],
    ['the rounded amount, below', receipt([7_682], [['cash', 7_680]], { rounding: 'nearest-five' }), -2, 0],
    [
      'pennies handed over for a round change',
      receipt([7_684], [['cash', 10_004]], { rounding: 'nearest-five' }),
      0,
      2_320,
    ],
    [
      'a penny too many, below the rounded amount',
      receipt([7_683], [['cash', 7_684]], { rounding: 'up' }),
      0,
      1,
    ],
    ['a card, never rounded', receipt([7_684], [['card', 7_684]], { rounding: 'nearest-five' }), 0, 0],
    [
      '52.54 with 2.54 on card: 50.00 in cash, no rounding',
      receipt(
        [5_254],
        [
          ['card', 254],
          ['cash', 5_000],
        ],
        { rounding: 'nearest-five' },
      ),
      0,
      0,
    ],
    [
      '52.54 with 2.50 on card: 50.04 in cash, rounded',
      receipt(
        [5_254],
        [
          ['card', 250],
          ['cash', 6_000],
        ],
        { rounding: 'nearest-five' },
      ),
      1,
      995,
    ],
    [
      'several of one tender',
      receipt(
        [7_684],
        [
          ['check', 3_000],
          ['check', 3_000],
          ['cash', 2_000],
        ],
      ),
      0,
      316,
    ],
    [
      'cash back on a check where policy allows it',
      receipt([5_000], [['check', 6_000]], { policies: CASH_BACK }),
      0,
      1_000,
    ],
  ])('%s', (_what, input, rounding, change) => {
    expect(settle(input)).toMatchObject({ ok: true, roundingCents: rounding, changeCents: change })
    expect(remaining(input)).toEqual({ dueCents: 0, changeCents: change })
  })

  it.each<[string, SettleInput, string]>([
    ['nothing sold, nothing paid', receipt([], []), 'no-lines'],
    ['a line of zero', receipt([500, 0], []), 'line-not-positive'],
    ['a negative line', receipt([500, -100], [['cash', 400]]), 'line-not-positive'],
    ['nothing handed over', receipt([500], []), 'no-tender'],
    [
      'a tender of zero',
      receipt(
        [500],
        [
          ['cash', 500],
          ['shells', 0],
        ],
      ),
      'tender-not-positive',
    ],
    [
      'a negative tender',
      receipt(
        [500],
        [
          ['cash', 600],
          ['cash', -100],
        ],
      ),
      'tender-not-positive',
    ],
    ['a tender nobody knows', receipt([500], [['shells', 400]]), 'unknown-tender'],
    [
      'a tender nobody knows beside one that all do',
      receipt(
        [500],
        [
          ['cash', 400],
          ['shells', 100],
        ],
      ),
      'unknown-tender',
    ],
    ['a check above the total', receipt([500], [['check', 501]]), 'change-not-allowed'],
    [
      'change beyond the cash handed over',
      receipt(
        [500],
        [
          ['card', 600],
          ['cash', 50],
        ],
      ),
      'change-not-allowed',
    ],
    [
      'cash back of the largest bill and more',
      receipt([500], [['check', 10_500]], { policies: CASH_BACK }),
      'change-too-large',
    ],
    ['a bill that only comes back', receipt([3_000], [['cash', 13_000]]), 'change-too-large'],
    [
      'change for cash keyed a hundred times too large',
      receipt([3_000], [['cash', 1_000_000]]),
      'change-too-large',
    ],
  ])('not: %s', (_what, input, reason) => {
    expect(settle(input)).toEqual({ ok: false, reason })
  })

  it.each<[string, SettleInput, number]>([
    ['a cent', receipt([7_684], [['cash', 7_683]]), 1],
    ['most of it', receipt([7_684], [['check', 84]]), 7_600],
    [
      'exactly, though cash will round',
      receipt([7_684], [['cash', 7_000]], { rounding: 'nearest-five' }),
      684,
    ],
    ['a card does not round', receipt([7_682], [['card', 7_680]], { rounding: 'nearest-five' }), 2],
  ])('not when too little was handed over: %s', (_what, input, short) => {
    expect(settle(input)).toEqual({ ok: false, reason: 'under-tendered', shortCents: short })
    expect(remaining(input)).toEqual({ dueCents: short, changeCents: 0 })
  })

  it('the screen shows the whole total before anything was handed over', () => {
    expect(remaining(receipt([5_000, 2_684], []))).toEqual({ dueCents: 7_684, changeCents: 0 })
  })
})

describe('whatever is settled', () => {
  const amount = fc.integer({ min: 1, max: 20_000 })
  const tender = fc.tuple(fc.constantFrom('cash', 'check', 'card'), amount)
  const input = fc
    .record({
      lines: fc.array(amount, { minLength: 1, maxLength: 4 }),
      tenders: fc.array(tender, { minLength: 1, maxLength: 4 }),
      rounding: fc.constantFrom<RoundingMode>('off', 'nearest-five', 'down', 'up'),
      largest: fc.integer({ min: 1, max: 30_000 }),
    })
    .map(({ lines, tenders, rounding, largest }) =>
      receipt(lines, tenders, { rounding, largestBillCents: cents(largest) }),
    )
  const RUN = { seed: 20261120, numRuns: 2_000 }

  it('total + rounding = tendered − change, and rounding needs cash', () => {
    fc.assert(
      fc.property(input, given => {
        const result = settle(given)
        if (!result.ok) return
        const { totalCents, roundingCents, tenderedCents, changeCents } = result
        expect(totalCents + roundingCents).toBe(tenderedCents - changeCents)
        expect(Math.abs(roundingCents)).toBeLessThan(5)
        expect(changeCents).toBeGreaterThanOrEqual(0)
        const paidInCash = given.tenders.some(t => t.tender === 'cash')
        if (!paidInCash || given.rounding === 'off') expect(roundingCents).toBe(0)
      }),
      RUN,
    )
  })

  it('no pennies leave a drawer that has none: change without pennies handed over is a multiple of five', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 20_000 }), fc.integer({ min: 0, max: 4_000 }), (due, fives) => {
        const tenders: Tenders = [['cash', 20_000 + fives * 5]]
        const full = { rounding: 'nearest-five', largestBillCents: cents(100_000) } as const
        const result = settle(receipt([due], tenders, full))
        expect(result).toMatchObject({ ok: true })
        if (result.ok) expect(result.changeCents % 5).toBe(0)
      }),
      RUN,
    )
  })

  it('the screen and the settlement agree on what is due and on the change', () => {
    fc.assert(
      fc.property(input, given => {
        const shown = remaining(given)
        const result = settle(given)
        if (result.ok) expect(shown).toEqual({ dueCents: 0, changeCents: result.changeCents })
        else if (result.reason === 'under-tendered') expect(shown.dueCents).toBe(result.shortCents)
        else expect(shown.dueCents).toBe(0)
      }),
      RUN,
    )
  })

  it('a customer who pays what the screen says is due is settled without change', () => {
    fc.assert(
      fc.property(input, given => {
        const { dueCents } = remaining(given)
        fc.pre(dueCents > 0)
        const paid = settle({ ...given, tenders: [...given.tenders, { tender: 'check', cents: dueCents }] })
        expect(paid.ok).toBe(true)
      }),
      RUN,
    )
  })
})
