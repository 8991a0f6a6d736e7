/** Importing central's accounts from a CSV file into the accounts file. Knows nothing of the ledger. */

import { assembleAccount } from '../../../../db/account-file/account-rows.ts'
import { csvBatches } from '../../../../db/account-file/csv-records.ts'
import { type FileText, inspectFile } from '../../../../db/account-file/file-text.ts'
import { step } from '../../../../db/account-file/give-way.ts'
import type { MappedHeader } from '../../../../db/account-file/header-mapping.ts'
import { RowStaging } from '../../../../db/account-file/row-staging.ts'
import { RowReader } from '../../../../db/account-file/row-values.ts'
import { sourceName } from '../../../../db/account-file/source-name.ts'
import { namingProblemsOf } from '../../../../db/accounts/errors.ts'
import type { ImportMark } from '../../../../db/accounts/mark.ts'
import { accountsFileIn, openAccountsWriter } from '../../../../db/accounts/open.ts'
import { finishUpdate } from '../../../../db/accounts/pull/finish-update.ts'
import { type StagedRow, Staging } from '../../../../db/accounts/pull/staging.ts'
import { MirrorUpdate } from '../../../../db/accounts/pull/update.ts'
import type { AccountsWriter } from '../../../../db/accounts/writer.ts'
import { BEFORE_ALL } from '../../../../shared/account.ts'
import type { JournalPosition } from '../../../../shared/ledger/journal-position.ts'
import type { ImportReason } from '../../../../shared/rules/account/account-file.ts'
import { businessDateOf } from '../../../../shared/time.ts'
import { writeBadRows } from './bad-rows.ts'
import type { ImportCounts, ImportInput, ImportResult } from './import-types.ts'

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
  readonly #asOfPosition: JournalPosition | undefined
  readonly #counts = noCounts()
  #rows: RowStaging | undefined

  constructor(writer: AccountsWriter, before: ImportMark | null, text: FileText, input: ImportInput) {
    this.#writer = writer
    this.#before = before
    this.#text = text
    this.#input = input
    // The same file again says nothing newer than it did the first time; one that is still to come says nothing.
    const knownAsOfMs = before?.fileSha256 === text.sha256 ? before.asOfMs : text.writtenAtMs
    const { paymentsThroughMs: throughMs } = input
    this.#asOfMs = throughMs ?? Math.min(knownAsOfMs, input.atMs)
    this.#asOfPosition = throughMs === undefined ? undefined : (input.placeAt?.(throughMs) ?? BEFORE_ALL)
  }

  async run(): Promise<ImportResult> {
    const update = new MirrorUpdate(this.#writer, this.#asOfPosition)
    try {
      const staging = new Staging<ImportReason>(this.#input.dataDir, this.#input.importId)
      try {
        return await this.#staged(staging, update)
      } finally {
        staging.close()
      }
    } finally {
      update.abandon()
      this.#writer.tidy()
    }
  }

  async #staged(staging: Staging<ImportReason>, update: MirrorUpdate): Promise<ImportResult> {
    const mapped = await this.#stage(staging)
    await this.#put(staging, mapped, update)
    this.#counts.badRows = staging.problemCount()
    if (this.#counts.badRows > 0 && this.#input.badRowsFile !== undefined) {
      writeBadRows(this.#input.badRowsFile, mapped.header, staging)
    }
    const problems = staging.problemsAfter(0, PROBLEMS_SHOWN)
    const closes = this.#input.missingAccounts === 'close'
    const namesAll = this.#rows?.namesAll === true
    const answer = { counts: this.#counts, problems, nothingClosed: closes && !namesAll }
    if (this.#isRefused()) return { outcome: 'refused', mark: this.#before, ...answer }
    if (closes && namesAll) this.#counts.closed = update.closeOthers()
    if (!update.hasChanges && !this.#saysMore())
      return { outcome: 'unchanged', mark: this.#before, ...answer }
    const mark = await finishUpdate(update, this.#source(), this.#input)
    return { outcome: 'imported', mark, ...answer }
  }

  #isRefused(): boolean {
    return this.#input.mode === 'all-or-nothing' && this.#counts.badRows > 0
  }

  /** The same figures, but now said to contain what was taken here, or up to another time: the till has to hear of that. */
  #saysMore(): boolean {
    const { paymentsThroughMs } = this.#input
    if (paymentsThroughMs === undefined) return false
    return this.#before?.paymentsIncluded !== true || this.#before.asOfMs !== paymentsThroughMs
  }

  #source() {
    return {
      importId: this.#input.importId,
      source: 'file' as const,
      sourceName: sourceName(this.#input.file),
      fileSha256: this.#text.sha256,
      badRowCount: this.#counts.badRows,
      atMs: this.#input.atMs,
      asOfMs: this.#asOfMs,
      paymentsIncluded: this.#input.paymentsThroughMs !== undefined,
      asOfPosition: this.#asOfPosition ?? BEFORE_ALL,
    }
  }

  /** Reads the file and lays its rows down by account number. */
  async #stage(staging: Staging<ImportReason>): Promise<MappedHeader> {
    const rows = new RowStaging(staging, {
      mapping: this.#input.mapping,
      onUnread: problem => staging.addProblem(problem),
    })
    this.#rows = rows
    for await (const batch of csvBatches(this.#input.file, this.#text)) {
      rows.take(batch)
      await step(this.#input, { phase: 'reading', done: batch.bytesDone, total: this.#text.byteCount })
    }
    this.#counts.rows = rows.rowCount
    return rows.finish(this.#input.file)
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
