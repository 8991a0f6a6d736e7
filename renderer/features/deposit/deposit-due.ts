/** Deadlines in words. */
import type { DepositView } from '../../../shared/contract/deposit.ts'
import { businessDateOf, DAY_MS, dayAfter, formatBusinessDate, formatInstant } from '../../../shared/time.ts'
import { custodyText } from '../../text/custody/custody.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** A span of time as people say it: `35 min`, `2 h 10 min`, `3 d 4 h`. Begun minutes are left out. */
export function spanText(spanMs: number): string {
  const days = Math.floor(spanMs / DAY_MS)
  const hours = Math.floor((spanMs % DAY_MS) / HOUR_MS)
  const minutes = Math.floor((spanMs % HOUR_MS) / MINUTE_MS)
  if (days > 0) return hours === 0 ? `${days} d` : `${days} d ${hours} h`
  if (hours > 0) return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`
  return `${minutes} min`
}

interface Moment {
  dueAtMs: number
  nowMs: number
  timeZone: string
}

/** When it is due, and how much time is left or gone by. */
export function dueLabels({ dueAtMs, nowMs, timeZone }: Moment): {
  when: string
  left: string
  overdue: boolean
} {
  const today = businessDateOf(nowMs, timeZone)
  const day = businessDateOf(dueAtMs, timeZone)
  const time = formatInstant(dueAtMs, timeZone, 'time')
  const overdue = nowMs > dueAtMs
  const named =
    day === today
      ? custodyText.today(time)
      : day === dayAfter(today)
        ? custodyText.tomorrow(time)
        : `${formatBusinessDate(day, 'long')} ${time}`
  const left = overdue
    ? custodyText.since(spanText(nowMs - dueAtMs))
    : custodyText.in(spanText(dueAtMs - nowMs))
  return { when: custodyText.dueAt(named), left, overdue }
}

const IN_THE_HOUSE: readonly DepositView['state'][] = ['made-up', 'verified', 'sealed']

/** Whether a deposit still has a deadline to meet. */
export const isInTheHouse = (state: DepositView['state']): boolean => IN_THE_HOUSE.includes(state)
