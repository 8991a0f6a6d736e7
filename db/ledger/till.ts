/** Opens the ledger file: pragmas, owner lock, version, a first look at its soundness. */

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { foundAt, HeldFile } from '../file/held-file.ts'
import { openHighWaterMark } from '../file/high-water-mark.ts'
import { logBeside } from '../file/log-mark.ts'
import { OWNER_LOCK, type OwnerLock, takeOwnerLock } from '../file/owner-lock.ts'
import { LedgerUnavailable, ledgerProblemOf } from '../file/problem.ts'
import { hasNoFile, versionOf } from '../file/sqlite-file.ts'
import { leftAs, stillThere } from '../file/still-there.ts'
import { checkObjects, openChecked } from './check.ts'
import { claimFolder, endFirstStart, inspect, LEDGER_FILE, refuseLostLedger } from './folder.ts'
import { Ledger } from './ledger.ts'
import { createLedger, tablesWanted } from './ledger-file.ts'
import { mendTables, provedTables } from './mend-tables.ts'
import { migrate } from './migrate.ts'
import { forgetBefore, rebuildPath, type TakenRebuild, takeRebuilt } from './rebuild.ts'
import { APPLICATION_ID } from './schema.ts'
import { ledgerSteps } from './steps.ts'

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
        // What lies there now is nobody's own: it was in nobody's hands meanwhile.
        const again = openLedgerFile(path, steps)
        held = again.held
        isDoubted ||= again.isDoubted
        mended = [...mended, ...again.mended]
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
      refuseOther: () => held.refuseOther(),
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

function openLedgerFile(path: string, steps: readonly string[]): Opened {
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
  const { reader, isDoubted } = openChecked(path, { steps, log, left })
  const held = new HeldFile(path, { reader, found, left, log: log.owner, isOwner })
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

function setPragmas(connection: Database.Database): void {
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  connection.pragma('busy_timeout = 5000')
  connection.pragma('trusted_schema = OFF')
  connection.pragma('cache_size = -65536')
}
