import type Database from 'better-sqlite3'
import type { ProjectedTable } from '../../shared/ledger/facts.ts'
import { unixLines } from '../file/steps.ts'
import type { Problems } from './problems.ts'

interface Column {
  name: string
  pk: number
}

/**
 * Every object of a schema by type, name and table, with the text that made it: a trigger may have the name of an index.
 * Only what SQLite keeps for itself is left out, and that is tables.
 */
export function schemaOf(connection: Database.Database): Map<string, string> {
  const rows = connection
    .prepare<[], { object: string; sql: string }>(
      `SELECT type || ' ' || name || CASE type WHEN 'table' THEN '' ELSE ' of ' || tbl_name END AS object, sql
       FROM sqlite_master WHERE sql IS NOT NULL AND NOT (type = 'table' AND name GLOB 'sqlite_*')`,
    )
    .all()
  return new Map(rows.map(row => [row.object, unixLines(row.sql)]))
}

type Row = Record<string, unknown>

interface Comparison {
  stored: Database.Database
  derived: Database.Database
  table: ProjectedTable
  problems: Problems
}

/** Compares two copies of a table in the order of its key, every column of every row; gives the rows compared. */
export function compareTable({ stored, derived, table, problems }: Comparison): number {
  const columns = derived.prepare<[], Column>(`SELECT name, pk FROM pragma_table_info('${table}')`).all()
  const key = columns
    .filter(column => column.pk > 0)
    .sort((a, b) => a.pk - b.pk)
    .map(column => column.name)
  const query = `SELECT * FROM "${table}" ORDER BY ${key.join(', ')}`
  const storedRows = stored.prepare<[], Row>(query).iterate()
  const derivedRows = derived.prepare<[], Row>(query).iterate()
  try {
    return compareRows({
      storedRows,
      derivedRows,
      table,
      problems,
      columns: columns.map(({ name }) => name),
      key,
    })
  } finally {
    // An iteration left open would keep its connection from closing.
    storedRows.return?.()
    derivedRows.return?.()
  }
}

interface RowComparison {
  storedRows: Iterator<Row>
  derivedRows: Iterator<Row>
  table: string
  problems: Problems
  columns: readonly string[]
  key: readonly string[]
}

function compareRows({ storedRows, derivedRows, table, problems, columns, key }: RowComparison): number {
  const placeOf = (row: Row): string => `${table} ${key.map(name => String(row[name])).join('/')}`
  let compared = 0
  let a = storedRows.next()
  let b = derivedRows.next()
  while (!(a.done && b.done) && !problems.full) {
    const order = a.done ? 1 : b.done ? -1 : compareKeys(a.value, b.value, key)
    if (order < 0) problems.add(placeOf(a.value), 'is not in the journal')
    if (order > 0) problems.add(placeOf(b.value), 'is missing')
    if (order === 0) {
      compared++
      for (const name of columns)
        if (a.value[name] !== b.value[name])
          problems.add(
            `${placeOf(a.value)} ${name}`,
            `is ${shown(a.value[name])}, the journal says ${shown(b.value[name])}`,
          )
    }
    if (order <= 0) a = storedRows.next()
    if (order >= 0) b = derivedRows.next()
  }
  return compared
}

function compareKeys(a: Row, b: Row, key: readonly string[]): number {
  for (const name of key) {
    const left = a[name] as string | number
    const right = b[name] as string | number
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

const MOST_SHOWN = 60

function shown(value: unknown): string {
  const text = String(value)
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}
