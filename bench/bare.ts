/** The least that a durable receipt can cost: its rows, known beforehand, through prepared statements. */

import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import Database from 'better-sqlite3'
import { LEDGER_FILE } from '../db/ledger/folder.ts'
import type { JournalTableRow } from '../db/ledger/schema.ts'
import { openLedgerReadOnly } from '../db/ledger/till.ts'
import type { RowChange } from '../shared/ledger/rows/table.ts'

const SYNCHRONOUS_FULL = 2

/** A receipt's rows as bare values, each with the statement that writes it. */
export type BareWrite = readonly { statement: Database.Statement<unknown[]>; values: readonly unknown[] }[]

/** Writes rows into a ledger file with nothing in between: no check, no rule, no hash. */
export class BareLedger {
  readonly #connection: Database.Database
  readonly #statements = new Map<string, Database.Statement<unknown[]>>()
  readonly #begin: Database.Statement
  readonly #commit: Database.Statement

  /** Opens a copy of a ledger with the pragmas of the till. */
  constructor(dataDir: string) {
    this.#connection = new Database(join(dataDir, LEDGER_FILE))
    this.#connection.pragma('journal_mode = WAL')
    this.#connection.pragma('synchronous = FULL')
    this.#connection.pragma('foreign_keys = ON')
    this.#connection.pragma('trusted_schema = OFF')
    this.#connection.pragma('cache_size = -65536')
    this.#begin = this.#connection.prepare('BEGIN IMMEDIATE')
    this.#commit = this.#connection.prepare('COMMIT')
  }

  /** Turns a journal row and its changes into values for statements that are prepared already. */
  prepare(row: JournalTableRow, changes: readonly RowChange[]): BareWrite {
    return [insert('journal', row), ...changes.map(change)].map(({ sql, values }) => ({
      statement: this.#prepared(sql),
      values,
    }))
  }

  /** One durable transaction. */
  write(rows: BareWrite): void {
    this.#begin.run()
    for (const { statement, values } of rows) statement.run(...values)
    this.#commit.run()
  }

  /** Refuses (Error) to have been measured with less durability than the till has. */
  close(): void {
    const level: unknown = this.#connection.pragma('synchronous', { simple: true })
    this.#connection.close()
    if (level !== SYNCHRONOUS_FULL) throw new Error(`The bare writes were not durable: ${String(level)}`)
  }

  #prepared(sql: string): Database.Statement<unknown[]> {
    const known = this.#statements.get(sql)
    if (known) return known
    const made = this.#connection.prepare<unknown[]>(sql)
    this.#statements.set(sql, made)
    return made
  }
}

interface Sql {
  sql: string
  values: unknown[]
}

function insert(table: string, row: object): Sql {
  const columns = Object.keys(row)
  const places = columns.map(() => '?').join(', ')
  return {
    sql: `INSERT INTO "${table}" (${columns.join(', ')}) VALUES (${places})`,
    values: Object.values(row),
  }
}

function change(one: RowChange): Sql {
  if (one.op === 'insert') return insert(one.table, one.row)
  if (one.op === 'save') throw new Error('A receipt saves no set-up')
  const set = Object.keys(one.set ?? {}).map(column => `${column} = ?`)
  const add = Object.keys(one.add ?? {}).map(column => `${column} = ${column} + ?`)
  const key = Object.keys(one.key).map(column => `${column} = ?`)
  return {
    sql: `UPDATE "${one.table}" SET ${[...set, ...add].join(', ')} WHERE ${key.join(' AND ')}`,
    values: [...Object.values(one.set ?? {}), ...Object.values(one.add ?? {}), ...Object.values(one.key)],
  }
}

const OF_OPEN_SESSIONS = `receipt_id IN (SELECT r.receipt_id FROM receipt r JOIN drawer_session s
  ON s.session_id = r.session_id WHERE s.state = 'open')`
const TAKEN_TODAY = [
  'SELECT * FROM till',
  'SELECT * FROM drawer_session ORDER BY session_id',
  'SELECT * FROM session_tender ORDER BY session_id, tender',
  'SELECT * FROM journal ORDER BY till_id DESC, epoch DESC, seq DESC LIMIT 1000',
  `SELECT * FROM receipt WHERE ${OF_OPEN_SESSIONS} ORDER BY receipt_id`,
  `SELECT * FROM receipt_line WHERE ${OF_OPEN_SESSIONS} ORDER BY receipt_id, line_no`,
  `SELECT * FROM receipt_allocation WHERE ${OF_OPEN_SESSIONS} ORDER BY receipt_id, line_no, allocation_no`,
  `SELECT * FROM receipt_tender WHERE ${OF_OPEN_SESSIONS} ORDER BY receipt_id, tender_no`,
]

/** Refuses (Error) figures of two closed ledgers that did not take the same rows today. */
export function refuseDifferent(dataDir: string, copyDir: string): void {
  const [own, copy] = [dataDir, copyDir].map(dir => {
    const connection = openLedgerReadOnly(dir)
    const rows = TAKEN_TODAY.map(sql => connection.prepare(sql).all())
    connection.close()
    return rows
  })
  if (!isDeepStrictEqual(own, copy)) throw new Error('The router and the bare writes left different rows')
}
