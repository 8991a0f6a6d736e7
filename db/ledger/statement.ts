/**
 * Queries written with Kysely's types, compiled once, and run synchronously.
 * Building and compiling a query costs about as much as a durable commit has to spare, so what runs on every
 * receipt is compiled at its first use and prepared once per connection.
 */
import type Database from 'better-sqlite3'
import {
  createQueryId,
  DummyDriver,
  Kysely,
  type RootOperationNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { LedgerTables } from './schema.ts'

/** What Kysely hands over once a query is built: text, parameters, and the row type it promises. */
export interface Compilable<O> {
  compile(): { readonly sql: string; readonly parameters: readonly unknown[] }
  toOperationNode(): RootOperationNode
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

/**
 * Keeps a plan from one run to the next. SQLite (built with STAT4, as ours is) looks at bound values while it plans:
 * those compared with a column, a LIMIT, the condition of a partial index. It plans again when they change, which
 * takes ten times longer than such a query. So what is the same on every run is written into the text, and a plus
 * sign, which changes no value, stands between a column and what it is compared with.
 */
class LastingPlanCompiler extends SqliteQueryCompiler {
  protected override appendValue(value: unknown): void {
    if (value instanceof Placeholder) {
      this.append('+')
      super.appendValue(value)
    } else this.appendImmediateValue(value)
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
    const query = this.#make(parameter).toOperationNode()
    const { sql, parameters } = new LastingPlanCompiler().compileQuery(query, createQueryId())
    const names = parameters.flatMap(value => (value instanceof Placeholder ? [value.name] : []))
    const bind = (values: P): unknown[] => names.map(name => (values as Record<string, unknown>)[name])
    this.#compiled = { sql, bind }
    return this.#compiled
  }
}

/** A query that is compiled at its first use and kept. */
export function statement<P extends object>() {
  return <O>(make: (parameter: Parameter<P>) => Compilable<O>): Statement<P, O> => new Statement(make)
}
