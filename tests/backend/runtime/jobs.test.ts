/** Work in threads of its own: how it is ended, and what that leaves. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { Cancelled } from '../../../db/account-file/give-way.ts'
import { ensureAccountsFile, openAccountsReader } from '../../../db/accounts/open.ts'
import { verifyAccounts } from '../../../db/accounts/verify.ts'
import { Jobs } from '../../../electron/backend/runtime/jobs.ts'
import { AT_MS, emptyDataDir, IMPORT_ID, TODAY } from '../../support/accounts-file.ts'
import { sampleDir } from '../../support/data-folder.ts'
import { runNode } from '../../support/run/child.ts'

const TIMES = 6

describe('long work', () => {
  it('that is cancelled in the middle of an index never takes the program with it', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'tillproof-jobs-'))
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
    ensureAccountsFile(dataDir)
    const ended = await runNode('tests/backend/runtime/cancelled-jobs.ts', [dataDir, String(TIMES)])
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    const { cancelled, done } = JSON.parse(ended.stdout)
    expect(cancelled + done).toBe(TIMES)
    expect(cancelled).toBeGreaterThan(0)
    const reader = openAccountsReader(dataDir)
    onTestFinished(() => reader.close())
    expect(verifyAccounts(reader, () => reader.importMark()?.root ?? null).badPlaces).toEqual([])
  })

  it('that proves the ledger is done once at a time, whoever asks meanwhile', async () => {
    const dataDir = await sampleDir()
    const jobs = new Jobs(dataDir)
    onTestFinished(() => jobs.close())
    const begun = vi.spyOn(jobs, 'runLong')
    const verify = () => jobs.runAlone('verify', { dataDir }, { onProgress: () => undefined })
    const both = [verify(), verify()]
    await vi.waitFor(() => expect(begun).toHaveBeenCalled())
    await new Promise(setImmediate)
    expect(begun).toHaveBeenCalledTimes(1)
    expect((await Promise.all(both)).map(({ ok }) => ok)).toEqual([true, true])
    expect(begun).toHaveBeenCalledTimes(2)
  })

  it('that was cancelled before it began never begins, and its thread is gone', async () => {
    const dataDir = emptyDataDir()
    ensureAccountsFile(dataDir)
    const jobs = new Jobs(dataDir)
    onTestFinished(() => jobs.close())
    const order = { dataDir, accounts: 100, seed: 1, today: TODAY, importId: IMPORT_ID, atMs: AT_MS }
    const work = jobs.runLong('sample-accounts', order, { signal: AbortSignal.abort() })
    await expect(work).rejects.toThrow(Cancelled)
    const reader = openAccountsReader(dataDir)
    onTestFinished(() => reader.close())
    expect(reader.importMark()).toBeNull()
  })
})
