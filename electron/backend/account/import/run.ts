/** An import as the contract asks for it, carried out by a worker thread and stated in the journal. */
import { rm } from 'node:fs/promises'
import type { z } from 'zod'
import type { ImportMapping, ImportProblem } from '../../../../db/account-file/file-types.ts'
import type { Reader } from '../../../../db/ledger/reader.ts'
import { settingsOf } from '../../../../db/queries/setup.ts'
import type {
  ImportResult,
  importOptionsField,
  importPreviewField,
} from '../../../../shared/contract/account.ts'
import { IMPORT_FIELDS } from '../../../../shared/rules/account/account-file.ts'
import type { Backend } from '../../backend.ts'
import type { JobOptions } from '../../runtime/jobs.ts'
import type { ImportResult as FileResult } from './import-types.ts'
import type { ImportPreview } from './preview.ts'
import { stateImport } from './record.ts'
import type { Upload } from './uploads.ts'

type Preview = Omit<z.infer<typeof importPreviewField>, 'uploadId' | 'fileName' | 'asOfMs'>

export function previewOf(preview: ImportPreview): Preview {
  const mapping = Object.fromEntries(
    Object.entries(preview.mapping).flatMap(([field, headers]) =>
      headers[0] === undefined ? [] : [[field, headers[0]]],
    ),
  )
  return {
    encoding: preview.encoding,
    delimiter: preview.delimiter,
    headers: [...preview.header],
    mapping,
    missingFields: preview.missing,
    rows: preview.rows.map(row =>
      Object.fromEntries(preview.header.map((header, index) => [header, row.cells[index] ?? ''])),
    ),
    problems: preview.problems.map(problem => problemOf(problem, preview.header)),
  }
}

function problemOf(problem: ImportProblem, header: readonly string[]) {
  const value = problem.cells[header.indexOf(problem.column)] ?? ''
  return { line: problem.line, column: problem.column, reason: problem.reason, value }
}

function mappingOf(given: Record<string, string>): ImportMapping {
  const mapping: ImportMapping = {}
  for (const field of IMPORT_FIELDS) {
    const header = given[field]
    // An empty header takes the column away from a field that was guessed.
    if (header !== undefined) mapping[field] = header
  }
  return mapping
}

export interface ImportOrder extends Upload {
  personId: string
  /** Throws where whoever began it may not any more. */
  mayStill?: ((tx: Reader) => void) | undefined
  options: z.infer<typeof importOptionsField>
}

/** Runs one import; gives what came of it, or throws what made the file as a whole unusable. */
export async function runImport(
  backend: Backend,
  order: ImportOrder,
  watch: JobOptions,
): Promise<ImportResult> {
  const { path, badRowsFile, personId: actorId, mayStill, options } = order
  backend.uploads.running = true
  try {
    // Of an earlier run with other options.
    await rm(badRowsFile, { force: true })
    const result = await backend.jobs.runLong(
      'import-accounts',
      {
        file: path,
        dataDir: backend.dataDir,
        importId: backend.newId(),
        atMs: backend.clock(),
        mode: options.mode,
        mapping: mappingOf(options.mapping),
        missingAccounts: options.missingAccounts,
        paymentsThroughMs: options.paymentsThroughMs ?? undefined,
        timeZone: settingsOf(backend.ledger.reader)?.timeZone,
        badRowsFile,
      },
      { ...watch, state: mark => stateImport(backend, mark, { actorId, mayStill }) },
    )
    return summaryOf(result)
  } finally {
    backend.uploads.running = false
  }
}

function summaryOf(result: FileResult): ImportResult {
  const { counts, mark, outcome, nothingClosed } = result
  return {
    imported: outcome === 'imported',
    unchanged: outcome === 'unchanged',
    accountCount: mark?.accountCount ?? 0,
    itemCount: mark?.itemCount ?? 0,
    changedAccounts: counts.added + counts.changed + counts.closed,
    nothingClosed,
    badRowCount: counts.badRows,
    badRows: result.problems.map(problem => ({
      line: problem.line,
      column: problem.column,
      reason: problem.reason,
      value: problem.cells.join(' · ').slice(0, 200),
    })),
  }
}
