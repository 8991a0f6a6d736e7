/** Bringing an older ledger to this program's schema, with a copy kept of how it was. */
import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { moveFlushed } from '../file/flush.ts'
import { LedgerUnavailable, ledgerProblemOf } from '../file/problem.ts'
import { type FileFormat, takeSteps, versionOf } from '../file/sqlite-file.ts'
import { fillLackingTables } from './fill-tables.ts'
import { rowCounts } from './ledger-file.ts'

/**
 * Brings an older ledger to this program's schema in one transaction, after a copy of it was made, opened and
 * found whole. Refuses (LedgerUnavailable) a step that fails; the ledger is then as it was. `whileAlone` is asked within it.
 */
export function migrate(
  connection: Database.Database,
  path: string,
  { whileAlone, ...format }: FileFormat & { whileAlone: () => void },
): void {
  const version = versionOf(connection)
  const { length } = format.steps
  if (version >= length) return
  keepCopy(connection, `${path}.before-${length}`, version)
  const before = rowCounts(connection)
  try {
    takeSteps(connection, version, format, () => {
      whileAlone()
      fillLackingTables(connection, before)
    })
  } catch (error) {
    if (error instanceof LedgerUnavailable || ledgerProblemOf(error)) throw error
    const why = error instanceof Error ? error.message : String(error)
    const detail = `schema ${version} could not be brought to ${length} and is as it was: ${why}`
    throw new LedgerUnavailable('damaged', detail, { cause: error })
  }
  connection.pragma('foreign_keys = ON')
}

const LAST_ROW = 'SELECT count(*) AS rows, max(epoch) AS epoch, max(hash) AS hash FROM journal'

/** A copy counts as one only once it was opened and holds the same journal. */
function keepCopy(connection: Database.Database, copy: string, version: number): void {
  const draft = `${copy}.new`
  rmSync(draft, { force: true })
  connection.prepare('VACUUM INTO ?').run(draft)
  const opened = new Database(draft, { readonly: true, fileMustExist: true })
  try {
    const journal = JSON.stringify(connection.prepare(LAST_ROW).get())
    const isWhole =
      opened.pragma('integrity_check', { simple: true }) === 'ok' &&
      versionOf(opened) === version &&
      JSON.stringify(opened.prepare(LAST_ROW).get()) === journal
    if (!isWhole) throw new LedgerUnavailable('damaged', `the copy ${draft} is not whole`)
  } finally {
    opened.close()
  }
  moveFlushed(draft, copy)
}
