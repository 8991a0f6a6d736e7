/** The entry of every worker thread: takes a task, says how far it is, and hands back what came of it. */
import { parentPort } from 'node:worker_threads'
import { lastPlaceAt } from '../../db/queries/journal.ts'
import { readLedger } from '../../db/snapshot.ts'
import { verifyLedger } from '../../db/verify.ts'
import { checkTapeDocument } from './documents/check-tape.ts'
import { custodyRecordDocument } from './documents/custody-record.ts'
import { depositSlipDocument } from './documents/deposit-slip.ts'
import { movementSlipDocument } from './documents/movement-slip.ts'
import { readingDocument } from './documents/reading.ts'
import { receiptDocument } from './documents/receipt.ts'
import { renderPdf } from './documents/render.ts'
import { reportDocument } from './documents/report.ts'
import { explanationOf } from './explanation.ts'
import { reportCsv } from './export/csv.ts'
import { reportXlsx } from './export/xlsx.ts'
import { importAccounts } from './import/accounts.ts'
import { previewAccounts } from './import/preview.ts'
import type { Progress, WorkerMessage } from './jobs.ts'
import { overShortHistory, reportTable } from './reports/report.ts'
import { writeSampleAccounts } from './sample/write-accounts.ts'
import { AccountsPages } from './sync/accounts-page.ts'
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts'

type Runners = {
  [T in TaskName]: (input: TaskInput<T>, onProgress: (progress: Progress) => void) => Promise<TaskOutput<T>>
}

const pages = new AccountsPages()

const RUNNERS: Runners = {
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
  'import-accounts': (input, onProgress) =>
    importAccounts({
      ...input,
      onProgress,
      placeAt: atMs => readLedger(input.dataDir, reader => lastPlaceAt(reader, atMs)),
    }),
  'read-accounts': async ({ bytes }) => pages.read(bytes),
  'take-accounts': async input => pages.take(input),
  'index-accounts': async input => pages.index(input),
  'sample-accounts': (input, onProgress) => writeSampleAccounts({ ...input, onProgress }),
  verify: ({ dataDir }, onProgress) => verifyLedger(dataDir, onProgress),
}

interface Job<T extends TaskName> {
  id: number
  task: T
  input: TaskInput<T>
}

function say(message: WorkerMessage): void {
  parentPort?.postMessage(message)
}

async function carryOut<T extends TaskName>({ id, task, input }: Job<T>): Promise<void> {
  try {
    say({ id, result: await RUNNERS[task](input, progress => say({ id, progress })) })
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : undefined
    say({ id, error: { name: error.name, message: error.message, stack: error.stack ?? '', reason } })
  }
}

parentPort?.on('message', (job: Job<TaskName>) => void carryOut(job))
