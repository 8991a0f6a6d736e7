/** Central's tables as they are at one moment, copied out of PostgreSQL so that checks can ask them anything at once. */
import type Database from 'better-sqlite3'
import { sql } from 'kysely'
import type { CentralDb } from '../../../db/central/connection.ts'
import { inTransaction, openMemory } from '../../../db/central/open.ts'

type Row = Record<string, string | number | null>

/** The caller closes it. */
export async function snapshotOf(db: CentralDb): Promise<Database.Database> {
  const { connection } = await openMemory()
  const tables = connection
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all()
  await inTransaction(
    db,
    async ({ query }) => {
      for (const table of tables) {
        const { rows } = await sql<Row>`SELECT * FROM ${sql.table(table)}`.execute(query)
        fill(connection, table, rows)
      }
    },
    { snapshot: true },
  )
  return connection
}

function fill(connection: Database.Database, table: string, rows: readonly Row[]): void {
  connection.exec(`DELETE FROM "${table}"`)
  const [first] = rows
  if (!first) return
  const columns = Object.keys(first)
  const insert = connection.prepare(
    `INSERT INTO "${table}" (${columns.map(name => `"${name}"`).join()}) VALUES (${columns.map(() => '?').join()})`,
  )
  connection.transaction(() => {
    for (const row of rows) insert.run(columns.map(name => row[name]))
  })()
}
