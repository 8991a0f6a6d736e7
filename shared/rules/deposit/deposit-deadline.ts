import type { Cents } from '../../money.ts'
import { type BusinessDate, dayAfter, instantOf, weekdayOf } from '../../time.ts'

/** When money must be at the bank, as the city or its state sets it. */
export interface DepositDeadline {
  /** 0: the day it was taken; 1: the next business day. */
  businessDays: number
  /** Above this amount (not at it) the same business day; null where no amount is that large. */
  sameDayFromCents: Cents | null
  /** Minutes after local midnight; 14:00 is 840. */
  cutOffMinutes: number
  /** The business days of a week; 0 is Sunday. */
  weekdays: readonly number[]
  holidays: readonly BusinessDate[]
}

/** The money of one session. */
export interface TakenMoney {
  businessDate: BusinessDate
  totalCents: Cents
}

function isBusinessDay(date: BusinessDate, { weekdays, holidays }: DepositDeadline): boolean {
  return weekdays.includes(weekdayOf(date)) && !holidays.includes(date)
}

/** The day itself where it is a business day, else the next one. */
function businessDayFrom(date: BusinessDate, policy: DepositDeadline): BusinessDate {
  let day = date
  while (!isBusinessDay(day, policy)) day = dayAfter(day)
  return day
}

/**
 * The instant (UTC milliseconds) by which money must be at the bank: the cut-off on its due business day, by
 * the clocks of the place. A business date that is no business day counts from the next one. Refuses
 * (RangeError) a policy without a business day in the week.
 */
export function depositDueMs(taken: TakenMoney, policy: DepositDeadline, timeZone: string): number {
  const someDay = policy.weekdays.some(day => Number.isInteger(day) && day >= 0 && day <= 6)
  if (!someDay) throw new RangeError('a week needs a business day')
  const sameDay = policy.sameDayFromCents !== null && taken.totalCents > policy.sameDayFromCents
  let due = businessDayFrom(taken.businessDate, policy)
  for (let left = sameDay ? 0 : policy.businessDays; left > 0; left -= 1) {
    due = businessDayFrom(dayAfter(due), policy)
  }
  return instantOf(due, policy.cutOffMinutes, timeZone)
}

/** The earliest deadline among sessions that go to the bank together; null for none. */
export function sessionsDueMs(
  sessions: readonly TakenMoney[],
  policy: DepositDeadline,
  timeZone: string,
): number | null {
  const dues = sessions.map(taken => depositDueMs(taken, policy, timeZone))
  return dues.length === 0 ? null : Math.min(...dues)
}
