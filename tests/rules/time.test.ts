import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  businessDateOf,
  dayAfter,
  daysIn,
  daysLater,
  formatBusinessDate,
  formatInstant,
  instantOf,
  isTimeZone,
  localHourOf,
  parseBusinessDate,
  weekdayOf,
} from '../../shared/time.ts'

const RUN = { seed: 20261120, numRuns: 300 }
const CHICAGO = 'America/Chicago'
const at = (iso: string) => Date.parse(iso)

function dateOf(text: string) {
  const date = parseBusinessDate(text)
  if (date === null) throw new Error(`${text} should be a date`)
  return date
}

describe('the business date', () => {
  it.each([
    ['2026-11-20T16:58:00Z', CHICAGO, '2026-11-20'],
    ['2026-11-21T05:59:59Z', CHICAGO, '2026-11-20'],
    ['2026-11-21T06:00:00Z', CHICAGO, '2026-11-21'],
    ['2026-11-21T05:59:59Z', 'America/New_York', '2026-11-21'],
    ['2026-07-01T04:59:59Z', CHICAGO, '2026-06-30'],
    ['2028-02-29T12:00:00Z', 'UTC', '2028-02-29'],
    ['1999-12-31T23:59:59Z', 'Pacific/Kiritimati', '2000-01-01'],
  ])('at %s in %s is %s', (iso, zone, expected) => {
    expect(businessDateOf(at(iso), zone)).toBe(expected)
  })

  it('has no answer for an instant that is none or a place that is none', () => {
    expect(() => businessDateOf(Number.NaN, CHICAGO)).toThrow(RangeError)
    expect(() => businessDateOf(0, 'Mars/Olympus')).toThrow(RangeError)
  })

  it('never goes back when time goes on, through every change of daylight saving', () => {
    const instant = fc.integer({ min: at('1990-01-01T00:00:00Z'), max: at('2060-01-01T00:00:00Z') })
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 86_400_000 }), (start, later) => {
        const dates = [businessDateOf(start, CHICAGO), businessDateOf(start + later, CHICAGO)]
        expect(dates).toEqual(dates.toSorted())
        expect(dates.map(date => parseBusinessDate(date))).toEqual(dates)
      }),
      RUN,
    )
  })

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-11-31',
    '11/20/2026',
    '2026-1-1',
    '',
    '2026-11-20 ',
  ])('"%s" is none', text => {
    expect(parseBusinessDate(text)).toBeNull()
  })

  it('is written for people long or short', () => {
    expect(formatBusinessDate(dateOf('2026-11-20'), 'long')).toBe('Fri, Nov 20')
    expect(formatBusinessDate(dateOf('2026-11-20'), 'short')).toBe('11/20/2026')
    expect(formatBusinessDate(dateOf('2028-02-29'), 'long')).toBe('Tue, Feb 29')
    expect(formatBusinessDate(dateOf('2026-01-04'), 'long')).toBe('Sun, Jan 4')
  })
})

describe('an instant', () => {
  it.each([
    ['2026-11-20T16:58:00Z', '11/20/2026 10:58 am'],
    ['2026-11-20T06:00:00Z', '11/20/2026 12:00 am'],
    ['2026-11-20T18:05:59Z', '11/20/2026 12:05 pm'],
    ['2026-03-08T07:59:00Z', '03/08/2026 1:59 am'],
    ['2026-03-08T08:00:00Z', '03/08/2026 3:00 am'],
    ['2026-11-01T06:30:00Z', '11/01/2026 1:30 am'],
    ['2026-11-01T07:30:00Z', '11/01/2026 1:30 am'],
    ['2026-11-21T05:59:00Z', '11/20/2026 11:59 pm'],
  ])('%s reads %s in Chicago', (iso, expected) => {
    const [date, ...time] = expected.split(' ')
    expect(formatInstant(at(iso), CHICAGO, 'date-time')).toBe(expected)
    expect(formatInstant(at(iso), CHICAGO, 'date')).toBe(date)
    expect(formatInstant(at(iso), CHICAGO, 'time')).toBe(time.join(' '))
  })

  it('is written in plain ASCII, so that the same receipt makes the same bytes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: at('2100-01-01T00:00:00Z') }), instant => {
        expect(formatInstant(instant, CHICAGO, 'date-time')).toMatch(
          /^\d\d\/\d\d\/\d{4} (?:[1-9]|1[0-2]):[0-5]\d [ap]m$/,
        )
      }),
      RUN,
    )
  })
})

