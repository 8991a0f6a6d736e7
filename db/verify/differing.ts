/** Which tables of a ledger do not say what its journal says. */
import Database from 'better-sqlite3'
import { PROJECTED_TABLES } from '../../shared/ledger/facts.ts'
import { tablesWanted } from '../ledger/ledger-file.ts'
import { compareTable } from './compare.ts'
import { Problems } from './problems.ts'
import { replayJournal } from './replay.ts'

/**
 * Names them, but for those that wait to be made anew; none where the journal cannot be replayed, which `verify` tells. `steps`
 * made its tables. It takes as long as `verify`.
 */
export function differingTables(ledger: Database.Database, steps: readonly string[]): string[] {
  // A database without a name is a temporary file that goes with its connection.
  const replay = new Database('')
  try {
    replay.pragma('journal_mode = OFF')
    replay.pragma('foreign_keys = OFF')
    for (const step of steps) replay.exec(step)
    const unread = new Problems()
    replayJournal(ledger, replay, unread, () => undefined)
    if (unread.list.length > 0) return []
    const wanted = tablesWanted(ledger)
    return PROJECTED_TABLES.filter(table => {
      const problems = new Problems()
      if (!wanted.includes(table)) compareTable({ stored: ledger, derived: replay, table, problems })
      return problems.list.length > 0
    })
  } finally {
    replay.close()
  }
}
