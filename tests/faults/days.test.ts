/** A thousand days at the counter: the money is looked at after every step, and the ledger proves itself in the end. */
import { describe, expect, it } from 'vitest'
import { verifyLedger } from '../../db/verify/verify.ts'
import { liveDays } from '../support/random-life/days.ts'
import { scaled } from '../support/run/scale.ts'
import { runSeed } from '../support/run/seed.ts'
import { openTestTill } from '../support/till.ts'

const DAYS = scaled('DAYS', 4, 1_000)
/** How often a long run says that it is alive. */
const SAID_EVERY = 50

describe('days at the counter', () => {
  it(
    'leave every cent where it was last seen, and a ledger without a problem',
    async () => {
      const till = await openTestTill()
      const started = performance.now()
      const seconds = () => Math.round((performance.now() - started) / 1_000)
      const { steps, tally } = await liveDays(till, {
        seed: runSeed(),
        days: DAYS,
        onDay: day => {
          if (day % SAID_EVERY === 0) console.info(`day ${day} after ${seconds()} s`)
        },
      })
      const lived = seconds()
      await till.restart()
      const report = await verifyLedger(till.dataDir, () => undefined)
      console.info({ days: DAYS, steps, facts: report.facts, lived, verified: seconds() - lived })
      console.info(Object.fromEntries([...tally.done].sort()))
      expect(report.problems).toEqual([])
      expect(report).toMatchObject({ ok: true, receipts: tally.of('receipt') })
    },
    120_000 + DAYS * 20_000,
  )
})
