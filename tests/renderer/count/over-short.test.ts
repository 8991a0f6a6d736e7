import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cumulated,
  differencesOf,
  groupsOf,
  sumOf,
  tendersIn,
} from '../../../renderer/features/report/over-short/history.ts'
import { pictureLabel } from '../../../renderer/features/report/over-short/picture-label.ts'
import {
  axisFor,
  barWidth,
  heightOf,
  middleOf,
  monthMarks,
} from '../../../renderer/features/report/over-short/plot.ts'
import type { OverShort } from '../../../shared/contract/report.ts'
import { parseBusinessDate } from '../../../shared/time.ts'

function day(text: string) {
  const date = parseBusinessDate(text)
  if (date === null) throw new Error(`${text} is no day`)
  return date
}

let made = 0

function session(of: Partial<OverShort> & { cash: number; check?: number }): OverShort {
  made += 1
  const { cash, check, ...more } = of
  const checks = check === undefined ? [] : [{ tender: 'check', name: 'Check', overShortCents: check }]
  return {
    sessionId: `s${made}`,
    at: 'close',
    zNumber: `W1-Z000${made}`,
    businessDate: day('2026-11-20'),
    cashierName: 'M. Alvarez',
    drawerName: 'Window 1',
    weekday: 5,
    differences: [{ tender: 'cash', name: 'Cash', overShortCents: cash }, ...checks],
    ...more,
  }
}

const HISTORY = [
  session({ cash: 50, check: -100 }),
  session({ cash: -75, cashierName: 'J. Okonkwo', drawerName: 'Window 2', weekday: 1 }),
  session({ cash: 0, weekday: 0 }),
  session({ cash: -25, check: 0, weekday: 1 }),
]
const CASH = differencesOf(HISTORY, 'cash')

describe('over and short over months', () => {
  it('a tender stands by itself: the checks’ short never makes up for the cash’s over', () => {
    expect(sumOf('All', CASH)).toMatchObject({ overCents: 50, shortCents: 100, netCents: -50 })
    expect(sumOf('All', differencesOf(HISTORY, 'check'))).toMatchObject({ sessions: 2, shortCents: 100 })
    expect(tendersIn(HISTORY).map(one => one.name)).toEqual(['Cash', 'Check'])
  })

  it('is added up by cashier, by drawer and by weekday in the order of the week', () => {
    const told = (by: 'cashier' | 'drawer' | 'weekday') =>
      groupsOf(CASH, by).map(({ name, sessions, netCents }) => [name, sessions, netCents])
    expect(told('cashier')).toEqual([
      ['J. Okonkwo', 1, -75],
      ['M. Alvarez', 3, 25],
    ])
    expect(told('drawer')).toEqual([
      ['Window 1', 3, 25],
      ['Window 2', 1, -75],
    ])
    expect(told('weekday')).toEqual([
      ['Sunday', 1, 0],
      ['Monday', 2, -100],
      ['Friday', 1, 50],
    ])
  })

  it('is cumulative from the first session to the last', () => {
    expect(cumulated(CASH).map(point => point.cumulativeCents)).toEqual([50, -25, -25, -50])
  })

  it('the picture says in words what it shows', () => {
    expect(pictureLabel('Cash', sumOf('All', CASH))).toBe(
      'Cash, All: 4 sessions, over once by 0.50 together, short 2 times by 1.00 together; cumulative -0.50. The tables below have every figure.',
    )
  })
})

describe('the picture', () => {
  const amounts = fc.array(fc.integer({ min: -9_999_999, max: 9_999_999 }), { maxLength: 50 })

  it('every amount lies within its plot, between few round lines with nothing among them', () => {
    fc.assert(
      fc.property(amounts, values => {
        const axis = axisFor(values)
        expect(axis.ticks).toContain(0)
        expect(axis.ticks.length).toBeGreaterThan(1)
        expect(axis.ticks.length).toBeLessThanOrEqual(7)
        expect(axis.ticks.at(0)).toBe(axis.low)
        expect(axis.ticks.at(-1)).toBe(axis.high)
        for (const value of [...values, 0]) {
          const height = heightOf(value, axis, 100)
          expect(height).toBeGreaterThanOrEqual(0)
          expect(height).toBeLessThanOrEqual(100)
        }
      }),
      { seed: 20261120 },
    )
  })

  it('of sessions that all matched still has a height', () => {
    const { low, high } = axisFor([0, 0, 0])
    expect(high).toBeGreaterThan(low)
  })

  it('the bars of a year stand side by side and do not touch', () => {
    for (const count of [1, 12, 1_250]) {
      const apart = middleOf(1, count, 900) - middleOf(0, count, 900)
      expect(barWidth(count, 900)).toBeLessThan(apart)
      expect(middleOf(count - 1, count, 900)).toBeLessThan(900)
    }
  })

  it('each month is named once, and months too near to each other are left out', () => {
    const dates = ['2025-12-01', '2025-12-20', '2026-01-05', '2026-01-06', '2026-02-01'].map(day)
    expect(monthMarks(dates, 1)).toEqual([
      { index: 0, label: 'Dec ’25' },
      { index: 2, label: 'Jan ’26' },
      { index: 4, label: 'Feb ’26' },
    ])
    expect(monthMarks(dates, 3).map(mark => mark.index)).toEqual([0, 4])
  })
})
