/** Central's tables of a till are the till's own, column by column, however the journal was cut into ranges. */

import type Database from 'better-sqlite3'
import { type RawBuilder, sql } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import { takeRange } from '../../central/posting/receive.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import { openMemory } from '../../db/central/open.ts'
import { openLedgerReadOnly } from '../../db/ledger/till.ts'
import type { AccountWithItems } from '../../shared/account.ts'
import { PROJECTED_TABLES, type ProjectedTable, TABLES } from '../../shared/ledger/facts.ts'
import { sum } from '../../shared/money.ts'
import { billAccounts } from '../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'
import { addTill, linkOf, rangesOf } from '../support/central/till-journal.ts'
import { fullDay } from '../support/full-day.ts'
import { liveDays } from '../support/random-life/days.ts'
import { runSeed } from '../support/run/seed.ts'
import { type OpenTill, openTestTill } from '../support/till.ts'

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
    const key = TABLES[table].key
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
    const position = range.rows.map(linkOf).at(-1)
    expect(await takeRange(db, range, { nowMs: NOW_MS })).toEqual({ ok: true, position })
  }
  const alarms = await db.kysely.selectFrom('alarm').selectAll().execute()
  expect(alarms).toEqual([])
}

it('the keys by which rows are merged are the keys of the till’s tables', async () => {
  const till = await openTestTill()
  for (const table of PROJECTED_TABLES) {
    const key = ledgerOf(till.dataDir)
      .prepare<[], { name: string; pk: number }>(`SELECT name, pk FROM pragma_table_info('${table}')`)
      .all()
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
    expect(
      key.map(({ name }) => name),
      table,
    ).toEqual(TABLES[table].key)
  }
})

itOnPostgres.each([1, 7, 500])('a day with something of everything, in ranges of %i facts', async most => {
  const till = await openTestTill()
  await fullDay(till)
  const db = await postgres.central()
  await push(db, ledgerOf(till.dataDir), most)
  expect(await comparedWithTill(db, ledgerOf(till.dataDir))).toBeGreaterThan(100)
  const checks = await db.kysely.selectFrom('session_check').selectAll().execute()
  expect(checks.map(check => [check.kind, check.agrees, check.differences])).toEqual([
    ['session', 1, '[]'],
    ['deposit', 1, '[]'],
    ['session', 1, '[]'],
  ])
})

/** What the till knew of its accounts before the first day. */
async function billedAlike(db: CentralDb, till: OpenTill): Promise<AccountWithItems[]> {
  const { accounts } = till.backend
  const found = accounts.findAccounts('0', 1_000)
  const list = found.map(one => ({ account: one, items: accounts.itemsOf(one.accountId) }))
  await billAccounts(db, list)
  return list
}

const sumOf = async (db: CentralDb, query: RawBuilder<{ total: number }>): Promise<number> =>
  (await query.execute(db.kysely)).rows[0]?.total ?? 0

/** Every cent on a receipt that stands is off an account or in suspense, and the GL journal balances day by day. */
async function moneyAddsUp(db: CentralDb, list: readonly AccountWithItems[]): Promise<void> {
  const paid = await sumOf(
    db,
    sql`SELECT CAST(coalesce(sum(l.cents), 0) AS BIGINT) AS total FROM receipt_line l
      JOIN receipt r ON r.till_id = l.till_id AND r.receipt_id = l.receipt_id
      WHERE l.kind = 'account' AND r.state = 'posted'`,
  )
  const waiting = await sumOf(
    db,
    sql`SELECT CAST(coalesce(sum(cents), 0) AS BIGINT) AS total FROM posting WHERE state = 'suspense'`,
  )
  const open = await sumOf(db, sql`SELECT CAST(sum(open_cents) AS BIGINT) AS total FROM account_item`)
  const credit = await sumOf(db, sql`SELECT CAST(sum(credit_cents) AS BIGINT) AS total FROM account`)
  const billed = sum(list.flatMap(({ items }) => items.map(item => item.openCents)))
  const credited = sum(list.map(({ account }) => account.creditCents))
  expect(paid).toBeGreaterThan(0)
  expect(billed - open + (credit - credited) + waiting).toBe(paid)
  const { rows: unbalanced } = await sql`SELECT till_id, source FROM gl_entry GROUP BY till_id, source
    HAVING sum(debit_cents) <> sum(credit_cents)`.execute(db.kysely)
  expect(unbalanced).toEqual([])
  const suspenseGl = await sumOf(
    db,
    sql`SELECT CAST(coalesce(sum(credit_cents - debit_cents), 0) AS BIGINT) AS total FROM gl_entry
      WHERE gl_account = '999-9999'`,
  )
  expect(suspenseGl).toBe(waiting)
}

itOnPostgres(
  'days made up from a seed, and SQLite holds the same as PostgreSQL',
  { timeout: 120_000 },
  async () => {
    const till = await openTestTill()
    const db = await postgres.central()
    const billed = await billedAlike(db, till)
    const dir = till.dataDir
    await liveDays(till, { seed: runSeed(), days: 4 })
    await push(db, ledgerOf(dir), 500)
    await comparedWithTill(db, ledgerOf(dir))
    const checks = await db.kysely.selectFrom('session_check').selectAll().execute()
    expect(checks.filter(check => check.agrees !== 1)).toEqual([])
    expect(checks.length).toBeGreaterThan(3)
    await moneyAddsUp(db, billed)
    const memory = await openMemory()
    await push(memory, ledgerOf(dir), 500)
    await comparedWithTill(memory, ledgerOf(dir))
    await memory.close()
  },
)
