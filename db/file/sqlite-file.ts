/**
 * The SQLite files of a data folder, opened by one way: looked at without a byte written, recognised by their
 * application id, brought up to date step by step. What cannot be used is refused where money is in the file, and set
 * aside under another name where it is not.
 */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs'
import { isMainThread } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { flushFile, moveFlushed } from './flush.ts'
import { isNoFile } from './plain-file.ts'
import { LedgerUnavailable, ledgerProblemOf } from './problem.ts'
import { asideOf, isThere, moveWith } from './set-aside.ts'
import { placeOf } from './still-there.ts'

/** What makes a file one of ours. */
export interface FileFormat {
  /** Tells it from every other SQLite database. */
  applicationId: number
  /** Schema steps; a step that was released is frozen, and a change is a new step. */
  steps: readonly string[]
  /** What the tables need that is not SQL. */
  prepare?: (connection: Database.Database) => void
}

export interface FileFault {
  problem: 'missing' | 'damaged' | 'foreign' | 'newer'
  /** In words, with the path. */
  detail: string
}

const HEADER_BYTES = 100
const MAGIC = 'SQLite format 3\0'
const LARGEST_PAGE = 65_536
/** Of reading and writing (bytes 18 and 19 of the header), and of the schema (44 to 47): sqlite.org/fileformat. */
const NEWEST_FORMAT = 2
const NEWEST_SCHEMA = 4
/** The file itself and what SQLite keeps beside it. */
const ENDS = ['', '-wal', '-shm', '-journal'] as const

/** Whether a file, or what SQLite would open beside it, is a folder or a pipe. */
export const hasNoFile = (path: string): boolean => ENDS.some(end => isNoFile(path + end))

export const hasBytes = (path: string): boolean => existsSync(path) && statSync(path).size > 0

const inHand = new Map<string, Database.Database[]>()

/** Opens a file of ours that stays open: as long as it is, nobody in this process reads it but through SQLite. */
export function connect(path: string, options: Database.Options = {}): Database.Database {
  // SQLite opens a file that it may not write all the same, and would refuse only when money is on the counter.
  if (options.readonly !== true)
    for (const end of ENDS) if (existsSync(path + end)) accessSync(path + end, constants.W_OK)
  const connection = new Database(path, { ...options, fileMustExist: true })
  const file = placeOf(path) ?? path
  inHand.set(file, [...(inHand.get(file) ?? []).filter(one => one.open), connection])
  return connection
}

/**
 * Whether this process has a file open. By POSIX closing any descriptor of one lets go of the locks that SQLite has on it
 * for the whole process: a stranger would be alone with it, and take its write-ahead log away. A thread cannot tell, and
 * looks at what the program has open.
 */
function isInHand(path: string): boolean {
  return !isMainThread || (inHand.get(placeOf(path) ?? path) ?? []).some(connection => connection.open)
}

interface FirstBytes {
  header: Buffer
  /** Of the whole file. */
  size: number
}

/** Reads the first bytes without SQLite, which would take an empty file for a new database. */
function firstBytes(path: string): FirstBytes {
  const header = Buffer.alloc(HEADER_BYTES)
  const file = openSync(path, 'r')
  try {
    readSync(file, header, 0, HEADER_BYTES, 0)
    return { header, size: fstatSync(file).size }
  } finally {
    closeSync(file)
  }
}

const isDatabase = ({ header, size }: FirstBytes): boolean =>
  size >= HEADER_BYTES && header.toString('latin1', 0, MAGIC.length) === MAGIC
const applicationIdIn = ({ header }: FirstBytes): number => header.readUInt32BE(68)

function headerFault(path: string, applicationId: number): FileFault | undefined {
  const first = firstBytes(path)
  const { header, size } = first
  if (!isDatabase(first)) return { problem: 'damaged', detail: `${path} is not a database` }
  if (applicationIdIn(first) !== applicationId)
    return { problem: 'foreign', detail: `${path} belongs to another program` }
  // Written by a version of SQLite that does not exist: it would be met at the first statement, with another error.
  if (
    (header[18] ?? 0) > NEWEST_FORMAT ||
    (header[19] ?? 0) > NEWEST_FORMAT ||
    header.readUInt32BE(44) > NEWEST_SCHEMA
  )
    return { problem: 'damaged', detail: `${path} has a form that no SQLite reads` }
  const pageBytes = header.readUInt16BE(16) === 1 ? LARGEST_PAGE : header.readUInt16BE(16)
  // Pages that are still in the write-ahead log are missing from the file and are not a cut tail.
  const isCut = size < pageBytes * header.readUInt32BE(28) && !hasBytes(`${path}-wal`)
  return isCut
    ? { problem: 'damaged', detail: `${path} is shorter than it says: its end is missing` }
    : undefined
}

