import { closeSync, copyFileSync, openSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { AccountsUnavailable } from '../../../db/accounts/errors.ts'
import type { ImportMark } from '../../../db/accounts/mark.ts'
import { accountsFileIn, openAccountsReader, openAccountsWriter } from '../../../db/accounts/open.ts'
import { indexSome } from '../../../db/accounts/pull/pull.ts'
import { mirrorRoot } from '../../../db/accounts/root.ts'
import { accountHash, canonicalAccount } from '../../../db/accounts/rows.ts'
import { type BadPlace, verifyAccounts } from '../../../db/accounts/verify.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { stateImport } from '../../../electron/backend/account/import/record.ts'
import { makeSampleAccounts } from '../../../electron/backend/setup/sample/accounts.ts'
import { BEFORE_ALL } from '../../../shared/account.ts'
import { newId } from '../../../shared/id.ts'
import { canonical } from '../../../shared/ledger/canonical.ts'
import { emptyDataDir, noJournal, sampleDataDir, TODAY } from '../../support/accounts-file.ts'
import { pageOf, putPage } from '../../support/central/accounts-page.ts'
import { accountId } from '../../support/central/central-shop.ts'
import { START_MS } from '../../support/clock.ts'
import { openTestTill } from '../../support/till.ts'

type Value = number | bigint | string | Buffer | null

function rootOf(dataDir: string): string {
  const reader = openAccountsReader(dataDir)
  const root = mirrorRoot(reader)
  reader.close()
  return root
}

/** Forty accounts that came by file, all of which central has then told of. */
async function pulledDataDir(): Promise<string> {
  const dataDir = await sampleDataDir(40)
  const gone = [1, 2, 3].map(no => ({ accountId: accountId(no), heirId: no === 1 ? accountId(9) : null }))
  putPage(dataDir, pageOf([...makeSampleAccounts({ seed: 1, accounts: 40, today: TODAY })], { gone }))
  const writer = openAccountsWriter(dataDir)
  while (writer.pullState()?.indexedTo !== null)
    indexSome(writer, { atMs: START_MS, newId: newId() }, noJournal)
  writer.close()
  return dataDir
}

/** A copy of the file after somebody has been at it, and what verifying it says. */
function placesAfter(dataDir: string, tamper: (file: Database.Database) => number): BadPlace[] | 'refused' {
  const root = rootOf(dataDir)
  const copy = emptyDataDir()
  copyFileSync(accountsFileIn(dataDir), accountsFileIn(copy))
  const file = new Database(accountsFileIn(copy))
  file.unsafeMode()
  file.function('find_terms', () => null)
  file.pragma('ignore_check_constraints = ON')
  file.pragma('foreign_keys = OFF')
  const changes = tamper(file)
  file.close()
  expect(changes).toBeGreaterThan(0)
  try {
    const reader = openAccountsReader(copy)
    const { badPlaces } = verifyAccounts(reader, () => root)
    reader.close()
    return badPlaces
  } catch (error) {
    if (error instanceof AccountsUnavailable) return 'refused'
    throw error
  }
}

function tablesOf(dataDir: string): { table: string; columns: string[] }[] {
  const file = new Database(accountsFileIn(dataDir), { readonly: true })
  const tables = file
    .prepare<[], string>(
      "SELECT name FROM pragma_table_list WHERE type IN ('table', 'shadow') AND schema = 'main'",
    )
    .pluck()
    .all()
    // Which accounts could not be read is a note, and is proved by nothing.
    .filter(table => table !== 'sqlite_schema' && table !== 'unread_account')
  const described = tables.map(table => ({
    table,
    columns: file.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table),
  }))
  file.close()
  return described
}

function changed(value: Value): Value {
  if (typeof value === 'number') return value + 1_000_000
  if (typeof value === 'bigint') return value + 1_000_000n
  if (typeof value === 'string') return `${value.slice(0, -1)}${value.endsWith('7') ? '8' : '7'}`
  if (value === null) return 1
  const bytes = Buffer.from(value)
  if (bytes.length === 0) return Buffer.from('a')
  const middle = bytes.length >> 1
  bytes[middle] = (bytes[middle] ?? 0) ^ 0x01
  return bytes
}

/** Nought becomes less than nought: no yes, and no more the no that it was. */
const below = (value: Value): Value => (typeof value === 'bigint' ? -1n - value : changed(value))

function changeOne(
  file: Database.Database,
  table: string,
  column: string,
  place: number,
  change = changed,
): number {
  const read = file
    .prepare<[number], Value>(`SELECT "${column}" FROM "${table}" ORDER BY 1 LIMIT 1 OFFSET ?`)
    .pluck()
  const value = read.safeIntegers().get(place)
  if (value === undefined) return -1
  return file
    .prepare(`UPDATE "${table}" SET "${column}" = ? WHERE "${column}" IS ? LIMIT 1`)
    .run(change(value), value).changes
}

