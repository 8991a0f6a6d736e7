import { businessDateOf, formatInstant } from '../../shared/time.ts'
import { WINDOW } from '../text/receipt/window.ts'

/** When a balance was pulled, as a person says it: `today 7:58 am`, or with the date where it was another day. */
export function asOf(atMs: number, nowMs: number, timeZone: string): string {
  const sameDay = businessDateOf(atMs, timeZone) === businessDateOf(nowMs, timeZone)
  return sameDay
    ? WINDOW.today(formatInstant(atMs, timeZone, 'time'))
    : formatInstant(atMs, timeZone, 'date-time')
}
