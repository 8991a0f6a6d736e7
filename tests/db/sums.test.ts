/** Whatever is changed about money in a table, the sums say so by themselves. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { LEDGER_FILE } from '../../db/ledger/folder.ts'
import { Problems } from '../../db/verify/problems.ts'
import { checkSums } from '../../db/verify/sums/sums.ts'
import { PROJECTED_TABLES, type ProjectedTable, TABLES } from '../../shared/ledger/facts.ts'
import { freshDir } from '../support/data-folder.ts'
import { fullDay } from '../support/full-day.ts'
import { openTestTill } from '../support/till.ts'

let filled: Promise<Buffer> | undefined

/** The ledger of a full day, as its file is. */
async function fill(): Promise<Buffer> {
  const till = await openTestTill()
  await fullDay(till)
  await till.close()
  return readFileSync(join(till.dataDir, LEDGER_FILE))
}

/** A full day's ledger of a test's own. */
async function fullLedger(): Promise<Database.Database> {
  filled ??= fill()
  const path = join(freshDir(), 'changed.sqlite')
  writeFileSync(path, await filled)
  return new Database(path)
}

/** What the sums alone find after a change that nothing stopped. */
async function foundAfter(...changes: string[]): Promise<{ place: string; problem: string }[]> {
  const file = await fullLedger()
  file.pragma('foreign_keys = OFF')
  file.pragma('ignore_check_constraints = ON')
  for (const change of changes) expect(file.prepare(change).run().changes, change).toBeGreaterThan(0)
  const problems = new Problems()
  checkSums(file, problems)
  file.close()
  return problems.list
}

it('the sums of a full day hold', async () => {
  expect(await foundAfter()).toEqual([])
})

it.each([
  ['session W1-S0001', 'counted less what stayed', 'UPDATE session_part SET cash_cents = cash_cents + 1'],
  ['session W1-S0001', 'counted less what stayed', 'UPDATE drawer_session SET left_cents = left_cents - 1'],
  ['session W1-S0001', 'counted less what stayed', 'DELETE FROM session_part'],
  [
    'session W1-S0001 check',
    'counted and turned in',
    "UPDATE session_part_item SET cents = cents + 1 WHERE tender = 'check'",
  ],
  [
    'session W1-S0001 money-order',
    'counted and turned in',
    "UPDATE session_tender SET counted_cents = counted_cents - 1 WHERE tender = 'money-order'",
  ],
  [
    'session W1-S0001 part 1',
    'sum of its instruments',
    "DELETE FROM session_part_item WHERE tender = 'money-order'",
  ],
  ['session W1-S0001 check', 'went to no bank', "DELETE FROM session_part_item WHERE tender = 'check'"],
  ['session W1-S0001 part 1', 'one deposit', 'UPDATE session_part SET deposit_id = NULL'],
  ['session W1-S0002', 'that is not what it says', 'DELETE FROM opening_difference'],
  [
    'session W1-S0002',
    'that is not what it says',
    'UPDATE opening_difference SET over_short_cents = over_short_cents + 1',
  ],
  [
    'session W1-S0002',
    'that is not what it says',
    'UPDATE drawer_session SET change_fund_cents = change_fund_cents - 100 WHERE session_no = 2',
  ],
  [
    'session W1-S0001 part 1',
    'one deposit',
    `INSERT INTO deposit_session
     SELECT deposit_id || 'x', session_id, part_no, cash_cents, items_cents FROM deposit_session`,
    `INSERT INTO deposit SELECT deposit_id || 'x', deposit_no + 1, number || 'x', bank_account_id, bank_account_name,
       bank_name, routing_number, account_number, business_date, made_up_at, preparer_id, verifier_id, verified_at, state, bag_number || 'x', seal_number || 'x', slip_number,
       found_cents, due_at, cash_cents, items_cents, total_cents, hash FROM deposit`,
  ],
  [
    'deposit W1-D0001',
    'sum of its parts',
    'UPDATE deposit SET items_cents = items_cents - 1, total_cents = total_cents - 1',
  ],
  ['deposit W1-D0001', 'sum of what was put in', "DELETE FROM deposit_item WHERE tender = 'check'"],
  [
    'deposit W1-D0001',
    'sum of what was put in',
    "UPDATE deposit_piece SET cents = cents + 5 WHERE step = 'made-up' AND value_cents = 5",
  ],
  ['deposit W1-D0001', 'what its session gave', 'UPDATE deposit_session SET part_no = 2'],
  [
    'deposit W1-D0001',
    'what its session gave',
    "UPDATE session_part SET bank_account_id = (SELECT bank_account_id FROM bank_account WHERE name = 'Permits and fees')",
  ],
  [
    'deposit W1-D0001',
    'figure less the one before',
    "UPDATE deposit_step SET difference_cents = 0 WHERE step = 'validated'",
  ],
  [
    'deposit W1-D0001',
    'figure less the one before',
    "UPDATE deposit_step SET cents = cents + 1 WHERE step = 'made-up'",
  ],
  ['deposit W1-D0001', 'where its last hand left it', 'UPDATE deposit SET found_cents = found_cents + 1'],
  ['deposit W1-D0001', 'where its last hand left it', "UPDATE deposit SET state = 'validated'"],
  ['session W1-S0001', 'brought something else', "DELETE FROM safe_entry WHERE kind = 'close'"],
  [
    'movement W1-M0001',
    'something else than stands',
    "UPDATE safe_entry SET cents = cents - 1 WHERE kind = 'turn-in'",
  ],
  [
    'movement W1-M0003',
    'something else than stands',
    "UPDATE safe_entry SET cents = 5000 WHERE kind = 'change-order'",
  ],
  [
    'deposit W1-D0001',
    'took something else out',
    "UPDATE safe_entry SET cents = cents + 1 WHERE kind = 'deposit'",
  ],
  ['deposit W1-D0001', 'took something else out', "DELETE FROM safe_entry WHERE kind = 'deposit'"],
  ['safe ', 'do not come to its amount', 'UPDATE safe_piece SET pieces = pieces + 1 WHERE pieces < 0'],
  ['session W1-S0001 card', 'than was counted', "UPDATE count_total SET cents = 0 WHERE tender = 'card'"],
  ['movement W1-M0001', 'no pieces', 'DELETE FROM movement_piece'],
  ['till', 'last receipt number', 'UPDATE receipt SET receipt_no = 8 WHERE receipt_no = 2'],
  ['till', 'last Z number', 'UPDATE till SET last_z_no = 9'],
  ['receipt XX-1', 'not its own', "UPDATE receipt SET number = 'XX-1' WHERE receipt_no = 3"],
  ['movement W1-M0009', 'not its own', "UPDATE movement SET number = 'W1-M0009' WHERE movement_no = 2"],
  ['deposit W1-D1', 'not its own', "UPDATE deposit SET number = 'W1-D1'"],
])('%s is found where %s does not hold', async (place, problem, ...changes) => {
  const found = await foundAfter(...changes)
  expect(
    found.some(one => one.place.startsWith(place) && one.problem.includes(problem)),
    JSON.stringify(found),
  ).toBe(true)
})

