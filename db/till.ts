/** Opens the ledger file: pragmas, owner lock, version, a first look at its soundness. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { GENESIS_HASH, rowHash } from '../shared/ledger/chain.ts'
import { chainRowOf } from './journal.ts'
import { Ledger } from './ledger.ts'
import { LedgerUnavailable, ledgerProblemOf } from './ledger-errors.ts'
import { takeOwnerLock } from './owner-lock.ts'
import { APPLICATION_ID } from './schema.ts'
import { build } from './statement.ts'

export const LEDGER_FILE = 'ledger.sqlite'
const MIGRATIONS_DIR = new URL('./migrations/', import.meta.url)
/** How many of the last journal rows are checked at every start; `verify` checks them all. */
const TAIL_LENGTH = 200

export interface Till {
  ledger: Ledger
  dir: string
  close(): void
}

/** Migration steps in order; the position of a step is the schema version that it leads to. */
export function migrations(): string[] {
  return readdirSync(MIGRATIONS_DIR)
    .filter(name => name.endsWith('.sql'))
    .sort()
    .map(name => readFileSync(new URL(name, MIGRATIONS_DIR), 'utf8'))
}

/**
 * Opens the ledger in `dir`, creating it where there is none.
 * Refuses (LedgerUnavailable) a damaged, foreign, newer, read-only or held ledger, and never overwrites one.
 */
export function openTill(dir: string, options: { nowMs: number; newTillId: string; steps?: string[] }): Till {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    const lock = takeOwnerLock(dir, options.nowMs)
    try {
      const connection = openLedgerFile(join(dir, LEDGER_FILE), options.steps ?? migrations())
      return {
        ledger: new Ledger(connection, options.newTillId),
        dir,
        close: () => {
          connection.pragma('wal_checkpoint(TRUNCATE)')
          connection.close()
          lock.release()
        },
      }
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

/** A connection of its own for a worker thread, which can only read. */
export function openLedgerReadOnly(dir: string): Database.Database {
  const connection = new Database(join(dir, LEDGER_FILE), { readonly: true, fileMustExist: true })
  connection.pragma('query_only = 1')
  return connection
}

function openLedgerFile(path: string, steps: readonly string[]): Database.Database {
  const isNew = !existsSync(path) || statSync(path).size === 0
  // An old write-ahead log beside a missing ledger is money that nobody can see: never start afresh over it.
  if (isNew && existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0)
    throw new LedgerUnavailable('damaged', `${path} is missing but its write-ahead log is there`)
  if (!isNew) inspect(path, steps.length)
  const connection = new Database(path)
  try {
    setPragmas(connection)
    migrate(connection, path, steps)
    if (!isNew) checkTail(connection)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

function firstBytes(path: string): string {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(16)
    readSync(file, buffer, 0, 16, 0)
    return buffer.toString('latin1')
  } finally {
    closeSync(file)
  }
}

// Looks at a file that is there without writing a byte to it.
function inspect(path: string, known: number): void {
  const header = firstBytes(path)
  if (header !== 'SQLite format 3\0') throw new LedgerUnavailable('damaged', `${path} is not a database`)
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

function setPragmas(connection: Database.Database): void {
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  connection.pragma('busy_timeout = 5000')
  connection.pragma('trusted_schema = OFF')
  connection.pragma('cache_size = -65536')
}

function migrate(connection: Database.Database, path: string, steps: readonly string[]): void {
  const version = connection.pragma('user_version', { simple: true })
  if (typeof version !== 'number') throw new LedgerUnavailable('damaged', 'The schema version is unreadable')
  if (version === steps.length) return
  // The copy is named by version, so that a second try after a failed one does not overwrite the good copy.
  const copy = `${path}.before-${steps.length}`
  if (version > 0 && !existsSync(copy)) connection.prepare('VACUUM INTO ?').run(copy)
  connection.pragma('foreign_keys = OFF')
  connection.transaction(() => {
    for (const step of steps.slice(version)) connection.exec(step)
    connection.pragma(`application_id = ${APPLICATION_ID}`)
    connection.pragma(`user_version = ${steps.length}`)
  })()
  connection.pragma('foreign_keys = ON')
  connection.pragma('synchronous = FULL')
}

/** Refuses a ledger whose last rows do not chain: the cheapest sign of a torn or edited file. */
function checkTail(connection: Database.Database): void {
  const query = build
    .selectFrom('journal')
    .selectAll()
    .orderBy('epoch', 'desc')
    .orderBy('seq', 'desc')
    .limit(TAIL_LENGTH)
    .compile()
  const rows = connection
    .prepare<unknown[], Parameters<typeof chainRowOf>[0]>(query.sql)
    .all(...query.parameters)
  rows.reverse()
  let before: { epoch: number; hash: string } | undefined
  for (const stored of rows) {
    const { hash, ...row } = chainRowOf(stored)
    const startsEpoch = row.seq === 1
    const chained = startsEpoch ? row.prevHash === GENESIS_HASH : !before || before.hash === row.prevHash
    if (rowHash(row) !== hash || !chained)
      throw new LedgerUnavailable('damaged', `journal row ${row.epoch}/${row.seq} does not chain`)
    before = { epoch: row.epoch, hash }
  }
}
