/** A table of accounts (CSV): one row per open item with the account's columns repeated, or one per account with a balance. */
import { assembleAccount } from '../db/accounts/file/account-rows.ts'
import { readNumber } from '../db/accounts/file/cell-values.ts'
import { type CsvRecord, csvBatches } from '../db/accounts/file/csv-records.ts'
import type { FileText } from '../db/accounts/file/file-text.ts'
import { type ImportReason, ImportRefused } from '../db/accounts/file/file-types.ts'
import { type MappedHeader, mapHeader } from '../db/accounts/file/header-mapping.ts'
import { REASON_WORDS } from '../db/accounts/file/reason-words.ts'
import { RowReader } from '../db/accounts/file/row-values.ts'
import { accountIdOf } from '../db/accounts/named-id.ts'
import { type StagedRow, Staging } from '../db/accounts/staging.ts'
import { accountNumberKey } from '../shared/account.ts'
import { businessDateOf } from '../shared/time.ts'
import type { BadRow, FileEntry, FileOptions } from './account-file.ts'

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
    const { mapped, unread } = await stage(staging, { file, text, signal })
    for (const row of unread) yield { bad: [row] }
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
  if (assembled.ok) return { account: assembled.account }
  const named = accountIdOf(rows[0]?.cells[reader.numberColumn] ?? '')
  return { named, bad: assembled.faults.map(({ line, column, reason }) => badRow(line, column, reason)) }
}

function badRow(line: number, column: string, reason: ImportReason): BadRow {
  return { line, why: column === '' ? REASON_WORDS[reason] : `${column}: ${REASON_WORDS[reason]}` }
}

/** Lays the rows down by account number; gives those that name no account. */
async function stage(
  staging: Staging<ImportReason>,
  { file, text, signal }: { file: string; text: FileText; signal: AbortSignal | undefined },
): Promise<{ mapped: MappedHeader; unread: BadRow[] }> {
  let mapped: MappedHeader | undefined
  let rowCount = 0
  const unread: BadRow[] = []
  for await (const { records } of csvBatches(file, text)) {
    signal?.throwIfAborted()
    for (const record of records) {
      if (record.cells?.every(cell => cell.trim() === '')) continue
      if (!mapped) mapped = mapHeader(record.cells ?? [])
      else {
        rowCount += 1
        const bad = stageRow(staging, mapped, record)
        if (bad) unread.push(bad)
      }
    }
  }
  // An empty file must not pass for "there are no accounts any more".
  if (!mapped || rowCount === 0) throw new ImportRefused('empty-file', file)
  return { mapped, unread }
}

function stageRow(
  staging: Staging<ImportReason>,
  { header, columns }: MappedHeader,
  { line, cells }: CsvRecord,
): BadRow | undefined {
  if (cells === null) return badRow(line, '', 'unreadable-row')
  const at = columns.number[0] ?? 0
  const number = readNumber(cells[at] ?? '')
  if (!number.ok) return badRow(line, header[at] ?? '', number.reason)
  staging.addRow(accountNumberKey(number.value), { line, cells })
  return undefined
}
