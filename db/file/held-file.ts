/**
 * A file while this program has it open for writing. SQLite moves the log that lies beside a file into whatever has that
 * file's bytes by then, as it goes along and once more when the last one closes it: a copy that somebody put over the file
 * in place would become a mixture of two. So the log is moved from here alone, and only where nobody else has put a byte
 * into either of them. Nothing waits between the look and the move.
 */
import { closeSync, openSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Guard } from '../ledger/ledger.ts'
import { type Left, OTHERS_LOG } from './high-water-mark.ts'
import { beginLog, drawMark, formForLog, type LogOwner, OpenLog, stampMark } from './log-mark.ts'
import { LedgerUnavailable, ledgerProblemOf } from './problem.ts'
import { connect } from './sqlite-file.ts'
import {
  bothOf,
  isFilled,
  isGrownOf,
  isSameFile,
  leftAs,
  type State,
  stateOf,
  untilTold,
} from './still-there.ts'

/** As many pages in the log and it is moved; SQLite's own limit. */
const LOG_PAGES = 1_000
/** How many commits it is between two looks at that. */
const COMMITS_PER_LOOK = 10
const WAIT_MS = 5_000
const PAUSE_MS = 50

/** In which state a file and its log are, as `stateOf` names it. */
export interface Found {
  file: string
  log: string
}

const NOTHING_LEFT: Left = { file: '', log: '', logFile: '' }

export const foundAt = (path: string): Found => ({ file: stateOf(path), log: stateOf(`${path}-wal`) })

export interface Holding {
  /** Has read the file in the state that was `found`; closed with it, whatever happens. */
  reader: Database.Database
  found: Found
  /** The same of the file, as `leftAs` names it. */
  left: string
  log: LogOwner
  /** Whether this program may still write. */
  isOwner: () => boolean
}

export class HeldFile implements Guard {
  readonly connection: Database.Database
  readonly #path: string
  /** SQLite moves the log by itself when the last one closes a file: this one, which may not write, is the last. */
  readonly #reader: Database.Database
  readonly #isOwner: () => boolean
  /** For the mark alone; closed last. */
  readonly #file: number
  readonly #logLength: Database.Statement<[], { log: number; checkpointed: number }>
  /** In which state both were when this program wrote into them last. */
  #left: Left
  /** The log of the name, as soon as there is one. */
  #log: OpenLog | undefined
  /** How many frames the log had then. */
  #frames = 0
  /** Another number as soon as somebody else has committed anything (sqlite.org/pragma.html#pragma_data_version). */
  readonly #dataVersion: Database.Statement<[], number>
  #ownVersion: number | undefined
  /** Somebody else has written into one of them. */
  #isDisturbed = false
  #found: Found
  #commits = 0
  /** The log was moved, and the next one could not be begun: nothing else may be written first. */
  #isLogOwed = false

