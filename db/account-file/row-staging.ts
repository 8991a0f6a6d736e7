/** The rows of a file laid down by account number, and whether it is known of whom each of them speaks. */
import { accountNumberKey } from '../../shared/account.ts'
import type { ImportReason } from '../../shared/rules/account/account-file.ts'
import type { Staging } from '../accounts/pull/staging.ts'
import { readNumber } from './cell-values.ts'
import type { CsvBatch, CsvRecord } from './csv-records.ts'
import { type ImportMapping, type ImportProblem, ImportRefused } from './file-types.ts'
import { type MappedHeader, mapHeader } from './header-mapping.ts'

export class RowStaging {
  readonly #staging: Staging<ImportReason>
  readonly #mapping: ImportMapping | undefined
  readonly #onUnread: (problem: ImportProblem) => void
  #mapped: MappedHeader | undefined
  rowCount = 0
  /** Whether every account of the file is known: nothing may be closed while it is not known of whom a row speaks. */
  namesAll = true

  /** `onUnread` hears of rows that name no account. */
  constructor(
    staging: Staging<ImportReason>,
    parts: { mapping?: ImportMapping | undefined; onUnread: (problem: ImportProblem) => void },
  ) {
    this.#staging = staging
    this.#mapping = parts.mapping
    this.#onUnread = parts.onUnread
  }

  take({ records, isOfBadRows }: CsvBatch): void {
    // It names none of the accounts that were right the time before.
    if (isOfBadRows) this.namesAll = false
    for (const record of records) {
      if (this.#mapped) this.#stage(record, this.#mapped)
      else this.#mapped = mapHeader(record.cells ?? [], this.#mapping)
    }
  }

  /** The header, once all is taken. Throws `ImportRefused` for a file without a row: it must not pass for "there are no accounts any more". */
  finish(file: string): MappedHeader {
    if (!this.#mapped || this.rowCount === 0) throw new ImportRefused('empty-file', file)
    return this.#mapped
  }

  #stage({ line, cells, isLong }: CsvRecord, { header, columns }: MappedHeader): void {
    this.rowCount += 1
    if (isLong === true) this.namesAll = false
    const at = columns.number[0] ?? 0
    if (cells === null) {
      this.#unread({ line, column: '', reason: 'unreadable-row', cells: [] })
      return
    }
    // With a cell too many or too few something else may stand where the number should.
    if (cells.length !== header.length) this.namesAll = false
    const number = readNumber(cells[at] ?? '')
    if (number.ok) this.#staging.addRow(accountNumberKey(number.value), { line, cells })
    else this.#unread({ line, column: header[at] ?? '', reason: number.reason, cells })
  }

  #unread(problem: ImportProblem): void {
    this.namesAll = false
    this.#onUnread(problem)
  }
}
