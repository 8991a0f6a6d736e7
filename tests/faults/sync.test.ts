/** Days between tills and central, made up from seeds: whatever goes wrong, both ends hold the same in the end. */
import { appendFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { scaled } from '../support/scale.ts'
import { runSeed } from '../support/seed.ts'
import { type Control, type SimulationResult, simulateSync } from '../support/sync-simulation.ts'

const SEEDS = scaled('SYNC', 24, 2_000)
const CONTROLS = scaled('SYNC_CONTROLS', 8, 100)
/** Controls live through the same cases whatever the run's seed is: it is known that some of these find them. */
const CONTROL_SEED = 1
const MS_EACH = 5_000
/** How often a long run says that it is alive. */
const SAID_EVERY = 200

interface Tally {
  failed: { seed: number; differences: string[] }[]
  facts: number
  happened: Map<string, number>
}

function count(tally: Tally, seed: number, { differences, facts, happened }: SimulationResult): void {
  tally.facts += facts
  for (const [what, times] of happened) tally.happened.set(what, (tally.happened.get(what) ?? 0) + times)
  if (differences.length > 0) tally.failed.push({ seed, differences })
}

async function tallyOf(from: number, seeds: number, control?: Control): Promise<Tally> {
  const tally: Tally = { failed: [], facts: 0, happened: new Map() }
  const started = performance.now()
  for (let seed = from; seed < from + seeds; seed += 1) {
    count(tally, seed, await simulateSync(seed, control))
    const done = seed - from + 1
    if (done % SAID_EVERY === 0)
      console.info(`${done} of ${seeds} after ${Math.round((performance.now() - started) / 1_000)} s`)
  }
  return tally
}

interface Line {
  promise: string
  tries: number
  failures: number
  controlFailures: number
}

/** One object a line, where `npm run faults -- sync --json` asked for it. */
function report(lines: readonly Line[]): void {
  console.table(lines)
  const path = process.env.TILLPROOF_FAULTS_JSON
  if (path) for (const line of lines) appendFileSync(path, `${JSON.stringify(line)}\n`)
}

const howAgain = ({ seed, differences }: Tally['failed'][number]): string =>
  `TILLPROOF_SEED=${seed} TILLPROOF_SYNC=1 npm run faults -- sync\n  ${differences.slice(0, 5).join('\n  ')}`

describe('tills and central, with everything between them that can go wrong', () => {
  it(
    'converge: nothing is lost, nothing is doubled, and sums are equal at both ends',
    async () => {
      const tally = await tallyOf(runSeed(), SEEDS)
      const doubling = await tallyOf(CONTROL_SEED, CONTROLS, 'expiring-ids')
      const losing = await tallyOf(CONTROL_SEED, CONTROLS, 'trusting-acknowledgements')
      console.info({ seeds: SEEDS, facts: tally.facts, controls: CONTROLS })
      console.info(Object.fromEntries([...tally.happened].sort()))
      const tried = { tries: SEEDS, failures: tally.failed.length }
      report([
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
      expect(tally.failed.map(howAgain)).toEqual([])
      const found = (of: Tally): string => of.failed.flatMap(({ differences }) => differences).join('\n')
      expect(found(doubling), 'a central whose ids expire is not found out').toMatch(/doubled|sums/)
      expect(found(losing), 'a till that believes old acknowledgements is not found out').toMatch(/lost/)
    },
    60_000 + (SEEDS + 2 * CONTROLS) * MS_EACH,
  )
})
