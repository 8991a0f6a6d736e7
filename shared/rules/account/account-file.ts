/** What a file of accounts says: what a column of it can mean, and why a row of it is not taken. */

/** In the order in which the screen asks. `amount` is one open item; `balance` is the whole account in one figure. */
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

/** Fields that may be gathered from several columns. */
export const GATHERED_FIELDS: ReadonlySet<ImportField> = new Set<ImportField>(['address', 'phone'])

/** Why a file as a whole cannot be imported. */
export const IMPORT_REFUSALS = [
  'no-such-file',
  'not-a-text-file',
  'empty-file',
  'repeated-header',
  'header-over-lines',
  'too-many-columns',
  'line-too-long',
  'no-number-column',
  'no-money-column',
  'unknown-column',
] as const
export type ImportRefusal = (typeof IMPORT_REFUSALS)[number]

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
  'wrong-gl-account',
  'too-long',
  'too-many',
  'too-many-items',
  'control-characters',
  'card-number',
  'duplicate-item',
  'conflicting-account-data',
  'account-has-bad-row',
] as const
export type ImportReason = (typeof IMPORT_REASONS)[number]
