/** What an import of accounts is asked and what it answers. */
import type { ImportMark } from '../../../db/accounts/mark.ts'

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

export type ImportMode = 'all-or-nothing' | 'good-rows'

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

export interface ImportInput extends Watch {
  file: string
  dataDir: string
  /** UUIDv7 of this import, made by whoever asks for it. */
  importId: string
  /** Now, in UTC milliseconds. */
  atMs: number
  mode: ImportMode
  /** Overrides what the headers say, field by field. */
  mapping?: ImportMapping | undefined
  /** What happens to stored accounts that the file does not name; 'keep' when left out. */
  missingAccounts?: 'keep' | 'close' | undefined
  /** When central's figures were pulled; the time of the file when left out. */
  asOfMs?: number | undefined
  /** Whether the file's balances contain what was taken here before it was made; false when left out. */
  paymentsIncluded?: boolean | undefined
  /** Place of the utility, for the date of a balance without a due date; UTC when left out. */
  timeZone?: string | undefined
  /** GL account of items whose row names none. */
  defaultGlAccount?: string | undefined
  /** Where to write the rows that are not imported, as CSV; nowhere when left out. */
  badRowsFile?: string | undefined
}

export interface ImportCounts {
  rows: number
  badRows: number
  added: number
  changed: number
  unchanged: number
  closed: number
}

export interface ImportResult {
  /**
   * `imported`: the file was changed. `unchanged`: everything was there already. `refused`: all or nothing
   * was asked and some row is bad. `cancelled`: the signal came. Only `imported` changes anything.
   */
  outcome: 'imported' | 'unchanged' | 'refused' | 'cancelled'
  /** What the journal states; the new mark when imported, else the one that is still in force. */
  mark: ImportMark | null
  counts: ImportCounts
  /** The first 200 bad rows in the order of the file; `badRowsFile` has all. */
  problems: ImportProblem[]
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
