/** Opens the ledger file: pragmas, owner lock, version, a first look at its soundness. */

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { CHAIN_BEGINS, type ChainLink, chainProblem, lineHash } from '../../shared/ledger/chain.ts'
import { isAfter } from '../../shared/ledger/journal-position.ts'
import { foundAt, HeldFile } from '../file/held-file.ts'
import { missingFromJournal, openHighWaterMark, readHighWaterMark } from '../file/high-water-mark.ts'
import { type FoundLog, logBeside } from '../file/log-mark.ts'
import { OWNER_LOCK, type OwnerLock, takeOwnerLock } from '../file/owner-lock.ts'
import { LedgerUnavailable, ledgerProblemOf } from '../file/problem.ts'
import { hasNoFile, versionOf } from '../file/sqlite-file.ts'
import { leftAs, stillThere } from '../file/still-there.ts'
import { signedNotes } from '../journal-folder/checkpoints.ts'
import { schemaOf } from '../verify/compare.ts'
import { differingTables } from '../verify/differing.ts'
import { fillTables } from './fill-tables.ts'
import { claimFolder, endFirstStart, inspect, LEDGER_FILE, refuseLostLedger } from './folder.ts'
import { lineOf, newestFirst } from './journal.ts'
import { Ledger } from './ledger.ts'
import { createLedger, objectsOf, tablesWanted } from './ledger-file.ts'
import { migrate } from './migrate.ts'
import { nativeHashText } from './native-hash.ts'
import { forgetBefore, rebuildPath, type TakenRebuild, takeRebuilt } from './rebuild.ts'
import { APPLICATION_ID, type JournalTableRow } from './schema.ts'
import { ledgerSteps } from './steps.ts'
import type { Head } from './writer.ts'

/** How many of the last journal rows are checked at every start; `verify` checks them all. */
const TAIL_LENGTH = 200

export interface Till {
  ledger: Ledger
  dir: string
  /** What became of tables that were made anew since the last start. */
  rebuilt: TakenRebuild
  /** Tables that wait to be made anew, because this program makes other rows of a fact than an earlier one. */
  wanted: readonly string[]
  /** Tables that did not say what the journal says, and were made anew: it was a copy, or somebody else wrote into it. */
  mended: readonly string[]
  close(): void
}

/**
 * Opens the ledger in `dir`, creating it where there never was one.
 * Refuses (LedgerUnavailable) a damaged, foreign, newer, read-only or held ledger, one that is missing or
 * shorter than it was, and never overwrites one.
 */
export function openTill(dir: string, options: { nowMs: number; newTillId: string; steps?: string[] }): Till {
  try {
    claimFolder(dir)
    const lock = takeOwnerLock(dir, options.nowMs)
    try {
      const path = join(dir, LEDGER_FILE)
      const steps = options.steps ?? ledgerSteps()
      let { held, isDoubted, mended } = openLedgerFile(path, steps)
      // Only a ledger that has proved sound is asked what a rebuilt one has to come to.
      let rebuilt: TakenRebuild = 'none'
      if (existsSync(rebuildPath(path))) {
        held.close()
        rebuilt = takeRebuilt(path, steps)
        const again = openLedgerFile(path, steps, leftAs(path))
        held = again.held
        isDoubted ||= again.isDoubted
      }
      if (isDoubted) mended = [...mended, ...provedTables(held, path, steps)]
      return { dir, rebuilt, mended, ...runningLedger(held, path, { ...options, lock }) }
    } catch (error) {
      lock.release()
      throw error
    }
  } catch (error) {
    if (error instanceof LedgerUnavailable) throw error
    const problem = ledgerProblemOf(error)
    if (problem) throw new LedgerUnavailable(problem, placeIn(error) ?? dir, { cause: error })
    throw error
  }
}

/** Which file the file system speaks of, where it says. */
const placeIn = (error: unknown): string | undefined =>
  error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : undefined

function runningLedger(
  held: HeldFile,
  path: string,
  { newTillId, lock }: { newTillId: string; lock: OwnerLock },
): Pick<Till, 'ledger' | 'wanted' | 'close'> {
  try {
    const wanted = tablesWanted(held.connection)
    const ledger = new Ledger(held.connection, newTillId)
    const note = openHighWaterMark(path, ledger.head, () => held.left)
    // From here on the file is as this program left it.
    note.write()
    ledger.guard = {
      mayWrite: () => held.mayWrite(),
      begun: () => held.begun(),
      mayCommit: () => held.mayCommit(),
      wrote: isCommitted => {
        held.wrote(isCommitted)
        // What was undone may have been the occasion to move the log.
        note.keep(ledger.head)
      },
    }
    ledger.onCommit(facts => {
      note.keep(ledger.head)
      // A drawer was closed on the tables of today: those of before are not gone back to.
      if (facts.some(({ kind }) => kind === 'session.closed')) forgetBefore(path)
    })
    return { ledger, wanted, close: () => closeAll([held, note, { close: () => lock.release() }]) }
  } catch (error) {
    held.close()
    throw error
  }
}

