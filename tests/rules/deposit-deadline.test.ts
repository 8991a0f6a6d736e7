import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../shared/money.ts'
import {
  type DepositDeadline,
  depositDueMs,
  sessionsDueMs,
} from '../../shared/rules/deposit/deposit-deadline.ts'
import { businessDateOf, formatInstant, parseBusinessDate, weekdayOf } from '../../shared/time.ts'

const CHICAGO = 'America/Chicago'

function day(text: string) {
  const date = parseBusinessDate(text)
  if (date === null) throw new Error(`${text} should be a date`)
  return date
}

const NEXT_DAY: DepositDeadline = {
  businessDays: 1,
  sameDayFromCents: cents(100_000),
  cutOffMinutes: 14 * 60,
  weekdays: [1, 2, 3, 4, 5],
  holidays: [day('2026-11-26'), day('2026-11-27'), day('2026-12-25')],
}

function due(date: string, total: number, more: Partial<DepositDeadline> = {}): string {
  const dueMs = depositDueMs(
    { businessDate: day(date), totalCents: cents(total) },
    { ...NEXT_DAY, ...more },
    CHICAGO,
  )
  return new Date(dueMs).toISOString().slice(0, 16)
}

describe('a deposit is due', () => {
  it.each<[string, string, number, Partial<DepositDeadline>, string]>([
    ['the next day', '2026-11-18', 50_000, {}, '2026-11-19T20:00'],
    ['on Monday what was taken on Friday', '2026-11-20', 50_000, {}, '2026-11-23T20:00'],
    ['after the holidays', '2026-11-25', 50_000, {}, '2026-11-30T20:00'],
    ['the next day at exactly the limit', '2026-11-18', 100_000, {}, '2026-11-19T20:00'],
    ['the same day above the limit', '2026-11-18', 100_001, {}, '2026-11-18T20:00'],
    [
      'the next day where no amount is large',
      '2026-11-18',
      9_999_999,
      { sameDayFromCents: null },
      '2026-11-19T20:00',
    ],
    ['the same day by policy', '2026-11-18', 1, { businessDays: 0 }, '2026-11-18T20:00'],
    ['after three business days', '2026-11-23', 1, { businessDays: 3 }, '2026-11-30T20:00'],
    ['counting Saturday from Monday', '2026-11-21', 50_000, {}, '2026-11-24T20:00'],
    ['on Monday, a large one of Saturday', '2026-11-21', 100_001, {}, '2026-11-23T20:00'],
    ['counting a holiday from the next business day', '2026-11-26', 50_000, {}, '2026-12-01T20:00'],
    [
      'on Saturday where the bank is open',
      '2026-11-20',
      1,
      { weekdays: [1, 2, 3, 4, 5, 6] },
      '2026-11-21T20:00',
    ],
    ['by summer time after the clocks went forward', '2026-03-06', 1, {}, '2026-03-09T19:00'],
    ['by standard time after they went back', '2026-10-30', 1, {}, '2026-11-02T20:00'],
    ['on the day itself when they go forward', '2026-03-07', 1, { weekdays: [0, 6] }, '2026-03-08T19:00'],
    ['at midnight', '2026-11-18', 1, { cutOffMinutes: 0 }, '2026-11-19T06:00'],
  ])('%s', (_what, date, total, more, expected) => {
    expect(due(date, total, more)).toBe(expected)
  })

  it('never in a week without a business day', () => {
    expect(() => due('2026-11-18', 1, { weekdays: [] })).toThrow(RangeError)
    expect(() => due('2026-11-18', 1, { weekdays: [7] })).toThrow(RangeError)
  })

  it('always on a business day at the cut-off, never before the day it was taken, and sooner when large', () => {
    const policy = fc.record({
      businessDays: fc.nat(4),
      weekdays: fc.uniqueArray(fc.nat(6), { minLength: 1, maxLength: 7 }),
      holidays: fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 30 }),
    })
    const dateAt = (n: number) => businessDateOf(Date.UTC(2026, 0, 1 + n, 18), CHICAGO)
    fc.assert(
      fc.property(policy, fc.nat(400), fc.nat(200_000), (given, at, total) => {
        const holidays = given.holidays.map(dateAt)
        const full = { ...NEXT_DAY, ...given, holidays }
        const taken = { businessDate: dateAt(at), totalCents: cents(total) }
        const dueMs = depositDueMs(taken, full, CHICAGO)
        const on = businessDateOf(dueMs, CHICAGO)
        expect(given.weekdays).toContain(weekdayOf(on))
        expect(holidays).not.toContain(on)
        expect(on >= taken.businessDate).toBe(true)
        expect(formatInstant(dueMs, CHICAGO, 'time')).toBe('2:00 pm')
        const large = { ...taken, totalCents: cents(total + 100_001) }
        expect(depositDueMs(large, full, CHICAGO)).toBeLessThanOrEqual(dueMs)
      }),
      { seed: 20261121, numRuns: 200 },
    )
  })
})

describe('sessions that go to the bank together', () => {
  it('are due when the first of them is', () => {
    const sessions = [
      { businessDate: day('2026-11-18'), totalCents: cents(50_000) },
      { businessDate: day('2026-11-17'), totalCents: cents(50_000) },
      { businessDate: day('2026-11-18'), totalCents: cents(100_001) },
    ]
    const first = Date.parse('2026-11-18T20:00:00Z')
    expect(sessionsDueMs(sessions, NEXT_DAY, CHICAGO)).toBe(first)
    expect(sessionsDueMs(sessions.slice(0, 1), NEXT_DAY, CHICAGO)).toBe(first + 86_400_000)
  })

  it('are never due when there are none', () => {
    expect(sessionsDueMs([], NEXT_DAY, CHICAGO)).toBeNull()
  })
})
