/**
 * Queries written with Kysely's types, compiled once, and run synchronously.
 * Building and compiling a query costs about as much as a durable commit has to spare, so what runs on every
 * receipt is compiled at its first use and prepared once per connection.
 */
import type Database from 'better-sqlite3'
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { LedgerTables } from './schema.ts'

/** What Kysely hands over once a query is built: text, parameters, and the row type it promises. */
export interface Compilable<O> {
  compile(): { readonly sql: string; readonly parameters: readonly unknown[] }
  execute(): Promise<O[]>
}

/** Builds queries and never runs them: there is no connection behind it. */
export const build = new Kysely<LedgerTables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: db => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

class Placeholder {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** Stands for a value that is given when the statement runs. */
type Parameter<P> = <K extends keyof P & string>(name: K) => P[K]

interface Compiled<P> {
  sql: string
  bind(values: P): unknown[]
}

/** A query compiled once. `O` is the row, `P` the values that it takes. */
export class Statement<P extends object, O> {
  readonly #make: (parameter: Parameter<P>) => Compilable<O>
  #compiled: Compiled<P> | undefined
  readonly #prepared = new WeakMap<Database.Database, Database.Statement<unknown[], O>>()

  constructor(make: (parameter: Parameter<P>) => Compilable<O>) {
    this.#make = make
  }

  all(connection: Database.Database, values: P): O[] {
    return this.#on(connection).all(...this.#compile().bind(values))
  }

  first(connection: Database.Database, values: P): O | undefined {
    return this.#on(connection).get(...this.#compile().bind(values))
  }

  #on(connection: Database.Database): Database.Statement<unknown[], O> {
    const known = this.#prepared.get(connection)
    if (known) return known
    const prepared = connection.prepare<unknown[], O>(this.#compile().sql)
    this.#prepared.set(connection, prepared)
    return prepared
  }

  #compile(): Compiled<P> {
    if (this.#compiled) return this.#compiled
    // Kysely takes any value as a parameter and returns it untouched, which is all that a placeholder needs.
    const parameter = ((name: string) => new Placeholder(name) as unknown) as Parameter<P>
    const { sql, parameters } = this.#make(parameter).compile()
    const bind = (values: P): unknown[] =>
      parameters.map(value =>
        value instanceof Placeholder ? (values as Record<string, unknown>)[value.name] : value,
      )
    this.#compiled = { sql, bind }
    return this.#compiled
  }
}

/** A query that is compiled at its first use and kept. */
export function statement<P extends object>() {
  return <O>(make: (parameter: Parameter<P>) => Compilable<O>): Statement<P, O> => new Statement(make)
}
