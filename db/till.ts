/** Opens the ledger file: pragmas, owner lock, version, a first look at its soundness. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { GENESIS_HASH, rowHash } from '../shared/ledger/chain.ts'
import { schemaOf } from './compare.ts'
import { missingFromJournal, openHeadNote, readHeadNote } from './head-note.ts'
import { chainRowOf, newestFirst } from './journal.ts'
import { Ledger } from './ledger.ts'
import { LedgerUnavailable, ledgerProblemOf } from './ledger-errors.ts'
import { createLedgerFile, migrate, migrations } from './migrate.ts'
import { nativeHashText } from './native-hash.ts'
import { takeOwnerLock } from './owner-lock.ts'
import { APPLICATION_ID } from './schema.ts'

export const LEDGER_FILE = 'ledger.sqlite'
/** How many of the last journal rows are checked at every start; `verify` checks them all. */
const TAIL_LENGTH = 200

export interface Till {
  ledger: Ledger
  dir: string
  close(): void
}

/**
 * Opens the ledger in `dir`, creating it where there never was one.
 * Refuses (LedgerUnavailable) a damaged, foreign, newer, read-only or held ledger, one that is missing or
 * shorter than it was, and never overwrites one.
 */
export function openTill(dir: string, options: { nowMs: number; newTillId: string; steps?: string[] }): Till {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    const lock = takeOwnerLock(dir, options.nowMs)
    try {
      const path = join(dir, LEDGER_FILE)
      const connection = openLedgerFile(path, options.steps ?? migrations())
      const ledger = new Ledger(connection, options.newTillId)
      const note = openHeadNote(path)
      ledger.onCommit(() => note.keep(ledger.head))
      return { ledger, dir, close: () => closeAll(connection, [() => note.close(), () => lock.release()]) }
    } catch (error) {
      lock.release()
      throw error
    }
  } catch (error) {
    if (error instanceof LedgerUnavailable) throw error
    const problem = ledgerProblemOf(error)
    if (problem) throw new LedgerUnavailable(problem, dir, { cause: error })
    throw error
  }
}

/** The rest is closed whatever happens: a full disk must not keep the lock. */
function closeAll(connection: Database.Database, others: readonly (() => void)[]): void {
  try {
    connection.pragma('wal_checkpoint(TRUNCATE)')
  } catch (error) {
    // What could not be moved into the file stays in the log, as durable as before.
    if (!ledgerProblemOf(error)) throw error
  } finally {
    connection.close()
    for (const close of others) close()
  }
}

/** A connection of its own for a worker thread, which can only read. Refuses (LedgerUnavailable) a missing file. */
export function openLedgerReadOnly(dir: string): Database.Database {
  const path = join(dir, LEDGER_FILE)
  if (!existsSync(path)) throw new LedgerUnavailable('damaged', `there is no ledger at ${path}`)
  const connection = new Database(path, { readonly: true, fileMustExist: true })
  connection.pragma('query_only = 1')
  return connection
}

function openLedgerFile(path: string, steps: readonly string[]): Database.Database {
  if (!existsSync(path)) {
    refuseLostLedger(path)
    createLedgerFile(path, steps)
  }
  inspect(path, steps.length)
  // SQLite opens such a file all the same, and would refuse only when money is on the counter.
  accessSync(path, constants.W_OK)
  const connection = new Database(path, { fileMustExist: true })
  try {
    setPragmas(connection)
    migrate(connection, path, steps)
    checkObjects(connection, steps)
    checkTail(connection)
    const note = readHeadNote(path)
    const missing = note && missingFromJournal(connection, note)
    if (missing) throw new LedgerUnavailable('damaged', missing)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

const hasBytes = (path: string): boolean => existsSync(path) && statSync(path).size > 0

// A ledger that was here and is gone is money that nobody can see: never start afresh in its place.
function refuseLostLedger(path: string): void {
  if (hasBytes(`${path}-wal`))
    throw new LedgerUnavailable('damaged', `${path} is missing but its write-ahead log is there`)
  const note = readHeadNote(path)
  if (note)
    throw new LedgerUnavailable('damaged', `${path} is missing; it had ${note.epoch}/${note.seq} on record`)
}

const HEADER_BYTES = 100
const LARGEST_PAGE = 65_536

// Looks at a file that is there without writing a byte to it.
function inspect(path: string, known: number): void {
  checkHeader(path)
  const connection = new Database(path, { readonly: true, fileMustExist: true })
  try {
    const id: unknown = connection.pragma('application_id', { simple: true })
    if (id !== APPLICATION_ID) throw new LedgerUnavailable('foreign', `${path} belongs to another program`)
    const version: unknown = connection.pragma('user_version', { simple: true })
    if (typeof version === 'number' && version > known)
      throw new LedgerUnavailable('newer', `${path} has schema ${version}, this program knows ${known}`)
    connection.prepare('SELECT count(*) FROM sqlite_master').get()
  } finally {
    connection.close()
  }
}

/** Reads the first bytes without SQLite, which would take an empty file for a new database. */
function checkHeader(path: string): void {
  const header = Buffer.alloc(HEADER_BYTES)
  const file = openSync(path, 'r')
  try {
    const length = readSync(file, header, 0, HEADER_BYTES, 0)
    if (length < HEADER_BYTES || header.toString('latin1', 0, 16) !== 'SQLite format 3\0')
      throw new LedgerUnavailable('damaged', `${path} is not a database`)
    const pageBytes = header.readUInt16BE(16) === 1 ? LARGEST_PAGE : header.readUInt16BE(16)
    const wanted = pageBytes * header.readUInt32BE(28)
    // Pages that are still in the write-ahead log are missing from the file and are not a cut tail.
    if (fstatSync(file).size < wanted && !hasBytes(`${path}-wal`))
      throw new LedgerUnavailable('damaged', `${path} is shorter than it says: its end is missing`)
  } finally {
    closeSync(file)
  }
}

function setPragmas(connection: Database.Database): void {
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  connection.pragma('busy_timeout = 5000')
  connection.pragma('trusted_schema = OFF')
  connection.pragma('cache_size = -65536')
}

/** Refuses a ledger that lacks a table, an index or a trigger; whether each is as it was made, `verify` says. */
function checkObjects(connection: Database.Database, steps: readonly string[]): void {
  const fresh = new Database(':memory:')
  try {
    for (const step of steps) fresh.exec(step)
    const there = schemaOf(connection)
    for (const name of schemaOf(fresh).keys())
      if (!there.has(name)) throw new LedgerUnavailable('damaged', `${name} is missing from the ledger`)
  } finally {
    fresh.close()
  }
}

/** Refuses a ledger whose last rows do not chain: the cheapest sign of a torn or edited file. */
function checkTail(connection: Database.Database): void {
  const query = newestFirst.limit(TAIL_LENGTH).compile()
  const rows = connection
    .prepare<unknown[], Parameters<typeof chainRowOf>[0]>(query.sql)
    .all(...query.parameters)
  rows.reverse()
  let before: string | undefined
  for (const stored of rows) {
    const { hash, ...row } = chainRowOf(stored)
    const startsEpoch = row.seq === 1
    const chained = startsEpoch
      ? row.prevHash === GENESIS_HASH
      : before === undefined || before === row.prevHash
    if (rowHash(row, nativeHashText) !== hash || !chained)
      throw new LedgerUnavailable('damaged', `journal row ${row.epoch}/${row.seq} does not chain`)
    before = hash
  }
}
