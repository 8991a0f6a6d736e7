/**
 * The last thing the till knows to be on record, kept beside the ledger. A ledger file that was cut at a sound
 * place, replaced by an older one, or robbed of its write-ahead log is whole in itself and only too short:
 * nothing in it says so. The note does, before a number is used twice.
 */
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { isAfter } from '../../shared/ledger/journal-position.ts'
import type { Head } from '../ledger/writer.ts'
import { LedgerUnavailable } from './problem.ts'
import { asideOf, isThere } from './set-aside.ts'
import { placeOf } from './still-there.ts'

/** Written in place and always as long, so that keeping it needs no space on the disk. */
const NOTE_BYTES = 512

/** In which state a till left its ledger; empty where somebody else wrote into it. */
export interface Left {
  /** As `leftAs` names it. */
  file: string
  /** The end of the log, as `OpenLog.frame` names it. */
  log: string
  /** The log as a file, as `leftAs` names it. */
  logFile: string
}

/** In the place of the end of a log where this program had begun none, and somebody else did: no end is named so. */
export const OTHERS_LOG = 'of others'

export type Noted = Head & Left

export interface HighWaterMark {
  keep(head: Head): void
  /** At once. */
  write(): void
  close(): void
}

export function highWaterMarkPath(ledgerPath: string): string {
  return `${ledgerPath}.head`
}

/**
 * Opens the note for writing, of a ledger whose last row is `head`. It is not flushed, and written when the answer is on its
 * way: it follows a commit that was flushed, so it can be late but never early, and the customer does not wait for it. At
 * the end it is written once more, whatever became of it meanwhile.
 */
export function openHighWaterMark(ledgerPath: string, head: Head, left: () => Left): HighWaterMark {
  const path = highWaterMarkPath(ledgerPath)
  // One that is never written again would let an older ledger pass one day.
  let file = existsSync(path) ? openForWriting(path) : undefined
  const folder = placeOf(dirname(path))
  let latest = head
  let isWaiting = false
  const write = (): void => {
    isWaiting = false
    // Of an empty ledger there is nothing to lose.
    if (latest.seq === 0) return
    const noted = { ...latest, ...left() }
    try {
      // Wherever its folder has gone, the note goes along.
      if (file !== undefined && isLinked(file) && !saysMore(file, latest)) put(file, noted)
      if (file !== undefined && isAt(file, path)) return
      // Whoever took the name away took no note away, and what lies there now is somebody's.
      const isHere = placeOf(dirname(path)) === folder
      if (!isOurs(ledgerPath, latest, isHere)) return
      const made = madeAnew(path)
      put(made, noted)
      if (file !== undefined) closeSync(file)
      file = made
    } catch {
      // The receipt is on record already and must be acknowledged; an older note is still a true one.
    }
  }
  return {
    write,
    keep(next) {
      if (!isWaiting) setImmediate(write)
      isWaiting = true
      latest = next
    },
    close() {
      write()
      if (file !== undefined) closeSync(file)
      file = undefined
      // What is still waiting to be written writes nothing.
      latest = NOTHING
    },
  }
}

const NOTHING: Head = { tillId: '', epoch: 0, seq: 0, hash: '' }

function madeAnew(path: string): number {
  if (isThere(path)) renameSync(path, asideOf(path, Date.now()))
  return openSync(path, 'wx+', 0o600)
}

/** Whether an open file has a name anywhere. */
const isLinked = (file: number): boolean => fstatSync(file).nlink > 0

/** Whether another program has gone on since, and noted what is on record there. */
function saysMore(file: number, { tillId, epoch, seq }: Head): boolean {
  const bytes = Buffer.alloc(NOTE_BYTES)
  const there = noteIn(bytes.toString('utf8', 0, readSync(file, bytes, 0, NOTE_BYTES, 0)))
  return there?.tillId === tillId && isAfter(there, { epoch, seq })
}

/** Written in place, and always as long. */
function put(file: number, note: Noted): void {
  writeSync(file, `${JSON.stringify(note).padEnd(NOTE_BYTES - 1)}\n`, 0)
  ftruncateSync(file, NOTE_BYTES)
}

/**
 * Whether a note belongs under the name now: in the till's own folder where none of another till lies there, and in another
 * one where an earlier one of the same till does: a copy was put there, and its next start has to be told.
 */
function isOurs(ledgerPath: string, { tillId, epoch, seq }: Head, isHere: boolean): boolean {
  const there = noteAt(ledgerPath)
  if (there === undefined) return isHere
  return there.tillId === tillId && (isHere || isAfter({ epoch, seq }, there))
}

/** The note under a name; undefined for what is none. */
function noteAt(ledgerPath: string): Head | undefined {
  try {
    return readHighWaterMark(ledgerPath)
  } catch (error) {
    if (error instanceof LedgerUnavailable) return undefined
    throw error
  }
}

/** Whether an open file is the one of this name. */
function isAt(file: number, path: string): boolean {
  const [open, named] = [fstatSync(file), lstatSync(path, { throwIfNoEntry: false })]
  return named?.ino === open.ino && named.dev === open.dev
}

function openForWriting(path: string): number {
  // Written in place, and never through a link that somebody put there.
  const flags = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0)
  return openSync(path, flags, 0o600)
}

/**
 * What the note says; undefined where there is none, or a power cut left it unreadable. Refuses (LedgerUnavailable) what
 * stands in its place and is no file.
 */
export function readHighWaterMark(ledgerPath: string): Noted | undefined {
  const path = highWaterMarkPath(ledgerPath)
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found?.isFile() === false) throw new LedgerUnavailable('damaged', `${path} is no file`)
  if ((found?.size ?? 0) > NOTE_BYTES)
    throw new LedgerUnavailable('damaged', `${path} is larger than such a note`)
  if (!found) return undefined
  return noteIn(readFileSync(path, 'utf8'))
}

function noteIn(text: string): Noted | undefined {
  try {
    const note = JSON.parse(text) as Partial<Noted> | null
    const { tillId, epoch, seq, hash, file = '', log = '', logFile = '' } = note ?? {}
    if (typeof tillId !== 'string' || typeof hash !== 'string') return undefined
    return typeof epoch === 'number' && typeof seq === 'number'
      ? { tillId, epoch, seq, hash, file, log, logFile }
      : undefined
  } catch {
    return undefined
  }
}

/** What of the noted head is not in the journal, in words; undefined where all is well. */
export function missingFromJournal(connection: Database.Database, note: Head): string | undefined {
  const hash = connection
    .prepare<[number, number], string>('SELECT hash FROM journal WHERE epoch = ? AND seq = ?')
    .pluck()
    .get(note.epoch, note.seq)
  if (hash === note.hash) return undefined
  const place = `${note.epoch}/${note.seq}`
  return hash === undefined
    ? `the journal ends before ${place}, which was on record`
    : `journal row ${place} is not the one that was on record`
}
