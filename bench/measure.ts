/** What every bench gives back, and the figures it makes of its times. */

/**
 * One line of a bench: `ratio` is value by limit and `target` the ratio not to be exceeded. A row without a
 * target is for orientation.
 */
export interface BenchRow {
  name: string
  value: number
  unit: string
  limit: number | null
  ratio: number | null
  target: number | null
}

/** The time below which `share` of the times lie (0.5 is the median). Refuses (RangeError) no times at all. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  const found = sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)]
  if (found === undefined) throw new RangeError('Nothing was measured')
  return found
}

export const median = (times: readonly number[]): number => percentile(times, 0.5)

export function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000
}

/** A measured value beside what it may be at most; `target` is given as a multiple of `limit`. */
export function limited(row: {
  name: string
  value: number
  unit: string
  limit: number
  target: number | null
}): BenchRow {
  const { name, value, unit, limit, target } = row
  return { name, value: rounded(value), unit, limit: rounded(limit), ratio: rounded(value / limit), target }
}

/** A figure that nothing is promised about. */
export function figure(name: string, value: number, unit: string): BenchRow {
  return { name, value: rounded(value), unit, limit: null, ratio: null, target: null }
}
