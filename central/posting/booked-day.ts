/** Under which day money is booked: the till's business date, unless no calendar can have got there yet. Pure. */
import type { Fact } from '../../shared/ledger/facts.ts'
import { type BusinessDate, daysLater } from '../../shared/time.ts'

export interface Booked {
  /** As they came, but for the day of those that are ahead. */
  facts: Fact[]
  /** The first fact with a day that cannot be, and that day. */
  ahead?: { seq: number; businessDate: BusinessDate }
}

/**
 * A till whose clock ran ahead states days of next year: payment files and the GL's export would pass over them until
 * then. They are booked under the day on which they came. Tomorrow is let be: its hour may have struck at the till.
 */
export function bookedOn(facts: readonly Fact[], today: BusinessDate): Booked {
  const latest = daysLater(today, 1)
  const first = facts.find(fact => fact.businessDate > latest)
  if (!first) return { facts: [...facts] }
  return {
    facts: facts.map(fact => (fact.businessDate > latest ? { ...fact, businessDate: today } : fact)),
    ahead: { seq: first.seq, businessDate: first.businessDate },
  }
}