describe('a time by the clocks of a place', () => {
  it.each<[string, string, string, string]>([
    ['2026-11-20', '14:00', CHICAGO, '2026-11-20T20:00:00Z'],
    ['2026-07-01', '14:00', CHICAGO, '2026-07-01T19:00:00Z'],
    ['2026-11-20', '00:00', CHICAGO, '2026-11-20T06:00:00Z'],
    ['2026-11-20', '24:00', CHICAGO, '2026-11-21T06:00:00Z'],
    ['2026-03-08', '01:59', CHICAGO, '2026-03-08T07:59:00Z'],
    ['2026-03-08', '02:30', CHICAGO, '2026-03-08T08:30:00Z'],
    ['2026-03-08', '03:00', CHICAGO, '2026-03-08T08:00:00Z'],
    ['2026-03-08', '14:00', CHICAGO, '2026-03-08T19:00:00Z'],
    ['2026-03-07', '14:00', CHICAGO, '2026-03-07T20:00:00Z'],
    ['2026-11-01', '00:30', CHICAGO, '2026-11-01T05:30:00Z'],
    ['2026-11-01', '01:30', CHICAGO, '2026-11-01T06:30:00Z'],
    ['2026-11-01', '02:00', CHICAGO, '2026-11-01T08:00:00Z'],
    ['2026-07-01', '14:00', 'America/Phoenix', '2026-07-01T21:00:00Z'],
    ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00Z'],
    ['2000-01-01', '09:30', 'Pacific/Kiritimati', '1999-12-31T19:30:00Z'],
  ])('%s %s in %s is %s', (date, clock, zone, iso) => {
    const [hours = 0, minutes = 0] = clock.split(':').map(part => Number.parseInt(part, 10))
    expect(new Date(instantOf(dateOf(date), hours * 60 + minutes, zone)).toISOString()).toBe(
      new Date(at(iso)).toISOString(),
    )
  })

  it('shows that day and time again, except where the clocks skip it', () => {
    const day = fc.integer({ min: at('1990-01-01T00:00:00Z'), max: at('2060-01-01T00:00:00Z') })
    const zone = fc.constantFrom(CHICAGO, 'America/New_York', 'Pacific/Honolulu', 'Europe/Berlin', 'UTC')
    fc.assert(
      fc.property(day, fc.integer({ min: 180, max: 1_439 }), zone, (instant, minutes, place) => {
        const date = businessDateOf(instant, place)
        const found = instantOf(date, minutes, place)
        expect(businessDateOf(found, place)).toBe(date)
        const hour = Math.trunc(minutes / 60)
        const shown = `${hour % 12 || 12}:${String(minutes % 60).padStart(2, '0')} ${hour < 12 ? 'am' : 'pm'}`
        expect(formatInstant(found, place, 'time')).toBe(shown)
      }),
      RUN,
    )
  })

  it('has no answer for a place that is none', () => {
    expect(() => instantOf(dateOf('2026-11-20'), 0, 'Mars/Olympus')).toThrow(RangeError)
  })
})

describe('the calendar', () => {
  it.each([
    ['2026-11-20', '2026-11-21', 5],
    ['2026-12-31', '2027-01-01', 4],
    ['2028-02-28', '2028-02-29', 1],
    ['2026-02-28', '2026-03-01', 6],
    ['2026-11-01', '2026-11-02', 0],
  ])('after %s comes %s, and its weekday is %i', (date, next, weekday) => {
    expect(dayAfter(dateOf(date))).toBe(next)
    expect(weekdayOf(dateOf(date))).toBe(weekday)
  })
})

describe('a time zone', () => {
  it.each(['America/Chicago', 'America/Phoenix', 'Pacific/Honolulu', 'UTC'])('%s is one', text => {
    expect(isTimeZone(text)).toBe(true)
  })

  it.each(['', 'Chicago', 'Mars/Olympus', '+05:00', '-06', 'America/Chicago '])('"%s" is none', text => {
    expect(isTimeZone(text)).toBe(false)
  })
})

describe('an hour by the clocks of a place', () => {
  it.each([
    ['2026-11-20T16:58:31Z', CHICAGO, '2026-11-20', 10, '2026-11-20T16:00:00Z'],
    ['2026-11-21T05:59:59Z', CHICAGO, '2026-11-20', 23, '2026-11-21T05:00:00Z'],
    // Half an hour beside UTC.
    ['2026-11-20T16:58:00Z', 'Asia/Kolkata', '2026-11-20', 22, '2026-11-20T16:30:00Z'],
    // One o'clock comes twice on 1 November.
    ['2026-11-01T06:30:00Z', CHICAGO, '2026-11-01', 1, '2026-11-01T06:00:00Z'],
    ['2026-11-01T07:30:00Z', CHICAGO, '2026-11-01', 1, '2026-11-01T07:00:00Z'],
    ['1969-12-31T23:59:59.5Z', 'UTC', '1969-12-31', 23, '1969-12-31T23:00:00Z'],
  ])('%s in %s lies on %s in hour %s, which began at %s', (iso, zone, date, hour, start) => {
    expect(localHourOf(at(iso), zone)).toEqual({ date, hour, startMs: at(start) })
  })
})

describe('days', () => {
  it('are gone forward and back over months, years and changes of the clocks', () => {
    expect(daysLater(dateOf('2026-11-20'), 0)).toBe('2026-11-20')
    expect(daysLater(dateOf('2026-03-07'), 2)).toBe('2026-03-09')
    expect(daysLater(dateOf('2026-01-01'), -1)).toBe('2025-12-31')
    expect(daysLater(dateOf('2028-02-28'), 2)).toBe('2028-03-01')
  })

  it('of a span are counted with its first and its last', () => {
    expect(daysIn(dateOf('2026-11-20'), dateOf('2026-11-20'))).toBe(1)
    expect(daysIn(dateOf('2026-11-20'), dateOf('2027-11-20'))).toBe(366)
    expect(daysIn(dateOf('2026-11-20'), dateOf('2026-11-19'))).toBe(0)
  })
})
