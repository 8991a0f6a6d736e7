import { describe, expect, it } from 'vitest'
import { writtenBy } from '../../../shared/rules/account/written-by.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Hours of a day in November, and days after it. */
const at = (hours: number, days = 0): number => Date.UTC(2026, 10, 20) + days * DAY + hours * HOUR

const MORNING = [at(8), at(8), at(9), at(9.5)]

/** A till that was set up a month ago, and sixty facts by a clock that is two weeks slow. */
const SET_UP = Array.from({ length: 10 }, (_, n) => at(n / 10, -30))
const SLOW = Array.from({ length: 60 }, (_, n) => at(n, -15))

describe('how many facts were there at a moment', () => {
  it.each<[what: string, times: number[], throughMs: number, nowMs: number, count: number]>([
    ['none of none', [], at(9), at(9), 0],
    ['those up to the moment, the moment itself with them', MORNING, at(9), at(12), 3],
    ['all, where it is later', MORNING, at(11), at(12), 4],
    ['none, where it is earlier', MORNING, at(7), at(12), 0],
    [
      'of a clock that went back an hour, none behind the first that is later',
      [at(8), at(10), at(9.2), at(9.4), at(11)],
      at(9.5),
      at(12),
      1,
    ],
    [
      'and not either where the clock is still an hour slow',
      [at(8), at(10), at(9.2), at(9.3), at(9.4)],
      at(9.3),
      at(9.5),
      1,
    ],
    [
      'one that was ten days ahead says nothing: those before and after count',
      [...MORNING, at(10, 10), at(11), at(12)],
      at(11.5),
      at(13),
      6,
    ],
    [
      'and not either on the day on which its time has come',
      [...MORNING, at(10, 10), at(11), at(12), at(9, 2), at(9, 5), at(9, 8), at(9, 10), at(12, 10)],
      at(11, 10),
      at(13, 10),
      11,
    ],
    [
      'but counts as later where nobody worked until then, and the two after it may be the ones that are wrong',
      [...MORNING, at(10, 10), at(11), at(12), at(9, 10), at(12, 10)],
      at(11, 10),
      at(13, 10),
      5,
    ],
    [
      'it counts as later where the moment is before those after it',
      [...MORNING, at(10, 10), at(11), at(12)],
      at(10.5),
      at(13),
      4,
    ],
    [
      'of two sides of a fall with as many each, none behind it',
      [...MORNING, at(8, -30), at(8, -30), at(9, -30), at(9, -30), at(10), at(11)],
      at(9.7),
      at(12),
      4,
    ],
    ['the last one, ahead of the clock, counts as later', [...MORNING, at(10, 10)], at(9.6), at(9.7), 4],
    [
      'one that was years behind counts as later, where that is uncertain',
      [...MORNING, Date.UTC(2020, 0, 1), at(11), at(12)],
      at(10),
      at(13),
      4,
    ],
    [
      'and counts where others of the time are behind it',
      [...MORNING, Date.UTC(2020, 0, 1), at(11), at(12)],
      at(11),
      at(13),
      6,
    ],
    [
      'of many by a clock that is a month behind none is certain, however many they are',
      [...MORNING, ...Array.from({ length: 60 }, (_, n) => at(n / 10, -31)), at(12)],
      at(9.6),
      at(13),
      4,
    ],
    [
      'of many by a clock that was slow none is certain, though the few before them may have been ahead',
      [...SET_UP, at(8), at(9), ...SLOW, at(8, 4), at(9, 4)],
      at(12, 2),
      at(10, 4),
      12,
    ],
    [
      'and not while nothing has come since it was set right',
      [...SET_UP, at(8), at(9), ...SLOW],
      at(12, 2),
      at(10, 4),
      12,
    ],
    [
      'few that were ahead of many, who worked on from day to day until then, say nothing',
      [...SET_UP, at(8), at(9), ...SLOW, ...Array.from({ length: 12 }, (_, n) => at(8, n - 11)), at(8, 4)],
      at(12, 2),
      at(10, 4),
      84,
    ],
    [
      'a day’s work by a clock that is days ahead hides nothing of a later day',
      [...MORNING, ...Array.from({ length: 9 }, (_, n) => at(10 + n / 10, 400)), at(9, 1), at(10, 1)],
      at(9.5, 1),
      at(11, 1),
      14,
    ],
  ])('%s', (_what, times, throughMs, nowMs, count) => {
    expect(writtenBy(times, { throughMs, nowMs })).toBe(count)
  })
})