/** The rest is closed whatever happens: a full disk must not keep the lock. */
function closeAll([first, ...others]: readonly { close: () => void }[]): void {
  try {
    first?.close()
  } finally {
    if (others.length > 0) closeAll(others)
  }
}

/**
 * A connection of its own for a worker thread, which can only read. Refuses (LedgerUnavailable) a file that is missing,
 * damaged, a stranger's or a later program's.
 */
export function openLedgerReadOnly(dir: string): Database.Database {
  inspect(join(dir, LEDGER_FILE), { applicationId: APPLICATION_ID, steps: ledgerSteps() })
  return openLedgerToVerify(dir)
}

/** The same for `verify`, which says itself what is wrong with a file. Refuses (LedgerUnavailable) what is no file. */
export function openLedgerToVerify(dir: string): Database.Database {
  const path = join(dir, LEDGER_FILE)
  if (!existsSync(path) || hasNoFile(path))
    throw new LedgerUnavailable('damaged', `there is no ledger at ${path}`)
  const connection = new Database(path, { readonly: true, fileMustExist: true })
  connection.pragma('query_only = 1')
  return connection
}

/** A copy, one that was put back, or one that somebody else wrote into may be a mixture of two that is sound row by row. */
interface Opened {
  held: HeldFile
  isDoubted: boolean
  /** Tables that were made anew before a step was taken. */
  mended: readonly string[]
}

/** `ours`: the state, as `leftAs` names it, in which this program itself has just left the file. */
function openLedgerFile(path: string, steps: readonly string[], ours?: string): Opened {
  const format = { applicationId: APPLICATION_ID, steps }
  if (!existsSync(path)) {
    refuseLostLedger(path)
    createLedger(path, format)
  }
  // Before it is looked at: what is put in its place from then on was never checked, or is not what is open.
  const found = foundAt(path)
  const left = leftAs(path)
  const isOwner = stillThere([join(dirname(path), OWNER_LOCK)])
  inspect(path, format)
  endFirstStart(dirname(path))
  // Before it is opened: from then on nobody in this process reads the file but through SQLite.
  const log = logBeside(path)
  if (log.owner === 'another file') throw notOfThis(path)
  // Beside a file that was left without one, and is as it was left, it is of whoever opened that since.
  if (log.owner === 'unmarked' && !isLeftWithoutLog(path, left)) throw notOfThis(path)
  const { reader, isDoubted } = openChecked(path, { steps, log, left, isOurs: left === ours })
  const held = new HeldFile(path, { reader, found, log: log.owner, isOwner })
  try {
    setPragmas(held.connection)
    const version = versionOf(held.connection)
    // A step may refuse what differs from the journal.
    const isOlder = version < steps.length
    const mended = (isDoubted && isOlder && mendTables(held, steps.slice(0, version))) || []
    if (isOlder) held.mayWrite()
    migrate(held.connection, path, { ...format, whileAlone: () => held.begun() })
    held.wrote()
    checkObjects(held.connection, steps)
    held.refuseOther()
    return { held, isDoubted, mended }
  } catch (error) {
    held.close()
    throw error
  }
}

function isLeftWithoutLog(path: string, left: string): boolean {
  const noted = readHighWaterMark(path)
  return noted?.file === left && noted.log === ''
}

interface Looked {
  steps: readonly string[]
  log: FoundLog
  left: string
  /** This program itself has just left it so. */
  isOurs: boolean
}

/**
 * Opens a ledger that may not be written, and refuses what is damaged before anything is opened for writing: whoever closes
 * such a connection writes the log that lies beside the file into it, and it may be that of another file.
 */
