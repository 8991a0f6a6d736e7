/**
 * Which log belongs to which file. SQLite takes any log for that of the file beside which it lies, and makes one out of both;
 * what a file system says of them comes back with a backup. So the first page bears a mark: another one is drawn in the log,
 * and stamped upon the file, right before the log is moved, and the next log begins with the one after it.
 */
import { randomInt } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { hasBytes, headerOf, userVersionOf, versionOf } from './sqlite-file.ts'
import { leftAs } from './still-there.ts'

/** The schema's version stands in the lowest eight bits of the same number. */
const MARK_BEGINS = 0x100
const MARKS = 0x1000000

const markIn = (userVersion: number): number => Math.floor((userVersion >>> 0) / MARK_BEGINS)
const next = (mark: number): number => (mark + 1) % MARKS

/** In a transaction of its own. */
function setMark(connection: Database.Database, mark: number): void {
  // Above 2 ** 31 it would be read as below zero.
  connection.pragma(`user_version = ${(mark * MARK_BEGINS + versionOf(connection)) | 0}`)
}

/** A mark that no other state of this file, nor of a copy of it, has. */
export const drawMark = (connection: Database.Database): void => setMark(connection, randomInt(MARKS))

/** Begins a log with the mark that follows that of the file. */
export const beginLog = (connection: Database.Database): void =>
  setMark(connection, next(markIn(userVersionOf(connection))))

/**
 * `doubtful`: somebody else may have moved the log, and nobody knows how far. `unmarked`: another file's, or begun by a program
 * that draws no marks.
 */
export type LogOwner = 'no log' | 'this file' | 'doubtful' | 'unmarked' | 'another file'

export interface FoundLog {
  owner: LogOwner
  /** What SQLite reads of it last, as `OpenLog.frame` names it; empty where it reads nothing. */
  end: string
  /** The file that it is, as `leftAs` names it. */
  left: string
}

/** Whose the log beside a file is that this program does not have open yet, and where it ends. */
export function logBeside(path: string): FoundLog {
  const log = `${path}-wal`
  if (!hasBytes(log)) return { owner: 'no log', end: '', left: '' }
  const { marks, end } = readLog(log)
  return { owner: ownerOf(path, marks), end, left: leftAs(log) }
}

function ownerOf(path: string, marks: readonly (number | null)[]): LogOwner {
  const header = headerOf(path)
  if (header === undefined) return 'this file'
  const [begins] = marks
  if (begins === undefined) return 'no log'
  // A copy that SQLite made has its pages elsewhere, and no log yet.
  if (header[WRITES_BY] !== BY_LOG) return 'another file'
  const mark = markIn(header.readUInt32BE(USER_VERSION_AT))
  if (begins === next(mark) || drawnIn(marks).includes(mark)) return 'this file'
  if (marks.includes(mark)) return 'doubtful'
  return begins === null ? 'unmarked' : 'another file'
}

/** Marks that were drawn for a move: all but the first, and those under which the log went on. */
const drawnIn = (marks: readonly (number | null)[]): (number | null)[] =>
  marks.filter((mark, at) => {
    const before = marks[at - 1]
    return before !== undefined && before !== null && before !== mark && mark !== next(before)
  })

/**
 * Writes the mark that stands in the log into the file itself: once a page of the log is moved, no earlier log is the file's.
 * `file` was opened before any connection, and is closed after all of them: closing it lets go of the locks of all.
 */
export function stampMark(connection: Database.Database, file: number): void {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(userVersionOf(connection))
  writeSync(file, bytes, 0, bytes.length, USER_VERSION_AT)
  fsyncSync(file)
}

/**
 * Gives a copy that SQLite made, and that has no log, the form of a file with one, and a mark of its own, in one small write: a journal
 * of the kind that SQLite would leave beside it could be anybody's. `file` as with `stampMark`. Refused by SQLite while somebody
 * else reads it, and where `mayWrite` throws.
 */
export function formForLog(connection: Database.Database, file: number, mayWrite: () => void): void {
  const pageCount = connection.prepare<[], number>('PRAGMA page_count').pluck()
  connection.exec('BEGIN EXCLUSIVE')
  try {
    // From here on nobody can commit.
    mayWrite()
    const head = bytesAt(file, 0, HEAD_BYTES)
    head[WRITES_BY] = BY_LOG
    head[READS_BY] = BY_LOG
    // Whoever has a page in its memory looks at it anew.
    const changes = (head.readUInt32BE(CHANGES_AT) + 1) >>> 0
    for (const at of [CHANGES_AT, VALID_FOR_AT]) head.writeUInt32BE(changes, at)
    // The size that stands there counts from now on, and a program of long ago may have left another.
    head.writeUInt32BE(pageCount.get() ?? head.readUInt32BE(PAGES_AT), PAGES_AT)
    const version = head.readUInt32BE(USER_VERSION_AT) % MARK_BEGINS
    head.writeUInt32BE(randomInt(MARKS) * MARK_BEGINS + version, USER_VERSION_AT)
    writeSync(file, head, WRITES_BY, HEAD_BYTES - WRITES_BY, WRITES_BY)
    fsyncSync(file)
  } finally {
    connection.exec('ROLLBACK')
  }
}

