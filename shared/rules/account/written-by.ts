/** Which facts were surely written by a moment, by the times that a clock gave them which may have been wrong. Pure. */
import { DAY_MS } from '../../time.ts'

/**
 * How many of the facts, in the order in which they were written, were there at a moment (UTC milliseconds). `times` are theirs.
 * What is uncertain counts as later: a clock that once went back by hours says of what followed that it was earlier than it was.
 * A time that is more than a day away from those around it was given by a clock that was wrong then, and says nothing.
 */
export function writtenBy(
  times: readonly number[],
  { throughMs, nowMs }: { throughMs: number; nowMs: number },
): number {
  const { isWrong, isBetween, isPassed } = wrongOnes(times, nowMs)
  const wrong = times
    .map((_, index) => index)
    .filter(index => (times[index] ?? 0) <= nowMs + DAY_MS && isWrong(index))
  // A few among many that agree before and after them are certainly the ones that are wrong, where all falls are theirs: of two
  // sides with as many each nobody knows which it is.
  const isFew = wrong.length <= Math.max(FEW, times.length / FEW) && wrong.every(isBetween) && isPassed(wrong)
  const others = times.filter((_, index) => !isWrong(index))
  const isCertain = isFew && firstFall(others, nowMs) === others.length
  const saysNothing = (index: number): boolean =>
    isWrong(index) && (isCertain || (times[index] ?? 0) > nowMs + DAY_MS)
  const later = times.findIndex((at, index) => at > throughMs && !saysNothing(index))
  let count = later < 0 ? times.length : later
  // Which side of a fall is right nobody knows where both have many.
  if (!isCertain) count = Math.min(count, firstFall(times, nowMs))
  while (count > 0 && saysNothing(count - 1)) count -= 1
  return count
}

const FEW = 10

/** The first fact before which the clock fell by more than a day. */
function firstFall(times: readonly number[], nowMs: number): number {
  let latest = Number.NEGATIVE_INFINITY
  const at = times.findIndex(time => {
    const isFall = time < latest - DAY_MS
    if (time <= nowMs + DAY_MS) latest = Math.max(latest, time)
    return isFall
  })
  return at < 0 ? times.length : at
}

interface WrongOnes {
  isWrong(index: number): boolean
  /** Whether some that agree stand before it, and some after it. */
  isBetween(index: number): boolean
  /**
   * Whether those that agree came to the time of each that was ahead of them from day to day. Where they leaped over it, their clock
   * may have been slow and set right.
   */
  isPassed(indices: readonly number[]): boolean
}

/** Whether the time of a fact cannot be true beside the most that agree with each other. */
function wrongOnes(times: readonly number[], nowMs: number): WrongOnes {
  const isAhead = (at: number): boolean => at > nowMs + DAY_MS
  const up = chains(times.map(at => (isAhead(at) ? Number.NaN : at)))
  const down = chains(times.map(at => (isAhead(at) ? Number.NaN : -at)).toReversed()).toReversed()
  const longest = up.reduce((most, length) => Math.max(most, length), 0)
  const agrees = times.map((_, at) => (up[at] ?? 0) > 0 && (up[at] ?? 0) + (down[at] ?? 0) - 1 === longest)
  const before = running(times, agrees)
  const after = running(times.toReversed(), agrees.toReversed()).toReversed()
  return {
    isWrong(index) {
      const at = times[index] ?? 0
      if (agrees[index]) return false
      const isBehind = at < (before[index] ?? at) - DAY_MS
      return isAhead(at) || isBehind || at > (after[index] ?? at) + DAY_MS
    },
    isPassed(indices) {
      const leaps = leapsOf([...times.filter((_, index) => agrees[index]), nowMs])
      return indices.every(index => {
        const [from, to] = [after[index] ?? nowMs, times[index] ?? 0]
        const most = Math.max((to - from) / 2, DAY_MS)
        return !leaps.some(leap => leap.to > from && leap.from < to && leap.to - leap.from > most)
      })
    },
    isBetween: index => before[index] !== undefined && after[index] !== undefined,
  }
}

/** Pauses of more than a day. */
const leapsOf = (times: readonly number[]): { from: number; to: number }[] =>
  times.flatMap((to, index) => {
    const from = times[index - 1] ?? to
    return to - from > DAY_MS ? [{ from, to }] : []
  })

/** The time of the last one before each that agrees. */
function running(times: readonly number[], agrees: readonly boolean[]): (number | undefined)[] {
  let last: number | undefined
  return times.map((at, index) => {
    const before = last
    if (agrees[index]) last = at
    return before
  })
}

/** The length of the longest chain of times that never falls and ends with each; 0 for what is no time. */
function chains(times: readonly number[]): number[] {
  /** The smallest time with which a chain of each length ends. */
  const ends: number[] = []
  return times.map(at => {
    if (Number.isNaN(at)) return 0
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] ?? 0) <= at) low = middle + 1
      else high = middle
    }
    ends[low] = at
    return low + 1
  })
}
