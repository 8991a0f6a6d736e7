import type Database from 'better-sqlite3'
import type { ProjectedTable } from '../../shared/ledger/facts.ts'
import type { RowChange } from '../../shared/ledger/rows/table.ts'
import type { Compilable, Statement } from './statement.ts'

/** Small tables that every receipt reads and that change a few times a week. */
const KEPT_TABLES: ReadonlySet<string> = new Set<ProjectedTable>([
  'catalog_item',
  'person',
  'setting',
  'tender_type',
])

/**
 * Rows of the tables above, kept by the one program that writes them. They are forgotten whenever a fact changes
 * one of those tables, and whenever a transaction that may have done so is rolled back.
 */
export class KeptRows {
  readonly #rows = new Map<object, readonly unknown[]>()

  of<O>(statement: Statement<object, O>, connection: Database.Database): readonly O[] {
    // Each statement finds the rows that it has read itself.
    const known = this.#rows.get(statement) as readonly O[] | undefined
    if (known) return known
    const rows = statement.all(connection, {})
    this.#rows.set(statement, rows)
    return rows
  }

  follow(changes: readonly RowChange[]): void {
    if (changes.some(change => KEPT_TABLES.has(change.table))) this.forget()
  }

  forget(): void {
    this.#rows.clear()
  }
}

/** Reads the ledger. Rows are those of the moment: inside a write, those of its transaction. */
export class Reader {
  protected readonly connection: Database.Database
  readonly #kept: KeptRows | undefined

  /** Only the program that writes the ledger may keep rows: nobody tells the others of a change. */
  constructor(connection: Database.Database, kept?: KeptRows) {
    this.connection = connection
    this.#kept = kept
  }

  /** All rows of a statement that reads nothing but the tables above. */
  kept<O>(statement: Statement<object, O>): readonly O[] {
    return this.#kept?.of(statement, this.connection) ?? statement.all(this.connection, {})
  }

  /** All rows of a query built for this call. */
  all<O>(query: Compilable<O>): O[] {
    const { sql, parameters } = query.compile()
    return this.connection.prepare<unknown[], O>(sql).all(...parameters)
  }

  first<O>(query: Compilable<O>): O | undefined {
    const { sql, parameters } = query.compile()
    return this.connection.prepare<unknown[], O>(sql).get(...parameters)
  }

  /** The first row of a statement compiled once. */
  one<P extends object, O>(statement: Statement<P, O>, values: P): O | undefined {
    return statement.first(this.connection, values)
  }

  many<P extends object, O>(statement: Statement<P, O>, values: P): O[] {
    return statement.all(this.connection, values)
  }
}
