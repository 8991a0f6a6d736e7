/** Whatever happens in whatever order: every cent is in a drawer, in the safe, or on its way to the bank. */
import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verifyLedger } from '../../db/verify.ts'
import { balanced, CASHIERS, carryOut, Shop, type Step, step } from '../support/drawer-shop.ts'
import { clientOf } from '../support/screens.ts'
import { runSeed } from '../support/seed.ts'
import { openTestTill } from '../support/till.ts'

const seed = runSeed()
const RUNS = 12
/** A day begins with a drawer at each window. */
const OPENINGS: Step[] = [0, 1].map(who => ({ do: 'open', who, amount: 20_000 }))

describe('money of random days', () => {
  it('is at every moment where the count finds it, and all of it together is all that came', async () => {
    const done = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 70, size: 'max' }), async steps => {
        const ends: (() => Promise<void>)[] = []
        const till = await openTestTill({ atEnd: end => void ends.push(end) })
        try {
          const clients = await Promise.all(CASHIERS.map(one => clientOf(till, one)))
          const shop = new Shop(clients, await clientOf(till, 'lead'))
          for (const one of [...OPENINGS, ...steps]) {
            await carryOut(shop, one)
            await balanced(shop)
          }
          const report = await verifyLedger(till.dataDir, () => undefined)
          expect(report.problems).toEqual([])
          for (const [what, times] of shop.done) done.set(what, (done.get(what) ?? 0) + times)
        } finally {
          for (const end of ends) await end()
          rmSync(till.dataDir, { recursive: true, force: true })
        }
      }),
      { seed, numRuns: RUNS },
    )
    // A property over days on which nothing happened would say nothing.
    const least = ['open', 'pay', 'void', 'turn-in', 'paid-in', 'paid-out', 'close', 'deposit', 'safe']
    expect(least.filter(what => (done.get(what) ?? 0) < 2)).toEqual([])
  }, 120_000)
})
