/** Under which day money is booked: the one that the till states, unless no calendar can have got there yet. Pure. */
import type { Fact } from '../../../shared/ledger/facts.ts'
import { type BusinessDate, daysLater } from '../../../shared/time.ts'

export interface Booked {
  /** As they came, but for the day of those that are ahead. */
  facts: Fact[]
  /** The first fact of a day that cannot be, or is days ahead, and that day; `isMoved` where it is booked under another. */
  ahead?: { seq: number; businessDate: BusinessDate; isMoved: boolean }
}

/**
 * A till whose clock ran ahead states days of next year: payment files and the GL's export would pass over them until
 * then. They are booked under the day on which they came. The next days are let be, and told where they are more than one.
 */
export function bookedOn(facts: readonly Fact[], today: BusinessDate): Booked {
  const latest = daysLater(today, MOST_DAYS_AHEAD)
  const first = facts.find(fact => latestDayOf(fact) > latest)
  if (!first) {
    const soon = facts.find(({ businessDate }) => businessDate > daysLater(today, 1))
    return { facts: [...facts], ...(soon && { ahead: aheadOf(soon, { isMoved: false }) }) }
  }
  const inTime = (day: BusinessDate): BusinessDate => (day > latest ? today : day)
  return {
    facts: facts.map(fact => {
      const booked = { ...fact, businessDate: inTime(fact.businessDate) }
      if (booked.kind !== 'deposit.credited') return booked
      return { ...booked, body: { ...booked.body, creditDate: inTime(booked.body.creditDate) } }
    }),
    ahead: aheadOf(first, { isMoved: true }),
  }
}

const aheadOf = (fact: Fact, { isMoved }: { isMoved: boolean }) => ({
  seq: fact.seq,
  businessDate: latestDayOf(fact),
  isMoved,
})

/** Between clocks that are a few days apart nobody can say which is wrong, and such a day comes soon. */
const MOST_DAYS_AHEAD = 7

/** What a bank has credited is booked under the day on which it did. */
function latestDayOf(fact: Fact): BusinessDate {
  if (fact.kind !== 'deposit.credited') return fact.businessDate
  const { creditDate } = fact.body
  return creditDate > fact.businessDate ? creditDate : fact.businessDate
}
