/** An account file as it comes in, by the screen and by the command line: its name, and the rows that it leaves behind. */
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sourceName } from '../../../db/account-file/source-name.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { cents } from '../../../shared/money.ts'
import { emptyDataDir } from '../../support/accounts-file.ts'
import { HOUR_MS } from '../../support/clock.ts'
import { filesWith } from '../../support/data-folder.ts'
import { openDrawer, ordinaryAccount, pay } from '../../support/desk.ts'
import { refused } from '../../support/refusals.ts'
import { runNode } from '../../support/run/child.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'
import { GOOD_ROWS, resultOf } from '../../transports/scenarios/account.ts'

describe('a file whose name is the one that bad rows have', () => {
  const BAD = '\n7700-90001,Nobody,Water,2026-12-01,abc,501\n'
  const GOOD = 'Account Number,Customer Name,Service,Due Date,Amount,GL\n7700-1,Ann,Water,2026-12-01,4.00,501'
  const options = { mapping: {}, missingAccounts: 'keep' as const, paymentsThroughMs: null }

  it('stays as it was handed over, however often it is imported', async () => {
    const till = await openTestTill()
    const { account } = await clientOf(till, 'supervisor')
    const content = new File([GOOD + BAD], 'x.csv')
    const upload = { fileName: 'rows-not-imported.csv', content, madeAtMs: till.clock.now() }
    const { uploadId } = await account.previewImport(upload)
    const run = async (mode: 'good-rows' | 'all-or-nothing') =>
      resultOf(await account.runImport({ ...options, mode, uploadId }))
    expect(await run('all-or-nothing')).toMatchObject({ imported: false, badRowCount: 1 })
    expect(await run('good-rows')).toMatchObject({ imported: true, badRowCount: 1 })
  })

  it('at the command line too, where what is beside it stays as well', async () => {
    const till = await openTestTill()
    const { dataDir } = till
    await till.close()
    const folder = emptyDataDir()
    const file = join(folder, 'rows-not-imported.csv')
    writeFileSync(file, GOOD + BAD)
    for (const _ of [1, 2]) {
      const { stdout } = await runNode('electron/cli.ts', ['import-accounts', file, '--data', dataDir])
      expect(stdout).toContain('1 bad rows')
    }
    expect(readFileSync(file, 'utf8')).toBe(GOOD + BAD)
    const beside = ['rows-not-imported-not-imported-2.csv', 'rows-not-imported-not-imported.csv']
    expect(readdirSync(folder).sort()).toEqual([...beside, 'rows-not-imported.csv'])
  })

  it('leaves what stands under the next name alone, a link as well', async () => {
    const till = await openTestTill()
    const { dataDir } = till
    await till.close()
    const folder = emptyDataDir()
    const file = join(folder, `accounts-4111111111111111-${'𠮷'.repeat(40)}.csv`)
    const elsewhere = join(folder, 'elsewhere')
    writeFileSync(file, GOOD + BAD)
    symlinkSync(elsewhere, file.replace('.csv', '-not-imported.csv'))
    await runNode('electron/cli.ts', ['import-accounts', file, '--good-rows', '--data', dataDir])
    expect(existsSync(elsewhere)).toBe(false)
    // The name goes into the journal, whichever door the file came through: whole letters, and no card number.
    expect(filesWith(dataDir, ['4111111111111111'])).toEqual([])
    expect((await verifyLedger(dataDir, () => undefined)).problems).toEqual([])
  })
})

it('an import that has begun is running, also before anybody reads how far it is; the rows of an earlier run are gone', async () => {
  const till = await openTestTill()
  const { account } = await clientOf(till, 'supervisor')
  const content = new File(['number,balance,other\n77,1.00,x\n78,x,2.00\n'], 'x.csv')
  const { uploadId } = await account.previewImport({ fileName: 'x.csv', content, madeAtMs: till.clock.now() })
  const options = { ...GOOD_ROWS, uploadId }
  const first = await account.runImport(options)
  await refused(account.runImport(options), 'IMPORT_RUNNING')
  expect(await resultOf(first)).toMatchObject({ badRowCount: 1 })
  expect(await (await account.badRows({ uploadId })).text()).toContain('78')
  expect(
    await resultOf(await account.runImport({ ...options, mapping: { balance: 'other' } })),
  ).toMatchObject({
    badRowCount: 1,
  })
  expect(await (await account.badRows({ uploadId })).text()).not.toContain('78')
})

it.each([
  '4111–1111–1111–1111',
  '4111_1111_1111_1111',
  '4111:1111:1111:1111',
  '4111\u00a01111\u00a01111\u00a01111',
  '4111,1111,1111,1111',
  '4111\uffa01111\uffa01111\uffa01111',
  '4\u2460_\u2460\u2460_1111_1111_1111_1',
  '4111\u06401111\u06401111\u06401111',
])('a card number in the name %s of a file is kept nowhere', name => {
  expect(sourceName(`/drop/card ${name}.csv`)).toBe('accounts.csv')
  expect(sourceName('/drop/accounts 2026-11-29 final_2.csv')).toBe('accounts 2026-11-29 final_2.csv')
})

/** Reads a file of the account's balance; `copiedAtMs` is what the file system says of when it was changed. */
async function readBalance(
  till: TestTill,
  { number, balance, copiedAtMs }: { number: string; balance: string; copiedAtMs: number },
): Promise<number | null> {
  const { account } = await clientOf(till, 'supervisor')
  const content = new File([`Account,Balance\n${number},${balance}\n`], 'accounts.csv')
  const upload = { fileName: 'accounts.csv', content, madeAtMs: copiedAtMs }
  const { uploadId, asOfMs } = await account.previewImport(upload)
  const options = { mapping: {}, mode: 'all-or-nothing', missingAccounts: 'keep' } as const
  await resultOf(await account.runImport({ ...options, uploadId, paymentsThroughMs: asOfMs }))
  return asOfMs
}

it('a copy of a file that was read before is as old as it was then, whatever came between', async () => {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  const { number, accountId } = (await ordinaryAccount()).account
  const madeAtMs = till.clock.now()
  await readBalance(till, { number, balance: '76.84', copiedAtMs: madeAtMs })
  await openDrawer(client)
  till.clock.advance(HOUR_MS)
  await pay(client, cents(1_000))
  till.clock.advance(HOUR_MS)
  await readBalance(till, { number, balance: '66.84', copiedAtMs: till.clock.now() })
  expect(await client.account.get({ accountId })).toMatchObject({ balanceCents: 6_684 })
  till.clock.advance(HOUR_MS)
  expect(await readBalance(till, { number, balance: '76.84', copiedAtMs: till.clock.now() })).toBe(madeAtMs)
  expect(await client.account.get({ accountId })).toMatchObject({ balanceCents: 6_684 })
})

it('a file whose time lies ahead says nothing of when it was made', async () => {
  const till = await openTestTill()
  const { account } = await clientOf(till, 'supervisor')
  const content = new File(['Account,Balance\n1,5.00\n'], 'accounts.csv')
  const upload = { fileName: 'accounts.csv', content, madeAtMs: till.clock.now() + HOUR_MS }
  expect(await account.previewImport(upload)).toMatchObject({ asOfMs: null })
})
