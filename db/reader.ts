import type Database from 'better-sqlite3'
import type { Compilable, Statement } from './statement.ts'

/** Reads the ledger. Rows are those of the moment: inside a write, those of its transaction. */
export class Reader {
  protected readonly connection: Database.Database

  constructor(connection: Database.Database) {
    this.connection = connection
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
