import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  backoffMs,
  LONGEST_PAUSE_MS,
  MOST_PATIENCE_MS,
  retryAfterMs,
} from '../../shared/rules/sync/backoff.ts'

describe('The pause after a failure', () => {
  it.each([
    [1, 0.999_999, 999],
    [2, 0.999_999, 1_999],
    [3, 0.5, 2_000],
    [6, 0.999_999, 31_999],
    [7, 0.5, 30_000],
    [400, 0.5, 30_000],
    [5, 0, 0],
  ])('after failure %i with chance %d is %i ms', (failures, random, expected) => {
    expect(backoffMs({ failures, random })).toBe(expected)
  })

  it('is never longer than a minute, however often it failed', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), random, (failures, chance) => {
        const pause = backoffMs({ failures, random: chance })
        return pause >= 0 && pause < LONGEST_PAUSE_MS && Number.isInteger(pause)
      }),
    )
  })

  it('is never shorter than what was asked for', () => {
    expect(backoffMs({ failures: 1, random: 0, askedMs: 90_000 })).toBe(90_000)
  })
})

describe('Retry-After', () => {
  it.each([
    ['120', null, 120_000],
    [' 0 ', null, 0],
    ['999999', null, MOST_PATIENCE_MS],
    ['Fri, 20 Nov 2026 15:00:30 GMT', 'Fri, 20 Nov 2026 15:00:00 GMT', 30_000],
    ['Fri, 20 Nov 2026 14:00:00 GMT', 'Fri, 20 Nov 2026 15:00:00 GMT', 0],
    ['Fri, 20 Nov 2026 15:00:30 GMT', null, undefined],
    ['soon', 'Fri, 20 Nov 2026 15:00:00 GMT', undefined],
    ['-5', null, undefined],
    [null, null, undefined],
  ])('%s with the date %s means %s ms', (retryAfter, date, expected) => {
    expect(retryAfterMs(retryAfter, date)).toBe(expected)
  })
})
