/** The files of two days: what one says of an item, the other says of the same. */
import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openAccountsReader } from '../../../db/accounts/open.ts'
import { importAccounts } from '../../../electron/backend/account/import/accounts.ts'
import { newId } from '../../../shared/id.ts'
import { AT_MS, emptyDataDir, noJournal } from '../../support/accounts-file.ts'
import { HOUR_MS } from '../../support/clock.ts'

it('knows the balance of an account again in the file of the next day, though its day is another', async () => {
  const dataDir = emptyDataDir()
  const file = join(dataDir, 'accounts.csv')
  const itemOf = async (balance: string, atMs: number) => {
    writeFileSync(file, `number,balance\n1,${balance}\n`)
    utimesSync(file, atMs / 1_000, atMs / 1_000)
    await importAccounts({ file, dataDir, importId: newId(), atMs, mode: 'all-or-nothing', state: noJournal })
    const reader = openAccountsReader(dataDir)
    const id = reader.accountByNumber('1')?.accountId ?? ''
    const [item] = reader.itemsOf(id)
    reader.close()
    return item
  }
  const first = await itemOf('76.84', AT_MS)
  const second = await itemOf('80.00', AT_MS + 24 * HOUR_MS)
  expect([second?.itemId, second?.openCents]).toEqual([first?.itemId, 8_000])
  expect(second?.dueDate).not.toBe(first?.dueDate)
})