/** Whether a file bears our mark, whatever else may be wrong with it. Throws what the file system says of one that cannot be read. */
export function isOfFormat(path: string, applicationId: number): boolean {
  if (isInHand(path)) return true
  const first = firstBytes(path)
  return isDatabase(first) && applicationIdIn(first) === applicationId
}

/**
 * What of a file, or beside it, is none of ours. A link leads to what is not in this folder, so neither its lock nor its
 * rights keep that. All of ours have a write-ahead log: a rollback journal with anything in it is somebody's, and SQLite
 * would roll it back into the file; a log that is none is somebody's, and SQLite would empty it. Nothing is told by an index,
 * which SQLite makes anew from the log: after a power cut it may be of any size.
 */
function sideFault(path: string): FileFault | undefined {
  const linked = ENDS.find(end => lstatSync(path + end, { throwIfNoEntry: false })?.isSymbolicLink())
  if (linked !== undefined) return { problem: 'foreign', detail: `${path}${linked} is a link: take it away` }
  const isStrangers = { '-journal': hasBytes, '-wal': isNoLog }
  const stranger = Object.entries(isStrangers).find(([end, isSo]) => isSo(path + end))?.[0]
  return stranger === undefined
    ? undefined
    : { problem: 'foreign', detail: `${path}${stranger} is not of this program: take it away` }
}

/** The first bytes of a write-ahead log, but for the last bit (sqlite.org/walformat); zeros where the machine ended before they were written. */
const LOG_BEGINS = Buffer.from([0x37, 0x7f, 0x06, 0x82])
const NOTHING = Buffer.alloc(4)

function isNoLog(path: string): boolean {
  if (!hasBytes(path) || isInHand(path)) return false
  const { header, size } = firstBytes(path)
  const begins = Buffer.from(header.subarray(0, Math.min(size, 4)))
  if (begins.length === 4) begins[3] = (begins[3] ?? 0) & 0xfe
  return ![LOG_BEGINS, NOTHING].some(known => known.subarray(0, begins.length).equals(begins))
}

/** What is wrong with a file, without a byte written to it; undefined where it is ours and of a version that is known. */
export function fileFault(path: string, { applicationId, steps }: FileFormat): FileFault | undefined {
  if (!existsSync(path)) return { problem: 'missing', detail: `there is no ${path}` }
  if (hasNoFile(path)) return { problem: 'foreign', detail: `${path}, or what lies beside it, is no file` }
  const fault = (isInHand(path) ? undefined : headerFault(path, applicationId)) ?? sideFault(path)
  if (fault) return fault
  const connection = new Database(path, { readonly: true, fileMustExist: true })
  try {
    // Read again: a newer header may still be in the write-ahead log.
    const id: unknown = connection.pragma('application_id', { simple: true })
    if (id !== applicationId) return { problem: 'foreign', detail: `${path} belongs to another program` }
    const version = versionOf(connection)
    if (version > steps.length) {
      const detail = `${path} has schema ${version}, this program knows ${steps.length}`
      return { problem: 'newer', detail }
    }
    connection.prepare('SELECT count(*) FROM sqlite_schema').get()
    // A file of ours was never at version 0: it is made whole or not at all.
    return version < 1 ? { problem: 'damaged', detail: `${path} has no schema version` } : undefined
  } finally {
    connection.close()
  }
}

/** The schema's version in its lowest eight bits; above it a ledger bears the mark of `log-mark.ts`. */
export const userVersionOf = (connection: Database.Database): number =>
  Number(connection.pragma('user_version', { simple: true }))

const VERSION_BITS = 0xff
export const versionOf = (connection: Database.Database): number => userVersionOf(connection) & VERSION_BITS

/** The first bytes as they stand in the file, whatever a log beside it says; undefined for one that this process has open. */
export const headerOf = (path: string): Buffer | undefined =>
  isInHand(path) ? undefined : firstBytes(path).header

/**
 * Takes the steps from one on in one transaction, and signs the file; `atEnd` is part of it. Throws what SQLite says; the
 * file is then as it was.
 */
export function takeSteps(
  connection: Database.Database,
  from: number,
  { applicationId, steps }: FileFormat,
  atEnd: () => void = () => undefined,
): void {
  // Switched off because a step may rebuild a table that others refer to; what it left is checked at the end.
  connection.pragma('foreign_keys = OFF')
  connection.transaction(() => {
    for (const step of steps.slice(from)) connection.exec(step)
    atEnd()
    const [stray] = connection.prepare<[], { table: string }>('PRAGMA foreign_key_check').all()
    if (stray) throw new Error(`a row of ${stray.table} points at nothing`)
    connection.pragma(`application_id = ${applicationId}`)
    const mark = userVersionOf(connection) & ~VERSION_BITS
    connection.pragma(`user_version = ${mark | steps.length}`)
  })()
}

