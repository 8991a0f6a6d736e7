import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add,
  type Cents,
  cents,
  formatCents,
  MAX_ENTRY,
  negate,
  parseAmount,
  parseImportedAmount,
  parseTenKey,
  percentOf,
  plainCents,
  split,
  subtract,
  sum,
  times,
  ZERO,
} from '../../../shared/money.ts'

const RUN = { seed: 20261120, numRuns: 500 }
const anyCents = fc.integer({ min: -MAX_ENTRY, max: MAX_ENTRY }).map(cents)
const entry = fc.integer({ min: 0, max: MAX_ENTRY }).map(cents)

describe('an amount is a whole number of cents', () => {
  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 53)])('%s is refused', n => {
    expect(() => cents(n)).toThrow(new RangeError(`${n} is not a whole number of cents`))
  })

  it('there is only one zero', () => {
    expect(Object.is(negate(ZERO), ZERO)).toBe(true)
    expect(Object.is(times(cents(-5), 0), ZERO)).toBe(true)
  })

  it('a total that can no longer be exact is refused, even if later amounts bring it back', () => {
    const largest = cents(Number.MAX_SAFE_INTEGER)
    expect(() => add(largest, cents(1))).toThrow(RangeError)
    expect(() => sum([largest, cents(1), cents(-1)])).toThrow(RangeError)
    expect(() => times(largest, 3)).toThrow(RangeError)
  })

  it('pieces are counted whole', () => {
    expect(times(cents(2_000), 7)).toBe(14_000)
    expect(() => times(cents(2_000), 1.5)).toThrow(new RangeError('1.5 is not a whole number of pieces'))
  })

  it('nothing added is zero, and what is taken away again leaves what was there', () => {
    expect(sum([])).toBe(0)
    fc.assert(
      fc.property(anyCents, anyCents, (a, b) => {
        expect(subtract(add(a, b), b)).toBe(a)
      }),
      RUN,
    )
  })
})

describe('a typed amount', () => {
  it.each<[string, number]>([
    ['0', 0],
    ['5', 500],
    ['5.', 500],
    ['.5', 50],
    ['0.05', 5],
    ['007', 700],
    ['1.10', 110],
    ['8.95', 895],
    [' 76.84 ', 7_684],
    ['1,234.56', 123_456],
    ['12,345,678', 1_234_567_800],
    ['0000000000000001', 100],
    ['99999999.99', 9_999_999_999],
  ])('"%s" is %i cents', (text, expected) => {
    expect(parseAmount(text)).toEqual({ ok: true, cents: expected })
  })

  it.each<[string, string]>([
    ['', 'empty'],
    ['  ', 'empty'],
    ['abc', 'not-a-number'],
    ['.', 'not-a-number'],
    ['-', 'not-a-number'],
    ['NaN', 'not-a-number'],
    ['Infinity', 'not-a-number'],
    ['1e5', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['+5', 'not-a-number'],
    ['$5', 'not-a-number'],
    ['1.2.3', 'not-a-number'],
    ['1 000', 'not-a-number'],
    ['1,00', 'not-a-number'],
    ['1,0000', 'not-a-number'],
    [',100', 'not-a-number'],
    ['1.0,0', 'not-a-number'],
    ['１２３', 'not-a-number'],
    ['١٢٣', 'not-a-number'],
    ['5\n6', 'not-a-number'],
    ['−5', 'not-a-number'],
    ['-5', 'negative'],
    ['-1.005', 'negative'],
    ['1.005', 'too-precise'],
    ['1.000', 'too-precise'],
    ['100000000', 'too-large'],
    ['12345678901234', 'too-large'],
    ['9'.repeat(100_000), 'too-large'],
  ])('"%.20s" is refused as %s', (text, reason) => {
    expect(parseAmount(text)).toEqual({ ok: false, reason })
  })

  it('every amount is read back from what was written, with commas and without', () => {
    fc.assert(
      fc.property(entry, c => {
        expect(parseAmount(formatCents(c))).toEqual({ ok: true, cents: c })
        expect(parseAmount(plainCents(c))).toEqual({ ok: true, cents: c })
      }),
      RUN,
    )
  })

  it('any text at all is answered, and never with anything but whole cents within the limit', () => {
    const near = fc.string({ unit: fc.constantFrom(...'0123456789.,-+e $()') })
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), near), text => {
        for (const read of [parseAmount, parseTenKey, parseImportedAmount]) {
          const answer = read(text)
          if (answer.ok) expect(Math.abs(answer.cents)).toBeLessThanOrEqual(MAX_ENTRY)
        }
      }),
      RUN,
    )
  })
})

