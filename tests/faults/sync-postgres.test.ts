/** Some of the days between tills and central with a real PostgreSQL at its end, which works on requests at once. */
import { describe, expect } from 'vitest'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'
import { reportPromises } from '../support/run/promises.ts'
import { scaled } from '../support/run/scale.ts'
import { runSeed } from '../support/run/seed.ts'
import { PostgresCentral, simulatedTemplate } from './sync/postgres.ts'
import type { OpenCentral } from './sync/simulation.ts'
import { failuresOf, foundIn, tallyOf, tellTally } from './sync/tally.ts'

const SEEDS = scaled('SYNC_POSTGRES', 2, 60)
const CONTROLS = scaled('SYNC_POSTGRES_CONTROLS', 1, 10)
/** It is known that the control is found out from here on. */
const CONTROL_SEED = 7
const MS_EACH = 30_000

// What survives a power cut is shown elsewhere; here copies are made by the dozen.
const { cluster } = postgresForFile({ fsync: 'off', full_page_writes: 'off' })

describe('tills and a central on PostgreSQL, with everything between them that can go wrong', () => {
  itOnPostgres(
    'converge, though requests come twice at once',
    async () => {
      const template = await simulatedTemplate(cluster())
      const openCentral: OpenCentral = (...parts) =>
        PostgresCentral.open({ cluster: cluster(), template }, ...parts)
      const options = { openCentral, isCrowded: true }
      const tally = await tallyOf(runSeed(), SEEDS, options)
      const losing = await tallyOf(CONTROL_SEED, CONTROLS, {
        ...options,
        control: 'trusting-acknowledgements',
      })
      tellTally(tally)
      reportPromises([
        {
          promise: 'sync-postgres: both ends hold the same, with PostgreSQL and requests at once',
          tries: SEEDS,
          failures: tally.failed.length,
          controlFailures: losing.failed.length,
        },
      ])
      expect(failuresOf(tally, 'SYNC_POSTGRES', 'sync-postgres')).toEqual([])
      expect(foundIn(losing), 'a till that believes old acknowledgements is not found out').toMatch(/lost/)
    },
    60_000 + (SEEDS + CONTROLS) * MS_EACH,
  )
})
