/**
 * What the till knows of its line to central: where it is enrolled, what it has heard, what became of receipts.
 * It has a file of its own: none of it is money, all of it but the enrolment can be asked for again, and a push
 * never waits for the ledger's writer. Keys are not in it.
 */
import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { SyncStore } from './store.ts'

export const SYNC_FILE = 'sync.sqlite'

/** "TpSy" in ASCII: tells this file from every other SQLite database. */
const APPLICATION_ID = 0x54705379

/** Step by step; a step that was released is frozen, and a change is a new step. */
const STEPS = [
  `
CREATE TABLE enrolment (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  address TEXT NOT NULL,
  till_id TEXT NOT NULL,
  public_key TEXT NOT NULL,
  utility_name TEXT NOT NULL,
  enrolled_by TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT;
CREATE TABLE heard_position (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE TABLE receipt_state (
  receipt_id TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('acknowledged', 'posted', 'exception', 'reversed')),
  reference TEXT,
  reason TEXT,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_exception ON receipt_state (at) WHERE state = 'exception';
CREATE TABLE state_total (state TEXT PRIMARY KEY, receipts INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE cursor (feed TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE alarm (
  alarm_no INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  detail TEXT NOT NULL,
  at INTEGER NOT NULL,
  cleared_at INTEGER
) STRICT;
CREATE UNIQUE INDEX alarm_standing ON alarm (kind) WHERE cleared_at IS NULL;
CREATE TABLE last_error (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
`,
  // What the city keeps at central, as it was last told; not whole while something of it could not be taken over.
  `
CREATE TABLE city (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  body TEXT NOT NULL,
  is_whole INTEGER NOT NULL CHECK (is_whole IN (0, 1))
) STRICT;
`,
  `
CREATE TABLE sum_check (
  subject_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('session', 'deposit')),
  number TEXT NOT NULL,
  agrees INTEGER NOT NULL CHECK (agrees IN (0, 1)),
  differences TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
]

/** The file is sound, and not of this program or of a version of it that this one does not know. */
class NotOurs extends Error {
  override readonly name = 'NotOurs'
}

function isUseless(error: unknown): boolean {
  if (error instanceof NotOurs) return true
  return error instanceof Error && 'code' in error && /CORRUPT|NOTADB/.test(String(error.code))
}

/**
 * Opens the file in `dir`, or makes it. One that is damaged, or is not this program's, is put aside under another
 * name, and a standing alarm says so: payments go on, and the till has to be enrolled again. Throws what SQLite says
 * of a full or read-only disk.
 */
export function openSyncStore(dir: string, nowMs: number): SyncStore {
  const path = join(dir, SYNC_FILE)
  try {
    return new SyncStore(openFile(path))
  } catch (error) {
    if (!isUseless(error) || !existsSync(path)) throw error
    renameSync(path, `${path}.damaged-${nowMs}`)
    const store = new SyncStore(openFile(path))
    store.raise({ kind: 'store-damaged', epoch: 0, seq: 0, detail: `${path}.damaged-${nowMs}` }, nowMs)
    return store
  }
}

function openFile(path: string): Database.Database {
  const connection = new Database(path)
  try {
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = FULL')
    connection.pragma('trusted_schema = OFF')
    connection.transaction(() => migrate(connection, path)).immediate()
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

function migrate(connection: Database.Database, path: string): void {
  const version = Number(connection.pragma('user_version', { simple: true }))
  const id: unknown = connection.pragma('application_id', { simple: true })
  if (version > 0 && id !== APPLICATION_ID) throw new NotOurs(`${path} belongs to another program`)
  if (version > STEPS.length) throw new NotOurs(`${path} was written by a newer version of this program`)
  for (const step of STEPS.slice(version)) connection.exec(step)
  connection.pragma(`application_id = ${APPLICATION_ID}`)
  connection.pragma(`user_version = ${STEPS.length}`)
}
