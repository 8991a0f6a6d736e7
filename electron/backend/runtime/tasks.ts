/** The tasks that worker threads carry out. */

import type { Rebuilt } from '../../../db/ledger/rebuild.ts'
import type { DepositView } from '../../../shared/contract/deposit.ts'
import type { MovementView } from '../../../shared/contract/movement.ts'
import type { ReceiptView } from '../../../shared/contract/receipt.ts'
import type { OverShort, ReportInput as ReportOrder } from '../../../shared/contract/report.ts'
import type { Explanation } from '../../../shared/contract/session.ts'
import type { Reading } from '../../../shared/contract/session-fields.ts'
import type { VerifyReport } from '../../../shared/contract/till.ts'
import type { ReportTable } from '../../../shared/rules/report/report-table.ts'
import type { Settings } from '../../../shared/settings/index.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import type { ImportInput, ImportResult } from '../account/import/import-types.ts'
import type { ImportPreview } from '../account/import/preview.ts'
import type { ReportRequest } from '../report/report.ts'
import type { SampleResult } from '../setup/sample/write-accounts.ts'
import type { PageRead, StepOutcome } from '../sync/accounts/accounts-feed.ts'
import type { StepInput, TakeInput } from '../sync/accounts/accounts-page.ts'

/** A report, and the city's name and time zone for it. */
interface ReportInput {
  table: ReportTable
  settings: Settings
}

export interface Tasks {
  'receipt-pdf': (input: {
    receipt: ReceiptView
    settings: Settings
    paper: '80mm' | 'letter'
    copyNo: number
  }) => Promise<Uint8Array>
  'reading-pdf': (input: { reading: Reading; settings: Settings }) => Promise<Uint8Array>
  'deposit-slip-pdf': (input: { deposit: DepositView; settings: Settings }) => Promise<Uint8Array>
  'custody-record-pdf': (input: { deposit: DepositView; settings: Settings }) => Promise<Uint8Array>
  'check-tape-pdf': (input: { deposit: DepositView; settings: Settings }) => Promise<Uint8Array>
  report: (input: ReportRequest & { dataDir: string; order: ReportOrder }) => Promise<ReportTable>
  'over-short': (input: { dataDir: string; readerId: string; toDate: BusinessDate }) => Promise<OverShort[]>
  explain: (input: { dataDir: string; sessionId: string }) => Promise<Explanation>
  'report-pdf': (input: ReportInput) => Promise<Uint8Array>
  'report-csv': (input: ReportInput) => Promise<Uint8Array>
  'report-xlsx': (input: ReportInput) => Promise<Uint8Array>
  'movement-slip-pdf': (input: { movement: MovementView; settings: Settings }) => Promise<Uint8Array>
  'preview-import': (input: { file: string }) => Promise<ImportPreview>
  'import-accounts': (input: Omit<ImportInput, 'onProgress' | 'state' | 'placeAt'>) => Promise<ImportResult>
  'read-accounts': (input: { bytes: Uint8Array }) => Promise<PageRead | undefined>
  'take-accounts': (input: TakeInput) => Promise<StepOutcome>
  'index-accounts': (input: StepInput) => Promise<StepOutcome>
  'sample-accounts': (input: {
    importId: string
    accounts: number
    seed: number
    today: BusinessDate
    dataDir: string
    atMs: number
  }) => Promise<SampleResult>
  'rebuild-tables': (input: { dataDir: string }) => Promise<Rebuilt>
  verify: (input: { dataDir: string }) => Promise<VerifyReport>
}

export type TaskName = keyof Tasks
export type TaskInput<T extends TaskName> = Parameters<Tasks[T]>[0]
export type TaskOutput<T extends TaskName> = Awaited<ReturnType<Tasks[T]>>
