import { describe, expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import { mayBeFundChange, openingFigures } from '../../../shared/rules/session/opening.ts'

describe('an opening count beside what the session before left', () => {
  it.each([
    ['just what was left', { left: 20_000, fund: 20_000, counted: 20_000, to: null }, [20_000, 0, 0]],
    [
      'nothing where 200.00 was left',
      { left: 20_000, fund: 20_000, counted: 0, to: null },
      [20_000, 0, -20_000],
    ],
    ['a cent more', { left: 20_000, fund: 20_000, counted: 20_001, to: null }, [20_000, 0, 1]],
    [
      'a thin fund that somebody made up',
      { left: 15_000, fund: 20_000, counted: 20_000, to: null },
      [20_000, 0, 5_000],
    ],
    [
      'the same, and somebody says so',
      { left: 15_000, fund: 20_000, counted: 20_000, to: 20_000 },
      [20_000, 5_000, 0],
    ],
    [
      'a stolen fund made up, a bill short',
      { left: 0, fund: 20_000, counted: 19_000, to: 20_000 },
      [20_000, 20_000, -1_000],
    ],
    [
      'a stolen fund made up to a higher one',
      { left: 0, fund: 20_000, counted: 30_000, to: 30_000 },
      [30_000, 30_000, 0],
    ],
    [
      'money put in for a higher fund',
      { left: 20_000, fund: 20_000, counted: 30_000, to: 30_000 },
      [30_000, 10_000, 0],
    ],
    [
      'the same, a bill short',
      { left: 20_000, fund: 20_000, counted: 29_000, to: 30_000 },
      [30_000, 10_000, -1_000],
    ],
    [
      'the same money, and nobody says what for',
      { left: 20_000, fund: 20_000, counted: 30_000, to: null },
      [20_000, 0, 10_000],
    ],
    [
      'money taken out for a lower fund',
      { left: 20_000, fund: 20_000, counted: 10_000, to: 10_000 },
      [10_000, -10_000, 0],
    ],
    // A new drawer that began with more than its fund is short by all that is missing, whatever the fund is.
    [
      'a shortage near an old gap',
      { left: 25_000, fund: 25_000, counted: 22_400, to: null },
      [25_000, 0, -2_600],
    ],
  ])('%s', (_what, { left, fund, counted, to }, [changeFundCents, fundChangeCents, overShortCents]) => {
    const before = { leftCents: cents(left), changeFundCents: cents(fund) }
    const said = openingFigures(cents(counted), before, to === null ? null : cents(to))
    expect(said).toEqual({ changeFundCents, fundChangeCents, overShortCents })
    expect(said.fundChangeCents + said.overShortCents).toBe(counted - left)
  })

  it('asks for a change of the fund only where the count is nearer to the assigned one', () => {
    const before = { leftCents: cents(20_000), changeFundCents: cents(20_000) }
    const asks = (counted: number, assigned: number) =>
      mayBeFundChange(cents(counted), before, cents(assigned))
    expect([asks(30_000, 30_000), asks(25_001, 30_000), asks(25_000, 30_000)]).toEqual([true, true, false])
    const thin = { leftCents: cents(15_000), changeFundCents: cents(20_000) }
    expect(mayBeFundChange(cents(20_000), thin, cents(20_000))).toBe(true)
    expect([asks(18_000, 20_000), asks(20_000, 30_000), asks(10_000, 10_000)]).toEqual([false, false, true])
  })
})
