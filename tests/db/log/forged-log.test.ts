/** A log that somebody wrote into and whose sums are as they were is believed no more than the file is. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { openTill } from '../../../db/ledger/till.ts'
import { freshDir } from '../../support/data-folder.ts'
import { openDrawer } from '../../support/desk.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill, openTillIn } from '../../support/till.ts'
import { ledgerOf, OPTIONS } from '../file/refused-ledger.ts'
import { EDIT, flushed, numbersIn, sellSome, soldTill } from './edited-ledger.ts'
import { forgeLog } from './forged-log.ts'

async function sellsOn(dir: string, numbers: readonly string[]): Promise<void> {
  const opened = openTill(dir, OPTIONS)
  expect(opened.mended).toContain('receipt')
  opened.close()
  expect(numbersIn(dir)).toEqual(numbers)
  const again = openTillIn(dir)
  await sellSome(again, 1)
  await again.close()
  expect(new Set(numbersIn(dir)).size).toBe(numbers.length + 1)
}

it('under a running till, its time put back', async () => {
  const till = await soldTill()
  await flushed()
  const path = ledgerOf(till.dataDir)
  const numbers = numbersIn(till.dataDir)
  const clock = join(freshDir(), 'clock')
  execFileSync('cp', ['-p', `${path}-wal`, clock])
  forgeLog(path, EDIT)
  execFileSync('touch', ['-r', clock, `${path}-wal`])
  await till.close()
  await sellsOn(till.dataDir, numbers)
})

it('and at rest, where a till had to leave it', async () => {
  const till = await openTestTill()
  const path = ledgerOf(till.dataDir)
  const reader = new Database(path, { readonly: true })
  reader.exec('BEGIN; SELECT count(*) FROM journal')
  await openDrawer(await clientOf(till, 'cashier'))
  await sellSome(till, 3)
  const numbers = numbersIn(till.dataDir)
  await till.close()
  reader.close()
  forgeLog(path, EDIT)
  expect(new Database(path, { readonly: true }).pragma('integrity_check', { simple: true })).toBe('ok')
  await sellsOn(till.dataDir, numbers)
})
