/**
 * The tables of a ledger made anew from its journal, beside the running till: for a program whose tables hold something
 * else than before. The next start takes the new file in the place of the old one, if both say the same.
 */
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { type Fact, knownVersions, PROJECTED_TABLES, project } from '../../shared/ledger/facts.ts'
import type { JournalPosition } from '../../shared/ledger/journal-position.ts'
import type { CredentialRow } from '../../shared/ledger/person.ts'
import { moveFlushed } from '../file/flush.ts'
import { drawMark } from '../file/log-mark.ts'
import { holdFile } from '../file/owner-lock.ts'
import { LedgerUnavailable, ledgerProblemOf } from '../file/problem.ts'
import { keepAs } from '../file/second-name.ts'
import { freeName, moveWith } from '../file/set-aside.ts'
import { type FileFormat, fileFault, isOfFormat } from '../file/sqlite-file.ts'
import { schemaOf } from '../verify/compare.ts'
import { Problems } from '../verify/problems.ts'
import { checkSums } from '../verify/sums/sums.ts'
import { Applier } from './apply.ts'
import { credentialSave } from './credential.ts'
import { batchesAfter, factOf, journalInsert } from './journal.ts'
import { createLedger, objectsOf, tablesWanted } from './ledger-file.ts'
import { APPLICATION_ID, type JournalTableRow } from './schema.ts'
import { ledgerSteps } from './steps.ts'

/** Facts in one commit: what a crash costs at most. */
export const FACTS_PER_COMMIT = 100_000

const ENDS = ['', '-wal', '-shm'] as const
/** How long a start waits for whoever has the file open. */
const WAIT_MS = 250
export const rebuildPath = (ledgerPath: string): string => `${ledgerPath}.rebuild`
export const beforePath = (ledgerPath: string): string => `${ledgerPath}.before`
export const rebuildLockPath = (ledgerPath: string): string => `${rebuildPath(ledgerPath)}.lock`

/**
 * Says which program makes the tables: a rebuild that another one began is begun anew. A program that makes other rows of
 * a fact than the one before has a step that says so.
 */
function versionOfTables(steps: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([steps, knownVersions()]))
    .digest('hex')
}

const NOTE = `CREATE TABLE rebuild_note (version TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL) STRICT`

export interface RebuildProgress {
  done: number
  total: number
}

export interface RebuildOptions {
  steps?: readonly string[]
  factsPerCommit?: number
  onProgress?: (progress: RebuildProgress) => void
}

export interface Rebuilt {
  /** Facts replayed by this run. */
  facts: number
  /** Where an earlier run had come to; null where this one began anew. */
  continuedAfter: JournalPosition | null
}

/** The file that is being made. */
class Rebuild {
  readonly connection: Database.Database
  readonly #applier: Applier
  readonly #insert: (row: JournalTableRow) => void
  place: JournalPosition

  constructor(connection: Database.Database, place: JournalPosition) {
    this.connection = connection
    this.place = place
    connection.pragma('synchronous = FULL')
    // Every row follows from facts that were accepted once; what is stated is never refused again.
    connection.pragma('foreign_keys = OFF')
    connection.pragma('cache_size = -262144')
    this.#applier = new Applier(connection)
    this.#insert = journalInsert(connection)
  }

  /** Takes rows in one commit, with the place that they come to. */
  take(rows: readonly JournalTableRow[]): void {
    const last = rows.at(-1)
    if (!last) return
    this.connection.transaction(() => {
      for (const row of rows) {
        this.#insert(row)
        const fact: Fact = factOf(row)
        this.#applier.apply(project(fact))
      }
      this.connection.prepare('UPDATE rebuild_note SET epoch = ?, seq = ?').run(last.epoch, last.seq)
    })()
    this.place = { epoch: last.epoch, seq: last.seq }
  }
}

const isFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false

/** What somebody else has put there under these names, a folder say, is no file of ours and stays. */
function remove(path: string): void {
  for (const end of ENDS) if (isFile(path + end)) rmSync(path + end)
}

function putAside(path: string, why: 'differs' | 'unusable'): void {
  const aside = `${path}-${why}`
  // What cannot be used may be somebody else's, and stays.
  if (why === 'differs') remove(aside)
  moveWith(path, freeName(aside, ENDS), ENDS)
}

