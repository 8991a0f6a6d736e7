import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  businessDateOf,
  formatBusinessDate,
  formatInstant,
  isTimeZone,
  parseBusinessDate,
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
    expect(formatBusinessDate(dateOf('2026-11-20'), 'long')).toBe('Fri 20 Nov')
    expect(formatBusinessDate(dateOf('2026-11-20'), 'short')).toBe('11/20/2026')
    expect(formatBusinessDate(dateOf('2028-02-29'), 'long')).toBe('Tue 29 Feb')
    expect(formatBusinessDate(dateOf('2026-01-04'), 'long')).toBe('Sun 4 Jan')
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

describe('a time zone', () => {
  it.each(['America/Chicago', 'America/Phoenix', 'Pacific/Honolulu', 'UTC'])('%s is one', text => {
    expect(isTimeZone(text)).toBe(true)
  })

  it.each(['', 'Chicago', 'Mars/Olympus', '+05:00', '-06', 'America/Chicago '])('"%s" is none', text => {
    expect(isTimeZone(text)).toBe(false)
  })
})