/** sqlite.org/fileformat */
const HEAD_BYTES = 100
const READS_BY = 19
const CHANGES_AT = 24
const VALID_FOR_AT = 92
const PAGES_AT = 28
const WRITES_BY = 18
const BY_LOG = 2
const USER_VERSION_AT = 60
/** sqlite.org/walformat */
const LOG_HEADER = 32
const FRAME_HEADER = 24

/** A log that is kept open: its end is looked at twice for each receipt. */
export class OpenLog {
  readonly #file: number
  readonly #header = Buffer.alloc(FRAME_HEADER)
  #pageBytes = 0

  constructor(path: string) {
    this.#file = openSync(path, 'r')
  }

  /**
   * The salts and sums of a frame, hex: they follow from every byte before it, though whoever wants to makes other bytes with
   * the same. The frames are counted from 1; empty where there is none.
   */
  frame(no: number): string {
    if (no < 1) return ''
    // Of one log that never changes; of an empty one nothing can be told yet.
    if (this.#pageBytes === 0) this.#pageBytes = bytesAt(this.#file, 8, 4).readUInt32BE()
    const at = LOG_HEADER + (no - 1) * (FRAME_HEADER + this.#pageBytes)
    return readSync(this.#file, this.#header, 0, FRAME_HEADER, at) === FRAME_HEADER ? endOf(this.#header) : ''
  }

  close(): void {
    closeSync(this.#file)
  }
}

const endOf = (frame: Buffer): string => frame.toString('hex', 8, FRAME_HEADER)

interface ReadLog {
  /** In its first pages, in their order, the first null where it does not begin with one; none where SQLite reads nothing. */
  marks: (number | null)[]
  end: string
}

function readLog(path: string): ReadLog {
  const log = openSync(path, 'r')
  try {
    const header = bytesAt(log, 0, LOG_HEADER)
    const isBig = (header.readUInt32BE(0) & 1) === 1
    const pageBytes = header.readUInt32BE(8)
    const step = FRAME_HEADER + pageBytes
    let sums = summed([0, 0], header.subarray(0, 24), isBig)
    // After a power cut there may be nothing but zeros, which add up.
    const isLog = (header.readUInt32BE(0) & ~1) === LOG_BEGINS && pageBytes <= MOST_PAGE
    if (!isLog || !isSummed(sums, header, 24)) return { marks: [], end: '' }
    const { size } = fstatSync(log)
    const marks: (number | null)[] = []
    let end = ''
    for (let at = LOG_HEADER; at + step <= size; at += step) {
      const frame = bytesAt(log, at, step)
      sums = summed(summed(sums, frame.subarray(0, 8), isBig), frame.subarray(FRAME_HEADER), isBig)
      // Behind the last whole frame lie those of an earlier log, or a half of one.
      if (!frame.subarray(8, 16).equals(header.subarray(16, 24)) || !isSummed(sums, frame, 16)) break
      if (frame.readUInt32BE(0) === 1) marks.push(markIn(frame.readUInt32BE(FRAME_HEADER + USER_VERSION_AT)))
      else if (marks.length === 0) marks.push(null)
      // Only the last frame of a transaction says how large the file is by then.
      if (frame.readUInt32BE(4) > 0) end = endOf(frame)
    }
    return { marks, end }
  } finally {
    closeSync(log)
  }
}

const LOG_BEGINS = 0x377f0682
const MOST_PAGE = 65_536

type Sums = readonly [number, number]

/** As SQLite sums: of pairs of words, each over all before it. */
function summed([first, second]: Sums, bytes: Buffer, isBig: boolean): Sums {
  let [one, other] = [first, second]
  for (let at = 0; at < bytes.length; at += 8) {
    one = (one + (isBig ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + other) >>> 0
    other = (other + (isBig ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + one) >>> 0
  }
  return [one, other]
}

const isSummed = ([one, other]: Sums, bytes: Buffer, at: number): boolean =>
  bytes.readUInt32BE(at) === one && bytes.readUInt32BE(at + 4) === other

function bytesAt(log: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  readSync(log, bytes, 0, length, at)
  return bytes
}