  /** Refuses (LedgerUnavailable) where another file or log lies there by now. */
  constructor(path: string, { reader, found, left, log, isOwner }: Holding) {
    this.#path = path
    this.#reader = reader
    this.#found = found
    this.#left = { file: left, log: '', logFile: '' }
    this.#isOwner = isOwner
    try {
      this.#file = openSync(path, 'r+')
    } catch (error) {
      reader.close()
      throw error
    }
    try {
      this.connection = connect(path)
    } catch (error) {
      reader.close()
      closeSync(this.#file)
      throw error
    }
    try {
      this.#dataVersion = this.connection.prepare<[], number>('PRAGMA data_version').pluck()
      this.#ownVersion = this.#dataVersion.get()
      this.#refuseMeanwhile()
      this.#logLength = this.connection.prepare('PRAGMA wal_checkpoint(NOOP)')
      this.#takeLog()
      // Somebody else may have moved the log that was left, and the next one begins as every one does.
      this.#isLogOwed = true
      if (log !== 'no log') this.#tryBeginLog()
      this.#moveLog('TRUNCATE')
      // A copy bears the mark of what it was made of, as others do: this one gets its own before anything else is written.
      if (log === 'no log') this.#moveLog('TRUNCATE')
    } catch (error) {
      this.#closeBoth()
      throw error
    }
  }

  /** SQLite makes an empty log where there is none. */
  #refuseMeanwhile(): void {
    const { log } = foundAt(this.#path)
    if (!isFilled(this.#found.log) && !isFilled(log)) this.#found = { ...this.#found, log }
    this.refuseOther()
  }

  #takeLog(): void {
    this.connection.pragma('synchronous = FULL')
    this.connection.pragma('wal_autocheckpoint = 0')
    // However long a transaction is, nothing of it goes into a log before it is known whose that is.
    this.connection.pragma('cache_spill = OFF')
    if (this.connection.pragma('journal_mode', { simple: true }) === 'wal') return
    // A copy that SQLite made by itself has no log yet, and its form is changed for one, as soon as nobody reads it. It bears
    // a mark of the file that it was made of.
    const until = performance.now() + WAIT_MS
    while (!this.#changedForm()) {
      if (performance.now() > until) throw new LedgerUnavailable('in-use', this.#path)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
    }
    // To change the form of one's own file counts as a commit.
    this.#ownVersion = this.#dataVersion.get()
    this.#note()
    this.#refuseMeanwhile()
    this.#reader.prepare('SELECT 1 FROM sqlite_schema').get()
  }

  #changedForm(): boolean {
    this.refuseOther()
    try {
      this.#atOnce(() => formForLog(this.connection, this.#file, () => this.refuseOther()))
      return true
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false
      throw error
    }
  }

  /** Without a wait for others. */
  #atOnce(work: () => void): void {
    const usual: unknown = this.connection.pragma('busy_timeout', { simple: true })
    this.connection.pragma('busy_timeout = 0')
    try {
      work()
    } finally {
      this.connection.pragma(`busy_timeout = ${String(usual)}`)
    }
  }

  /** Throws (LedgerUnavailable) where another file lies there by now, or other bytes in it or in its log. */
  refuseOther(): void {
    const { file, log } = foundAt(this.#path)
    this.#refuseUnless(file === this.#found.file && log === this.#found.log)
  }

  #refuseUnless(isAsItWas: boolean): void {
    if (!isAsItWas) this.#isDisturbed = true
    if (!isAsItWas || !this.#isOwner()) throw moved(this.#path)
  }

  /**
   * Asked before each transaction: what SQLite says where the next log cannot be begun. Whose bytes lie there is looked at before
   * the end, and until then nothing of a transaction is written (`cache_spill`).
   */
  mayWrite(): void {
    if (!this.#isLogOwed) return
    this.refuseOther()
    this.#beginLog()
  }

  /** Asked once a transaction has begun: somebody else may have written while it waited to. */
  begun(): void {
    this.#refuseUnless(this.#dataVersion.get() === this.#ownVersion)
  }

  /** Where somebody else writes at this moment, the first one to write here begins it. */
  #tryBeginLog(): void {
    try {
      this.#beginLog()
    } catch (error) {
      if (!ledgerProblemOf(error)) throw error
    }
  }

  #beginLog(): void {
    this.#mark(beginLog)
    this.#isLogOwed = false
    this.#noteLog()
  }

  /** What could not be written whole, on a full disk, has made the log another: it is still one's own. */
  #mark(work: (connection: Database.Database) => void): void {
    try {
      this.#atOnce(() => work(this.connection))
    } catch (error) {
      if (this.#hasOwnEnd()) this.#noteLog()
      throw error
    }
  }

  /** Asked right before a transaction ends: what was put over file or log since it began is not gone on from. */
  mayCommit(): void {
    const { file, log } = this.#found
    const now = foundAt(this.#path)
    const isOwnLog = log === '' || (isGrownOf(now.log, log) && this.#hasOwnEnd())
    this.#refuseUnless(now.file === file && isOwnLog)
  }

  /** One that was written over may be as long. */
  #hasOwnEnd(): boolean {
    return (this.#log?.frame(this.#frames) ?? '') === this.#left.log
  }

  /** For the next start. */
  get left(): Left {
    if (!this.#isDisturbed) return this.#left
    // The file is as it was, and a log that this program never began is looked into.
    return this.#isLogOwed ? { ...NOTHING_LEFT, file: this.#left.file, log: OTHERS_LOG } : NOTHING_LEFT
  }

  /** Called after each transaction: moves a log that has become long into the file. */
  wrote(isCommitted = true): void {
    // What was put over it within one that was undone is refused by whoever writes next.
    const { log } = this.#found
    const now = this.#logNow()
    const isOwn = log === '' || isGrownOf(now.now, log)
    if (isOwn && (isCommitted || this.#hasOwnEnd())) this.#noteLog(now)
    else this.#isDisturbed = true
    this.#commits += 1
    if (this.#commits % COMMITS_PER_LOOK !== 0) return
    if ((this.#logLength.get()?.log ?? 0) >= LOG_PAGES) this.#moveLog('PASSIVE')
  }

  /** A log whose name was taken away is as it was; one that was written over is not. */
  #mayMove(): boolean {
    const { file, log } = this.#found
    const now = foundAt(this.#path)
    const isWrittenOver = now.log !== log && isSameFile(now.log, log)
    // Whoever put its time of writing back could not put back when its entry was changed.
    const isAsLeft = leftAs(this.#path) === this.#left.file && this.#isLogAsLeft()
    if (now.file !== file || isWrittenOver || !isAsLeft) this.#isDisturbed = true
    return now.file === file && !isWrittenOver && this.#isOwner()
  }

  /** Of an empty one nothing is moved, and one whose name was taken away is looked at by its name no more. */
  #isLogAsLeft(): boolean {
    const { log, logFile } = this.#left
    const { now, left } = this.#logNow()
    return log === '' || !isSameFile(now, this.#found.log) || left === logFile
  }

  /** Gives whether nothing is left in the log. */
  #moveLog(how: 'PASSIVE' | 'TRUNCATE', { isLast = false }: { isLast?: boolean } = {}): boolean {
    try {
      if (!this.#mayMove()) return false
      // A log that was not begun has nothing in it.
      if (!this.#isLogOwed && !this.#isMoved(how)) {
        // What was drawn is the file's: the log goes on under the next one.
        if (!isLast) this.#mark(beginLog)
        this.#noteLog()
        return false
      }
      this.#isLogOwed = true
      if (!isLast) this.#beginLog()
      return true
    } catch (error) {
      // What could not be moved into the file stays in the log, as durable as before.
      if (!ledgerProblemOf(error)) throw error
      return false
    }
  }

  #isMoved(how: 'PASSIVE' | 'TRUNCATE'): boolean {
    this.#mark(drawMark)
    this.#noteLog()
    // That takes its time on a slow disk.
    if (!this.#mayMove()) return false
    try {
      stampMark(this.connection, this.#file)
      this.#atOnce(() => this.connection.pragma(`wal_checkpoint(${how})`))
    } finally {
      this.#note()
    }
    const length = this.#logLength.get()
    return length?.log === length?.checkpointed
  }

  #note(): void {
    const { now, left } = bothOf(this.#path)
    this.#found = { ...this.#found, file: now }
    this.#left = { ...this.#left, file: left }
    this.#noteLog()
  }

  #logNow(): State {
    return bothOf(`${this.#path}-wal`)
  }

  /** Where another log has the name by now, its own is as it was. */
  #noteLog({ now: log, left: logFile } = this.#logNow()): void {
    if (this.#found.log !== '' && !isSameFile(log, this.#found.log)) {
      this.#isDisturbed = true
      return
    }
    const frames = this.#logLength.get()?.log ?? 0
    if (log !== '') this.#log ??= new OpenLog(`${this.#path}-wal`)
    const end = this.#log?.frame(frames) ?? ''
    // All of it or nothing: where the end cannot be read, the next look finds the log as it was noted before.
    this.#found = { ...this.#found, log }
    this.#frames = frames
    this.#left = { ...this.#left, log: end, logFile }
    // What was noted is somebody else's too where they committed in that moment.
    if (this.#dataVersion.get() !== this.#ownVersion) this.#isDisturbed = true
  }

  /** Ends with the log in the file where that is still its own; else it is all that is left of the last rows, and stays. */
  close(): void {
    let isMoved = false
    try {
      isMoved = this.#moveLog('TRUNCATE', { isLast: true }) && this.#hasOwnLog()
      this.#settle()
    } finally {
      this.#closeBoth({ isMoved })
    }
  }

  /** What somebody else writes from now on has another time than what was noted; what they wrote before is seen here. */
  #settle(): void {
    const { file, logFile } = this.#left
    const ms = Math.max(untilTold(file), untilTold(logFile))
    if (ms > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
    const isAsLeft = leftAs(this.#path) === file && this.#isLogAsLeft()
    if (!isAsLeft || this.#dataVersion.get() !== this.#ownVersion) this.#isDisturbed = true
  }

  /** SQLite takes the log away by its name, and another one may have that by now. */
  #hasOwnLog(): boolean {
    const { now } = this.#logNow()
    return now === '' || isSameFile(now, this.#found.log)
  }

  /** Whoever closes last and may write takes the log away: only where there is nothing left in it. */
  #closeBoth({ isMoved = false } = {}): void {
    // On Windows no file is taken away that somebody has open.
    this.#log?.close()
    if (isMoved) this.#reader.close()
    this.connection.close()
    this.#reader.close()
    closeSync(this.#file)
  }
}

export const moved = (path: string): LedgerUnavailable =>
  new LedgerUnavailable('moved', `${path} was moved, taken away or put back while it was open`)
