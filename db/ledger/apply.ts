/** Row changes into tables, one at a time, each through a statement that is prepared once per shape. */

import type Database from 'better-sqlite3'
import type { RowChange } from '../../shared/ledger/rows/table.ts'

interface Prepared {
  statement: Database.Statement<unknown[]>
  /** The order in which the first row of this shape named its columns; later rows are bound by name. */
  columns: readonly string[]
}

/** Applies row changes on one connection; the caller holds the transaction. */
export class Applier {
  readonly #connection: Database.Database
  readonly #statements = new Map<string, Prepared>()

  constructor(connection: Database.Database) {
    this.#connection = connection
  }

  apply(changes: readonly RowChange[]): void {
    for (const change of changes) this.#applyOne(change)
  }

  #applyOne(change: RowChange): void {
    if (change.op !== 'update') {
      const { row } = change
      const { statement, columns } = this.#prepared(`${change.op}|${change.table}`, () => ({
        sql: change.op === 'save' ? saveSql(change) : insertSql(change.table, Object.keys(row)),
        columns: Object.keys(row),
      }))
      statement.run(...columns.map(column => row[column]))
      return
    }
    const { set, add, key } = change
    const columns = [Object.keys(set), Object.keys(add), Object.keys(key)] as const
    const shape = `${change.table}|${columns[0].join()}|${columns[1].join()}|${columns[2].join()}`
    const { statement } = this.#prepared(shape, () => ({
      sql: updateSql(change.table, columns),
      columns: [],
    }))
    const { changes } = statement.run(...Object.values(set), ...Object.values(add), ...Object.values(key))
    // A fact that corrects what is not there would leave the tables short of the journal.
    if (changes === 0) throw new Error(`No row of ${change.table} matches ${JSON.stringify(key)}`)
  }

  #prepared(shape: string, make: () => { sql: string; columns: readonly string[] }): Prepared {
    const known = this.#statements.get(shape)
    if (known) return known
    const { sql, columns } = make()
    const prepared = { statement: this.#connection.prepare<unknown[]>(sql), columns }
    this.#statements.set(shape, prepared)
    return prepared
  }
}

function insertSql(table: string, columns: readonly string[]): string {
  return `INSERT INTO "${table}" (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
}

function saveSql(change: Extract<RowChange, { op: 'save' }>): string {
  const updates = change.update.map(column => `${column} = excluded.${column}`)
  return `${insertSql(change.table, Object.keys(change.row))} ON CONFLICT (${change.key.join(', ')}) DO UPDATE SET ${updates.join(', ')}`
}

function updateSql(table: string, [set, add, key]: readonly [string[], string[], string[]]): string {
  const assignments = [
    ...set.map(column => `${column} = ?`),
    ...add.map(column => `${column} = ${column} + ?`),
  ]
  const conditions = key.map(column => `${column} = ?`)
  return `UPDATE "${table}" SET ${assignments.join(', ')} WHERE ${conditions.join(' AND ')}`
}
