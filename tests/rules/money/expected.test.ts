import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, cents, ZERO } from '../../../shared/money.ts'
import { expected, overShort, type TenderMovements } from '../../../shared/rules/session/expected.ts'

const RUN = { seed: 20261120, numRuns: 300 }
const amount = fc.integer({ min: 0, max: 9_999_999 }).map(cents)
const nothing: TenderMovements = {
  openingCents: ZERO,
  tenderedCents: ZERO,
  changeCents: ZERO,
  paidInCents: ZERO,
  paidOutCents: ZERO,
  turnedInCents: ZERO,
  refundedCents: ZERO,
}
const movements = fc.record<TenderMovements>({
  openingCents: amount,
  tenderedCents: amount,
  changeCents: amount,
  paidInCents: amount,
  paidOutCents: amount,
  turnedInCents: amount,
  refundedCents: amount,
})

describe('what should be in the drawer', () => {
  it("follows the worked example of Oracle's documentation: cash over 0.50 and checks short 1.00, never netted", () => {
    const cash = expected({
      ...nothing,
      openingCents: cents(15_050),
      tenderedCents: cents(500_000),
      turnedInCents: cents(400_000),
    })
    const checks = expected({ ...nothing, tenderedCents: cents(100_000), turnedInCents: cents(75_000) })
    expect([cash, overShort(cash, cents(115_100))]).toEqual([115_050, 50])
    expect([checks, overShort(checks, cents(24_900))]).toEqual([25_000, -100])
  })

  it('is the change fund before anything happened', () => {
    expect(expected({ ...nothing, openingCents: cents(20_000) })).toBe(20_000)
  })

  it('remembers the change: 100.00 for a bill of 76.84 adds 76.84', () => {
    expect(expected({ ...nothing, tenderedCents: cents(10_000), changeCents: cents(2_316) })).toBe(7_684)
  })

  it.each<[keyof TenderMovements, 1 | -1]>([
    ['openingCents', 1],
    ['tenderedCents', 1],
    ['paidInCents', 1],
    ['changeCents', -1],
    ['paidOutCents', -1],
    ['turnedInCents', -1],
    ['refundedCents', -1],
  ])('%s counts once, in its direction (%i)', (movement, direction) => {
    fc.assert(
      fc.property(movements, amount, (m, more) => {
        const after = expected({ ...m, [movement]: add(m[movement], more) })
        expect(after - expected(m)).toBe(direction * more + 0)
      }),
      RUN,
    )
  })
})
