/** Days made up from seeds: at every moment the Window asks what a person with a pencil would say is owed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportPromises } from '../support/run/promises.ts'
import { scaled } from '../support/run/scale.ts'
import { runSeed } from '../support/run/seed.ts'
import { ACCOUNTS, World } from './owed/world.ts'

const SEEDS = scaled('OWED', 8, 2_000)
const CONTROLS = scaled('OWED_CONTROLS', 8, 100)
const MS_EACH = 1_000

type Step = (world: World) => unknown

const SETTLED = 'everything is sent and read'

const no = fc.constantFrom(...ACCOUNTS)
/** Often more than an item still owes: what does not fit waits in suspense. */
const amount = fc.integer({ min: 1, max: 4_500 })
const nth = fc.nat(30)
const only = (name: string, step: Step) => fc.constant<[string, Step]>([name, step])

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(no, amount)
        .map(([at, cents]): [string, Step] => [`pay ${cents} for ${at}`, world => world.pay(at, cents)]),
    },
    fc
      .tuple(no, amount)
      .map(([at, cents]): [string, Step] => [`prepay ${cents} for ${at}`, world => world.prepay(at, cents)]),
    { weight: 2, arbitrary: nth.map((at): [string, Step] => [`void ${at}`, world => world.void(at)]) },
    fc
      .tuple(no, amount)
      .map(([at, cents]): [string, Step] => [
        `${cents} for ${at} at another till`,
        world => world.payElsewhere(at, cents),
      ]),
    fc
      .tuple(nth, no)
      .map(([at, to]): [string, Step] => [`credit ${at} to ${to}`, world => world.credit(at, to)]),
    fc
      .tuple(no, fc.constantFrom('open' as const, 'closed' as const))
      .map(([at, status]): [string, Step] => [`${at} is ${status}`, world => world.change(at, status)]),
    no.map((at): [string, Step] => [`${at} is billed anew`, world => world.billAnew(at)]),
    only('push', world => world.line.push()),
    only('page', world => world.line.pull()),
    only('restart', world => world.line.restart()),
    { weight: 2, arbitrary: only(SETTLED, world => world.settle()) },
  ),
  { minLength: 5, maxLength: 40 },
)

/** What is asked of an account; undefined while it has not come. */
type Asked = (world: World, no: number, step: string) => number | undefined | Promise<number | undefined>

const property = (asked: Asked) =>
  fc.asyncProperty(steps, async day => {
    const world = await World.begin()
    try {
      for (const [name, step] of [...day, [SETTLED, (at: World) => at.settle()] as const]) {
        await step(world)
        for (const at of ACCOUNTS) {
          const now = world.isTold(at) ? await asked(world, at, name) : undefined
          if (now !== undefined) expect([name, at, now]).toEqual([name, at, world.owed(at)])
        }
      }
    } finally {
      await world.line.close()
    }
  })

describe('what is owed, whatever becomes of payments at central', () => {
  it(
    'is what a pencil says: no payment is undone, and none taken off twice',
    async () => {
      const shown: Asked = (world, at) => world.line.shown(at)
      const found = await fc.check(property(shown), { seed: runSeed(), numRuns: SEEDS })
      // What tills were told before: what central has posted, and nothing of what it holds. Asked where nothing is pending.
      const posted: Asked = (world, at, step) => (step === SETTLED ? world.posted(at) : undefined)
      const control = await fc.check(property(posted), { seed: 1, numRuns: CONTROLS, endOnFailure: true })
      const controlFailures = control.failed ? 1 : 0
      const failures = found.failed ? 1 : 0
      const promise = 'owed: the Window asks what a pencil says'
      reportPromises([{ promise, tries: SEEDS, failures, controlFailures }])
      expect(found.failed, fc.defaultReportMessage(found)).toBe(false)
      expect(control.failed, 'figures without what is held are not found out').toBe(true)
    },
    60_000 + (SEEDS + CONTROLS) * MS_EACH,
  )
})