describe('adding-machine entry', () => {
  it.each<[string, number]>([
    ['10000', 10_000],
    [' 7684 ', 7_684],
    ['5', 5],
    ['05', 5],
    ['0', 0],
    ['100.', 10_000],
    ['.5', 50],
    ['12.34', 1_234],
    ['1,234.5', 123_450],
    ['9999999999', 9_999_999_999],
  ])('"%s" is %i cents', (text, expected) => {
    expect(parseTenKey(text)).toEqual({ ok: true, cents: expected })
  })

  it.each<[string, string]>([
    ['', 'empty'],
    ['abc', 'not-a-number'],
    ['1e5', 'not-a-number'],
    ['1,000', 'not-a-number'],
    ['５', 'not-a-number'],
    ['.', 'not-a-number'],
    ['-5', 'negative'],
    ['-50', 'negative'],
    ['3-5', 'not-a-number'],
    ['-5x', 'not-a-number'],
    ['-5.00', 'negative'],
    ['1.005', 'too-precise'],
    ['10000000000', 'too-large'],
    ['12345678901234', 'too-large'],
  ])('"%s" is refused as %s', (text, reason) => {
    expect(parseTenKey(text)).toEqual({ ok: false, reason })
  })

  it('digits alone are the cents themselves', () => {
    fc.assert(
      fc.property(entry, c => {
        expect(parseTenKey(String(c))).toEqual({ ok: true, cents: c })
      }),
      RUN,
    )
  })
})

describe("an amount in another system's file", () => {
  it.each<[string, number]>([
    ['45.10', 4_510],
    ['$1,234.56', 123_456],
    ['$ 5', 500],
    ['-5.00', -500],
    ['5.00-', -500],
    ['$5.00-', -500],
    ['(5.00)', -500],
    ['($1,234.56)', -123_456],
    ['$(5)', -500],
    ['-$5', -500],
    ['$-5', -500],
    ['( 5.00 )', -500],
    ['- 5.00', -500],
    ['5.00 -', -500],
    [' 5.00 ', 500],
    ['45.0000', 4_500],
    ['-0.00', 0],
  ])('"%s" is %i cents', (text, expected) => {
    expect(parseImportedAmount(text)).toEqual({ ok: true, cents: expected })
  })

  it.each<[string, string]>([
    ['', 'empty'],
    ['n/a', 'not-a-number'],
    ['$', 'not-a-number'],
    ['$$5', 'not-a-number'],
    ['()', 'not-a-number'],
    ['(5', 'not-a-number'],
    ['(5.00', 'not-a-number'],
    ['--5', 'not-a-number'],
    ['-5-', 'not-a-number'],
    ['(-5)', 'not-a-number'],
    ['5 USD', 'not-a-number'],
    ['€5', 'not-a-number'],
    ['1.234,56', 'not-a-number'],
    ['1E3', 'not-a-number'],
    ['45.0001', 'too-precise'],
    ['(45.125)', 'too-precise'],
    ['-100000000.00', 'too-large'],
  ])('"%s" is refused as %s', (text, reason) => {
    expect(parseImportedAmount(text)).toEqual({ ok: false, reason })
  })

  it('a field of a hundred thousand spaces or zeros is answered at once', () => {
    const startedAt = performance.now()
    parseImportedAmount(`(${' '.repeat(100_000)}x`)
    parseImportedAmount(`1.${'0'.repeat(100_000)}1`)
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })

  it('every amount is read back, whichever way a negative one is written', () => {
    const writings: ((c: Cents) => string)[] = [
      plainCents,
      c => formatCents(c).replace(/^(-?)/, '$1$$'),
      c => (c < 0 ? `(${formatCents(negate(c))})` : formatCents(c)),
      c => (c < 0 ? `${plainCents(negate(c))}-` : plainCents(c)),
    ]
    fc.assert(
      fc.property(anyCents, fc.constantFrom(...writings), (c, write) => {
        expect(parseImportedAmount(write(c))).toEqual({ ok: true, cents: c })
      }),
      RUN,
    )
  })
})

