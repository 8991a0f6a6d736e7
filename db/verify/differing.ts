/** Which tables of a ledger do not say what its journal says. */
import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { PROJECTED_TABLES, type ProjectedTable, project } from '../../shared/ledger/facts.ts'
import { ledgerProblemOf } from '../file/problem.ts'
import { Applier } from '../ledger/apply.ts'
import { factsIn } from '../ledger/journal.ts'
import { rowCounts } from '../ledger/ledger-file.ts'
import { compareTable } from './compare.ts'
import { Problems } from './problems.ts'

/**
 * Names them, and undefined where some row of the journal makes no rows of these tables, which `verify` tells. `steps` made
 * the tables. It takes as long as `verify`.
 */
export function differingTables(
  ledger: Database.Database,
  steps: readonly string[],
): readonly string[] | undefined {
  // On the ledger's own disk: one without a name would lie on another, which may be full, and nobody would know which.
  const path = `${ledger.name}.replay`
  rmSync(path, { force: true })
  const replay = new Database(path)
  try {
    replay.pragma('journal_mode = OFF')
    replay.pragma('foreign_keys = OFF')
    for (const step of steps) replay.exec(step)
    if (!isReplayed(ledger, replay)) return undefined
    // Those of a later step are made, and filled, by it.
    return tablesOfBoth(ledger, replay).filter(table => {
      const problems = new Problems()
      compareTable({ stored: ledger, derived: replay, table, problems })
      return problems.list.length > 0
    })
  } finally {
    replay.close()
    rmSync(path, { force: true })
  }
}

function tablesOfBoth(one: Database.Database, other: Database.Database): ProjectedTable[] {
  const [there, also] = [one, other].map(file => new Set(rowCounts(file).keys()))
  return PROJECTED_TABLES.filter(table => there?.has(table) && also?.has(table))
}

function isReplayed(ledger: Database.Database, replay: Database.Database): boolean {
  const applier = new Applier(replay)
  try {
    replay.transaction(() => {
      for (const fact of factsIn(ledger)) applier.apply(project(fact))
    })()
    return true
  } catch (error) {
    // A disk that is full says nothing of the journal.
    if (ledgerProblemOf(error)) throw error
    return false
  }
}
