/** What carries each task out, in whichever thread. */
import { join } from 'node:path'
import type { StateMark } from '../../../db/accounts/mark.ts'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { rebuildBeside } from '../../../db/ledger/rebuild.ts'
import { readLedger } from '../../../db/ledger/snapshot.ts'
import { lastPlaceAt } from '../../../db/queries/journal.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { importAccounts } from '../account/import/accounts.ts'
import { previewAccounts } from '../account/import/preview.ts'
import { checkTapeDocument } from '../documents/deposit/check-tape.ts'
import { custodyRecordDocument } from '../documents/deposit/custody-record.ts'
import { depositSlipDocument } from '../documents/deposit/deposit-slip.ts'
import { movementSlipDocument } from '../documents/movement/movement-slip.ts'
import { readingDocument } from '../documents/reading.ts'
import { receiptDocument } from '../documents/receipt/receipt.ts'
import { renderPdf } from '../documents/render.ts'
import { reportDocument } from '../documents/report/report.ts'
import { reportCsv } from '../export/csv.ts'
import { reportXlsx } from '../export/xlsx.ts'
import { overShortHistory, reportTable } from '../report/report.ts'
import { explanationOf } from '../session/explanation.ts'
import { writeSampleAccounts } from '../setup/sample/write-accounts.ts'
import { AccountsPages } from '../sync/accounts/accounts-page.ts'
import type { Progress } from './jobs.ts'
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts'

/** What a runner says while it is at work. */
export interface Says {
  onProgress(progress: Progress): void
  state: StateMark
}

export type Runners = {
  [T in TaskName]: (input: TaskInput<T>, says: Says) => Promise<TaskOutput<T>>
}

const pages = new AccountsPages()

export const RUNNERS: Runners = {
  'receipt-pdf': input => renderPdf(receiptDocument(input)),
  'reading-pdf': input => renderPdf(readingDocument(input)),
  'deposit-slip-pdf': input => renderPdf(depositSlipDocument(input)),
  'custody-record-pdf': input => renderPdf(custodyRecordDocument(input)),
  'check-tape-pdf': input => renderPdf(checkTapeDocument(input)),
  report: async ({ dataDir, order, ...asked }) =>
    readLedger(dataDir, reader => reportTable(reader, order, asked)),
  'over-short': async ({ dataDir, ...asked }) =>
    readLedger(dataDir, reader => overShortHistory(reader, asked)),
  explain: async ({ dataDir, sessionId }) => readLedger(dataDir, reader => explanationOf(reader, sessionId)),
  'report-pdf': input => renderPdf(reportDocument(input)),
  'report-csv': async input => reportCsv(input),
  'report-xlsx': input => reportXlsx(input),
  'movement-slip-pdf': input => renderPdf(movementSlipDocument(input)),
  'preview-import': input => previewAccounts(input),
  'import-accounts': (input, says) =>
    importAccounts({
      ...input,
      ...says,
      placeAt: atMs => readLedger(input.dataDir, reader => lastPlaceAt(reader, atMs, input.atMs)),
    }),
  'read-accounts': async ({ bytes }) => pages.read(bytes),
  'take-accounts': async (input, { state }) => pages.take(input, state),
  'index-accounts': async (input, { state }) => pages.index(input, state),
  'sample-accounts': (input, { onProgress }) => writeSampleAccounts({ ...input, onProgress }),
  'rebuild-tables': async ({ dataDir }, { onProgress }) =>
    rebuildBeside(join(dataDir, LEDGER_FILE), {
      onProgress: ({ done, total }) => onProgress({ phase: 'rebuild', done, total }),
    }),
  verify: ({ dataDir }, { onProgress }) => verifyLedger(dataDir, onProgress),
}
