import { describe, expect, it } from 'vitest'
import { cents } from '../../shared/money.ts'
import { openingFigures } from '../../shared/rules/session/opening.ts'

describe('an opening count beside what the session before left', () => {
  it.each([
    ['just what was left', { left: 20_000, fund: 20_000, wanted: 20_000, counted: 20_000 }, [20_000, 0, 0]],
    [
      'nothing where 200.00 was left',
      { left: 20_000, fund: 20_000, wanted: 20_000, counted: 0 },
      [20_000, 0, -20_000],
    ],
    ['a cent more', { left: 20_000, fund: 20_000, wanted: 20_000, counted: 20_001 }, [20_000, 0, 1]],
    [
      'a thin fund that somebody made up',
      { left: 15_000, fund: 20_000, wanted: 20_000, counted: 20_000 },
      [20_000, 0, 5_000],
    ],
    [
      'a fund assigned higher, with the money in it',
      { left: 20_000, fund: 20_000, wanted: 30_000, counted: 30_000 },
      [30_000, 10_000, 0],
    ],
    [
      'a fund assigned higher, a bill short',
      { left: 20_000, fund: 20_000, wanted: 30_000, counted: 29_000 },
      [30_000, 10_000, -1_000],
    ],
    [
      'a fund assigned higher, nothing put in',
      { left: 20_000, fund: 20_000, wanted: 30_000, counted: 20_000 },
      [20_000, 0, 0],
    ],
    [
      'half way, which is no fund',
      { left: 20_000, fund: 20_000, wanted: 30_000, counted: 25_000 },
      [20_000, 0, 5_000],
    ],
    [
      'a fund assigned lower, the rest taken out',
      { left: 20_000, fund: 20_000, wanted: 10_000, counted: 10_000 },
      [10_000, -10_000, 0],
    ],
    [
      'a fund assigned lower, nothing taken out',
      { left: 20_000, fund: 20_000, wanted: 10_000, counted: 20_000 },
      [20_000, 0, 0],
    ],
  ])('%s', (_what, { left, fund, wanted, counted }, [changeFundCents, fundChangeCents, overShortCents]) => {
    const before = { leftCents: cents(left), changeFundCents: cents(fund) }
    const asked = { countedCents: cents(counted), wantedCents: cents(wanted), left: before }
    expect(openingFigures(asked)).toEqual({ changeFundCents, fundChangeCents, overShortCents })
  })

  it('a drawer that never had a session begins with what is put in, whatever is assigned to it', () => {
    const asked = { countedCents: cents(18_000), wantedCents: cents(20_000), left: undefined }
    expect(openingFigures(asked)).toEqual({ changeFundCents: 18_000, fundChangeCents: 0, overShortCents: 0 })
  })
})
