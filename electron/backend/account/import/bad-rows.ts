import { closeSync, openSync, writeSync } from 'node:fs'
import { csvLine } from '../../../../db/account-file/csv-text.ts'
import type { ImportProblem } from '../../../../db/account-file/file-types.ts'
import { BAD_ROW_COLUMNS, REASON_WORDS } from '../../../../db/account-file/reason-words.ts'
import type { Staging } from '../../../../db/accounts/pull/staging.ts'
import type { ImportReason } from '../../../../shared/rules/account/account-file.ts'

const ROWS_AT_ONCE = 1_000

/**
 * Writes all bad rows of an import to a file: where, which column, what is wrong, and the row as it stood.
 * The file can be mended and imported like any other.
 */
export function writeBadRows(file: string, header: readonly string[], staging: Staging<ImportReason>): void {
  // Never over a file that is there, nor through a link.
  const handle = openSync(file, 'wx', 0o600)
  try {
    // The mark tells a spreadsheet that the text is UTF-8.
    writeSync(handle, `\ufeff${badRowsHeader(header)}`)
    let problems = staging.problemsAfter(0, ROWS_AT_ONCE)
    while (problems.length > 0) {
      writeSync(handle, problems.map(badRowLine).join(''))
      problems = staging.problemsAfter(problems.at(-1)?.line ?? 0, ROWS_AT_ONCE)
    }
  } finally {
    closeSync(handle)
  }
}

function badRowsHeader(header: readonly string[]): string {
  return csvLine([...BAD_ROW_COLUMNS, ...header])
}

function badRowLine({ line, column, reason, cells }: ImportProblem): string {
  return csvLine([String(line), column, REASON_WORDS[reason], ...cells])
}
