import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { writeSampleAccounts } from '../../electron/backend/setup/sample/write-accounts.ts'
import type { BusinessDate } from '../../shared/time.ts'

export const IMPORT_ID = '019aa1b2-0000-7000-8000-000000000001'
export const AT_MS = Date.UTC(2026, 10, 20, 14, 0)
export const TODAY = '2026-11-20' as BusinessDate

/** For accounts of no till: there is no journal to state them in. */
export const noJournal = (): void => undefined

/** A data folder of this test alone, removed when it ends. */
export function emptyDataDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tillproof-accounts-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** A data folder with so many accounts of the sample city. */
export async function sampleDataDir(accounts: number, seed = 1): Promise<string> {
  const dataDir = emptyDataDir()
  await writeSampleAccounts({ dataDir, accounts, seed, today: TODAY, importId: IMPORT_ID, atMs: AT_MS })
  return dataDir
}
