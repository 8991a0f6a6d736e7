/** Where things stand in the picture of over and short. All lengths are units of its view box. */
import { type BusinessDate, formatBusinessDate } from '../../../../shared/time.ts'

/** The smallest and largest value that a plot shows, and the lines drawn across it; all in cents. */
export interface Axis {
  low: number
  high: number
  ticks: number[]
}

const STEPS_OF_TEN = [1, 2, 5]
const MOST_STEPS = 4
/** A dollar: a plot of nothing but zeros still has a height. */
const LEAST_SPAN = 100

/** Round steps of money, zero among them, so that no value leaves the plot. */
export function axisFor(values: readonly number[]): Axis {
  const lowest = values.reduce((least, value) => Math.min(least, value), 0)
  const highest = values.reduce((most, value) => Math.max(most, value), 0)
  const span = Math.max(highest - lowest, LEAST_SPAN)
  let step = 1
  for (let tens = 1; Math.ceil(span / step) > MOST_STEPS; tens *= 10)
    for (const of of STEPS_OF_TEN) {
      step = of * tens
      if (Math.ceil(span / step) <= MOST_STEPS) break
    }
  const low = Math.floor(lowest / step) * step
  const high = Math.max(Math.ceil(highest / step) * step, low === 0 ? step : 0)
  const count = Math.round((high - low) / step)
  return { low, high, ticks: Array.from({ length: count + 1 }, (_, i) => low + i * step) }
}

/** How far from the top of a plot a value lies. */
export function heightOf(value: number, { low, high }: Axis, height: number): number {
  return ((high - value) / (high - low)) * height
}

/** The middle of each of so many places side by side. */
export function middleOf(index: number, count: number, width: number): number {
  return ((index + 0.5) * width) / count
}

const WIDEST_BAR = 22
const SHARE_OF_PLACE = 0.7

export function barWidth(count: number, width: number): number {
  return Math.min(WIDEST_BAR, (width / Math.max(1, count)) * SHARE_OF_PLACE)
}

export interface MonthMark {
  index: number
  label: string
}

/** The first session of each month, with the month's name; marks nearer than `apart` places are left out. */
export function monthMarks(dates: readonly BusinessDate[], apart: number): MonthMark[] {
  const marks: MonthMark[] = []
  dates.forEach((date, index) => {
    const isNew = index === 0 || dates[index - 1]?.slice(0, 7) !== date.slice(0, 7)
    const last = marks.at(-1)
    if (!isNew || (last !== undefined && index - last.index < apart)) return
    marks.push({ index, label: formatBusinessDate(date, 'month') })
  })
  return marks
}