/** Looked at without a byte written: a stranger's file is not opened, and not deleted either. */
function isOurs(path: string, format: FileFormat): boolean {
  try {
    return fileFault(path, format) === undefined
  } catch (error) {
    if (error instanceof Database.SqliteError && !isBusy(error)) return false
    throw error
  }
}

/** Opens the file for this process alone: two that made it side by side would each destroy what the other has. */
function openAlone(path: string): Database.Database {
  const connection = new Database(path, { fileMustExist: true, timeout: WAIT_MS })
  try {
    connection.pragma('main.locking_mode = EXCLUSIVE')
    connection.exec('BEGIN EXCLUSIVE; COMMIT')
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')

/** An earlier run's file where it is of this program and holds the beginning of this journal. */
function begun(path: string, ledger: Database.Database, format: FileFormat): Rebuild | undefined {
  const version = versionOfTables(format.steps)
  if (!existsSync(path) || !isOurs(path, format)) return undefined
  let connection: Database.Database | undefined
  try {
    connection = openAlone(path)
    const note = connection
      .prepare<[], JournalPosition & { version: string }>('SELECT version, epoch, seq FROM rebuild_note')
      .get()
    const hash = 'SELECT hash FROM journal WHERE epoch = ? AND seq = ?'
    const hashIn = (file: Database.Database) =>
      file
        .prepare<[number, number], string>(hash)
        .pluck()
        .get(note?.epoch ?? 0, note?.seq ?? 0)
    if (note?.version === version && hashIn(connection) === hashIn(ledger))
      return new Rebuild(connection, { epoch: note.epoch, seq: note.seq })
  } catch (error) {
    // What cannot be read is begun anew, for it is only a copy; what another process is at, and what the disk or the
    // machine has no room for today, is left as it is.
    const problem = ledgerProblemOf(error)
    if (problem !== undefined && problem !== 'damaged') {
      connection?.close()
      throw error
    }
  }
  connection?.close()
  return undefined
}

function begin(path: string, format: FileFormat): Rebuild {
  if (existsSync(path) && !isOurs(path, format)) putAside(path, 'unusable')
  remove(path)
  createLedger(path, format)
  const connection = openAlone(path)
  connection.exec(NOTE)
  connection.prepare('INSERT INTO rebuild_note VALUES (?, 0, 0)').run(versionOfTables(format.steps))
  return new Rebuild(connection, { epoch: 0, seq: 0 })
}

/**
 * Makes the tables of the ledger at `path` anew in a file beside it. Reads only what is there; the till may be running,
 * and what it writes meanwhile is caught up by `takeRebuilt`. After a crash it goes on where it was. Refuses
 * (LedgerUnavailable) what is no ledger of ours, and to make what another process is making. Throws where a fact cannot be replayed, and leaves nothing behind.
 */
export function rebuildBeside(path: string, options: RebuildOptions = {}): Rebuilt {
  const release = holdToMake(path)
  try {
    return makeBeside(path, options)
  } finally {
    release()
  }
}

/** From the first byte on: the file itself can be held only once it is made. */
function holdToMake(path: string): () => void {
  try {
    return holdFile(rebuildLockPath(path))
  } catch (error) {
    if (!isBusy(error)) throw error
    throw new LedgerUnavailable('in-use', 'its tables are being made anew already', { cause: error })
  }
}

function makeBeside(path: string, options: RebuildOptions): Rebuilt {
  const { steps = ledgerSteps(), factsPerCommit = FACTS_PER_COMMIT, onProgress } = options
  const format = { applicationId: APPLICATION_ID, steps }
  const fault = fileFault(path, format)
  if (fault)
    throw new LedgerUnavailable(fault.problem === 'missing' ? 'damaged' : fault.problem, fault.detail)
  const ledger = new Database(path, { readonly: true, fileMustExist: true })
  let rebuild: Rebuild | undefined
  try {
    const earlier = begun(rebuildPath(path), ledger, format)
    rebuild = earlier ?? begin(rebuildPath(path), format)
    const continuedAfter = earlier ? { ...earlier.place } : null
    const total = ledger.prepare<[], number>('SELECT count(*) FROM journal').pluck().get() ?? 0
    const had = rebuild.connection.prepare<[], number>('SELECT count(*) FROM journal').pluck().get() ?? 0
    let facts = 0
    for (const rows of batchesAfter(ledger, rebuild.place, factsPerCommit)) {
      takeOrRemove(rebuild, rows, path)
      facts += rows.length
      onProgress?.({ done: had + facts, total })
    }
    return { facts, continuedAfter }
  } finally {
    rebuild?.connection.close()
    ledger.close()
  }
}

function takeOrRemove(rebuild: Rebuild, rows: readonly JournalTableRow[], path: string): void {
  try {
    rebuild.take(rows)
  } catch (error) {
    // A disk that is full now leaves something to go on with; a fact that cannot be replayed never will.
    if (!ledgerProblemOf(error)) {
      rebuild.connection.close()
      remove(rebuildPath(path))
    }
    throw error
  }
}

/**
 * What became of a rebuilt file. `waits`: another process has it or the ledger open, and the next start tries again.
 * `differs`: it comes to something else. `unusable`: it is damaged, not of this program, or not of this journal.
 */
export type TakenRebuild = 'none' | 'taken' | 'waits' | 'differs' | 'unusable'

/** What the journal's head and the till's sums are in a file, each of one table. */
const SUMS = {
  journal:
    "SELECT count(*) || '/' || (SELECT hash FROM journal ORDER BY epoch DESC, seq DESC LIMIT 1) FROM journal",
  receipt: "SELECT count(*) || '/' || coalesce(sum(total_cents), 0) FROM receipt",
  receipt_allocation: "SELECT count(*) || '/' || coalesce(sum(cents), 0) FROM receipt_allocation",
  session_tender: `SELECT coalesce(
    sum(tendered_cents - change_cents + paid_in_cents - paid_out_cents - turned_in_cents), 0) FROM session_tender`,
  safe_entry: 'SELECT coalesce(sum(cents), 0) FROM safe_entry',
  deposit: 'SELECT count(*) FROM deposit',
} as const

/** Whether a sum of a table that nobody wants made anew is another in one of the files. */
function sumsDiffer(rebuilt: Database.Database, ledger: Database.Database): boolean {
  const wanted = tablesWanted(ledger)
  const sumIn = (file: Database.Database, sql: string) => file.prepare(sql).pluck().get()
  return Object.entries(SUMS).some(
    ([table, sql]) => !wanted.includes(table) && sumIn(rebuilt, sql) !== sumIn(ledger, sql),
  )
}

/**
 * Takes a rebuilt file in the place of the ledger, where it is of this program and comes to the same: catches up,
 * compares, flushes, and only then gives it the ledger's name. The old file stays as `.before`. One that cannot be used
 * or comes to something else is put aside, and told; whatever is wrong with it, the ledger stays as it is.
 */
export function takeRebuilt(path: string, steps: readonly string[] = ledgerSteps()): TakenRebuild {
  if (!existsSync(rebuildPath(path))) return 'none'
  return outcomeOf(() => {
    // From the look at it until it has the ledger's name, nobody begins another one in its place.
    const release = holdToMake(path)
    try {
      const outcome = outcomeOf(() => caughtUp(path, steps))
      if (outcome === 'taken') putInPlace(path)
      if (outcome === 'differs' || outcome === 'unusable') putAside(rebuildPath(path), outcome)
      return outcome
    } finally {
      release()
    }
  })
}

/** The ledger has proved sound before, so what is wrong here is wrong with the new file, or with the disk today. */
function outcomeOf(take: () => TakenRebuild): TakenRebuild {
  try {
    return take()
  } catch (error) {
    const problem = ledgerProblemOf(error)
    return problem === undefined || problem === 'damaged' ? 'unusable' : 'waits'
  }
}

/**
 * Empties the write-ahead log of a file that nobody else has open. One that stayed beside the ledger's name would be taken
 * for that of the new file, and destroy it.
 */
function emptyLog(path: string): void {
  const file = openAlone(path)
  try {
    file.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    file.close()
  }
}

/**
 * Whether a table has a row in one of the files alone. A file beside the ledger may have been written by anybody. Tables
 * that a step wants made anew are what a rebuild is for: for these the sums have to hold, and `verify` proves them.
 */
function hasOtherRows(rebuilt: Database.Database, ledgerPath: string, wanted: readonly string[]): boolean {
  rebuilt.prepare('ATTACH ? AS held').run(ledgerPath)
  const isOther = (one: string, other: string, table: string) =>
    rebuilt
      .prepare(`SELECT 1 FROM (SELECT * FROM ${one}."${table}" EXCEPT SELECT * FROM ${other}."${table}")`)
      .get()
  try {
    return ['journal', ...PROJECTED_TABLES]
      .filter(table => !wanted.includes(table))
      .some(table => (isOther('main', 'held', table) ?? isOther('held', 'main', table)) !== undefined)
  } finally {
    rebuilt.exec('DETACH held')
  }
}

function caughtUp(path: string, steps: readonly string[]): TakenRebuild {
  const ledger = new Database(path, { fileMustExist: true, timeout: WAIT_MS })
  const rebuild = begun(rebuildPath(path), ledger, { applicationId: APPLICATION_ID, steps })
  try {
    if (!rebuild) return 'unusable'
    for (const rows of batchesAfter(ledger, rebuild.place, FACTS_PER_COMMIT)) rebuild.take(rows)
    const { connection } = rebuild
    connection.transaction(() => {
      connection.exec('DELETE FROM credential; DELETE FROM rebuild_wanted')
      const save = credentialSave(connection)
      for (const row of ledger.prepare<[], CredentialRow>('SELECT * FROM credential').all()) save(row)
    })()
    if (sumsDiffer(connection, ledger)) return 'differs'
    const [stray] = connection.prepare<[], unknown>('PRAGMA foreign_key_check').all()
    if (stray !== undefined || hasOtherRows(connection, path, tablesWanted(ledger))) return 'differs'
    if (hasOtherSums(connection, ledger)) return 'differs'
    // An index that lacks rows agrees in every row, and lets a command be carried out twice.
    if (connection.pragma('integrity_check(1)', { simple: true }) !== 'ok') return 'unusable'
    ledger.close()
    emptyLog(path)
    connection.exec('DROP TABLE rebuild_note')
    drawMark(connection)
    connection.pragma('wal_checkpoint(TRUNCATE)')
    return hasObjects(connection, steps) ? 'taken' : 'unusable'
  } finally {
    rebuild?.connection.close()
    ledger.close()
  }
}

/** Whether a sum does not hold that held before. What did not hold before is for `verify` to tell, and no reason to stay. */
function hasOtherSums(rebuilt: Database.Database, ledger: Database.Database): boolean {
  const wrongIn = (file: Database.Database): string[] => {
    const problems = new Problems()
    checkSums(file, problems)
    return problems.list.map(({ place, problem }) => `${place}: ${problem}`)
  }
  const before = new Set(wrongIn(ledger))
  return wrongIn(rebuilt).some(wrong => !before.has(wrong))
}

/** Whether there is what these steps make, as they make it, and nothing else: a trigger too many is somebody's. */
function hasObjects(connection: Database.Database, steps: readonly string[]): boolean {
  const there = [...schemaOf(connection)].toSorted().join()
  return there === [...objectsOf(steps)].toSorted().join()
}

/** The new file is on the disk before it has the name: after a power cut there is the old ledger or the new one, whole. */
function putInPlace(path: string): void {
  const [rebuilt, before] = [rebuildPath(path), beforePath(path)]
  if (existsSync(before) && !isFile(before)) putAside(before, 'unusable')
  // What two rebuilds lie between goes back to the first: its tables are those that a drawer was last closed on.
  if (!existsSync(before)) keepAs(path, before)
  moveFlushed(rebuilt, path)
  for (const end of ['-wal', '-shm']) rmSync(rebuilt + end, { force: true })
}

/** Lets go of the ledger of before: a drawer was closed on the new one, and the old one lacks what was taken since. */
export function forgetBefore(ledgerPath: string): void {
  const before = beforePath(ledgerPath)
  if (isFile(before) && isOfFormat(before, APPLICATION_ID)) remove(before)
}
