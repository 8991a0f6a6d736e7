/** The tasks that worker threads carry out. */
import type { DepositView } from '../../shared/contract/deposit.ts'
import type { Reading } from '../../shared/contract/drawer.ts'
import type { ReceiptView } from '../../shared/contract/receipt.ts'
import type { VerifyReport } from '../../shared/contract/till.ts'
import type { Settings } from '../../shared/settings.ts'
import type { BusinessDate } from '../../shared/time.ts'
import type { ImportInput, ImportResult } from './import/import-types.ts'
import type { ImportPreview } from './import/preview.ts'
import type { SampleResult } from './sample/write-accounts.ts'

export interface Tasks {
  'receipt-pdf': (input: {
    receipt: ReceiptView
    settings: Settings
    paper: '80mm' | 'letter'
    copyNo: number
  }) => Promise<Uint8Array>
  'reading-pdf': (input: { reading: Reading; settings: Settings }) => Promise<Uint8Array>
  'deposit-slip-pdf': (input: { deposit: DepositView; settings: Settings }) => Promise<Uint8Array>
  'check-tape-pdf': (input: { deposit: DepositView; settings: Settings }) => Promise<Uint8Array>
  'preview-import': (input: { file: string }) => Promise<ImportPreview>
  'import-accounts': (input: Omit<ImportInput, 'onProgress' | 'signal'>) => Promise<ImportResult>
  'sample-accounts': (input: {
    importId: string
    accounts: number
    seed: number
    today: BusinessDate
    dataDir: string
    atMs: number
  }) => Promise<SampleResult>
  verify: (input: { dataDir: string }) => Promise<VerifyReport>
}

export type TaskName = keyof Tasks
export type TaskInput<T extends TaskName> = Parameters<Tasks[T]>[0]
export type TaskOutput<T extends TaskName> = Awaited<ReturnType<Tasks[T]>>
