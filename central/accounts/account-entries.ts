/** What a file of accounts says, entry by entry, and how it is to be read. */
import type { AccountWithItems } from '../../shared/account.ts'

export interface FileOptions {
  importId: string
  /** What becomes of accounts that the file does not name; 'keep' when left out. */
  missing?: 'keep' | 'close' | undefined
  /**
   * Payments that central posted up to this moment (UTC milliseconds) are in the file's figures, and later ones are put
   * on top of them. When left out, see `momentOf`.
   */
  paymentsThroughMs?: number | undefined
  /** The moment is of this very file, and not reckoned from when it was changed. */
  isExact?: boolean | undefined
  /** Central's clock: no payment that is still to come is in any figures. The machine's when left out. */
  nowMs?: number | undefined
  /** Of the city, for the date of a balance without a due date; this machine's own when left out. */
  timeZone?: string | undefined
  /** Of items whose row names none; 'unassigned' when left out. */
  defaultGlAccount?: string | undefined
  /** A folder of its own for rows between reading and writing; the system's when left out. */
  stagingDir?: string | undefined
  signal?: AbortSignal | undefined
}

export interface BadRow {
  line: number
  why: string
}

/** What a file of accounts says, one after the other. */
export type FileEntry =
  | { account: AccountWithItems; line: number }
  /** The account is named, and left as it is. */
  | { named: string; bad: readonly BadRow[] }
  /** Nobody knows which account this is about. */
  | { bad: readonly BadRow[] }
