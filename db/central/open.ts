/** Opens central's database: PostgreSQL, PGlite for a demonstration, or SQLite in memory for the simulation. */
import { chmodSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import Database from 'better-sqlite3'
import { Kysely, PGliteDialect, PostgresDialect, SqliteDialect, sql } from 'kysely'
import pg from 'pg'
import { makeFolder } from '../file/make-folder.ts'
import { takeOwnerLock } from '../file/owner-lock.ts'
import { LedgerUnavailable, ledgerProblemOf } from '../file/problem.ts'
import { asideOf, isThere } from '../file/set-aside.ts'
import type { CentralDb, CentralTx } from './connection.ts'
import { centralSteps, migrateCentral } from './migrate.ts'
import type { CentralTables } from './schema.ts'

const INT8 = 20
const STATEMENT_MS = 60_000
/** A program that died inside its transaction must not keep a till's row locked. */
const IDLE_MS = 30_000

/** Every amount and number of ours is a safe integer, as the till's are. Refuses one that is not. */
function wholeNumber(text: string): number {
  const value = Number.parseInt(text, 10)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} cannot be counted one by one`)
  return value
}

/** PostgreSQL 15 or later, brought to this program's schema. `onLost` hears of connections that broke while idle. */
export async function openPostgres(
  url: string,
  {
    connections = 10,
    onLost = () => undefined,
  }: { connections?: number; onLost?: (error: Error) => void } = {},
): Promise<CentralDb> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: IDLE_MS,
    connectionTimeoutMillis: 10_000,
    types: {
      getTypeParser: (oid, format) =>
        oid === INT8 && format !== 'binary' ? wholeNumber : pg.types.getTypeParser(oid, format),
    },
  })
  pool.on('error', onLost)
  // A connection that breaks in the middle of a transaction says so twice: to the query, and to whoever listens here.
  pool.on('connect', client => client.on('error', onLost))
  const kysely = new Kysely<CentralTables>({ dialect: new PostgresDialect({ pool }) })
  return migrated({ kysely, flavour: 'postgres', demonstration: false, close: () => kysely.destroy() })
}

/**
 * PGlite in a folder that is locked against a second program. It writes without flushing: for demonstrations,
 * never for money. Refuses (LedgerUnavailable) a folder that somebody else holds, and one that cannot be used.
 */
export async function openDemonstration(dir: string, nowMs: number): Promise<CentralDb> {
  makeFolder(dir)
  const lock = takeOwnerLock(dir, nowMs)
  try {
    const pglite = await openedPglite(dir, nowMs)
    const kysely = new Kysely<CentralTables>({ dialect: new PGliteDialect({ pglite }) })
    const close = async (): Promise<void> => {
      await kysely.destroy()
      lock.release()
    }
    return await migrated({ kysely, flavour: 'postgres', demonstration: true, close })
  } catch (error) {
    lock.release()
    throw error
  }
}

/**
 * Made under another name first, since it is put down file by file: what has its name is whole. The library makes its files
 * for everybody to write, whatever it is told, and its folder keeps them.
 */
async function openedPglite(dir: string, nowMs: number): Promise<PGlite> {
  const [path, draft] = [join(dir, 'pglite'), join(dir, 'pglite.new')]
  try {
    if (!existsSync(join(path, 'PG_VERSION'))) {
      if (isThere(draft)) renameSync(draft, asideOf(draft, nowMs))
      mkdirSync(draft, { mode: 0o700 })
      await (await PGlite.create(draft)).close()
      renameSync(draft, path)
    }
    chmodSync(path, 0o700)
    return await PGlite.create(path)
  } catch (error) {
    // The library throws what is no error and says nothing.
    const why =
      error instanceof Error
        ? error.message
        : 'the library cannot read or write it; is there room on the disk?'
    const problem = ledgerProblemOf(error) ?? 'damaged'
    throw new LedgerUnavailable(problem, `${path} cannot be used: ${why}`, { cause: error })
  }
}

/** SQLite in memory, or over a copy of such a database: quick enough to live through thousands of seeds. */
export async function openMemory(copy?: Buffer): Promise<CentralDb & { connection: Database.Database }> {
  const connection = new Database(copy ?? ':memory:')
  const kysely = new Kysely<CentralTables>({ dialect: new SqliteDialect({ database: connection }) })
  const db = { kysely, flavour: 'sqlite' as const, demonstration: true, close: () => kysely.destroy() }
  return { ...(await migrated(db)), connection }
}

async function migrated(db: CentralDb): Promise<CentralDb> {
  try {
    await migrateCentral(db, centralSteps())
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}

/**
 * Runs work in one transaction; it is committed, flushed to disk, before the answer. `snapshot` gives all of its
 * reads one moment.
 */
export function inTransaction<T>(
  db: CentralDb,
  work: (tx: CentralTx) => Promise<T>,
  { snapshot = false }: { snapshot?: boolean } = {},
): Promise<T> {
  const transaction = db.kysely.transaction()
  const isolated = snapshot ? transaction.setIsolationLevel('repeatable read') : transaction
  return isolated.execute(async query => {
    // Whatever the server's own setting is: an answer that a till believes must survive a power cut.
    if (db.flavour === 'postgres' && !snapshot) await sql`SET LOCAL synchronous_commit = on`.execute(query)
    return work({ query, flavour: db.flavour })
  })
}
