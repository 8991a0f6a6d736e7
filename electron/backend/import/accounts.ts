/** Importing central's accounts from a CSV file into the accounts file. Knows nothing of the ledger. */
import { basename } from 'node:path'
import { namingProblemsOf } from '../../../db/accounts/errors.ts'
import { assembleAccount } from '../../../db/accounts/file/account-rows.ts'
import { readNumber } from '../../../db/accounts/file/cell-values.ts'
import { type CsvRecord, csvBatches } from '../../../db/accounts/file/csv-records.ts'
import { type FileText, inspectFile } from '../../../db/accounts/file/file-text.ts'
import { type ImportReason, ImportRefused } from '../../../db/accounts/file/file-types.ts'
import { type MappedHeader, mapHeader } from '../../../db/accounts/file/header-mapping.ts'
import { Cancelled, step } from '../../../db/accounts/file/pace.ts'
import { RowReader } from '../../../db/accounts/file/row-values.ts'
import type { ImportMark } from '../../../db/accounts/mark.ts'
import { accountsFileIn, openAccountsWriter } from '../../../db/accounts/open.ts'
import { type StagedRow, Staging } from '../../../db/accounts/staging.ts'
import { MirrorUpdate } from '../../../db/accounts/update.ts'
import type { AccountsWriter } from '../../../db/accounts/writer.ts'
import { accountNumberKey, NOT_THROUGH, type Through } from '../../../shared/account.ts'
import { businessDateOf } from '../../../shared/time.ts'
import { writeBadRows } from './bad-rows.ts'
import type { ImportCounts, ImportInput, ImportResult } from './import-types.ts'
import { finishUpdate } from './update-steps.ts'

const PROBLEMS_SHOWN = 200
const ROWS_PER_STEP = 2_000

/**
 * Imports a file of accounts: one row per open item with the account's columns repeated, or one row per
 * account with a balance. Everything is one transaction; when it does not end in `imported` the accounts
 * are as before. Throws `ImportRefused` for a file that cannot be imported at all and
 * `AccountsUnavailable` when the accounts file cannot be used, also while another import holds it.
 */
export async function importAccounts(input: ImportInput): Promise<ImportResult> {
  const writer = openAccountsWriter(input.dataDir)
  const mark = writer.importMark()
  try {
    const text = await inspectFile(input.file, input)
    const run = new AccountsImport(writer, mark, text, input).run()
    return await namingProblemsOf(accountsFileIn(input.dataDir), run)
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    return { outcome: 'cancelled', mark, counts: noCounts(), problems: [] }
  } finally {
    writer.close()
  }
}

function noCounts(): ImportCounts {
  return { rows: 0, badRows: 0, added: 0, changed: 0, unchanged: 0, closed: 0 }
}

class AccountsImport {
  readonly #writer: AccountsWriter
  readonly #before: ImportMark | null
  readonly #text: FileText
  readonly #input: ImportInput
  readonly #asOfMs: number
  readonly #paidThrough: Through | undefined
  readonly #counts = noCounts()

  constructor(writer: AccountsWriter, before: ImportMark | null, text: FileText, input: ImportInput) {
    this.#writer = writer
    this.#before = before
    this.#text = text
    this.#input = input
    // The same file again says nothing newer than it did the first time.
    const knownAsOfMs = before?.fileSha256 === text.sha256 ? before.asOfMs : text.writtenAtMs
    this.#asOfMs = input.asOfMs ?? knownAsOfMs
    this.#paidThrough = input.paymentsIncluded ? (input.placeAt?.(this.#asOfMs) ?? NOT_THROUGH) : undefined
  }

