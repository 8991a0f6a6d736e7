/** What all accounts come to, written down beside them. */
import { type ImportMark, markHash } from '../mark.ts'
import { findDigest, mirrorRoot } from '../root.ts'
import type { AccountsWriter } from '../writer.ts'
import { isUnproved } from './pull-state.ts'

const WRITE_MARK =
  'INSERT OR REPLACE INTO import_mark VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'

/** What an import or a pull says of itself; what the whole file comes to is taken when it is sealed. */
export type MarkSource = Omit<ImportMark, 'accountCount' | 'itemCount' | 'root'>

/** Counts, root and mark of the file as it stands in this transaction. */
export function seal(writer: AccountsWriter, source: MarkSource): ImportMark {
  const mark: ImportMark = {
    ...source,
    accountCount: writer.accountCount(),
    itemCount: writer.itemCount(),
    root: mirrorRoot(writer),
  }
  const digest = findDigest(writer)
  const { importId, sourceName, fileSha256, accountCount, itemCount, changedCount, badRowCount } = mark
  const counts = [accountCount, itemCount, changedCount, badRowCount]
  const moment = [mark.atMs, mark.asOfMs, mark.paymentsIncluded ? 1 : 0]
  const asOfPosition = [mark.asOfPosition.epoch, mark.asOfPosition.seq]
  const origin = [importId, mark.source, sourceName, fileSha256]
  const values = [...origin, ...counts, ...moment, ...asOfPosition, mark.root, digest, markHash(mark, digest)]
  writer.prepared(WRITE_MARK).run(...values)
  return mark
}

/** Whether the accounts come to what their mark says; while all of them are being read from central nothing says it. */
export function isAsSealed(writer: AccountsWriter): boolean {
  const pull = writer.pullState()
  if (pull !== null && isUnproved(pull)) return true
  const mark = writer.importMark()
  return mark === null ? writer.accountCount() === 0 : mark.root === mirrorRoot(writer)
}
