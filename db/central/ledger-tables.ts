/**
 * The ledger of every till at central: the till's own tables with the till first in each key, so that they can be
 * distributed by it. They are made from the till's schema steps, so that neither side has a column that the other lacks.
 * No row refers to another by a constraint: what a till states is never refused for its content, what does not fit is an
 * alarm.
 */
import Database from 'better-sqlite3'
import { PROJECTED_TABLES } from '../../shared/ledger/facts.ts'
import { ledgerSteps } from '../ledger/steps.ts'

interface Column {
  name: string
  type: string
  notnull: number
  pk: number
}

/** A CREATE TABLE for each table of a till's ledger that central keeps, by name. */
export function ledgerTables(): Map<string, string> {
  const ledger = new Database(':memory:')
  try {
    for (const step of ledgerSteps()) ledger.exec(step)
    return new Map(
      ['journal', ...PROJECTED_TABLES].map(table => [table, createTable(table, columnsOf(ledger, table))]),
    )
  } finally {
    ledger.close()
  }
}

const columnsOf = (ledger: Database.Database, table: string): Column[] =>
  ledger.prepare<[], Column>(`SELECT name, type, "notnull", pk FROM pragma_table_info('${table}')`).all()

function createTable(table: string, columns: readonly Column[]): string {
  const others = columns.filter(({ name }) => name !== 'till_id')
  const key = others.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk)
  const lines = [
    'till_id TEXT NOT NULL',
    ...others.map(
      column => `${column.name} ${typeOf(column)}${column.notnull + column.pk > 0 ? ' NOT NULL' : ''}`,
    ),
    `PRIMARY KEY (${['till_id', ...key.map(({ name }) => name)].join(', ')})`,
  ]
  return `CREATE TABLE "${table}" (\n  ${lines.join(',\n  ')}\n)`
}

/** SQLite's STRICT tables have two types for what we keep, and PostgreSQL has the same two under these names. */
function typeOf({ name, type }: Column): 'TEXT' | 'BIGINT' {
  if (type === 'TEXT') return 'TEXT'
  if (type === 'INTEGER') return 'BIGINT'
  throw new TypeError(`${name} is ${type}, which central has no column for`)
}