  async run(): Promise<ImportResult> {
    const update = new MirrorUpdate(this.#writer, this.#paidThrough)
    try {
      const staging = new Staging<ImportReason>(this.#input.dataDir, this.#input.importId)
      try {
        return await this.#through(staging, update)
      } finally {
        staging.close()
      }
    } finally {
      update.abandon()
      this.#writer.tidy()
    }
  }

  async #through(staging: Staging<ImportReason>, update: MirrorUpdate): Promise<ImportResult> {
    const mapped = await this.#stage(staging)
    await this.#put(staging, mapped, update)
    this.#counts.badRows = staging.problemCount()
    if (this.#counts.badRows > 0 && this.#input.badRowsFile !== undefined) {
      writeBadRows(this.#input.badRowsFile, mapped.header, staging)
    }
    const problems = staging.problemsAfter(0, PROBLEMS_SHOWN)
    const answer = { counts: this.#counts, problems }
    if (this.#isRefused()) return { outcome: 'refused', mark: this.#before, ...answer }
    if (this.#input.missingAccounts === 'close') this.#counts.closed = update.closeOthers()
    if (!update.hasChanges && !this.#saysMore())
      return { outcome: 'unchanged', mark: this.#before, ...answer }
    const mark = await finishUpdate(update, this.#source(), this.#input)
    return { outcome: 'imported', mark, ...answer }
  }

  #isRefused(): boolean {
    return this.#input.mode === 'all-or-nothing' && this.#counts.badRows > 0
  }

  /** The same figures, but now said to contain what was taken here: the till has to hear of that. */
  #saysMore(): boolean {
    return this.#input.paymentsIncluded === true && this.#before?.paymentsIncluded !== true
  }

  #source() {
    return {
      importId: this.#input.importId,
      source: 'file' as const,
      sourceName: basename(this.#input.file),
      fileSha256: this.#text.sha256,
      badRowCount: this.#counts.badRows,
      atMs: this.#input.atMs,
      asOfMs: this.#asOfMs,
      paymentsIncluded: this.#input.paymentsIncluded ?? false,
      through: this.#paidThrough ?? NOT_THROUGH,
    }
  }

  /** Reads the file and lays its rows down by account number. */
  async #stage(staging: Staging<ImportReason>): Promise<MappedHeader> {
    let mapped: MappedHeader | undefined
    for await (const { records, bytesDone } of csvBatches(this.#input.file, this.#text)) {
      let rows = records
      if (mapped === undefined && records.length > 0) {
        mapped = mapHeader(records[0]?.cells ?? [], this.#input.mapping)
        rows = records.slice(1)
      }
      for (const row of rows) this.#stageRow(staging, mapped, row)
      await step(this.#input, { phase: 'reading', done: bytesDone, total: this.#text.byteCount })
    }
    // An empty file must not pass for "central has no accounts any more".
    if (mapped === undefined || this.#counts.rows === 0)
      throw new ImportRefused('empty-file', this.#input.file)
    return mapped
  }

  #stageRow(
    staging: Staging<ImportReason>,
    mapped: MappedHeader | undefined,
    { line, cells }: CsvRecord,
  ): void {
    if (cells?.every(cell => cell.trim() === '')) return
    this.#counts.rows += 1
    if (cells === null) {
      staging.addProblem({ line, column: '', reason: 'unreadable-row', cells: [] })
      return
    }
    const at = mapped?.columns.number[0] ?? 0
    const number = readNumber(cells[at] ?? '')
    if (number.ok) staging.addRow(accountNumberKey(number.value), { line, cells })
    else staging.addProblem({ line, column: mapped?.header[at] ?? '', reason: number.reason, cells })
  }

  async #put(staging: Staging<ImportReason>, mapped: MappedHeader, update: MirrorUpdate): Promise<void> {
    const defaults = {
      dueDate: businessDateOf(this.#asOfMs, this.#input.timeZone ?? 'UTC'),
      glAccount: this.#input.defaultGlAccount ?? 'unassigned',
    }
    const reader = new RowReader(mapped, defaults)
    const total = staging.rowCount
    let done = 0
    let sinceStep = 0
    for (const rows of staging.accounts()) {
      this.#putAccount({ rows, reader, staging, update })
      done += rows.length
      sinceStep += rows.length
      if (sinceStep < ROWS_PER_STEP) continue
      sinceStep = 0
      await step(this.#input, { phase: 'writing', done, total })
    }
    await step(this.#input, { phase: 'writing', done, total })
  }

  #putAccount(work: {
    rows: StagedRow[]
    reader: RowReader
    staging: Staging<ImportReason>
    update: MirrorUpdate
  }): void {
    const { rows, reader, staging, update } = work
    const assembled = assembleAccount(rows, reader, this.#asOfMs)
    if (assembled.ok) {
      this.#counts[update.put(assembled.account)] += 1
      return
    }
    const cellsOf = new Map(rows.map(row => [row.line, row.cells]))
    for (const fault of assembled.faults)
      staging.addProblem({ ...fault, cells: cellsOf.get(fault.line) ?? [] })
    const numberCell = rows[0]?.cells[reader.numberColumn] ?? ''
    update.leave(numberCell)
  }
}
