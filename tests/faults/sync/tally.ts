/** What many seeds of a simulation came to. */
import { type SimulationOptions, type SimulationResult, simulateSync } from './simulation.ts'

/** How often a long run says that it is alive. */
const SAID_EVERY = 200

export interface Tally {
  seeds: number
  failed: { seed: number; differences: string[] }[]
  facts: number
  happened: Map<string, number>
}

function count(tally: Tally, seed: number, { differences, facts, happened }: SimulationResult): void {
  tally.facts += facts
  for (const [what, times] of happened) tally.happened.set(what, (tally.happened.get(what) ?? 0) + times)
  if (differences.length > 0) tally.failed.push({ seed, differences })
}

/** Lives through so many seeds, one after the other. */
export async function tallyOf(from: number, seeds: number, options: SimulationOptions = {}): Promise<Tally> {
  const tally: Tally = { seeds, failed: [], facts: 0, happened: new Map() }
  const started = performance.now()
  for (let seed = from; seed < from + seeds; seed += 1) {
    count(tally, seed, await simulateSync(seed, options))
    const done = seed - from + 1
    if (done % SAID_EVERY === 0)
      console.info(`${done} of ${seeds} after ${Math.round((performance.now() - started) / 1_000)} s`)
  }
  return tally
}

/** What happened in it, for whoever wonders whether anything did. */
export function tellTally({ seeds, facts, happened }: Tally): void {
  console.info({ seeds, facts, ...Object.fromEntries([...happened].sort()) })
}

/** Each failure with how to see it again; `name` is the setting that says how many seeds, `file` the test's name. */
export const failuresOf = ({ failed }: Tally, name: string, file: string): string[] =>
  failed.map(
    ({ seed, differences }) =>
      `TILLPROOF_SEED=${seed} TILLPROOF_${name}=1 npm run faults -- ${file}.test.ts\n  ${differences.slice(0, 5).join('\n  ')}`,
  )

/** Every difference that was found, in one text. */
export const foundIn = ({ failed }: Tally): string =>
  failed.flatMap(({ differences }) => differences).join('\n')
