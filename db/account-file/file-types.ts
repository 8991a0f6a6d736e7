/** What a file of accounts can hold, what can be wrong with it, and how its reading is watched. */
import type { ImportField, ImportReason, ImportRefusal } from '../../shared/rules/account/account-file.ts'

/** Which columns, by their header text, hold a field. Several are joined (address) or listed (phone). */
export type ImportMapping = Partial<Record<ImportField, string | readonly string[]>>

/** One row that is not imported. `line` is where it begins in the file, counted from 1; the header is line 1. */
export interface ImportProblem {
  line: number
  /** Header text of the column, or empty where no single column is at fault. */
  column: string
  reason: ImportReason
  /** The cells as they stand in the file; empty for a row that could not be read. */
  cells: readonly string[]
}

export interface ImportProgress {
  phase: 'checking' | 'reading' | 'writing' | 'indexing'
  /** Bytes while checking and reading, rows while writing, accounts while indexing. */
  done: number
  total: number
}

export interface Watch {
  /** Hears of every step. What it throws ends the work there, with nothing changed. */
  onProgress?: ((progress: ImportProgress) => void) | undefined
}

/** The file as a whole cannot be imported; nothing was changed. */
export class ImportRefused extends Error {
  readonly reason: ImportRefusal
  readonly detail: string

  constructor(reason: ImportRefusal, detail: string) {
    super(`${reason}: ${detail}`)
    this.name = 'ImportRefused'
    this.reason = reason
    this.detail = detail
  }
}
