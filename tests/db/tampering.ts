/** Somebody with the file in hand and no scruples: changes behind the till's back. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect } from 'vitest'
import { LEDGER_FILE } from '../../db/ledger/folder.ts'
import { verifyLedger } from '../../db/verify/verify.ts'

export type Value = number | string | null

export interface TableShape {
  table: string
  columns: { name: string; type: string; pk: number }[]
  rows: Record<string, Value>[]
}

/** Every table of a ledger that has rows, with its columns, in the order of its key; one waits for later programs. */
export function tablesOf(dir: string): TableShape[] {
  const file = new Database(join(dir, LEDGER_FILE), { readonly: true })
  const names = file
    .prepare<[], string>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'rebuild_wanted'",
    )
    .pluck()
    .all()
  const shapes = names.map(table => {
    const columns = file
      .prepare<[string], TableShape['columns'][number]>('SELECT name, type, pk FROM pragma_table_info(?)')
      .all(table)
    const key = keyOf({ columns })
    const rows = file.prepare<[], Record<string, Value>>(`SELECT * FROM "${table}" ORDER BY ${key}`).all()
    return { table, columns, rows }
  })
  file.close()
  return shapes
}

/** The columns of a table's key, in order, for an ORDER BY. */
export function keyOf({ columns }: Pick<TableShape, 'columns'>): string {
  const key = columns.filter(column => column.pk > 0).sort((a, b) => a.pk - b.pk)
  return key.map(column => `"${column.name}"`).join(', ')
}

/** A condition that is true of one row, for the values of its key. */
export const where = (shape: TableShape): string =>
  keyOf(shape)
    .split(', ')
    .map(column => `${column} IS ?`)
    .join(' AND ')

export const keyValues = (shape: TableShape, row: Record<string, Value>): Value[] =>
  keyOf(shape)
    .split(', ')
    .map(column => row[column.replaceAll('"', '')] ?? null)

/** How `verify` names a row: by its key, or by epoch and place in the journal. */
export function placeOf(shape: TableShape, row: Record<string, Value>): string {
  if (shape.table === 'journal') return `journal ${row.epoch}/${row.seq}`
  return `${shape.table} ${keyValues(shape, row).join('/')}`
}

/** Another value of the same type, far enough away to meet no other row. */
export function otherValue(value: Value, type: string): Value {
  if (value === null) return type === 'INTEGER' ? 77_777 : 'x'
  return typeof value === 'number' ? value + 1_000_000 : `${value}x`
}

/** A ledger that is tampered with again and again, each time from the same beginning. */
export class Tampering {
  readonly dir: string
  readonly #path: string
  readonly whole: Buffer

  constructor(dir: string) {
    this.dir = dir
    this.#path = join(dir, LEDGER_FILE)
    this.whole = readFileSync(this.#path)
  }

  /** The places that `verify` names after changes that leave triggers and indexes as they were. */
  async placesAfter(...changes: ((file: Database.Database) => void)[]): Promise<string[]> {
    writeFileSync(this.#path, this.whole)
    const file = new Database(this.#path)
    file.unsafeMode()
    file.pragma('foreign_keys = OFF')
    file.pragma('ignore_check_constraints = ON')
    // Written anew before each change, so nothing of it need survive a power cut.
    file.pragma('synchronous = OFF')
    const triggers = file
      .prepare<[], { name: string; sql: string }>(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
      )
      .all()
    file.exec(['BEGIN', ...triggers.map(({ name }) => `DROP TRIGGER "${name}"`)].join(';'))
    const changed = file.prepare<[], number>('SELECT total_changes()').pluck()
    for (const change of changes) {
      const before = changed.get()
      change(file)
      if (changed.get() === before) throw new Error('Nothing was changed')
    }
    file.exec([...triggers.map(({ sql }) => sql), 'COMMIT'].join(';'))
    file.close()
    return this.places()
  }

  /** The places after a change to schema or file. */
  async placesAfterFile(change: (path: string) => void): Promise<string[]> {
    writeFileSync(this.#path, this.whole)
    change(this.#path)
    return this.places()
  }

  async places(): Promise<string[]> {
    const report = await verifyLedger(this.dir, () => undefined)
    return report.problems.map(problem => problem.place)
  }
}

/** One harm, to one table. */
interface Harm {
  table: string
  what: string
  harm: (file: Database.Database) => void
  /** What `verify` has to say of it. */
  told: (places: readonly string[]) => void
}

const AT_ONCE = 10

/** Harms that are tried together: of as many tables, since each is compared by itself; journal and PINs speak for others too. */
function together(harms: readonly Harm[]): Harm[][] {
  const lone = (harm: Harm): boolean => ['journal', 'credential'].includes(harm.table)
  const byTable = [
    ...Map.groupBy(
      harms.filter(harm => !lone(harm)),
      ({ table }) => table,
    ).values(),
  ]
  const rounds: Harm[][] = harms.filter(lone).map(harm => [harm])
  for (let round = 0; byTable.some(ofTable => round < ofTable.length); round += 1) {
    const ofRound = byTable.flatMap(ofTable => ofTable[round] ?? [])
    for (let at = 0; at < ofRound.length; at += AT_ONCE) rounds.push(ofRound.slice(at, at + AT_ONCE))
  }
  return rounds
}

export function changedColumn(
  shape: TableShape,
  { name, type, pk }: TableShape['columns'][number],
  row: TableShape['rows'][number],
): Harm {
  const change = `UPDATE "${shape.table}" SET "${name}" = ? WHERE ${where(shape)}`
  const value = otherValue(row[name] ?? null, type)
  const what = `${shape.table}.${name}`
  const row0 = placeOf(shape, row)
  const isProjected = shape.table !== 'journal' && shape.table !== 'credential'
  return {
    table: shape.table,
    what,
    harm: file => file.prepare(change).run(value, ...keyValues(shape, row)),
    told: places => {
      const tables = places.map(place => place.split(' ')[0])
      if (!isProjected) expect(pk > 0 ? tables[0] : places[0], what).toBe(pk > 0 ? shape.table : row0)
      else if (pk > 0) expect(tables, what).toContain(shape.table)
      else expect(places, what).toContain(`${row0} ${name}`)
    },
  }
}

export function deletedRow(shape: TableShape, row: TableShape['rows'][number]): Harm {
  const what = placeOf(shape, row)
  return {
    table: shape.table,
    what,
    harm: file =>
      file.prepare(`DELETE FROM "${shape.table}" WHERE ${where(shape)}`).run(...keyValues(shape, row)),
    told: places => {
      if (shape.table === 'journal') expect(places.join(), what).toMatch(/^journal/)
      else expect(places, what).toContain(what)
    },
  }
}

export async function triedAll(tampering: Tampering, harms: readonly Harm[]): Promise<void> {
  for (const round of together(harms)) {
    const places = await tampering.placesAfter(...round.map(({ harm }) => harm))
    for (const { told } of round) told(places)
  }
}
