import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import { digitSlip } from '../../../shared/rules/explain/digits.ts'

const formOf = (meant: number, keyed: number) => digitSlip(cents(meant), cents(keyed))?.form ?? null

describe('a slip of the fingers', () => {
  it.each<[string, number, number, 'swapped' | 'shifted' | null]>([
    ['58.00 as 85.00', 5_800, 8_500, 'swapped'],
    ['12.34 as 13.24', 1_234, 1_324, 'swapped'],
    ['12.34 as 34.12', 1_234, 3_412, 'swapped'],
    ['105.00 as 015.00', 10_500, 1_500, 'swapped'],
    ['30.00 as 03.00', 3_000, 300, 'shifted'],
    ['45.67 as 456.70', 4_567, 45_670, 'shifted'],
    ['45.67 as 4.56, its last digit lost', 4_567, 456, 'shifted'],
    ['45.67 as 0.45, two digits lost', 4_567, 45, 'shifted'],
    ['45.67 as 4,567.00', 4_567, 456_700, 'shifted'],
    ['58.00 as 59.00', 5_800, 5_900, null],
    ['12.34 as 42.31, digits far apart', 1_234, 4_231, null],
    ['the same amount', 5_800, 5_800, null],
    ['nothing', 0, 900, null],
  ])('%s', (_, meant, keyed, form) => {
    expect(formOf(meant, keyed)).toBe(form)
  })

  it('digits that change places are found wherever they stand, and make a difference divisible by 9', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 999_999 }), fc.nat(5), (meant, place) => {
        const digits = [...String(meant)]
        const at = place % (digits.length - 1)
        const [a = '', b = ''] = digits.slice(at, at + 2)
        digits.splice(at, 2, b, a)
        const keyed = cents(Number.parseInt(digits.join(''), 10))
        fc.pre(a !== b && keyed > 0)
        expect((meant - keyed) % 9 === 0).toBe(true)
        expect(formOf(meant, keyed)).not.toBeNull()
      }),
      { seed: 20_261_121, numRuns: 500 },
    )
  })

  it('what is not divisible by 9 is never called swapped', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999 }),
        fc.integer({ min: 1, max: 99_999 }),
        (meant, keyed) => {
          if (formOf(meant, keyed) === 'swapped') expect((meant - keyed) % 9 === 0).toBe(true)
        },
      ),
      { seed: 20_261_121, numRuns: 2_000 },
    )
  })
})
