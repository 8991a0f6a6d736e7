import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { accountsMirror } from '../../../electron/backend/sync/accounts/accounts-mirror.ts'
import { BEFORE_ALL } from '../../../shared/account.ts'
import { START_MS } from '../../support/clock.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'
import { GOOD_ROWS, resultOf } from '../../transports/scenarios/account.ts'
import { reportOf } from '../report/report-tables.ts'

const LOCKS = '/proc/locks'

/** How many locks there are on a file, of any process. */
function locksOn(path: string): number {
  const inode = `:${statSync(path).ino} `
  return readFileSync(LOCKS, 'utf8')
    .split('\n')
    .filter(line => line.includes(inode)).length
}

describe.skipIf(!existsSync(LOCKS))('the locks on the files of a till', () => {
  it('are there after reports, an import, a rebuild, a verification and a page of central without news', async () => {
    const till = await openTestTill()
    const files = [LEDGER_FILE, 'accounts.sqlite'].map(name => join(till.dataDir, name))
    const before = files.map(locksOn)
    expect(before.every(count => count > 0)).toBe(true)
    const supervisor = await clientOf(till, 'supervisor')
    await supervisor.report.run(reportOf('collections'))
    const content = new File(['Account No,Amount\n7700-00001,42.10\n'], 'accounts.csv')
    const preview = { fileName: 'accounts.csv', content, madeAtMs: START_MS }
    const { uploadId } = await supervisor.account.previewImport(preview)
    await resultOf(await supervisor.account.runImport({ ...GOOD_ROWS, uploadId }))
    await till.backend.jobs.runLong('rebuild-tables', { dataDir: till.dataDir }, {})
    await resultOf(await (await clientOf(till, 'auditor')).till.verify())
    expect(files.map(locksOn)).toEqual(before)
    // What central says every few minutes, while nobody pays anywhere: nothing is new.
    const mirror = accountsMirror(till.backend)
    const page = { accounts: [], gone: [], cursor: '40.0', fromStart: false, done: true, left: 0 }
    const told = { ...page, asOfPosition: BEFORE_ALL, asOfMs: START_MS }
    const bytes = new TextEncoder().encode(JSON.stringify(told))
    expect(await mirror.read(bytes)).toMatchObject({ accounts: 0, done: true })
    await mirror.take({ address: 'https://billing.example', from: '' })
    expect(files.map(locksOn)).toEqual(before)
  })
})
