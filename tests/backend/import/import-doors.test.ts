/** An account file as it comes in, by the screen and by the command line: its name, and the rows that it leaves behind. */
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sourceName } from '../../../db/account-file/source-name.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { emptyDataDir } from '../../support/accounts-file.ts'
import { filesWith } from '../../support/data-folder.ts'
import { refused } from '../../support/refusals.ts'
import { runNode } from '../../support/run/child.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'
import { GOOD_ROWS, resultOf } from '../../transports/scenarios/account.ts'

describe('a file whose name is the one that bad rows have', () => {
  const BAD = '\n7700-90001,Nobody,Water,2026-12-01,abc,501\n'
  const GOOD = 'Account Number,Customer Name,Service,Due Date,Amount,GL\n7700-1,Ann,Water,2026-12-01,4.00,501'
  const options = { mapping: {}, missingAccounts: 'keep' as const, paymentsIncluded: false }

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
