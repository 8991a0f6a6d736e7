/**
 * What the till has heard on its line to central: how far it has come, what became of receipts.
 * It has a file of its own: none of it is money, all of it can be asked for again, and a push
 * never waits for the ledger's writer. Keys are not in it.
 */
import { join } from 'node:path'
import { openOrSetAside } from '../file/sqlite-file.ts'
import { SyncStore } from './store.ts'

export const SYNC_FILE = 'sync.sqlite'

/** "TpSy" in ASCII: tells this file from every other SQLite database. */
const APPLICATION_ID = 0x54705379

/** Step by step; a step that was released is frozen, and a change is a new step. */
const STEPS = [
  `
-- Whose answers these are: where this till is enrolled, the journal says.
CREATE TABLE answered_by (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  address TEXT NOT NULL,
  public_key TEXT NOT NULL
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
-- What the city keeps at central, as it was last told; not whole while something of it could not be taken over.
CREATE TABLE city (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  body TEXT NOT NULL,
  is_whole INTEGER NOT NULL CHECK (is_whole IN (0, 1))
) STRICT;
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

/**
 * Opens the file in `dir`, or makes it. One that is damaged, newer, or a stranger's is set aside under another
 * name, and a standing alarm says so: payments go on, and all is asked of central again. Throws what SQLite says
 * of a full or read-only disk.
 */
export function openSyncStore(dir: string, nowMs: number): SyncStore {
  const path = join(dir, SYNC_FILE)
  const { connection, setAside } = openOrSetAside(
    path,
    { applicationId: APPLICATION_ID, steps: STEPS },
    nowMs,
  )
  const store = new SyncStore(connection)
  if (setAside !== null) store.raise({ kind: 'store-damaged', epoch: 0, seq: 0, detail: setAside }, nowMs)
  return store
}
