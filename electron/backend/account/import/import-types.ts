/** What an import of accounts is asked and what it answers. */

import type { ImportMapping, ImportProblem, Watch } from '../../../../db/account-file/file-types.ts'
import type { ImportMark, StateMark } from '../../../../db/accounts/mark.ts'
import type { JournalPosition } from '../../../../shared/ledger/journal-position.ts'

export type ImportMode = 'all-or-nothing' | 'good-rows'

export interface ImportInput extends Watch {
  state: StateMark
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
  /** Up to when the file's balances contain what was taken here; nothing of it when left out. */
  paymentsThroughMs?: number | undefined
  /** Place in this till's journal at an instant: what such balances contain. The beginning of it when left out. */
  placeAt?: ((atMs: number) => JournalPosition) | undefined
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
   * was asked and some row is bad. Only `imported` changes anything.
   */
  outcome: 'imported' | 'unchanged' | 'refused'
  /** What the journal states; the new mark when imported, else the one that is still in force. */
  mark: ImportMark | null
  counts: ImportCounts
  /** Accounts that the file does not name were to be closed and were not: of some row it is not known whose it is. */
  nothingClosed: boolean
  /** The first 200 bad rows in the order of the file; `badRowsFile` has all. */
  problems: ImportProblem[]
}