/** Every column of every projected table that holds cents and has a row after a full day. */
async function moneyColumns(): Promise<[table: ProjectedTable, column: string][]> {
  const file = await fullLedger()
  const columns = file
    .prepare<[string], string>("SELECT name FROM pragma_table_info(?) WHERE name LIKE '%cents'")
    .pluck()
  const found = PROJECTED_TABLES.flatMap(table =>
    columns
      .all(table)
      .filter(
        column => file.prepare(`SELECT 1 FROM ${table} WHERE ${column} IS NOT NULL`).get() !== undefined,
      )
      .map((column): [ProjectedTable, string] => [table, column]),
  )
  file.close()
  return found
}

/** Prices, limits and wishes, which no other figure repeats; `verify` holds them against the journal alone. */
const STANDS_ALONE = [
  'catalog_item.price_cents',
  'drawer.change_fund_cents',
  'drawer.limit_cents',
  'drawer_session.change_fund_wanted_cents',
  'receipt_line.balance_before_cents',
  'session_part.due_cents',
]

it('a cent more in any column is found, but in those that stand alone', async () => {
  const missed: string[] = []
  for (const [table, column] of await moneyColumns()) {
    const key = TABLES[table].key.join(', ')
    const file = await fullLedger()
    const rows = file.prepare(`SELECT ${key} FROM ${table} WHERE ${column} IS NOT NULL`).raw().all()
    file.close()
    const changes = rows.map(values => {
      const row = (values as unknown[]).map(value =>
        typeof value === 'string' ? `'${value}'` : String(value),
      )
      return `UPDATE ${table} SET ${column} = ${column} + 1 WHERE (${key}) = (${row.join(', ')})`
    })
    const found = await Promise.all(changes.map(async change => (await foundAfter(change)).length > 0))
    if (!found.includes(true)) missed.push(`${table}.${column}`)
  }
  expect(missed.sort()).toEqual(STANDS_ALONE)
})
