/** Why a ledger cannot be opened or written, as values that screens put into words. */
export type LedgerProblem =
  | 'damaged'
  | 'foreign'
  | 'newer'
  | 'no-permission'
  | 'read-only'
  | 'disk-full'
  | 'disk-failing'
  | 'in-use'
  | 'not-durable'
  /** The machine has no memory, or no open files, left for it. */
  | 'overloaded'
  /** Its folder was moved, taken away or put back while it was open. */
  | 'moved'
  /** The ledger is sound, and the file of accounts beside it cannot be used. */
  | 'accounts'

/** Who holds the ledger, when it is in use. */
export interface Holder {
  processId: number
  sinceMs: number
}

/** The ledger cannot be used; nothing was written. */
export class LedgerUnavailable extends Error {
  readonly problem: LedgerProblem
  readonly detail: string
  readonly holder: Holder | undefined

  constructor(
    problem: LedgerProblem,
    detail: string,
    options: { holder?: Holder | undefined; cause?: unknown } = {},
  ) {
    super(`${problem}: ${detail}`, { cause: options.cause })
    this.name = 'LedgerUnavailable'
    this.problem = problem
    this.detail = detail
    this.holder = options.holder
  }
}

const PROBLEM_BY_CODE: readonly (readonly [string, LedgerProblem])[] = [
  ['SQLITE_FULL', 'disk-full'],
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  // The file beside the log that everybody maps could not be made as large.
  ['SQLITE_IOERR_SHMSIZE', 'disk-full'],
  ['SQLITE_READONLY', 'read-only'],
  ['EROFS', 'read-only'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_IOERR_NOMEM', 'overloaded'],
  ['SQLITE_IOERR', 'disk-failing'],
  ['EIO', 'disk-failing'],
  ['SQLITE_CANTOPEN', 'no-permission'],
  ['SQLITE_PERM', 'no-permission'],
  ['EACCES', 'no-permission'],
  ['EPERM', 'no-permission'],
  // A file stands where the folder should be.
  ['ENOTDIR', 'no-permission'],
  ['EEXIST', 'no-permission'],
  ['ENAMETOOLONG', 'no-permission'],
  // A network's disk that is not there.
  ['ENOTCONN', 'disk-failing'],
  ['ESTALE', 'disk-failing'],
  ['ENXIO', 'disk-failing'],
  ['EHOSTDOWN', 'disk-failing'],
  ['ETIMEDOUT', 'disk-failing'],
  // A link that leads to itself, and a folder where a file should be.
  ['ELOOP', 'no-permission'],
  ['EISDIR', 'no-permission'],
  ['ERR_FS_EISDIR', 'no-permission'],
  ['SQLITE_BUSY', 'in-use'],
  ['SQLITE_PROTOCOL', 'in-use'],
  ['EBUSY', 'in-use'],
  ['SQLITE_NOMEM', 'overloaded'],
  ['ENOMEM', 'overloaded'],
  ['EMFILE', 'overloaded'],
  ['ENFILE', 'overloaded'],
]

/**
 * The problem behind an error of SQLite or of the file system, by its code, or undefined for anything else.
 * Extended codes (SQLITE_IOERR_WRITE…) begin with their class.
 */
export function ledgerProblemOf(error: unknown): LedgerProblem | undefined {
  if (error instanceof LedgerUnavailable) return error.problem
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  const code = error.code
  return PROBLEM_BY_CODE.find(([prefix]) => code.startsWith(prefix))?.[1]
}
