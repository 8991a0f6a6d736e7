/** The one row that says where the accounts come from, and what they come to. */

import { hash } from 'node:crypto'
import type { JournalPosition } from '../../shared/ledger/journal-position.ts'

export interface ImportMark {
  /** Of the import, or of the pull. */
  importId: string
  source: 'file' | 'central'
  /** The file's name, or where central is. */
  sourceName: string
  /** Hex; of the file's bytes, or of what the sample was made from. Empty for a pull. */
  fileSha256: string
  accountCount: number
  itemCount: number
  /** Accounts that were added or changed. */
  changedCount: number
  badRowCount: number
  atMs: number
  asOfMs: number
  /** Whether a file's balances contain what was taken here before `asOfMs`, as whoever imported it said. */
  paymentsIncluded: boolean
  /** How far this till's journal is in the figures; zeros for a file without this till's payments. */
  asOfPosition: JournalPosition
  /** SHA-256 (hex) over all row hashes in the order of account ids. */
  root: string
}

/**
 * States in the journal what the accounts will come to, before they are changed: what the journal does not state was not
 * read by this till. Throws where it cannot be stated, and then nothing is changed.
 */
export type StateMark = (mark: ImportMark) => void

export interface MarkRow {
  mark_id: 1
  import_id: string
  source: 'file' | 'central'
  source_name: string
  file_sha256: string
  account_count: number
  item_count: number
  changed_count: number
  bad_row_count: number
  at_ms: number
  as_of_ms: number
  payments_included: number
  as_of_epoch: number
  as_of_seq: number
  root: string
  find_digest: string
  row_hash: string
}

export const MARK_SQL = 'SELECT * FROM import_mark WHERE mark_id = 1'

export function markOf(row: MarkRow): ImportMark {
  return {
    importId: row.import_id,
    source: row.source,
    sourceName: row.source_name,
    fileSha256: row.file_sha256,
    accountCount: row.account_count,
    itemCount: row.item_count,
    changedCount: row.changed_count,
    badRowCount: row.bad_row_count,
    atMs: row.at_ms,
    asOfMs: row.as_of_ms,
    paymentsIncluded: row.payments_included === 1,
    asOfPosition: { epoch: row.as_of_epoch, seq: row.as_of_seq },
    root: row.root,
  }
}

export function markHash(mark: ImportMark, findDigest: string): string {
  const { importId, source, sourceName, fileSha256 } = mark
  const counts = [mark.accountCount, mark.itemCount, mark.changedCount, mark.badRowCount]
  const moment = [
    mark.atMs,
    mark.asOfMs,
    mark.paymentsIncluded,
    mark.asOfPosition.epoch,
    mark.asOfPosition.seq,
  ]
  const all = [importId, source, sourceName, fileSha256, ...counts, ...moment, mark.root, findDigest]
  return hash('sha256', JSON.stringify(all))
}
