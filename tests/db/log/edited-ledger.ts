/** Tills that have sold something, and ledgers that somebody else wrote into. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect } from 'vitest'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { cents } from '../../../shared/money.ts'
import { freshDir } from '../../support/data-folder.ts'
import { openDrawer, sell } from '../../support/desk.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { type OpenTill, openTestTill, openTillIn } from '../../support/till.ts'
import { ledgerOf } from '../file/refused-ledger.ts'
import { type Moment, putBack } from './some-rows.ts'

export const flushed = () => new Promise(setImmediate)

export async function sellSome(till: TestTill, receipts: number): Promise<void> {
  const client = await clientOf(till, 'cashier')
  for (let i = 0; i < receipts; i += 1) await sell(client, cents(1_000 + i))
}

export const numbersIn = (dir: string): string[] => {
  const ledger = new Database(ledgerOf(dir), { readonly: true })
  const numbers = ledger.prepare<[], string>('SELECT number FROM receipt ORDER BY seq').pluck().all()
  ledger.close()
  return numbers
}

/** What a killed till left, in a folder of its own. */
export function leftBehind(moment: Moment): string {
  const dir = freshDir()
  putBack(join(dir, LEDGER_FILE), moment)
  return dir
}

/** What a tool does that somebody opens the ledger with: the newest receipt is gone, and its number free again. */
export const EDIT = `PRAGMA foreign_keys = OFF; BEGIN;
  DELETE FROM receipt WHERE receipt_no = (SELECT max(receipt_no) FROM receipt);
  UPDATE till SET last_receipt_no = last_receipt_no - 1; COMMIT`

export function edited(dir: string): void {
  const shell = new Database(ledgerOf(dir))
  shell.exec(EDIT)
  shell.close()
}

/** A till that has sold three times. */
export async function soldTill(): Promise<OpenTill> {
  const till = await openTestTill()
  await openDrawer(await clientOf(till, 'cashier'))
  await sellSome(till, 3)
  return till
}

export async function sellsNext(dir: string): Promise<void> {
  const again = openTillIn(dir)
  await sellSome(again, 1)
  await again.close()
  expect(new Set(numbersIn(dir)).size).toBe(4)
  const { problems } = await verifyLedger(dir, () => undefined)
  expect(problems.filter(({ place }) => !place.startsWith('accounts'))).toEqual([])
}
