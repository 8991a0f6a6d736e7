/**
 * Many rows in one statement, handed over as one JSON text: the statement's own text is the same however many rows
 * there are, and both PostgreSQL and SQLite unpack it faster than they read thousands of parameters.
 */
import { type RawBuilder, sql } from 'kysely'
import type { CentralTx } from './connection.ts'
import type { CentralTables } from './schema.ts'

export type CentralTable = keyof CentralTables & string

const names = (columns: readonly string[]): RawBuilder<unknown> =>
  sql.join(columns.map(column => sql.ref(column)))

const NUL = /(?<!\\)((?:\\\\)*)\\u0000/g

/** PostgreSQL keeps no NUL in a text. A sign that stands for what is unreadable does, and stops nothing. */
function withoutNul(json: string): string {
  return json.includes('\\u0000') ? json.replace(NUL, '$1\\ufffd') : json
}

/** Rows of a table's type, by the name `given`. */
function givenRows(
  tx: CentralTx,
  { table, columns, rows }: { table: CentralTable; columns: readonly string[]; rows: readonly object[] },
): RawBuilder<unknown> {
  const json = withoutNul(JSON.stringify(rows))
  if (tx.flavour === 'postgres')
    return sql`json_populate_recordset(CAST(NULL AS ${sql.table(table)}), CAST(${json} AS json)) AS given`
  const picked = columns.map(column => sql`value ->> ${sql.lit(column)} AS ${sql.ref(column)}`)
  return sql`(SELECT ${sql.join(picked)} FROM json_each(${json})) AS given`
}

/** Inserts rows of one shape; gives how many were new where `conflict` leaves what is there already. */
export async function insertRows<T extends CentralTable>(
  tx: CentralTx,
  table: T,
  rows: readonly CentralTables[T][],
  conflict: 'fail' | 'leave' | { key: readonly string[]; update: readonly string[] } = 'fail',
): Promise<number> {
  const [first] = rows
  if (!first) return 0
  const columns = Object.keys(first)
  const result = await sql`INSERT INTO ${sql.table(table)} (${names(columns)})
    SELECT ${names(columns)} FROM ${givenRows(tx, { table, columns, rows })} WHERE TRUE
    ${onConflict(conflict)}`.execute(tx.query)
  return Number(result.numAffectedRows ?? 0)
}

function onConflict(
  conflict: 'fail' | 'leave' | { key: readonly string[]; update: readonly string[] },
): RawBuilder<unknown> {
  if (conflict === 'fail') return sql``
  if (conflict === 'leave') return sql`ON CONFLICT DO NOTHING`
  const updates = conflict.update.map(column => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`)
  return sql`ON CONFLICT (${names(conflict.key)}) DO UPDATE SET ${sql.join(updates)}`
}

export interface BulkUpdate {
  /** Columns that name the row, in each row given. */
  key: readonly string[]
  set: readonly string[]
  /** Columns to whose content the given one is added. */
  add?: readonly string[]
  rows: readonly object[]
}

/** Updates rows by their keys, all with the same columns; gives how many there were. */
export async function updateRows(
  tx: CentralTx,
  table: CentralTable,
  { key, set, add = [], rows }: BulkUpdate,
): Promise<number> {
  if (rows.length === 0) return 0
  const columns = [...key, ...set, ...add]
  const given = (column: string) => sql`given.${sql.ref(column)}`
  const stored = (column: string) => sql`${sql.table(table)}.${sql.ref(column)}`
  const assignments = [
    ...set.map(column => sql`${sql.ref(column)} = ${given(column)}`),
    ...add.map(column => sql`${sql.ref(column)} = ${stored(column)} + ${given(column)}`),
  ]
  const result = await sql`UPDATE ${sql.table(table)} SET ${sql.join(assignments)}
    FROM ${givenRows(tx, { table, columns, rows })}
    WHERE ${sql.join(
      key.map(column => sql`${stored(column)} = ${given(column)}`),
      sql` AND `,
    )}`.execute(tx.query)
  return Number(result.numAffectedRows ?? 0)
}

/** A list of texts as something that `IN` takes, of any length. */
export function textList(tx: Pick<CentralTx, 'flavour'>, list: readonly string[]): RawBuilder<string> {
  const json = JSON.stringify(list)
  return tx.flavour === 'postgres'
    ? sql`(SELECT json_array_elements_text(CAST(${json} AS json)))`
    : sql`(SELECT value FROM json_each(${json}))`
}
