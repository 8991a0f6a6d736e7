import Database from 'better-sqlite3'

/** One place that is not as it should be. */
export interface VerifyProblem {
  /** Table, row and column, or position in the journal. */
  place: string
  problem: string
}

/** After this many places nothing more is learnt. */
const MOST_PROBLEMS = 50

/** Gathers what differs, up to a number that a person can still read. */
export class Problems {
  readonly list: VerifyProblem[] = []

  add(place: string, problem: string): void {
    if (this.list.length < MOST_PROBLEMS) this.list.push({ place, problem })
  }

  get full(): boolean {
    return this.list.length >= MOST_PROBLEMS
  }

  /** Runs one check. A place of the file that cannot be read is a finding of its own, and the other checks go on. */
  during<T>(place: string, check: () => T, otherwise: T): T {
    try {
      return check()
    } catch (error) {
      if (!(error instanceof Database.SqliteError) || !/^SQLITE_(?:CORRUPT|NOTADB|ERROR)/.test(error.code))
        throw error
      this.add(place, `cannot be read: ${error.message}`)
      return otherwise
    }
  }
}
