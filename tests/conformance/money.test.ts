import { describe, expect, it } from 'vitest'
import {
  add,
  type Cents,
  cents,
  negate,
  parseImportedAmount,
  percentOf,
  plainCents,
  split,
  subtract,
  sum,
} from '../../shared/money.ts'
import { roundCash } from '../../shared/rules/receipt/rounding.ts'
import { settle } from '../../shared/rules/receipt/settle.ts'
import { isFixtureMissing, readFixture } from '../support/run/fixtures.ts'

const DECTEST = 'money/dectest-finite.json'
const ALLOCATION = 'money/allocation-vectors.json'
const ROUNDING = 'money/rounding-vectors.json'

type DecimalCase = [
  id: string,
  operation: string,
  operands: string[],
  expected: string,
  precision: number,
  rounding: string,
]

const AMOUNT = /^-?\d{1,8}(?:\.\d{1,2})?$/

function amount(text: string): Cents {
  const read = parseImportedAmount(text)
  if (!read.ok) throw new Error(`${text} was refused as ${read.reason}`)
  return read.cents
}

/** Cases whose figures are amounts of money and whose answer was not cut to the case's precision. */
function moneyCases(operation: string): DecimalCase[] {
  return readFixture<{ cases: DecimalCase[] }>(DECTEST).cases.filter(
    ([, name, operands, expected, precision]) =>
      name === operation &&
      [...operands, expected].every(text => AMOUNT.test(text) && text.replace(/\D/g, '').length < precision),
  )
}

/** A decimal with up to six places as a whole number and the rate that shrinks it again. */
function asRate(text: string): { whole: Cents; rateMillionths: number } {
  const [whole = '', fraction = ''] = text.split('.')
  return { whole: cents(Number(whole + fraction)), rateMillionths: 10 ** (6 - fraction.length) }
}

describe('decTest: sums of money agree with the decimal arithmetic standard', () => {
  const operations: [string, number, (a: Cents, b: Cents) => Cents][] = [
    ['add', 20, (a, b) => add(a, b)],
    ['subtract', 30, (a, b) => subtract(a, b)],
    ['minus', 4, a => negate(a)],
  ]
  it.skipIf(isFixtureMissing(DECTEST)).each(operations)(
    '%s, at least %i cases',
    (operation, atLeast, compute) => {
      const cases = moneyCases(operation)
      expect(cases.length).toBeGreaterThanOrEqual(atLeast)
      for (const [id, , [a = '0', b = '0'], expected] of cases) {
        expect([id, plainCents(compute(amount(a), amount(b)))]).toEqual([id, plainCents(amount(expected))])
      }
    },
  )

  it.skipIf(isFixtureMissing(DECTEST))('larger and smaller', () => {
    const cases = moneyCases('compare')
    expect(cases.length).toBeGreaterThanOrEqual(20)
    for (const [id, , [a = '0', b = '0'], expected] of cases) {
      expect([id, Math.sign(subtract(amount(a), amount(b)))]).toEqual([id, Number(expected)])
    }
  })

  it.skipIf(isFixtureMissing(DECTEST))('a share that ends on half a cent rounds as half_up does', () => {
    const cases = readFixture<{ cases: DecimalCase[] }>(DECTEST).cases.filter(
      ([, operation, [value = '', unit = ''], , , rounding]) =>
        rounding === 'half_up' &&
        /^-?\d{1,12}(?:\.\d{1,6})?$/.test(value) &&
        (operation === 'tointegral' || (operation === 'quantize' && /^1(?:e[+-]?0)?$/i.test(unit))),
    )
    expect(cases.length).toBeGreaterThanOrEqual(25)
    for (const [id, , [value = ''], expected] of cases) {
      const { whole, rateMillionths } = asRate(value)
      expect([id, percentOf(whole, rateMillionths)]).toEqual([id, Number(expected) + 0])
    }
  })
})

interface AllocationCase {
  source: string
  cents: number
  ratios: number[]
  expected: number[]
}

describe('splits agree with four money libraries', () => {
  it.skipIf(isFixtureMissing(ALLOCATION))('share by share, the spare cents from the left', () => {
    const { cases } = readFixture<{ cases: AllocationCase[] }>(ALLOCATION)
    expect(cases.length).toBeGreaterThanOrEqual(16)
    for (const { source, cents: total, ratios, expected } of cases) {
      const shares = split(cents(total), ratios)
      expect([source, shares]).toEqual([source, expected])
      expect(sum(shares)).toBe(total)
    }
  })
})

interface RoundingVectors {
  total_cents_to_cash_due: { source: string; total: number; cash_due: number }[]
  mixed_tenders: { total: number; tenders: [string, number][]; applied_rounding: number; change?: number }[]
}

describe('cash rounding agrees with published tables', () => {
  it.skipIf(isFixtureMissing(ROUNDING))('to the nearest five', () => {
    const { total_cents_to_cash_due: rows } = readFixture<RoundingVectors>(ROUNDING)
    expect(rows.length).toBeGreaterThanOrEqual(10)
    for (const { source, total, cash_due } of rows) {
      expect([source, roundCash(cents(total), 'nearest-five').payCents]).toEqual([source, cash_due])
    }
  })

  it.skipIf(isFixtureMissing(ROUNDING))('where cash is mixed with other tenders', () => {
    const sales = readFixture<RoundingVectors>(ROUNDING).mixed_tenders.filter(({ total }) => total > 0)
    expect(sales.length).toBeGreaterThanOrEqual(2)
    for (const { total, tenders, applied_rounding, change = 0 } of sales) {
      const settled = settle({
        lineCents: [cents(total)],
        tenders: tenders.map(([tender, c]) => ({ tender, cents: cents(c) })),
        policies: [
          { tender: 'cash', changeAllowed: true },
          { tender: 'card', changeAllowed: false },
        ],
        rounding: 'nearest-five',
        largestBillCents: cents(10_000),
      })
      expect(settled).toMatchObject({ ok: true, roundingCents: applied_rounding, changeCents: change })
    }
  })
})
