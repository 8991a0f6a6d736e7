/** Days between tills and central, made up from seeds: whatever goes wrong, both ends hold the same in the end. */
import { describe, expect, it } from 'vitest'
import { reportPromises } from '../support/run/promises.ts'
import { scaled } from '../support/run/scale.ts'
import { runSeed } from '../support/run/seed.ts'
import { failuresOf, foundIn, tallyOf, tellTally } from './sync/tally.ts'

const SEEDS = scaled('SYNC', 5, 2_000)
const CONTROLS = scaled('SYNC_CONTROLS', 5, 100)
/** Controls live through the same cases whatever the run's seed is: it is known that some of these find them. */
const CONTROL_SEED = 1
const MS_EACH = 5_000

describe('tills and central, with everything between them that can go wrong', () => {
  it(
    'converge: nothing is lost, nothing is doubled, and sums are equal at both ends',
    async () => {
      const tally = await tallyOf(runSeed(), SEEDS)
      const doubling = await tallyOf(CONTROL_SEED, CONTROLS, { control: 'expiring-ids' })
      const losing = await tallyOf(CONTROL_SEED, CONTROLS, { control: 'trusting-acknowledgements' })
      tellTally(tally)
      const tried = { tries: SEEDS, failures: tally.failed.length }
      reportPromises([
        {
          promise: 'sync: nothing is lost, whatever central once said that it holds',
          ...tried,
          controlFailures: losing.failed.length,
        },
        {
          promise: 'sync: nothing is doubled, whatever is sent again',
          ...tried,
          controlFailures: doubling.failed.length,
        },
      ])
      expect(failuresOf(tally, 'SYNC', 'sync')).toEqual([])
      expect(foundIn(doubling), 'a central whose ids expire is not found out').toMatch(/doubled|sums/)
      expect(foundIn(losing), 'a till that believes old acknowledgements is not found out').toMatch(/lost/)
    },
    60_000 + (SEEDS + 2 * CONTROLS) * MS_EACH,
  )
})
