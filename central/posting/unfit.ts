/** Facts that are kept, and of which nothing is booked: what follows them goes on. */
import { type Fact, lackOf, project } from '../../shared/ledger/facts.ts'
import type { RowChange } from '../../shared/ledger/rows/table.ts'

const projected = new WeakMap<Fact, readonly RowChange[] | null>()

/** What follows from a fact in the tables; null where they cannot hold it: each figure may fit its field, and their difference nothing. */
export function rowsOf(fact: Fact): readonly RowChange[] | null {
  const before = projected.get(fact)
  if (before !== undefined) return before
  const rows = countableRows(fact)
  projected.set(fact, rows)
  return rows
}

function countableRows(fact: Fact): readonly RowChange[] | null {
  try {
    const rows = project(fact)
    return rows.every(row => isCountable(row.op === 'update' ? { ...row.set, ...row.add } : row.row))
      ? rows
      : null
  } catch {
    return null
  }
}

const isCountable = (row: object): boolean =>
  Object.values(row).every(value => typeof value !== 'number' || Number.isSafeInteger(value))

/** What of a fact cannot be booked, in words after its name; null where all is well. */
export const unfitOf = (fact: Fact): string | null =>
  lackOf(fact) ?? (rowsOf(fact) ? null : 'makes figures that cannot be counted')