function openChecked(
  path: string,
  { steps, log, left, isOurs }: Looked,
): { reader: Database.Database; isDoubted: boolean } {
  const connection = new Database(path, { readonly: true, fileMustExist: true })
  try {
    checkObjects(connection, steps.slice(0, versionOf(connection)))
    checkTail(connection)
    const noted = readHighWaterMark(path)
    // Whoever has only the ledger put back has put back neither the note nor what was signed.
    for (const note of [noted, lastSigned(dirname(path))]) {
      const missing = note && missingFromJournal(connection, note)
      if (missing) throw new LedgerUnavailable('damaged', missing)
    }
    const isAsLeft = noted?.file === left && (noted.log === log.end || goesOnAfter(connection, noted))
    const isDoubted = log.owner === 'doubtful' || log.owner === 'unmarked' || !(isOurs || isAsLeft)
    if (isDoubted) checkWhole(connection, path)
    return { reader: connection, isDoubted }
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Whether a till that was ended at once had stated something more than it had noted: its log has another end by then. */
function goesOnAfter(connection: Database.Database, { epoch, seq }: Head): boolean {
  const query = newestFirst.limit(1).compile()
  const last = connection.prepare<unknown[], JournalTableRow>(query.sql).get(...query.parameters)
  return last !== undefined && isAfter(last, { epoch, seq })
}

/** Refuses a ledger of which some page or row is not its own; its tables follow from the journal. */
function checkWhole(connection: Database.Database, path: string): void {
  const pages: unknown = connection.pragma('integrity_check(1)', { simple: true })
  if (pages !== 'ok') throw notOfThis(path, ` (${String(pages).split('\n').at(-1)})`)
  const rows = connection.prepare<[], JournalTableRow>('SELECT * FROM journal ORDER BY epoch, seq').iterate()
  try {
    checkChain(rows)
  } finally {
    // One left open would keep its connection from closing.
    rows.return?.()
  }
}

/** Refuses a ledger that is doubted and cannot be proved either. */
function provedTables(held: HeldFile, path: string, steps: readonly string[]): readonly string[] {
  try {
    const tables = mendTables(held, steps)
    if (tables !== undefined) return tables
    throw new LedgerUnavailable(
      'damaged',
      `${path} is a copy, or another program wrote into it, and its journal cannot be replayed: put it back as it was`,
    )
  } catch (error) {
    held.close()
    throw error
  }
}

/**
 * Makes tables that do not say what the journal says anew: a number of theirs would be given twice. Gives them; undefined where
 * the journal cannot be replayed into them.
 */
function mendTables(held: HeldFile, steps: readonly string[]): readonly string[] | undefined {
  const { connection } = held
  const tables = differingTables(connection, steps)
  if (!tables || tables.length === 0) return tables
  held.mayWrite()
  connection.pragma('foreign_keys = OFF')
  connection
    .transaction(() => {
      held.begun()
      fillTables(connection, new Set(tables))
      held.mayCommit()
    })
    .immediate()
  connection.pragma('foreign_keys = ON')
  held.wrote()
  return tables
}

const notOfThis = (path: string, why = ''): LedgerUnavailable =>
  new LedgerUnavailable(
    'damaged',
    `${path}-wal is not of this ledger, or one of them is damaged${why}: close whatever else has the ledger open, or put both back as they were together`,
  )

/** What the till signed last of its own journal; undefined where it signed nothing yet, or that cannot be read. */
function lastSigned(dir: string): Head | undefined {
  try {
    return signedNotes(dir).findLast(note => note !== undefined)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new LedgerUnavailable('damaged', error.message)
  }
}

function setPragmas(connection: Database.Database): void {
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  connection.pragma('busy_timeout = 5000')
  connection.pragma('trusted_schema = OFF')
  connection.pragma('cache_size = -65536')
}

/** Refuses a ledger with a table, an index or a trigger that is missing or made otherwise: what it protects is not protected. */
function checkObjects(connection: Database.Database, steps: readonly string[]): void {
  const there = schemaOf(connection)
  const expected = objectsOf(steps)
  for (const [object, sql] of expected) {
    if (!there.has(object)) throw new LedgerUnavailable('damaged', `${object} is missing from the ledger`)
    if (there.get(object) !== sql)
      throw new LedgerUnavailable('damaged', `${object} is not as Tillproof makes it`)
  }
  // What acts by itself on every write must not be somebody's.
  for (const object of there.keys())
    if (/^(?:trigger|view|index) /.test(object) && !expected.has(object))
      throw new LedgerUnavailable('damaged', `${object} does not belong in the ledger`)
}

/** Refuses a ledger whose last rows do not chain: the cheapest sign of a torn or edited file. */
function checkTail(connection: Database.Database): void {
  const query = newestFirst.limit(TAIL_LENGTH + 1).compile()
  const rows = connection.prepare<unknown[], JournalTableRow>(query.sql).all(...query.parameters)
  rows.reverse()
  // Of a longer journal the row before its tail is only what the tail follows.
  checkChain(rows, rows.length > TAIL_LENGTH ? rows.shift() : undefined)
}

function checkChain(rows: Iterable<JournalTableRow>, follows: ChainLink = CHAIN_BEGINS): void {
  let before = follows
  for (const row of rows) {
    const line = lineOf(row)
    if (chainProblem(line, before) !== undefined || lineHash(line, nativeHashText) !== row.hash)
      throw new LedgerUnavailable('damaged', `journal row ${row.epoch}/${row.seq} does not chain`)
    before = row
  }
}
