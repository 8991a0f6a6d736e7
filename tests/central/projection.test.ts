/** Central's tables of a till are the till's own, column by column, however the journal was cut into ranges. */
import type Database from 'better-sqlite3'
import { sql } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import { takeRange } from '../../central/receive.ts'
import { PRIMARY_KEYS } from '../../db/central/keys.ts'
import { type CentralDb, openMemory } from '../../db/central/open.ts'
import { openLedgerReadOnly } from '../../db/till.ts'
import { PROJECTED_TABLES, type ProjectedTable } from '../../shared/ledger/change.ts'
import { fullDay } from '../support/ledger-day.ts'
import { sampleTill } from '../support/ledger-till.ts'
import { itOnPostgres, postgresForFile } from '../support/postgres.ts'
import { liveDays } from '../support/random-days.ts'
import { runSeed } from '../support/seed.ts'
import { openTestTill } from '../support/till.ts'
import { addTill, rangesOf } from '../support/till-journal.ts'

const postgres = postgresForFile()
const NOW_MS = 1_800_000_000_000

function ledgerOf(dir: string): Database.Database {
  const ledger = openLedgerReadOnly(dir)
  onTestFinished(() => {
    ledger.close()
  })
  return ledger
}

type Row = Record<string, unknown>
const inOrder = (rows: Row[], key: readonly string[]): Row[] => {
  const nameOf = (row: Row): string => key.map(column => String(row[column])).join('/')
  return [...rows].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}

async function comparedWithTill(db: CentralDb, ledger: Database.Database): Promise<number> {
  let rowCount = 0
  for (const table of PROJECTED_TABLES) {
    const key = PRIMARY_KEYS[table]
    const held = await sql<Row>`SELECT * FROM ${sql.table(table)}`.execute(db.kysely)
    const kept = ledger.prepare<[], Row>(`SELECT * FROM "${table}"`).all()
    const columns = columnsOf(ledger, table)
    const ofTill = held.rows.map(row => Object.fromEntries(columns.map(column => [column, row[column]])))
    expect(inOrder(ofTill, key), table).toEqual(inOrder(kept, key))
    rowCount += kept.length
  }
  return rowCount
}

const columnsOf = (ledger: Database.Database, table: ProjectedTable): string[] =>
  ledger
    .prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${table}')`)
    .all()
    .map(({ name }) => name)

async function push(db: CentralDb, ledger: Database.Database, most: number): Promise<void> {
  const ranges = rangesOf(ledger, most)
  await addTill(db, ranges[0]?.tillId ?? '')
  for (const range of ranges) {
    const last = range.rows.at(-1)
    const position = { epoch: range.epoch, seq: last?.seq, hash: last?.hash }
    expect(await takeRange(db, range, { nowMs: NOW_MS })).toEqual({ ok: true, position })
  }
  const alarms = await db.kysely.selectFrom('alarm').selectAll().execute()
  expect(alarms).toEqual([])
}

it('the keys by which rows are merged are the keys of the till’s tables', async () => {
  const till = await sampleTill()
  for (const table of PROJECTED_TABLES) {
    const key = ledgerOf(till.dir)
      .prepare<[], { name: string; pk: number }>(`SELECT name, pk FROM pragma_table_info('${table}')`)
      .all()
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
    expect(
      key.map(({ name }) => name),
      table,
    ).toEqual(PRIMARY_KEYS[table])
  }
})

itOnPostgres.each([1, 7, 500])('a day with something of everything, in ranges of %i facts', async most => {
  const till = await sampleTill()
  await fullDay(till)
  const db = await postgres.central()
  await push(db, ledgerOf(till.dir), most)
  expect(await comparedWithTill(db, ledgerOf(till.dir))).toBeGreaterThan(100)
  const checks = await db.kysely.selectFrom('session_check').selectAll().execute()
  expect(checks.map(check => [check.kind, check.agrees, check.differences])).toEqual([
    ['session', 1, '[]'],
    ['deposit', 1, '[]'],
  ])
})

itOnPostgres(
  'days made up from a seed, and SQLite holds the same as PostgreSQL',
  { timeout: 120_000 },
  async () => {
    const till = await openTestTill()
    const dir = till.dataDir
    await liveDays(till, { seed: runSeed(), days: 4 })
    const db = await postgres.central()
    await push(db, ledgerOf(dir), 500)
    await comparedWithTill(db, ledgerOf(dir))
    const checks = await db.kysely.selectFrom('session_check').selectAll().execute()
    expect(checks.filter(check => check.agrees !== 1)).toEqual([])
    expect(checks.length).toBeGreaterThan(3)
    const memory = await openMemory()
    await push(memory, ledgerOf(dir), 500)
    await comparedWithTill(memory, ledgerOf(dir))
    await memory.close()
  },
)
