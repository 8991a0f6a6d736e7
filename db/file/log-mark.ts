/**
 * Which log belongs to which file. SQLite takes any log for that of the file beside which it lies, and makes one out of both;
 * what a file system says of them comes back with a backup. So the first page bears a mark: another one is drawn right
 * before a log is moved into the file, and the next log begins with the one after it.
 */
import { randomInt } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { hasBytes, userVersionIn, userVersionOf, versionOf } from './sqlite-file.ts'

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

/** `doubtful`: somebody else may have moved the log, and nobody knows how far. */
export type LogOwner = 'no log' | 'this file' | 'doubtful' | 'another file'

/** Whose the log beside a file is that this program does not have open yet. */
export function ownerOfLog(path: string): LogOwner {
  const userVersion = userVersionIn(path)
  if (userVersion === undefined) return 'this file'
  if (!hasBytes(`${path}-wal`)) return 'no log'
  const frames = marksInLog(`${path}-wal`)
  // Cut off before anything was committed.
  if (frames === undefined) return 'no log'
  const mark = markIn(userVersion)
  const [begins, ...drawn] = frames
  if (begins === next(mark) || drawn.includes(mark)) return 'this file'
  return begins === mark ? 'doubtful' : 'another file'
}

/** sqlite.org/walformat */
const HEADER = 32
const FRAME_HEADER = 24
const USER_VERSION_AT = 60

/**
 * Marks in a log's first pages, in their order; the first one is null where the log does not begin with one. Undefined
 * where not even the first frame is there: SQLite reads nothing of such a log.
 */
function marksInLog(path: string): (number | null)[] | undefined {
  const file = openSync(path, 'r')
  try {
    const header = bytesAt(file, 0, HEADER)
    const pageBytes = header.readUInt32BE(8)
    const step = FRAME_HEADER + pageBytes
    const { size } = fstatSync(file)
    const marks: (number | null)[] = []
    for (let at = HEADER; pageBytes > 0 && at + step <= size; at += step) {
      const frame = bytesAt(file, at, FRAME_HEADER + USER_VERSION_AT + 4)
      // Behind the last frame lie those of an earlier log.
      if (!frame.subarray(8, 16).equals(header.subarray(16, 24))) break
      if (frame.readUInt32BE(0) === 1) marks.push(markIn(frame.readUInt32BE(FRAME_HEADER + USER_VERSION_AT)))
      else if (marks.length === 0) marks.push(null)
    }
    return marks.length === 0 ? undefined : marks
  } finally {
    closeSync(file)
  }
}

function bytesAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  readSync(file, bytes, 0, length, at)
  return bytes
}