describe('verifying the accounts file', () => {
  it('finds nothing wrong with a file that nobody touched', async () => {
    const dataDir = await sampleDataDir(300)
    const reader = openAccountsReader(dataDir)
    const verdict = verifyAccounts(reader, () => reader.importMark()?.root ?? null)
    expect(verdict.badPlaces).toEqual([])
    expect(verdict.accountCount).toBe(300)
    expect(verdict.itemCount).toBe(reader.itemCount())
    reader.close()
  })

  it('finds a change of any one column of any table, the find index included', async () => {
    const dataDir = await pulledDataDir()
    // Without this nothing below could fail.
    expect(placesAfter(dataDir, () => 1)).toEqual([])
    const tables = tablesOf(dataDir)
    expect(tables.map(({ table }) => table).sort()).toEqual([
      'account',
      'account_find_config',
      'account_find_data',
      'account_find_idx',
      'account_item',
      'former_account',
      'import_mark',
      'pull',
    ])
    for (const { table, columns } of tables) {
      for (const column of columns) {
        for (const change of [changed, below]) {
          const places = placesAfter(dataDir, file => changeOne(file, table, column, 0, change))
          expect(places, `${table}.${column}`).not.toEqual([])
        }
      }
    }
  })

  it('finds a deleted row and a cut tail of any table', async () => {
    const dataDir = await pulledDataDir()
    for (const { table } of tablesOf(dataDir)) {
      const one = placesAfter(dataDir, file => file.prepare(`DELETE FROM "${table}" LIMIT 1`).run().changes)
      expect(one, `one row of ${table}`).not.toEqual([])
      const tail = placesAfter(
        dataDir,
        file =>
          file.prepare(`DELETE FROM "${table}" LIMIT -1 OFFSET (SELECT count(*) / 2 FROM "${table}")`).run()
            .changes,
      )
      expect(tail, `tail of ${table}`).not.toEqual([])
    }
  })

  it('names the account whose balance was changed', async () => {
    const dataDir = await sampleDataDir(40)
    const places = placesAfter(
      dataDir,
      file =>
        file.prepare('UPDATE account_item SET open_cents = open_cents + 1 WHERE account_seq = 7').run()
          .changes,
    )
    const reader = openAccountsReader(dataDir)
    const number = reader.connection
      .prepare<[], string>('SELECT number FROM account WHERE seq = 7')
      .pluck()
      .get()
    reader.close()
    expect(places).toContainEqual(expect.objectContaining({ table: 'account', accountNumber: number }))
  })

  it('finds a change that was covered up with new hashes, by the root in the journal', async () => {
    const dataDir = await sampleDataDir(40)
    const [sample] = makeSampleAccounts({ seed: 1, accounts: 40, today: TODAY })
    if (sample === undefined) throw new Error('no sample account')
    const account = { ...sample.account, name: 'Somebody Else' }
    const places = placesAfter(
      dataDir,
      file =>
        file
          .prepare('UPDATE account SET name = ?, row_hash = ? WHERE number = ?')
          .run(
            account.name,
            accountHash(account, sample.items, { asOfPosition: BEFORE_ALL, pullNo: 0 }),
            account.number,
          ).changes,
    )
    expect(places).toContainEqual(expect.objectContaining({ found: 'root differs from the journal' }))
  })

  it('finds damaged pages and says so instead of stopping', async () => {
    const dataDir = await sampleDataDir(400)
    const root = rootOf(dataDir)
    const file = new Database(accountsFileIn(dataDir), { readonly: true })
    const page = file
      .prepare<[], number>("SELECT max(pageno) FROM dbstat WHERE name = 'account'")
      .pluck()
      .get()
    file.close()
    const handle = openSync(accountsFileIn(dataDir), 'r+')
    writeSync(handle, Buffer.alloc(4_096), 0, 4_096, ((page ?? 0) - 1) * 4_096)
    closeSync(handle)
    const reader = openAccountsReader(dataDir)
    expect(verifyAccounts(reader, () => root).badPlaces.length).toBeGreaterThan(0)
    reader.close()
  })

  it('names a row that holds what no such row can hold, and goes on', async () => {
    const dataDir = await sampleDataDir(40)
    const places = placesAfter(dataDir, file => {
      // What a page copied over another comes to: the table is as it was declared, and its rows are not.
      file.pragma('writable_schema = ON')
      file.exec(
        "UPDATE sqlite_schema SET sql = replace(sql, 'number TEXT NOT NULL', 'number TEXT') WHERE name = 'account'",
      )
      file.pragma('writable_schema = RESET')
      const { changes } = file.prepare('UPDATE account SET number = NULL WHERE seq = 7').run()
      file.pragma('writable_schema = ON')
      file.exec(
        "UPDATE sqlite_schema SET sql = replace(sql, 'number TEXT', 'number TEXT NOT NULL') WHERE name = 'account'",
      )
      return changes
    })
    expect(places).toContainEqual({
      table: 'account',
      accountNumber: 'null',
      column: null,
      found: 'holds what no such row can hold',
    })
  })

  it('accuses no till that takes a page of accounts meanwhile', async () => {
    const till = await openTestTill()
    let isTaken = false
    const report = await verifyLedger(till.dataDir, ({ phase }) => {
      if (isTaken || phase !== 'tables') return
      isTaken = true
      putPage(till.dataDir, pageOf([...makeSampleAccounts({ seed: 5, accounts: 40, today: TODAY })]))
      const writer = openAccountsWriter(till.dataDir)
      const state = (mark: ImportMark) => stateImport(till.backend, mark)
      while (writer.pullState()?.indexedTo !== null)
        indexSome(writer, { atMs: START_MS, newId: newId() }, state)
      writer.close()
    })
    expect(isTaken).toBe(true)
    expect(report.problems).toEqual([])
  })

  it('hashes the RFC 8785 text of an account', () => {
    for (const { account, items } of makeSampleAccounts({ seed: 3, accounts: 20, today: TODAY })) {
      const hashed = items.map(({ accountId: _, ...item }) => ({ ...item }))
      const reading = { asOfPosition: { epoch: 2, seq: 41 }, pullNo: 3 }
      expect(canonicalAccount(account, items, reading)).toBe(
        canonical({ ...account, items: hashed, ...reading }),
      )
    }
  })
})
