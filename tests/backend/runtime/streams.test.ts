/** Long work: its progress, its end, and what is said when it goes wrong on the way. */
import { readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLog } from '../../../electron/backend/runtime/log.ts'
import { SHOWS_EVERY_FACT } from '../../../shared/nouns.ts'
import { START_MS } from '../../support/clock.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'
import { GOOD_ROWS, resultOf } from '../../transports/scenarios/account.ts'

describe('work that takes long', () => {
  it('that goes wrong on the way ends in a fault with a reference, which the log explains', async () => {
    const till = await openTestTill({ log: openLog })
    const supervisor = await clientOf(till, 'supervisor')
    const content = new File(['Account No,Amount\n7700-00001,42.10\n'], 'accounts.csv')
    const file = { fileName: 'accounts.csv', content, madeAtMs: START_MS }
    const { uploadId } = await supervisor.account.previewImport(file)
    const handedOver = join(till.dataDir, 'uploads', uploadId, 'file', 'accounts.csv')
    rmSync(handedOver)
    symlinkSync('accounts.csv', handedOver)
    const stream = await supervisor.account.runImport({ ...GOOD_ROWS, uploadId })
    const { reference } = (await refused(resultOf(stream), 'FAULT')) as { reference: string }
    const log = readFileSync(join(till.dataDir, 'logs', 'tillproof.log'), 'utf8')
    expect(log).toContain(reference)
    expect(log).toContain('account.runImport')
    expect(log).toContain('ELOOP')
  })

  it('that is cancelled leaves the till as it was, ready for the same work again', async () => {
    const till = await openTestTill({ hasThreads: true })
    const auditor = await clientOf(till, 'auditor')
    const first = await auditor.till.verify()
    await first.return?.()
    expect((await resultOf(await auditor.till.verify())).ok).toBe(true)
  })

  it('the stream of changes says what to ask again, and ends with the program', async () => {
    const till = await openTestTill()
    const { client } = till.screen()
    const changes = await client.till.changes()
    expect((await changes.next()).value).toEqual({ nouns: ['till'] })
    await clientOf(till, 'cashier')
    expect((await changes.next()).value).toEqual({ nouns: [...SHOWS_EVERY_FACT, 'person'] })
    const end = changes.next()
    till.backend.changes.close()
    expect((await end).done).toBe(true)
  })
})
