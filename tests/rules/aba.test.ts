import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRoutingNumber } from '../../shared/rules/deposit/aba.ts'

const eightDigits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 8 })

/** The ninth digit by the published formula, worked out apart from the code under test. */
function withCheckDigit([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0]: number[]): string {
  const sum = 3 * (a + d + g) + 7 * (b + e + h) + (c + f)
  return `${a}${b}${c}${d}${e}${f}${g}${h}${(10 - (sum % 10)) % 10}`
}

describe('a routing number', () => {
  it.each(['111000025', '123456780', '021000021'])('%s is one', text => {
    expect(isRoutingNumber(text)).toBe(true)
  })

  it.each([
    '000000000',
    '123456789',
    '12345678',
    '1234567800',
    ' 123456780',
    '12345678O',
    '１２３４５６７８０',
    '',
  ])('"%s" is none', text => {
    expect(isRoutingNumber(text)).toBe(false)
  })

  it('is found wrong when any one digit is', () => {
    const change = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }))
    fc.assert(
      fc.property(eightDigits, change, (digits, [position, by]) => {
        const right = withCheckDigit(digits)
        fc.pre(right !== '000000000')
        const wrong = Array.from(right, (d, i) => (i === position ? (Number(d) + by) % 10 : d)).join('')
        expect([isRoutingNumber(right), isRoutingNumber(wrong)]).toEqual([true, false])
      }),
      { seed: 20261120, numRuns: 500 },
    )
  })
})
