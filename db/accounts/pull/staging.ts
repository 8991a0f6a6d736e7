/** Rows of an import between reading and writing, in a file of their own: gathered by account without filling memory. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** A row as it stands in the file. */
export interface StagedRow {
  line: number
  cells: readonly string[]
}

/** A row that cannot be taken; `R` names the reasons of whoever reads it. */
export interface StagedProblem<R extends string> extends StagedRow {
  column: string
  reason: R
}

const ROWS_AT_ONCE = 2_000

const TABLES = `
CREATE TABLE staged (number_key TEXT, line INTEGER, cells TEXT, PRIMARY KEY (number_key, line)) STRICT, WITHOUT ROWID;
CREATE TABLE problem (line INTEGER PRIMARY KEY, column_name TEXT, reason TEXT, cells TEXT) STRICT;
`

interface StagedTableRow {
  number_key: string
  line: number
  cells: string
}

interface ProblemRow<R extends string> {
  line: number
  column_name: string
  reason: R
  cells: string
}

export class Staging<R extends string> {
  readonly #file: string
  readonly #connection: Database.Database
  readonly #addRow: Database.Statement<[string, number, string]>
  readonly #addProblem: Database.Statement<[number, string, string, string]>
  #rowCount = 0

  /** Only for the holder of the write transaction: what an import left behind that was killed is removed. */
  constructor(dataDir: string, importId: string) {
    const left = readdirSync(dataDir).filter(name => /^accounts-import-.*\.tmp(-journal)?$/.test(name))
    for (const name of left) rmSync(join(dataDir, name))
    this.#file = join(dataDir, `accounts-import-${importId}.tmp`)
    this.#connection = new Database(this.#file)
    // A power cut may ruin this file: nothing in it is needed afterwards. (OFF is refused by this build of SQLite.)
    this.#connection.pragma('journal_mode = MEMORY')
    this.#connection.pragma('synchronous = OFF')
    this.#connection.pragma('cache_size = -131072')
    this.#connection.exec(TABLES)
    this.#connection.exec('BEGIN')
    this.#addRow = this.#connection.prepare('INSERT INTO staged VALUES (?, ?, ?)')
    this.#addProblem = this.#connection.prepare('INSERT OR IGNORE INTO problem VALUES (?, ?, ?, ?)')
  }

  get rowCount(): number {
    return this.#rowCount
  }

  addRow(numberKey: string, { line, cells }: StagedRow): void {
    this.#addRow.run(numberKey, line, JSON.stringify(cells))
    this.#rowCount += 1
  }

  addProblem({ line, column, reason, cells }: StagedProblem<R>): void {
    this.#addProblem.run(line, column, reason, JSON.stringify(cells))
  }

  problemCount(): number {
    return this.#connection.prepare<[], number>('SELECT count(*) FROM problem').pluck().get() ?? 0
  }

  /** Bad rows after a line, in the order of the file. */
  problemsAfter(line: number, most: number): StagedProblem<R>[] {
    const rows = this.#connection
      .prepare<[number, number], ProblemRow<R>>('SELECT * FROM problem WHERE line > ? ORDER BY line LIMIT ?')
      .all(line, most)
    return rows.map(row => ({
      line: row.line,
      column: row.column_name,
      reason: row.reason,
      cells: JSON.parse(row.cells) as string[],
    }))
  }

  /** The rows of each account, accounts in the order of their numbers, rows in the order of the file. */
  *accounts(): Generator<StagedRow[]> {
    let group: StagedRow[] = []
    let groupKey = ''
    for (const { number_key, line, cells } of this.#rows()) {
      if (number_key !== groupKey && group.length > 0) {
        yield group
        group = []
      }
      groupKey = number_key
      group.push({ line, cells: JSON.parse(cells) as string[] })
    }
    if (group.length > 0) yield group
  }

  close(): void {
    this.#connection.close()
    rmSync(this.#file, { force: true })
  }

  *#rows(): Generator<StagedTableRow> {
    const after = this.#connection.prepare<[string, number, number], StagedTableRow>(
      'SELECT * FROM staged WHERE (number_key, line) > (?, ?) ORDER BY number_key, line LIMIT ?',
    )
    let last: StagedTableRow | undefined
    do {
      const rows: StagedTableRow[] = after.all(last?.number_key ?? '', last?.line ?? 0, ROWS_AT_ONCE)
      yield* rows
      last = rows.at(-1)
    } while (last !== undefined)
  }
}
