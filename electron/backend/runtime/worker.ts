/** The entry of every worker thread: takes a task, says how far it is, and hands back what came of it. */
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { Cancelled } from '../../../db/account-file/give-way.ts'
import type { ImportMark, StateMark } from '../../../db/accounts/mark.ts'
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
import { MARK, type Progress, STOP, type WorkerMessage, type WorkerStart } from './jobs.ts'
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts'

/** What a runner says while it is at work. */
interface Says {
  onProgress(progress: Progress): void
  state: StateMark
}

type Runners = {
  [T in TaskName]: (input: TaskInput<T>, says: Says) => Promise<TaskOutput<T>>
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

interface Job<T extends TaskName> {
  id: number
  task: T
  input: TaskInput<T>
}

const { stop, told }: WorkerStart = workerData
let atWork = 0

function say(message: WorkerMessage): void {
  parentPort?.postMessage(message)
}

function goOn(): void {
  if (Atomics.load(stop, 0) !== 0) throw new Cancelled()
}

/** Long enough for a slow disk; a program that has ended meanwhile states nothing. */
const STATING_MS = 60_000

/** Stands still until the program that owns the ledger has stated a mark. Throws where it has not. */
function haveStated(id: number, mark: ImportMark): void {
  Atomics.store(told, 0, MARK.waits)
  say({ id, mark })
  Atomics.wait(told, 0, MARK.waits, STATING_MS)
  if (Atomics.load(told, 0) !== MARK.isStated)
    throw new Error('What was read could not be stated in the journal')
}

async function carryOut<T extends TaskName>({ id, task, input }: Job<T>): Promise<void> {
  atWork += 1
  try {
    goOn()
    const result = await RUNNERS[task](input, {
      onProgress(progress) {
        goOn()
        say({ id, progress })
      },
      state: mark => haveStated(id, mark),
    })
    say({ id, result })
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : undefined
    say({ id, error: { name: error.name, message: error.message, stack: error.stack ?? '', reason } })
  } finally {
    atWork -= 1
    endWhenIdle()
  }
}

/** A thread without its port has nothing to wait for, and ends with its connections closed. */
function endWhenIdle(): void {
  if (Atomics.load(stop, 0) !== 0 && atWork === 0) parentPort?.close()
}

parentPort?.on('message', (message: Job<TaskName> | typeof STOP) => {
  if (message === STOP) endWhenIdle()
  else void carryOut(message)
})
