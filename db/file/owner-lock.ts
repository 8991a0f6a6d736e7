/** One program per ledger. The lock is the operating system's, so it goes when its holder goes, however that ends. */
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  truncateSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { refuseNoFile } from './plain-file.ts'
import { type Holder, LedgerUnavailable, ledgerProblemOf } from './problem.ts'
import { asideOf } from './set-aside.ts'
import { writeWhole } from './whole-file.ts'

export const OWNER_LOCK = 'owner.lock'
/** Beside the lock: who holds it. */
export const OWNER_NOTE = 'owner.json'

export interface OwnerLock {
  release(): void
}

/**
 * Takes the data folder for this process, or refuses with who holds it and since when.
 * An exclusive SQLite transaction on a small file is a portable advisory lock; the file beside it says who.
 */
export function takeOwnerLock(dir: string, nowMs: number): OwnerLock {
  const release = heldFile(dir, nowMs)
  try {
    const holder: Holder = { processId: process.pid, sinceMs: nowMs }
    const note = join(dir, OWNER_NOTE)
    refuseNoFile(note)
    // Every note of ours can be read; what cannot is somebody's, and is kept beside it.
    if (sizeOf(note) > 0 && !readHolder(dir)) renameSync(note, asideOf(note, nowMs))
    writeWhole(note, JSON.stringify(holder))
  } catch (error) {
    // A lock kept by a program that never opened the ledger would shut out the next one.
    release()
    throw error
  }
  return { release }
}

function heldFile(dir: string, nowMs: number): () => void {
  const path = join(dir, OWNER_LOCK)
  refuseNoFile(path)
  // Nothing of ours is ever stored in this file; what somebody else put there is kept beside it. It is emptied in place:
  // a new file would have a lock of its own beside one that somebody may hold.
  if (sizeOf(path) > 0) {
    copyFileSync(path, asideOf(path, nowMs))
    truncateSync(path, 0)
  }
  try {
    return holdFile(path)
  } catch (error) {
    if (ledgerProblemOf(error) !== 'in-use') throw error
    throw new LedgerUnavailable('in-use', dir, { holder: readHolder(dir), cause: error })
  }
}

const sizeOf = (path: string): number => lstatSync(path, { throwIfNoEntry: false })?.size ?? 0

/** A rollback journal in which SQLite has begun its header, and nothing more: one sector that begins with twelve zeros. */
const BEGUN_BYTES = 512
const ZEROS = Buffer.alloc(12)

/** Whether SQLite made it, or whoever holds the file beside it has just taken it away. */
function isBegunOrGone(path: string): boolean {
  const size = sizeOf(path)
  if (size !== BEGUN_BYTES) return size === 0
  try {
    const begun = readFileSync(path).subarray(0, ZEROS.length)
    // Whoever holds the file may have taken this journal away by now, and made the next one, still empty.
    return begun.equals(ZEROS.subarray(0, begun.length))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true
    throw error
  }
}

/**
 * Holds a file, in which nothing ever is, for this process until it is let go of, or the process ends. Throws SQLITE_BUSY
 * where another holds it, and refuses (LedgerUnavailable) what somebody else has put there.
 */
export function holdFile(path: string): () => void {
  // SQLite opens what lies beside it under these names too.
  for (const end of ['', '-journal', '-wal', '-shm']) refuseNoFile(path + end)
  // Of ours nothing is in it, and beside it only what SQLite leaves after a kill: it would take anybody's file away.
  for (const end of ['', '-wal', '-shm', '-journal'])
    if (end === '-journal' ? !isBegunOrGone(path + end) : sizeOf(path + end) > 0)
      throw new LedgerUnavailable('foreign', `${path}${end} is no file of this program. Take it away.`)
  const file = lock(path)
  return () => {
    file.exec('ROLLBACK')
    file.close()
  }
}

const MEETING_MS = 50

function lock(path: string): Database.Database {
  // Where SQLite may not write it opens to read, and an exclusive transaction locks nothing.
  if (existsSync(path)) accessSync(path, constants.W_OK)
  // Two that begin at one moment would each refuse the other: whoever waits a little lets one of them through.
  const file = new Database(path, { timeout: MEETING_MS })
  try {
    file.pragma('journal_mode = DELETE')
    file.exec('BEGIN EXCLUSIVE')
    return file
  } catch (error) {
    file.close()
    throw error
  }
}

function readHolder(dir: string): Holder | undefined {
  try {
    const note: unknown = JSON.parse(readFileSync(join(dir, OWNER_NOTE), 'utf8'))
    if (typeof note !== 'object' || note === null) return undefined
    const { processId, sinceMs } = note as Partial<Holder>
    return typeof processId === 'number' && typeof sinceMs === 'number' ? { processId, sinceMs } : undefined
  } catch {
    // The holder may be between taking the lock and writing the note; the refusal stands without a name.
    return undefined
  }
}
