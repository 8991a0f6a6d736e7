import type { JournalTableRow } from '../../shared/ledger/tables.ts'
import type { Place } from '../../shared/place.ts'
import { newestFirst } from '../journal.ts'
import type { Reader } from '../reader.ts'
import { build } from '../statement.ts'

/** Journal rows, newest first, a page at a time. */
export function journalPage(
  reader: Reader,
  page: { beforeSeq?: number | undefined; kind?: string | undefined; limit: number },
): JournalTableRow[] {
  let query = newestFirst
  if (page.beforeSeq !== undefined) query = query.where('seq', '<', page.beforeSeq)
  if (page.kind !== undefined) query = query.where('kind', '=', page.kind)
  return reader.all(query.limit(page.limit))
}

/** The newest word about all accounts on record: an import, or a pull. */
export function lastAccountImport(reader: Reader) {
  return reader.first(
    build.selectFrom('account_import').selectAll().orderBy('epoch', 'desc').orderBy('seq', 'desc').limit(1),
  )
}

/** Place in the journal of the last fact stated at or before an instant; zeros where there is none. */
export function lastPlaceAt(reader: Reader, atMs: number): Place {
  const row = reader.first(newestFirst.where('at', '<=', atMs).limit(1))
  return row ? { epoch: row.epoch, seq: row.seq } : { epoch: 0, seq: 0 }
}