describe('a written amount', () => {
  it.each<[number, string, string]>([
    [0, '0.00', '0.00'],
    [5, '0.05', '0.05'],
    [-5, '-0.05', '-0.05'],
    [12_345, '123.45', '123.45'],
    [123_456, '1,234.56', '1234.56'],
    [-123_456_789, '-1,234,567.89', '-1234567.89'],
    [Number.MAX_SAFE_INTEGER, '90,071,992,547,409.91', '90071992547409.91'],
  ])('%i cents are "%s" for people and "%s" for programs', (c, forPeople, forPrograms) => {
    expect(formatCents(cents(c))).toBe(forPeople)
    expect(plainCents(cents(c))).toBe(forPrograms)
  })
})

describe('a percentage', () => {
  it.each<[number, number, number]>([
    [10_000, 25_000, 250],
    [7_684, 10_000, 77],
    [50, 10_000, 1],
    [49, 10_000, 0],
    [-50, 10_000, -1],
    [-49, 10_000, 0],
    [10_050, 5_000, 50],
    [10_100, 5_000, 51],
    [12_345, 1_000_000, 12_345],
    [9_999_999_999, 999_999, 9_999_989_999],
    [12_345, 0, 0],
  ])('of %i cents at %i millionths is %i cents', (c, rate, expected) => {
    expect(percentOf(cents(c), rate)).toBe(expected)
  })

  it.each([-1, 0.5, Number.NaN])('a rate of %s millionths is refused', rate => {
    expect(() => percentOf(cents(100), rate)).toThrow(new RangeError(`${rate} is not a rate in millionths`))
  })

  it('is never more than half a cent from the exact share, and rounds a half away from zero', () => {
    fc.assert(
      fc.property(anyCents, fc.integer({ min: 0, max: 2_000_000 }), (c, rate) => {
        const size = BigInt(Math.abs(c)) * BigInt(rate)
        const rounded = (size * 2n + 1_000_000n) / 2_000_000n
        expect(Math.abs(percentOf(c, rate))).toBe(Number(rounded))
      }),
      RUN,
    )
  })
})

describe('a split', () => {
  it.each<[number, number[], number[]]>([
    [10_000, [1, 1, 1], [3_334, 3_333, 3_333]],
    [5, [3, 7], [2, 3]],
    [1, [0, 1, 1], [0, 1, 0]],
    [-2, [1, 1, 1], [-1, -1, 0]],
    [0, [1, 2], [0, 0]],
    [100, [0.1, 0.2], [34, 66]],
    [9_007_199_254_740_991, [1, 2], [3_002_399_751_580_331, 6_004_799_503_160_660]],
  ])('of %i cents by %j gives %j', (total, weights, shares) => {
    expect(split(cents(total), weights)).toEqual(shares)
  })

  it.each([
    [[], 'at least one weight must be above zero'],
    [[0, 0], 'at least one weight must be above zero'],
    [[2, -1], 'a weight must be zero or more'],
    [[1, -1], 'a weight must be zero or more'],
    [[Number.NaN], 'a weight must be zero or more'],
    [[1, Number.POSITIVE_INFINITY], 'a weight must be zero or more'],
  ])('by %j is refused', (weights, why) => {
    expect(() => split(cents(100), weights)).toThrow(new RangeError(why))
  })

  it('adds up, gives nothing for no weight, and is nowhere a whole cent off', () => {
    const someWeights = fc
      .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 })
      .filter(weights => weights.some(w => w > 0))
    fc.assert(
      fc.property(anyCents, someWeights, (total, weights) => {
        const shares = split(total, weights)
        const all = weights.reduce((a, b) => a + b, 0)
        expect(sum(shares)).toBe(total)
        shares.forEach((share, i) => {
          const weight = weights[i] ?? 0
          const off = BigInt(share) * BigInt(all) - BigInt(total) * BigInt(weight)
          expect(off < all && off > -all).toBe(true)
          if (weight === 0) expect(share).toBe(0)
        })
      }),
      RUN,
    )
  })
})