/**
 * Makes an empty file where there is none. Made under another name first: after a power cut there is a whole file or
 * none. What lies there already, of one that was there before or of a draft, is set aside. `atEnd` is part of its making.
 */
export function createFile(
  path: string,
  format: FileFormat,
  atEnd?: (connection: Database.Database) => void,
): void {
  const draft = `${path}.new`
  // A log without its file would be taken for that of the new one.
  for (const name of [path, draft]) setAsideLeft(name)
  const connection = new Database(draft)
  try {
    format.prepare?.(connection)
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = FULL')
    takeSteps(connection, 0, format, () => atEnd?.(connection))
    // By itself a close says nothing of a log that it could not write into the file.
    connection.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    connection.close()
  }
  if (hasBytes(`${draft}-wal`)) throw new Error(`${draft} could not be made whole`)
  moveFlushed(draft, path)
}

function setAsideLeft(path: string): void {
  const left = ENDS.map(end => lstatSync(path + end, { throwIfNoEntry: false })).find(found => found)
  if (left) moveAside(path, Math.floor(left.mtimeMs))
}

export interface OpenedFile {
  connection: Database.Database
  /** Where what was there before lies now; null where nothing was set aside. */
  setAside: string | null
}

/**
 * Opens a file in which no money is, or makes it. One that is damaged, newer, or a stranger's goes to another name as
 * it is, and is told. Refuses (LedgerUnavailable) one that another program
 * has open alone; throws what SQLite says of a full or read-only disk.
 */
export function openOrSetAside(path: string, format: FileFormat, nowMs: number): OpenedFile {
  try {
    return openedOrSetAside(path, format, nowMs)
  } catch (error) {
    if (ledgerProblemOf(error) !== 'in-use') throw error
    throw new LedgerUnavailable('in-use', path, { cause: error })
  }
}

function openedOrSetAside(path: string, format: FileFormat, nowMs: number): OpenedFile {
  const isLeft = !existsSync(path) && ENDS.some(end => isThere(path + end))
  const setAside = isLeft || (isThere(path) && isUseless(path, format)) ? moveAside(path, nowMs) : null
  if (!existsSync(path)) createFile(path, format)
  try {
    return { connection: openSound(path, format), setAside }
  } catch (error) {
    // The header was sound and what lies behind it is not.
    if (!isDamage(error)) throw error
    const damaged = moveAside(path, nowMs)
    createFile(path, format)
    return { connection: openOwn(path, format), setAside: damaged }
  }
}

function isUseless(path: string, format: FileFormat): boolean {
  try {
    return fileFault(path, format) !== undefined || hasOtherTables(path, format)
  } catch (error) {
    if (isDamage(error)) return true
    throw error
  }
}

const isDamage = (error: unknown): boolean =>
  error instanceof Unsound ||
  (error instanceof Error && 'code' in error && /CORRUPT|NOTADB/.test(String(error.code)))

function moveAside(path: string, nowMs: number): string {
  const aside = asideOf(path, nowMs, ENDS)
  moveWith(path, aside, ENDS)
  if (existsSync(aside) && !isNoFile(aside)) flushFile(aside, 'r+')
  return aside
}

class Unsound extends Error {
  override readonly name = 'Unsound'
}

/** Tables, indexes and all else that is declared, as one text; what SQLite keeps for itself aside. */
const schemaOf = (connection: Database.Database): string =>
  connection
    .prepare<[], string>(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name",
    )
    .pluck()
    .all()
    .join('\n')

/** Whether a file has other tables than its steps make: a number in the header is none. Nothing is written to it. */
function hasOtherTables(path: string, { steps, prepare }: FileFormat): boolean {
  const connection = new Database(path, { readonly: true, fileMustExist: true })
  const made = new Database(':memory:')
  try {
    prepare?.(made)
    for (const step of steps.slice(0, versionOf(connection))) made.exec(step)
    return schemaOf(connection) !== schemaOf(made)
  } finally {
    connection.close()
    made.close()
  }
}

/** Opens a file of ours once every page of it was looked at: a bad one would be met in the middle of a payment. */
function openSound(path: string, format: FileFormat): Database.Database {
  const connection = openOwn(path, format)
  try {
    const found: unknown = connection.pragma('quick_check(1)', { simple: true })
    if (found === 'ok') return connection
    throw new Unsound(`${path}: ${String(found)}`)
  } catch (error) {
    connection.close()
    throw error
  }
}

function openOwn(path: string, format: FileFormat): Database.Database {
  const connection = connect(path)
  try {
    format.prepare?.(connection)
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = FULL')
    connection.pragma('trusted_schema = OFF')
    const version = versionOf(connection)
    if (version < format.steps.length) takeSteps(connection, version, format)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}
