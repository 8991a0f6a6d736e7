import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import {
  type Denomination,
  type PieceCount,
  US_DENOMINATIONS,
} from '../../../shared/rules/cash/denominations.ts'
import { type ChangePiece, makeChange, makeChangeFrom } from '../../../shared/rules/cash/make-change.ts'

function money(...values: number[]): Denomination[] {
  return values.map(v => ({ valueCents: cents(v), kind: 'coin', label: `${v}`, bundleSize: 10 }))
}

function stockOf(denominations: readonly Denomination[], ...pieces: number[]): PieceCount[] {
  return denominations.map(({ valueCents, kind }, i) => ({
    valueCents,
    kind,
    pieces: pieces[i] ?? 0,
    bundles: 0,
  }))
}

function inBrief(change: readonly ChangePiece[] | null): string | null {
  return change?.map(p => `${p.pieces}×${p.label}`).join(' ') ?? null
}

function worth(pieces: readonly { valueCents: number; pieces: number }[]): number {
  return pieces.reduce((total, p) => total + p.valueCents * p.pieces, 0)
}

function numberOf(pieces: readonly { pieces: number }[]): number {
  return pieces.reduce((total, p) => total + p.pieces, 0)
}

/** The fewest pieces for an amount by trying every piece one after another; null when it cannot be made. */
function fewestBySlowProgram(amount: number, stock: readonly PieceCount[]): number | null {
  let best: (number | null)[] = [0, ...Array.from({ length: amount }, () => null)]
  for (const { valueCents, pieces } of stock) {
    for (let n = 0; n < pieces; n += 1) {
      best = best.map((known, at) => {
        const before = best[at - valueCents]
        if (before === undefined || before === null) return known
        return known === null || before + 1 < known ? before + 1 : known
      })
    }
  }
  return best[amount] ?? null
}

describe('change', () => {
  it.each<[number, string]>([
    [0, ''],
    [2_316, '1×$20 1×$2 1×$1 1×Dimes 1×Nickels 1×Pennies'],
    [100, '1×$1'],
    [1, '1×Pennies'],
    [9_999_999_999, '999999×$100 1×$50 2×$20 1×$5 2×$2 1×Half dollars 1×Quarters 2×Dimes 4×Pennies'],
  ])('of %i cents is %s', (amount, expected) => {
    expect(inBrief(makeChange(cents(amount), US_DENOMINATIONS))).toBe(expected)
  })

  it('takes the fewest pieces where taking the largest first does not', () => {
    expect(inBrief(makeChange(cents(30), money(25, 10, 1)))).toBe('3×10')
    expect(inBrief(makeChange(cents(6), money(4, 3, 1)))).toBe('2×3')
  })

  it('is nothing where these denominations cannot make it', () => {
    const noPennies = US_DENOMINATIONS.filter(d => d.valueCents !== 1)
    expect(makeChange(cents(9_999_999_999), noPennies)).toEqual([])
    expect(inBrief(makeChange(cents(2_315), noPennies))).toBe('1×$20 1×$2 1×$1 1×Dimes 1×Nickels')
  })

  it('is never negative', () => {
    expect(() => makeChange(cents(-1), US_DENOMINATIONS)).toThrow(new RangeError('change cannot be negative'))
  })

  it('adds up and beats no slower program, for any denominations', () => {
    const values = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 120 }), (of, amount) => {
        const change = makeChange(cents(amount), money(...of))
        const slowly = fewestBySlowProgram(amount, stockOf(money(...of), ...of.map(() => amount)))
        expect(change.length === 0 ? null : numberOf(change)).toBe(slowly)
        if (change.length > 0) expect(worth(change)).toBe(amount)
      }),
      { seed: 20261120, numRuns: 150 },
    )
  })
})

describe('change out of what is there', () => {
  it.each<[string, number, number[], string | null]>([
    ['no fives left', 1_500, [0, 0, 0, 1, 0, 2, 1], '1×$10 2×$2 1×$1'],
    ['a fifty in the way of three twenties', 6_000, [0, 1, 3], '3×$20'],
    ['nothing small enough', 1_500, [1, 1, 1, 1], null],
    ['not enough in all', 10_000, [0, 1, 2], null],
    ['a quarter in the way of three dimes', 30, [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 0, 4], '3×Dimes'],
    ['one penny where two are needed', 2, [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1], null],
    ['nothing asked', 0, [], ''],
  ])('%s', (_what, amount, pieces, expected) => {
    const change = makeChangeFrom(cents(amount), stockOf(US_DENOMINATIONS, ...pieces), US_DENOMINATIONS)
    expect(inBrief(change)).toBe(expected)
  })

  it('opens rolls, and knows only configured denominations', () => {
    const roll: PieceCount = { valueCents: cents(25), kind: 'coin', pieces: 0, bundles: 1 }
    expect(inBrief(makeChangeFrom(cents(75), [roll], US_DENOMINATIONS))).toBe('3×Quarters')
    expect(() => makeChangeFrom(cents(75), [{ ...roll, kind: 'note' }], US_DENOMINATIONS)).toThrow(
      new RangeError('no denomination note:25'),
    )
  })

  it('is exact, within the stock, and of the fewest pieces, or rightly impossible', () => {
    const stock = fc
      .uniqueArray(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 6 })
      .chain(of =>
        fc
          .array(fc.integer({ min: 0, max: 6 }), { minLength: of.length, maxLength: of.length })
          .map(pieces => stockOf(money(...of), ...pieces)),
      )
    fc.assert(
      fc.property(stock, fc.integer({ min: 0, max: 150 }), (held, amount) => {
        const change = makeChangeFrom(cents(amount), held, money(...held.map(row => row.valueCents)))
        expect(change && numberOf(change)).toBe(fewestBySlowProgram(amount, held))
        expect(change === null || worth(change) === amount).toBe(true)
        for (const { valueCents, pieces } of change ?? []) {
          expect(held.find(row => row.valueCents === valueCents)?.pieces).toBeGreaterThanOrEqual(pieces)
        }
      }),
      { seed: 20261120, numRuns: 400 },
    )
  })

  it('is found or ruled out at once in a drawer with thousands of pieces', () => {
    const full = stockOf(US_DENOMINATIONS, ...US_DENOMINATIONS.map(() => 3_000))
    const odd = stockOf(US_DENOMINATIONS, 0, 211, 499, 0, 503, 0, 0, 0, 997, 1_201, 0, 0, 2)
    const startedAt = performance.now()
    expect(makeChangeFrom(cents(40_123_487), full, US_DENOMINATIONS)).not.toBeNull()
    expect(makeChangeFrom(cents(1_234_588), odd, US_DENOMINATIONS)).toBeNull()
    expect(makeChangeFrom(cents(1_234_577), odd, US_DENOMINATIONS)).not.toBeNull()
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })
})
