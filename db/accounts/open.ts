/** Opening the accounts file: only ours, only whole, never over a damaged one. */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { connect, createFile, type FileFormat, fileFault, takeSteps } from '../file/sqlite-file.ts'
import { AccountsUnavailable, namingProblems } from './errors.ts'
import { findTerms } from './find-terms.ts'
import { AccountsReader } from './reader.ts'
import { readPhones } from './rows.ts'
import { APPLICATION_ID, STEPS } from './schema.ts'
import { AccountsWriter } from './writer.ts'

export const ACCOUNTS_FILE = 'accounts.sqlite'

/** Where the accounts of a data folder are. */
export function accountsFileIn(dataDir: string): string {
  return join(dataDir, ACCOUNTS_FILE)
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
    createFile(file, FORMAT)
  })
}

/** Removes the accounts of a till that was never set up: no fact speaks of them. A stranger's file stays. */
export function removeAccountsFile(dataDir: string): void {
  const file = accountsFileIn(dataDir)
  if (fileFault(file, FORMAT)) return
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
}

const FORMAT: FileFormat = {
  applicationId: APPLICATION_ID,
  steps: STEPS,
  prepare: registerFindTerms,
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
    checkFile(file)
    const connection = connect(file, options)
    try {
      registerFindTerms(connection)
      connection.pragma('synchronous = FULL')
      checkTables(connection, file)
      return connection
    } catch (error) {
      connection.close()
      throw error
    }
  })
}

/** Refuses what is not ours, or not of this version: accounts are read again rather than brought up to date. */
function checkFile(file: string): void {
  const fault = fileFault(file, FORMAT)
  if (fault !== undefined) throw new AccountsUnavailable(fault.problem, file)
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
    registerFindTerms(fresh)
    takeSteps(fresh, 0, FORMAT)
    expectedSchema = schemaText(fresh)
    fresh.close()
  }
  if (schemaText(connection) !== expectedSchema) throw new AccountsUnavailable('damaged', file)
}
