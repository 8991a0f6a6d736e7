/**
 * A file while this program has it open for writing. SQLite moves the log that lies beside a file into whatever has that
 * file's bytes by then, as it goes along and once more when the last one closes it: a copy that somebody put over the file
 * in place would become a mixture of two. So the log is moved from here alone, and only into the state of the file that it
 * was begun beside.
 */
import type Database from 'better-sqlite3'
import { LedgerUnavailable, ledgerProblemOf } from './problem.ts'
import { connect } from './sqlite-file.ts'
import { stateOf } from './still-there.ts'

/** As many pages in the log and it is moved; SQLite's own limit. */
const LOG_PAGES = 1_000
/** How many commits it is between two looks at that. */
const COMMITS_PER_LOOK = 10

export class HeldFile {
  readonly connection: Database.Database
  readonly #path: string
  /** SQLite moves the log by itself when the last one closes a file: this one, which may not write, is the last. */
  readonly #reader: Database.Database
  readonly #logLength: Database.Statement<[], { log: number }>
  #state: string
  #commits = 0

  /** Takes `reader` over, which has read the file in the `state` that `stateOf` named before, and closes it whatever happens. */
  constructor(path: string, { reader, state }: { reader: Database.Database; state: string }) {
    this.#path = path
    this.#reader = reader
    this.#state = state
    try {
      this.connection = connect(path)
    } catch (error) {
      reader.close()
      throw error
    }
    try {
      this.refuseOther()
      this.#takeLog()
      this.#logLength = this.connection.prepare('PRAGMA wal_checkpoint(NOOP)')
    } catch (error) {
      this.#closeBoth()
      throw error
    }
  }

  #takeLog(): void {
    this.connection.pragma('wal_autocheckpoint = 0')
    if (this.connection.pragma('journal_mode', { simple: true }) === 'wal') return
    // A copy that SQLite made by itself has no log yet, and its form is changed for one.
    this.connection.pragma('journal_mode = WAL')
    this.#state = stateOf(this.#path)
    this.#reader.prepare('SELECT 1 FROM sqlite_schema').get()
  }

  /** In which state the file is to which the log belongs. */
  get state(): string {
    return this.#state
  }

  /** Throws (LedgerUnavailable) where another file lies there by now, or other bytes in it. */
  refuseOther(): void {
    if (!this.#isSame()) throw moved(this.#path)
  }

  #isSame(): boolean {
    return stateOf(this.#path) === this.#state
  }

  /** Called after each commit: moves a log that has become long into the file. */
  committed(): void {
    this.#commits += 1
    if (this.#commits % COMMITS_PER_LOOK !== 0) return
    if ((this.#logLength.get()?.log ?? 0) >= LOG_PAGES) this.#moveLog('PASSIVE')
  }

  #moveLog(how: 'PASSIVE' | 'TRUNCATE'): void {
    if (!this.#isSame()) return
    try {
      this.connection.pragma(`wal_checkpoint(${how})`)
    } catch (error) {
      // What could not be moved into the file stays in the log, as durable as before.
      if (!ledgerProblemOf(error)) throw error
    }
    this.#state = stateOf(this.#path)
  }

  /** Ends with the log in the file, where it is still the same; else the log is all that is left of the last rows, and stays. */
  close(): void {
    try {
      this.#moveLog('TRUNCATE')
    } finally {
      this.#closeBoth()
    }
  }

  #closeBoth(): void {
    if (this.#isSame()) this.#reader.close()
    this.connection.close()
    this.#reader.close()
  }
}

export const moved = (path: string): LedgerUnavailable =>
  new LedgerUnavailable('moved', `${path} was moved, taken away or put back while it was open`)
