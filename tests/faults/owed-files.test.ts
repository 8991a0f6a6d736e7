/** Days made up from seeds at a city that brings its accounts by files: the Window asks what a person with a pencil would say. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../support/clock.ts'
import { reportPromises } from '../support/run/promises.ts'
import { scaled } from '../support/run/scale.ts'
import { runSeed } from '../support/run/seed.ts'
import { FileWorld, NUMBERS } from './owed/file-world.ts'

const SEEDS = scaled('OWED_FILES', 6, 2_000)
const CONTROLS = scaled('OWED_FILES_CONTROLS', 20, 100)
const MS_EACH = 3_000

type Step = (world: FileWorld) => unknown

const no = fc.constantFrom(...NUMBERS)
const amount = fc.integer({ min: 1, max: 4_500 })
const nth = fc.nat(30)

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(no, amount)
        .map(([at, cents]): [string, Step] => [`pay ${cents} for ${at}`, world => world.pay(at, cents)]),
    },
    { weight: 2, arbitrary: nth.map((at): [string, Step] => [`void ${at}`, world => world.void(at)]) },
    fc
      .tuple(no, amount)
      .map(([at, more]): [string, Step] => [`bill ${more} more to ${at}`, world => world.bill(at, more)]),
    {
      weight: 2,
      arbitrary: fc
        .constantFrom('balances' as const, 'items' as const)
        .map((kind): [string, Step] => [`a file of ${kind} is made`, world => world.make(kind)]),
    },
    {
      weight: 2,
      arbitrary: fc.constant<[string, Step]>(['the last file is read', world => world.read(0)]),
    },
    nth.map((back): [string, Step] => [`the file ${back} before is read`, world => world.read(back)]),
    fc.constant<[string, Step]>(['an hour passes', world => world.wait()]),
    fc.constant<[string, Step]>(['restart', world => world.restart()]),
  ),
  { minLength: 5, maxLength: 25 },
)

const property = (lateMs: number) =>
  fc.asyncProperty(steps, async day => {
    const world = await FileWorld.begin(lateMs)
    try {
      for (const [name, step] of day) {
        await step(world)
        for (const at of NUMBERS)
          expect([name, at, await world.shown(at)]).toEqual([name, at, world.owed(at)])
      }
    } finally {
      await world.till.close()
    }
  })

describe('what is owed, whichever file the city brings and when', () => {
  it(
    'is what a pencil says: no payment is undone, and none taken off twice',
    async () => {
      const found = await fc.check(property(0), { seed: runSeed(), numRuns: SEEDS })
      // Files that are said to be an hour younger than they are: what was taken in that hour is not in them.
      const control = await fc.check(property(HOUR_MS), { seed: 1, numRuns: CONTROLS, endOnFailure: true })
      const failures = found.failed ? 1 : 0
      const controlFailures = control.failed ? 1 : 0
      const promise = 'owed: the Window asks what a pencil says, by files'
      reportPromises([{ promise, tries: SEEDS, failures, controlFailures }])
      expect(found.failed, fc.defaultReportMessage(found)).toBe(false)
      expect(control.failed, 'files of a wrong time are not found out').toBe(true)
    },
    60_000 + (SEEDS + CONTROLS) * MS_EACH,
  )
})
