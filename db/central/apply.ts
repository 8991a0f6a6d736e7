/** Row changes of a whole range at once: merged in memory, then written table by table. */

import { type RawBuilder, sql } from 'kysely'
import { type ProjectedTable, TABLES } from '../../shared/ledger/facts.ts'
import type { RowChange } from '../../shared/ledger/rows/table.ts'
import { insertRows, updateRows } from './bulk.ts'
import type { CentralTx } from './connection.ts'
import type { CentralTables } from './schema.ts'

type Values = Record<string, unknown>
type Update = Extract<RowChange, { op: 'update' }>

/** A change that did not meet the rows it expects. It is noted and stops nothing: what follows has to go on. */
export interface Misfit {
  seq: number
  detail: string
}

interface PendingUpdate {
  seq: number
  key: Values
  set: Values
  add: Record<string, number>
}

interface PendingTable {
  inserts: Map<string, Values>
  updates: Map<string, PendingUpdate>
  lastSeq: number
}

/**
 * Applies the changes of one till's range. An update of a row that was inserted in the same range is merged into it,
 * updates of one row are merged with each other, and a change that is not about one row by its whole key waits
 * until its table is written. No table refers to another, so tables need no order among themselves.
 */
export class BulkApplier {
  readonly misfits: Misfit[] = []
  readonly #tx: CentralTx
  readonly #tillId: string
  readonly #tables = new Map<ProjectedTable, PendingTable>()

  constructor(tx: CentralTx, tillId: string) {
    this.#tx = tx
    this.#tillId = tillId
  }

  /** Takes what one fact changes; `seq` is the fact's place. */
  async take(seq: number, changes: readonly RowChange[]): Promise<void> {
    for (const change of changes) {
      const table = tableNamed(change.table)
      const pending = this.#pending(table)
      pending.lastSeq = seq
      if (change.op === 'insert') this.#insert(seq, table, { pending, row: change.row })
      else if (change.op === 'save') await this.#save(table, change)
      else if (isAboutOneRow(table, change)) this.#update(seq, table, { pending, change })
      else await this.#updateMany(seq, table, change)
    }
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    for (const table of this.#tables.keys()) await this.#flush(table)
  }

  #pending(table: ProjectedTable): PendingTable {
    const known = this.#tables.get(table)
    if (known) return known
    const made: PendingTable = { inserts: new Map(), updates: new Map(), lastSeq: 0 }
    this.#tables.set(table, made)
    return made
  }

