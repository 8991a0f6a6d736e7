/** Tables that a step made, or emptied: filled from the journal before anybody asks them anything. */
import type Database from 'better-sqlite3'
import { project } from '../../shared/ledger/facts.ts'
import { LedgerUnavailable, ledgerProblemOf } from '../file/problem.ts'
import { Applier } from './apply.ts'
import { batchesAfter, factOf } from './journal.ts'
import { tablesLackingRows } from './ledger-file.ts'

const FACTS_AT_ONCE = 10_000
const BEFORE_ALL = { epoch: 0, seq: 0 }

/**
 * Replays the journal into the tables that lack their rows, and into no other: an answer from such a table would be false,
 * and so would every fact that follows from it. Refuses (LedgerUnavailable) a journal that cannot be replayed; the ledger
 * is then as it was.
 */
export function fillLackingTables(connection: Database.Database): void {
  const lacking = new Set(tablesLackingRows(connection))
  if (lacking.size === 0) return
  // The rows that others refer to may come later; what they come to is checked at the end.
  connection.pragma('foreign_keys = OFF')
  try {
    connection.transaction(() => fill(connection, lacking))()
  } catch (error) {
    if (ledgerProblemOf(error)) throw error
    const why = error instanceof Error ? error.message : String(error)
    const detail = `${[...lacking].join(', ')} could not be made anew from the journal: ${why}`
    throw new LedgerUnavailable('damaged', detail, { cause: error })
  } finally {
    connection.pragma('foreign_keys = ON')
  }
}

function fill(connection: Database.Database, lacking: ReadonlySet<string>): void {
  for (const table of lacking) connection.exec(`DELETE FROM "${table}"`)
  const applier = new Applier(connection)
  for (const rows of batchesAfter(connection, BEFORE_ALL, FACTS_AT_ONCE))
    for (const row of rows) applier.apply(project(factOf(row)).filter(({ table }) => lacking.has(table)))
  const [stray] = connection.prepare<[], { table: string }>('PRAGMA foreign_key_check').all()
  if (stray) throw new Error(`a row of ${stray.table} points at nothing`)
  connection.exec('DELETE FROM rebuild_wanted WHERE lacks_rows = 1')
}
