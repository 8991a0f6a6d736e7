/** A look at the beginning of a file before it is imported. */

import { assembleAccount } from '../../../../db/account-file/account-rows.ts'
import { type CsvRecord, csvBatches } from '../../../../db/account-file/csv-records.ts'
import { type Delimiter, inspectFile, type TextEncoding } from '../../../../db/account-file/file-text.ts'
import {
  type ImportMapping,
  type ImportProblem,
  ImportRefused,
  type Watch,
} from '../../../../db/account-file/file-types.ts'
import { guessHeader, type MappedHeader } from '../../../../db/account-file/header-mapping.ts'
import { RowReader, type RowValues } from '../../../../db/account-file/row-values.ts'
import { accountNumberKey } from '../../../../shared/account.ts'
import { IMPORT_FIELDS, type ImportField } from '../../../../shared/rules/account/account-file.ts'
import { businessDateOf } from '../../../../shared/time.ts'

const ROWS_SHOWN = 20

export interface ImportPreview {
  /** SHA-256 of the file's bytes, hex. */
  sha256: string
  writtenAtMs: number
  encoding: TextEncoding
  delimiter: Delimiter
  header: readonly string[]
  /** Header texts per field, as they would be used. */
  mapping: Record<ImportField, string[]>
  unused: string[]
  /** The first 20 rows as they would be read; null where a row is bad. */
  rows: { line: number; cells: readonly string[]; values: RowValues | null }[]
  /** Needed columns that no header names; they are chosen by hand before the import. */
  missing: ('number' | 'amount')[]
  /** What is wrong with these rows; only the unreadable ones where a needed column is missing. */
  problems: ImportProblem[]
}

/**
 * Maps and reads the first 20 rows without writing anything. Throws `ImportRefused` like the import, except
 * where a needed column was not recognised: that one is named in `missing`.
 */
export async function previewAccounts(
  input: { file: string; mapping?: ImportMapping | undefined } & Watch,
): Promise<ImportPreview> {
  const text = await inspectFile(input.file, input)
  const records = await firstRecords(csvBatches(input.file, text))
  const [head, ...rest] = records
  if (head === undefined || rest.length === 0) throw new ImportRefused('empty-file', input.file)
  const mapped = guessHeader(head.cells ?? [], input.mapping)
  const defaults = { dueDate: businessDateOf(text.writtenAtMs, 'UTC'), glAccount: 'unassigned' }
  const reader = new RowReader(mapped, defaults)
  const missing = missingIn(mapped)
  const mapping = Object.fromEntries(
    IMPORT_FIELDS.map(field => [field, mapped.columns[field].map(at => mapped.header[at] ?? '')]),
  ) as Record<ImportField, string[]>
  return {
    sha256: text.sha256,
    writtenAtMs: text.writtenAtMs,
    encoding: text.encoding,
    delimiter: text.delimiter,
    header: mapped.header,
    mapping,
    unused: mapped.unused,
    missing,
    rows: rest.map(record => ({
      line: record.line,
      cells: record.cells ?? [],
      values: missing.length > 0 ? null : valuesOf(reader, record),
    })),
    problems: [...unreadable(rest), ...(missing.length > 0 ? [] : problemsOf(reader, rest))].sort(
      (a, b) => a.line - b.line,
    ),
  }
}

/** The number, and money as items or as a balance. */
function missingIn({ columns }: MappedHeader): ImportPreview['missing'] {
  const number = columns.number.length === 0 ? (['number'] as const) : []
  const money = columns.amount.length + columns.balance.length === 0 ? (['amount'] as const) : []
  return [...number, ...money]
}

async function firstRecords(batches: AsyncIterable<{ records: CsvRecord[] }>): Promise<CsvRecord[]> {
  const records: CsvRecord[] = []
  for await (const batch of batches) {
    records.push(...batch.records.filter(({ cells }) => !cells?.every(cell => cell.trim() === '')))
    if (records.length > ROWS_SHOWN) break
  }
  return records.slice(0, ROWS_SHOWN + 1)
}

function valuesOf(reader: RowReader, { cells }: CsvRecord): RowValues | null {
  const row = cells === null ? null : reader.read(cells)
  return row?.ok ? row.values : null
}

function unreadable(records: readonly CsvRecord[]): ImportProblem[] {
  return records.flatMap(({ line, cells }) =>
    cells === null ? [{ line, column: '', reason: 'unreadable-row', cells: [] }] : [],
  )
}

function problemsOf(reader: RowReader, records: readonly CsvRecord[]): ImportProblem[] {
  const rows = records.flatMap(({ line, cells }) => (cells === null ? [] : [{ line, cells }]))
  const byNumber = Map.groupBy(rows, ({ cells }) => accountNumberKey(cells[reader.numberColumn] ?? ''))
  return [...byNumber.values()].flatMap(group => {
    const assembled = assembleAccount(group, reader, 0)
    const cellsOf = new Map(group.map(({ line, cells }) => [line, cells]))
    return assembled.ok
      ? []
      : assembled.faults.map(fault => ({ ...fault, cells: cellsOf.get(fault.line) ?? [] }))
  })
}