  #insert(
    seq: number,
    table: ProjectedTable,
    { pending, row: given }: { pending: PendingTable; row: object },
  ): void {
    const row = this.#stored(given)
    const key = keyOf(table, row)
    if (pending.inserts.has(key)) this.misfits.push({ seq, detail: `A row of ${table} stated twice: ${key}` })
    else pending.inserts.set(key, row)
  }

  #update(
    seq: number,
    table: ProjectedTable,
    { pending, change }: { pending: PendingTable; change: Update },
  ): void {
    const key = keyOf(table, change.key)
    const { set, add } = change
    const inserted = pending.inserts.get(key)
    if (inserted) {
      Object.assign(inserted, set)
      for (const [column, cents] of Object.entries(add)) inserted[column] = plus(inserted[column], cents)
      return
    }
    const waiting: PendingUpdate = pending.updates.get(key) ?? { seq, key: change.key, set: {}, add: {} }
    for (const [column, value] of Object.entries(set)) {
      waiting.set[column] = value
      delete waiting.add[column]
    }
    for (const [column, cents] of Object.entries(add))
      if (column in waiting.set) waiting.set[column] = plus(waiting.set[column], cents)
      else waiting.add[column] = (waiting.add[column] ?? 0) + cents
    pending.updates.set(key, waiting)
  }

  async #save(table: ProjectedTable, change: Extract<RowChange, { op: 'save' }>): Promise<void> {
    await this.#flush(table)
    const rows = [this.#stored(change.row)] as never[]
    // A till's row names the till itself; every other key has the till before it.
    const key = ['till_id', ...change.key.filter(column => column !== 'till_id')]
    await insertRows(this.#tx, table, rows, { key, update: change.update })
  }

  async #updateMany(seq: number, table: ProjectedTable, change: Update): Promise<void> {
    await this.#flush(table)
    const assignments = [
      ...Object.entries(change.set).map(([column, value]) => sql`${sql.ref(column)} = ${value}`),
      ...Object.entries(change.add).map(
        ([column, value]) => sql`${sql.ref(column)} = ${sql.ref(column)} + CAST(${value} AS BIGINT)`,
      ),
    ]
    const conditions: RawBuilder<unknown>[] = [
      sql`till_id = ${this.#tillId}`,
      ...Object.entries(change.key).map(([column, value]) => sql`${sql.ref(column)} = ${value}`),
    ]
    const { numAffectedRows } = await sql`UPDATE ${sql.table(table)} SET ${sql.join(assignments)}
      WHERE ${sql.join(conditions, sql` AND `)}`.execute(this.#tx.query)
    if (Number(numAffectedRows ?? 0) === 0)
      this.misfits.push({ seq, detail: `No row of ${table} is ${JSON.stringify(change.key)}` })
  }

  #stored(row: object): Values {
    return { till_id: this.#tillId, ...row }
  }

  async #flush(table: ProjectedTable): Promise<void> {
    const pending = this.#tables.get(table)
    if (!pending) return
    const rows = [...pending.inserts.values()] as unknown as CentralTables[typeof table][]
    pending.inserts.clear()
    const inserted = await insertRows(this.#tx, table, rows, 'leave')
    if (inserted < rows.length) {
      const detail = `${rows.length - inserted} rows of ${table} were there already`
      this.misfits.push({ seq: pending.lastSeq, detail })
    }
    const updates = [...pending.updates.values()]
    pending.updates.clear()
    for (const group of byShape(updates)) await this.#flushUpdates(table, group)
  }

  async #flushUpdates(table: ProjectedTable, updates: readonly PendingUpdate[]): Promise<void> {
    const [first] = updates
    if (!first) return
    const updated = await updateRows(this.#tx, table, {
      key: ['till_id', ...keyColumns(table).filter(column => column !== 'till_id')],
      set: Object.keys(first.set),
      add: Object.keys(first.add),
      rows: updates.map(({ key, set, add }) => ({ till_id: this.#tillId, ...key, ...set, ...add })),
    })
    if (updated < updates.length) {
      const detail = `${updates.length - updated} rows of ${table} to be changed are not there`
      this.misfits.push({ seq: first.seq, detail })
    }
  }
}

function tableNamed(name: string): ProjectedTable {
  if (!Object.hasOwn(TABLES, name)) throw new Error(`No facts make a table ${name}`)
  return name as ProjectedTable
}

const keyColumns = (table: ProjectedTable): readonly string[] => TABLES[table].key

function keyOf(table: ProjectedTable, row: object): string {
  const values = row as Values
  return keyColumns(table)
    .map(column => String(values[column]))
    .join('/')
}

function isAboutOneRow(table: ProjectedTable, change: Update): boolean {
  const key = keyColumns(table)
  const given = Object.keys(change.key)
  return given.length === key.length && key.every(column => given.includes(column))
}

/** As SQL adds: what is nothing stays nothing. */
function plus(before: unknown, amount: number): number | null {
  return typeof before === 'number' ? before + amount : null
}

function byShape(updates: readonly PendingUpdate[]): PendingUpdate[][] {
  const groups = new Map<string, PendingUpdate[]>()
  for (const update of updates) {
    const shape = `${Object.keys(update.set).sort().join()}|${Object.keys(update.add).sort().join()}`
    const group = groups.get(shape)
    if (group) group.push(update)
    else groups.set(shape, [update])
  }
  return [...groups.values()]
}
