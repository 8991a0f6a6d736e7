/** Facts that are kept, and of which nothing is booked: what follows them goes on. */
import { type Fact, lackOf, project } from '../../shared/ledger/facts.ts'

const known = new WeakMap<Fact, string | null>()

/** What of a fact cannot be booked, in words after its name; null where all is well. */
export function unfitOf(fact: Fact): string | null {
  const before = known.get(fact)
  if (before !== undefined) return before
  const lack = lackOf(fact) ?? (hasRows(fact) ? null : 'makes figures that cannot be counted')
  known.set(fact, lack)
  return lack
}

/** Whether the tables can hold what follows from a fact: each figure may fit its field, and their difference nothing. */
export function hasRows(fact: Fact): boolean {
  try {
    return project(fact).every(change =>
      [change.op === 'update' ? { ...change.set, ...change.add } : change.row].every(isCountable),
    )
  } catch {
    return false
  }
}

const isCountable = (row: object): boolean =>
  Object.values(row).every(value => typeof value !== 'number' || Number.isSafeInteger(value))
