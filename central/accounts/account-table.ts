/** A table of accounts (CSV): one row per open item with the account's columns repeated, or one per account with a balance. */
import { assembleAccount } from '../../db/account-file/account-rows.ts'
import { csvBatches } from '../../db/account-file/csv-records.ts'
import type { FileText } from '../../db/account-file/file-text.ts'
import type { ImportProblem } from '../../db/account-file/file-types.ts'
import { REASON_WORDS } from '../../db/account-file/reason-words.ts'
import { RowStaging } from '../../db/account-file/row-staging.ts'
import { RowReader } from '../../db/account-file/row-values.ts'
import { accountIdOf } from '../../db/accounts/named-id.ts'
import { type StagedRow, Staging } from '../../db/accounts/pull/staging.ts'
import type { ImportReason } from '../../shared/rules/account/account-file.ts'
import { businessDateOf } from '../../shared/time.ts'
import type { BadRow, FileEntry, FileOptions } from './account-entries.ts'

type TableOptions = Pick<FileOptions, 'importId' | 'timeZone' | 'defaultGlAccount' | 'signal'> & {
  work: string
}

/**
 * Every account of a table, put together from all of its rows wherever they stand. Throws `ImportRefused` for a table
 * without the columns that are needed, and for one without rows, before anything of it is given.
 */
export async function* tableEntries(
  file: string,
  text: FileText,
  { importId, timeZone, defaultGlAccount, signal, work }: TableOptions,
): AsyncGenerator<FileEntry> {
  const staging = new Staging<ImportReason>(work, importId)
  try {
    const unread: BadRow[] = []
    const onUnread = ({ line, column, reason }: ImportProblem) =>
      void unread.push(badRow(line, column, reason))
    const table = new RowStaging(staging, { onUnread })
    for await (const batch of csvBatches(file, text)) {
      signal?.throwIfAborted()
      table.take(batch)
    }
    const mapped = table.finish(file)
    if (!table.namesAll) yield { bad: unread }
    const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
    const dueDate = businessDateOf(text.writtenAtMs, zone)
    const reader = new RowReader(mapped, { dueDate, glAccount: defaultGlAccount ?? 'unassigned' })
    for (const rows of staging.accounts()) yield entryOf(rows, reader, text.writtenAtMs)
  } finally {
    staging.close()
  }
}

function entryOf(rows: readonly StagedRow[], reader: RowReader, asOfMs: number): FileEntry {
  const assembled = assembleAccount(rows, reader, asOfMs)
  if (assembled.ok) return { account: assembled.account, line: rows[0]?.line ?? 0 }
  const named = accountIdOf(rows[0]?.cells[reader.numberColumn] ?? '')
  return { named, bad: assembled.faults.map(({ line, column, reason }) => badRow(line, column, reason)) }
}

function badRow(line: number, column: string, reason: ImportReason): BadRow {
  return { line, why: column === '' ? REASON_WORDS[reason] : `${column}: ${REASON_WORDS[reason]}` }
}
