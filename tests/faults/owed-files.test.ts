/** Days made up from seeds at a city that brings its accounts by files: the Window asks what a person with a pencil would say. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../support/clock.ts'
import { reportPromises } from '../support/run/promises.ts'
import { scaled } from '../support/run/scale.ts'
import { runSeed } from '../support/run/seed.ts'
import { FileCity, type FileWorld, NUMBERS } from './owed/file-world.ts'

const SEEDS = scaled('OWED_FILES', 1, 500)
const MS_EACH = 60_000

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
  { minLength: 5, maxLength: 20 },
)

/** Lives through a day; every moment that is not what the pencil says is thrown. */
async function live(city: FileCity, lateMs: number, day: readonly [string, Step][]): Promise<void> {
  const world = await city.newDay(lateMs)
  for (const [name, step] of day) {
    await step(world)
    for (const at of NUMBERS) expect([name, at, await world.shown(at)]).toEqual([name, at, world.owed(at)])
  }
}

/** Something is paid after a file was made, and then the file is read. */
const PAID_LATER: [string, Step][] = [
  ['a file is made', world => world.make('items')],
  ['pay 100', world => world.pay(1, 100)],
  ['the file is read', world => world.read(0)],
]

describe('what is owed, whichever file the city brings and when', () => {
  it(
    'is what a pencil says: no payment is undone, and none taken off twice',
    async () => {
      const city = await FileCity.open()
      const days = fc.asyncProperty(steps, day => live(city, 0, day))
      const found = await fc.check(days, { seed: runSeed(), numRuns: SEEDS })
      await live(city, 0, PAID_LATER)
      // A file that is said to be an hour younger than it is: what was taken in that hour is not in it.
      const control = await live(city, HOUR_MS, PAID_LATER).then(
        () => 0,
        () => 1,
      )
      const promise = 'owed: the Window asks what a pencil says, by files'
      const failures = found.failed ? 1 : 0
      reportPromises([{ promise, tries: SEEDS, failures, controlFailures: control }])
      expect(found.failed, fc.defaultReportMessage(found)).toBe(false)
      expect(control, 'a file of a wrong time is not found out').toBe(1)
    },
    60_000 + SEEDS * MS_EACH,
  )
})
