/** Whether a ledger is one, at a start that doubts it: pages, chain, and every table as the journal makes it. */
import Database from 'better-sqlite3'
import { PROJECTED_TABLES } from '../../shared/ledger/facts.ts'
import { tablesWanted } from '../ledger/ledger-file.ts'
import { compareTable } from './compare.ts'
import { Problems } from './problems.ts'
import { replayJournal } from './replay.ts'

/** Gives what is wrong, in words; undefined where nothing is. `steps` make its tables. It takes as long as `verify`. */
export function wrongIn(ledger: Database.Database, steps: readonly string[]): string | undefined {
  const problems = new Problems()
  const pages: unknown = ledger.pragma('integrity_check(1)', { simple: true })
  if (pages !== 'ok') return String(pages).split('\n').at(-1)
  // A database without a name is a temporary file that goes with its connection.
  const replay = new Database('')
  try {
    replay.pragma('journal_mode = OFF')
    replay.pragma('foreign_keys = OFF')
    for (const step of steps) replay.exec(step)
    problems.during('journal', () => replayJournal(ledger, replay, problems, () => undefined), undefined)
    const wanted = tablesWanted(ledger)
    // Those that wait to be made anew are made of other rows.
    for (const table of PROJECTED_TABLES.filter(one => !wanted.includes(one)))
      problems.during(table, () => compareTable({ stored: ledger, derived: replay, table, problems }), 0)
  } finally {
    replay.close()
  }
  const [first] = problems.list
  return first && `${first.place} ${first.problem}`
}
