/** Central without a database: PGlite in a folder of its own, one program at a time. */
import { expect, it } from 'vitest'
import { positionOf } from '../../central/journal/position.ts'
import { takeRange } from '../../central/posting/receive.ts'
import { openCentral } from '../../central/settings.ts'
import { openDemonstration } from '../../db/central/open.ts'
import { LedgerUnavailable } from '../../db/file/problem.ts'
import { account, billAccounts, openCounter, TILL, water } from '../support/central/central-shop.ts'
import { freshDir } from '../support/data-folder.ts'

it('a demonstration takes ranges as PostgreSQL does, keeps them, and shares its folder with nobody', {
  timeout: 60_000,
}, async () => {
  const dir = freshDir()
  const first = await openDemonstration(dir, 0)
  expect(first.demonstration).toBe(true)
  await billAccounts(first, [account(1)])
  const counter = await openCounter(first)
  counter.receipt([water(1, 1_000)])
  const range = counter.pen.take()
  const taken = await takeRange(first, range, { nowMs: 0 })
  expect(taken).toMatchObject({ ok: true, position: { epoch: 1, seq: range.rows.length } })
  await expect(openDemonstration(dir, 0)).rejects.toThrow(LedgerUnavailable)
  const settings = { databaseUrl: undefined, dataDir: dir }
  await expect(openCentral(settings, { nowMs: 0, onLost: () => undefined })).rejects.toThrow(
    /takes one program at a time.*Stop that one first/s,
  )
  await first.close()
  const second = await openDemonstration(dir, 0)
  expect((await positionOf(second, TILL)).position).toEqual(taken.ok && taken.position)
  expect(await takeRange(second, range, { nowMs: 0 })).toEqual(taken)
  await second.close()
})
