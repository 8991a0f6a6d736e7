/** What a file of accounts can hold, what can be wrong with it, and how its reading is watched. */

/** What a column of the file can mean. `amount` is one open item; `balance` is the whole account in one figure. */
export const IMPORT_FIELDS = [
  'number',
  'name',
  'address',
  'phone',
  'status',
  'cashOnly',
  'credit',
  'note',
  'service',
  'serviceOrder',
  'penalty',
  'dueDate',
  'amount',
  'glAccount',
  'balance',
] as const
export type ImportField = (typeof IMPORT_FIELDS)[number]

/** Which columns, by their header text, hold a field. Several are joined (address) or listed (phone). */
export type ImportMapping = Partial<Record<ImportField, string | readonly string[]>>

/** Why a row is not imported. */
export const IMPORT_REASONS = [
  'unreadable-row',
  'wrong-column-count',
  'missing-number',
  'wrong-number',
  'spreadsheet-number',
  'missing-amount',
  'wrong-money',
  'negative-credit',
  'missing-due-date',
  'wrong-date',
  'wrong-status',
  'wrong-flag',
  'wrong-order',
  'too-long',
  'too-many',
  'control-characters',
  'card-number',
  'duplicate-item',
  'conflicting-account-data',
  'account-has-bad-row',
] as const
export type ImportReason = (typeof IMPORT_REASONS)[number]

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
  onProgress?: ((progress: ImportProgress) => void) | undefined
  signal?: AbortSignal | undefined
}

export type ImportRefusal =
  | 'no-such-file'
  | 'not-a-text-file'
  | 'empty-file'
  | 'repeated-header'
  | 'no-number-column'
  | 'no-money-column'
  | 'unknown-column'

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
