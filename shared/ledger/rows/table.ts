/** The ledger's projected tables as their subjects declare them, and the changes that a fact makes to their rows. */

type Values = Readonly<Record<string, unknown>>

/** One change to one row, by table. */
export type RowChange =
  | { op: 'insert'; table: string; row: Values }
  /** Writes the row, or replaces the columns in `update` where the primary key is there already. */
  | { op: 'save'; table: string; key: readonly string[]; row: Values; update: readonly string[] }
  | {
      op: 'update'
      table: string
      key: Values
      set: Values
      /** Amounts added to what stands there: the projection sees the fact alone and never reads. */
      add: Readonly<Record<string, number>>
    }

type Numeric<R> = { [C in keyof R]?: R[C] extends number | null ? number : never }

/** A table whose rows are made by facts alone. `R` is the row, and `key` its primary key. */
export class Table<R extends object> {
  readonly name: string
  readonly key: readonly (keyof R & string)[]
  readonly #kept: readonly string[]

  constructor(name: string, key: readonly (keyof R & string)[], kept: readonly string[]) {
    this.name = name
    this.key = key
    this.#kept = kept
  }

  insert(row: R): RowChange {
    return { op: 'insert', table: this.name, row: row as Values }
  }

  /** Writes the row; where its key is there already, every column is replaced but the key and those that are kept. */
  save(row: R): RowChange {
    const update = Object.keys(row).filter(
      column => !(this.key as readonly string[]).includes(column) && !this.#kept.includes(column),
    )
    return { op: 'save', table: this.name, key: this.key, row: row as Values, update }
  }

  update(key: Partial<R>, { set = {}, add = {} }: { set?: Partial<R>; add?: Numeric<R> }): RowChange {
    return {
      op: 'update',
      table: this.name,
      key: key as Values,
      set: set as Values,
      add: add as Readonly<Record<string, number>>,
    }
  }
}

interface Declaration {
  key: readonly string[]
  kept: readonly string[]
}

/** `row` is there for the compiler alone: it says of which rows the table is. */
interface Declared<R extends object> extends Declaration {
  row?: R
}

/** Declares a table by its primary key; `kept` are columns that a `save` leaves as they are. */
export function table<R extends object>(
  key: readonly (keyof R & string)[],
  { kept = [] }: { kept?: readonly (keyof R & string)[] } = {},
): Declared<R> {
  return { key, kept }
}

type TablesOf<D> = { readonly [N in keyof D]: D[N] extends Declared<infer R> ? Table<R> : never }

/** The tables of a subject, each by the name under which it is declared. */
export function tables<D extends Readonly<Record<string, Declaration>>>(declared: D): TablesOf<D> {
  const made = Object.entries(declared).map(([name, { key, kept }]) => [
    name,
    new Table<Record<string, unknown>>(name, key, kept),
  ])
  // Each name was just given the table that was declared under it.
  return Object.fromEntries(made) as TablesOf<D>
}

/** Row types of tables, by name. */
export type RowsOf<T> = { [N in keyof T]: T[N] extends Table<infer R> ? R : never }
