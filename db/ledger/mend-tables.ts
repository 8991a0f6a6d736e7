/** Tables of a doubted ledger that do not say what its journal says. */
import type { HeldFile } from '../file/held-file.ts'
import { LedgerUnavailable } from '../file/problem.ts'
import { differingTables } from '../verify/differing.ts'
import { fillTables } from './fill-tables.ts'

/** Refuses a ledger that is doubted and cannot be proved either. */
export function provedTables(held: HeldFile, path: string, steps: readonly string[]): readonly string[] {
  try {
    const tables = mendTables(held, steps)
    if (tables !== undefined) return tables
    throw new LedgerUnavailable(
      'damaged',
      `${path} is a copy, or another program wrote into it, and its journal cannot be replayed: put it back as it was`,
    )
  } catch (error) {
    held.close()
    throw error
  }
}

/**
 * Makes tables that do not say what the journal says anew: a number of theirs would be given twice. Gives them; undefined where
 * the journal cannot be replayed into them.
 */
export function mendTables(held: HeldFile, steps: readonly string[]): readonly string[] | undefined {
  const { connection } = held
  const tables = differingTables(connection, steps)
  if (!tables || tables.length === 0) return tables
  held.mayWrite()
  connection.pragma('foreign_keys = OFF')
  connection
    .transaction(() => {
      held.begun()
      fillTables(connection, new Set(tables))
      held.mayCommit()
    })
    .immediate()
  connection.pragma('foreign_keys = ON')
  held.wrote()
  return tables
}
