/** Whole random days: wherever the money goes, every cent of it is where it was last seen. */
import { expect, it } from 'vitest'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { liveDays } from '../../support/random-life/days.ts'
import { runSeed } from '../../support/run/seed.ts'
import { openTestTill } from '../../support/till.ts'

const DAYS = 20
const seed = runSeed()

/** Days on which nothing of this happened would say nothing about it. */
const HAPPENS = [
  ...['receipt', 'basket', 'void', 'turn-in', 'paid-in', 'paid-out', 'no sale', 'lock', 'wrong PIN'],
  ...['session', 'surprise count', 'hand over', 'close', 'recount', 'difference'],
  ...['deposit', 'verified', 'handed over', 'safe count', 'CASH_LIMIT_REACHED'],
]

it('random days: drawers, safe and deposits hold all the money at every step, and the ledger proves it', async () => {
  const till = await openTestTill()
  const { tally } = await liveDays(till, { seed, days: DAYS })
  await till.restart()
  const report = await verifyLedger(till.dataDir, () => undefined)
  expect(report.problems).toEqual([])
  const sessions = tally.of('session') + tally.of('hand over')
  expect(report).toMatchObject({ ok: true, receipts: tally.of('receipt'), sessions })
  expect(HAPPENS.filter(what => tally.of(what) === 0)).toEqual([])
}, 120_000)
