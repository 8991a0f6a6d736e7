import { businessDateOf, formatInstant } from '../../../shared/time.ts'

const MINUTE_MS = 60_000

/**
 * What the clocks of a place show at an instant (UTC milliseconds), as the milliseconds at which a clock in UTC would
 * show the same: files for accountants know no time zones, and a receipt of 10:58 must read 10:58 in them. Throws
 * RangeError for an unknown time zone.
 */
export function wallClockMs(atMs: number, timeZone: string): number {
  const midnightMs = Date.parse(businessDateOf(atMs, timeZone))
  const time = /^(\d+):(\d+) ([ap]m)$/.exec(formatInstant(atMs, timeZone, 'time'))
  if (time === null) throw new RangeError(`${atMs} has no time of day`)
  const [, hour = '', minute = '', half] = time
  const hours = (Number.parseInt(hour, 10) % 12) + (half === 'pm' ? 12 : 0)
  return midnightMs + (hours * 60 + Number.parseInt(minute, 10)) * MINUTE_MS + (atMs % MINUTE_MS)
}
