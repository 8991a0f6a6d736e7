/** Tables that a step makes, or empties: filled from the journal in the same transaction, before anybody asks them anything. */
import type Database from 'better-sqlite3'
import { project } from '../../shared/ledger/facts.ts'
import { Applier } from './apply.ts'
import { factsIn } from './journal.ts'
import { rowCounts, tablesWanted } from './ledger-file.ts'

/** Makes these tables anew from the journal, and no other, and they wait for that no more. The caller holds the transaction. */
export function fillTables(connection: Database.Database, tables: ReadonlySet<string>): void {
  if (tables.size === 0) return
  for (const table of tables) connection.exec(`DELETE FROM "${table}"`)
  const applier = new Applier(connection)
  for (const fact of factsIn(connection))
    applier.apply(project(fact).filter(({ table }) => tables.has(table)))
  const done = connection.prepare('DELETE FROM rebuild_wanted WHERE table_name = ?')
  for (const table of tables) done.run(table)
}

/**
 * Replays the journal into the wanted tables that have not the rows that they had `before` the steps, and into no other: an
 * answer from such a table would be false, and so would every fact that follows from it. The caller holds the transaction.
 */
export function fillLackingTables(connection: Database.Database, before: ReadonlyMap<string, number>): void {
  const now = rowCounts(connection)
  const lacking = new Set(
    tablesWanted(connection).filter(table => !before.has(table) || before.get(table) !== now.get(table)),
  )
  fillTables(connection, lacking)
}
