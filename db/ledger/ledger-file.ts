/** The file of a ledger: made empty, and looked at for what belongs in it. */
import Database from 'better-sqlite3'
import { drawMark } from '../file/log-mark.ts'
import { createFile, type FileFormat } from '../file/sqlite-file.ts'
import { schemaOf } from '../verify/compare.ts'

/** Makes an empty ledger. No row of it is of an earlier program, whatever its steps say. */
export function createLedger(path: string, format: FileFormat): void {
  createFile(path, format, connection => {
    connection.exec('DELETE FROM rebuild_wanted')
    drawMark(connection)
  })
}

/** The tables of a ledger that wait to be made anew from its journal. */
export function tablesWanted(connection: Database.Database): string[] {
  return connection.prepare<[], string>('SELECT table_name FROM rebuild_wanted ORDER BY 1').pluck().all()
}

/** How many rows each table has. */
export function rowCounts(connection: Database.Database): ReadonlyMap<string, number> {
  const counted = (table: string): number =>
    connection.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0
  const tables = connection
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .pluck()
    .all()
  return new Map(tables.map(table => [table, counted(table)]))
}

/** Tables, indexes and triggers as these steps make them, by name. */
export function objectsOf(steps: readonly string[]): Map<string, string> {
  const fresh = new Database(':memory:')
  try {
    for (const step of steps) fresh.exec(step)
    return schemaOf(fresh)
  } finally {
    fresh.close()
  }
}
