/** The one row that says which import the accounts come from. */
import { hash } from 'node:crypto'

export interface ImportMark {
  importId: string
  fileName: string
  /** Hex; of the file's bytes, or of what the sample was made from. */
  fileSha256: string
  accountCount: number
  itemCount: number
  badRowCount: number
  atMs: number
  asOfMs: number
  /** Whether these balances contain what was taken here before `asOfMs`, as whoever imported them said. */
  paymentsIncluded: boolean
  /** SHA-256 (hex) over all row hashes in the order of account ids. */
  root: string
}

export interface MarkRow {
  mark_id: 1
  import_id: string
  file_name: string
  file_sha256: string
  account_count: number
  item_count: number
  bad_row_count: number
  at_ms: number
  as_of_ms: number
  payments_included: number
  root: string
  find_digest: string
  row_hash: string
}

export const MARK_SQL = 'SELECT * FROM import_mark WHERE mark_id = 1'

export function markOf(row: MarkRow): ImportMark {
  return {
    importId: row.import_id,
    fileName: row.file_name,
    fileSha256: row.file_sha256,
    accountCount: row.account_count,
    itemCount: row.item_count,
    badRowCount: row.bad_row_count,
    atMs: row.at_ms,
    asOfMs: row.as_of_ms,
    paymentsIncluded: row.payments_included === 1,
    root: row.root,
  }
}

export function markHash(mark: ImportMark, findDigest: string): string {
  const { importId, fileName, fileSha256, accountCount, itemCount, badRowCount } = mark
  const source = [importId, fileName, fileSha256, accountCount, itemCount, badRowCount]
  const moment = [mark.atMs, mark.asOfMs, mark.paymentsIncluded]
  return hash('sha256', JSON.stringify([...source, ...moment, mark.root, findDigest]))
}
