/** Central is put back from a backup, and goes on as if it had not been. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { administer } from '../../../central/cli/admin.ts'
import { takeRange } from '../../../central/posting/receive.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import { openPostgres } from '../../../db/central/open.ts'
import type { Range } from '../../../shared/central/protocol.ts'
import { CarrierShop, NOW_MS } from './carrier-shop.ts'
import { water } from './central-shop.ts'
import { databaseOf, freshDatabase, type PostgresOfFile } from './postgres.ts'

/** A central as it goes on, and the same as it was backed up meanwhile. */
export interface Lives {
  of: CarrierShop
  goesOn: CentralDb
  putBack: CentralDb
  /** From the same backup, once more. */
  putBackAgain: CentralDb
}

/** Carries one receipt, and is backed up; `unsent` are receipts that come after that. */
export async function backUp(
  postgres: PostgresOfFile,
  before: (of: CarrierShop) => Promise<void> = oneFile,
): Promise<Lives> {
  const first = await postgres.central()
  const of = await CarrierShop.open(first)
  await before(of)
  await first.close()
  const copies = [first.url]
  for (let no = 0; no < 2; no += 1)
    copies.push(await freshDatabase(postgres.cluster(), databaseOf(first.url)))
  const [goesOn, putBack, putBackAgain] = await Promise.all(copies.map(url => openPostgres(url)))
  if (!goesOn || !putBack || !putBackAgain) throw new Error('There are three of them')
  onTestFinished(async () => {
    await Promise.all([goesOn.close(), putBack.close(), putBackAgain.close()])
  })
  return { of, goesOn, putBack, putBackAgain }
}

async function oneFile(of: CarrierShop): Promise<void> {
  of.counter.receipt([water(1, 1_000)])
  await of.push()
  expect(await of.carry()).toMatchObject([{ file_no: 1 }])
}

/**
 * The central that goes on takes and carries this; the billing system picks the file up, and central is put back. Gives what
 * the till sends.
 */
export async function lost({ of, goesOn, putBack }: Lives, write: () => void): Promise<Range> {
  write()
  const range = of.counter.pen.take()
  expect(await takeRange(goesOn, range, { nowMs: NOW_MS })).toMatchObject({ ok: true })
  expect(await of.carryFrom(goesOn)).toMatchObject([{ file_no: 2 }])
  for (const name of of.names()) rmSync(join(of.folder, name))
  // The till sends again what central does not hold any more.
  expect(await takeRange(putBack, range, { nowMs: NOW_MS })).toMatchObject({ ok: true })
  return range
}

export async function admin(db: CentralDb, ...words: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = []
  const code = await administer({ db, nowMs: NOW_MS, say: line => lines.push(line) }, words)
  return { code, said: lines.join('\n') }
}
