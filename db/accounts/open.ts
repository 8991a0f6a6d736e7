/** Opening the accounts file: only ours, only whole, never over a damaged one. */
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { AccountsUnavailable, namingProblems } from './errors.ts'
import { findTerms } from './find-terms.ts'
import { AccountsReader } from './reader.ts'
import { readPhones } from './rows.ts'
import { APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION } from './schema.ts'
import { AccountsWriter } from './writer.ts'

/** Where the accounts of a data folder are. */
export function accountsFileIn(dataDir: string): string {
  return join(dataDir, 'accounts.sqlite')
}

/**
 * Opens the accounts for reading. Throws `AccountsUnavailable` where the file is missing, damaged, not
 * ours, newer than this program, or may not be read.
 */
export function openAccountsReader(dataDir: string): AccountsReader {
  const file = accountsFileIn(dataDir)
  return new AccountsReader(openChecked(file, { readonly: true, timeout: 2_000 }))
}

/**
 * Opens the accounts for an import, and makes an empty file first where there is none. An existing file
 * that is damaged, not ours or newer is refused (`AccountsUnavailable`) and left as it is.
 */
export function openAccountsWriter(dataDir: string): AccountsWriter {
  const file = accountsFileIn(dataDir)
  ensureAccountsFile(dataDir)
  const connection = openChecked(file, { timeout: 0 })
  return namingProblems(file, () => {
    connection.pragma('cache_size = -262144')
    connection.pragma('foreign_keys = ON')
    if (connection.pragma('synchronous', { simple: true }) !== 2)
      throw new AccountsUnavailable('not-durable', file)
    return new AccountsWriter(connection)
  })
}

/** Makes an empty accounts file where there is none; an existing file is not touched. */
export function ensureAccountsFile(dataDir: string): void {
  const file = accountsFileIn(dataDir)
  if (existsSync(file)) return
  namingProblems(file, () => {
    // Made under another name first: after a power cut there is a whole file or none.
    const draft = `${file}.new`
    for (const end of ['', '-wal', '-shm']) rmSync(draft + end, { force: true })
    const connection = new Database(draft)
    setUp(connection)
    connection.close()
    flush(draft)
    renameSync(draft, file)
  })
}

/** Removes the accounts of a till that was never set up: no fact speaks of them. */
export function removeAccountsFile(dataDir: string): void {
  const file = accountsFileIn(dataDir)
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
}

function setUp(connection: Database.Database): void {
  registerFindTerms(connection)
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.transaction(() => {
    for (const step of MIGRATIONS) connection.exec(step)
    connection.pragma(`application_id = ${APPLICATION_ID}`)
    connection.pragma(`user_version = ${SCHEMA_VERSION}`)
  })()
}

function flush(file: string): void {
  const handle = openSync(file, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}

function registerFindTerms(connection: Database.Database): void {
  connection.function(
    'find_terms',
    { deterministic: true },
    (number: string, name: string, address: string, phones: string) =>
      findTerms({ number, name, address, phones: readPhones(phones) }),
  )
}

function openChecked(file: string, options: Database.Options): Database.Database {
  return namingProblems(file, () => {
    checkHeader(file)
    const connection = new Database(file, { ...options, fileMustExist: true })
    try {
      registerFindTerms(connection)
      connection.pragma('synchronous = FULL')
      checkIdentity(connection, file)
      checkTables(connection, file)
      return connection
    } catch (error) {
      connection.close()
      throw error
    }
  })
}

/** Reads the first bytes without SQLite, which would take an empty file for a new database. */
function checkHeader(file: string): void {
  if (!existsSync(file)) throw new AccountsUnavailable('missing', file)
  const header = Buffer.alloc(100)
  const handle = openSync(file, 'r')
  const size = fstatSync(handle).size
  const length = readSync(handle, header, 0, header.length, 0)
  closeSync(handle)
  if (header.every(byte => byte === 0)) throw new AccountsUnavailable('damaged', file)
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\u0000')
    throw new AccountsUnavailable('foreign', file)
  if (length < header.length) throw new AccountsUnavailable('damaged', file)
  if (header.readUInt32BE(68) !== APPLICATION_ID) throw new AccountsUnavailable('foreign', file)
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
  // Pages that are still in the write-ahead log are missing from the file and are not a cut tail.
  const isCut = size < pageBytes * header.readUInt32BE(28) && !existsSync(`${file}-wal`)
  if (isCut) throw new AccountsUnavailable('damaged', file)
}

function checkIdentity(connection: Database.Database, file: string): void {
  const version = Number(connection.pragma('user_version', { simple: true }))
  if (version > SCHEMA_VERSION) throw new AccountsUnavailable('newer', file)
  if (version < SCHEMA_VERSION) throw new AccountsUnavailable('damaged', file)
}

/** The tables, indexes and views of a file, as text that can be compared. */
function schemaText(connection: Database.Database): string {
  const rows = connection
    .prepare<[], { name: string; sql: string | null }>(
      'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name',
    )
    .all()
  return JSON.stringify(rows)
}

let expectedSchema: string | undefined

function checkTables(connection: Database.Database, file: string): void {
  if (expectedSchema === undefined) {
    const fresh = new Database(':memory:')
    setUp(fresh)
    expectedSchema = schemaText(fresh)
    fresh.close()
  }
  if (schemaText(connection) !== expectedSchema) throw new AccountsUnavailable('damaged', file)
}
