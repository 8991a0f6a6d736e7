/** Days made up from seeds in a city that goes live: both Windows ask what a person with a pencil would say. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportPromises } from '../support/run/promises.ts'
import { scaled } from '../support/run/scale.ts'
import { runSeed } from '../support/run/seed.ts'
import { ACCOUNTS } from './owed/billing.ts'
import { CODES } from './owed/city-tills.ts'
import { type CityKind, CityWorld } from './owed/city-world.ts'

const SEEDS = scaled('OWED_CITY', 4, 2_000)
const MS_EACH = 20_000

type Step = readonly [name: string, (world: CityWorld) => unknown]

const code = fc.constantFrom(...CODES)
const no = fc.constantFrom(...ACCOUNTS)
/** Often more than an item still owes: what does not fit waits in suspense. */
const amount = fc.integer({ min: 1, max: 4_500 })
const nth = fc.nat(30)
const payment = fc.tuple(code, no, amount)
const only = (name: string, step: Step[1]) => fc.constant<Step>([name, step])
const paid: fc.Arbitrary<Step> = payment.map(([at, account, cents]) => [
  `${at} takes ${cents} for ${account}`,
  world => world.pay(at, account, cents),
])
const voided: fc.Arbitrary<Step> = nth.map(at => [`void ${at}`, world => world.void(at)])
const made: fc.Arbitrary<Step> = fc
  .constantFrom('items' as const, 'balances' as const)
  .map(kind => [`a file of ${kind} is made`, world => world.make(kind)])
const billed: fc.Arbitrary<Step>[] = [
  fc.tuple(no, amount).map(([at, more]) => [`bill ${more} more to ${at}`, world => world.bill(at, more)]),
  only('all are billed anew', world => world.billAnew()),
]
const restarted: fc.Arbitrary<Step> = code.map(at => [`${at} restarts`, world => world.restart(at)])

const alone = fc.oneof(
  { weight: 3, arbitrary: paid },
  voided,
  made,
  ...billed,
  fc
    .tuple(code, fc.nat(2))
    .map<Step>(([at, back]) => [`${at} reads the file ${back} before`, world => world.read(at, back)]),
  restarted,
)

const live = fc.oneof(
  { weight: 5, arbitrary: paid },
  { weight: 2, arbitrary: voided },
  { weight: 2, arbitrary: made },
  ...billed,
  { weight: 2, arbitrary: fc.constant<Step>(['central takes the last file', world => world.take(0)]) },
  fc.nat(3).map<Step>(back => [`central takes the file ${back} before`, world => world.take(back)]),
  fc
    .tuple(no, fc.boolean())
    .map<Step>(([at, isClosed]) => [
      `${at} is ${isClosed ? 'closed' : 'open'}`,
      world => world.setClosed(at, isClosed),
    ]),
  fc
    .tuple(code, fc.boolean())
    .map<Step>(([at, isOff]) => [
      `${at} is ${isOff ? 'offline' : 'online'}`,
      world => world.setOffline(at, isOff),
    ]),
  { weight: 2, arbitrary: code.map<Step>(at => [`${at} does one thing`, world => world.turn(at)]) },
  { weight: 4, arbitrary: code.map<Step>(at => [`${at} sends and reads all`, world => world.settle(at)]) },
  restarted,
  fc
    .tuple(code, fc.constantFrom(-1, 1))
    .map<Step>(([at, hours]) => [
      `the clock of ${at} is set by ${hours} h`,
      world => world.setClock(at, hours),
    ]),
  only('an hour passes', world => world.wait()),
  { weight: 2, arbitrary: fc.constant<Step>(['payments are carried', world => world.carry()]) },
  only('billing rejects the next payment', world => world.rejectNext()),
  fc
    .tuple(nth, fc.option(no, { nil: undefined }))
    .map<Step>(([at, to]) => [`somebody settles ${at} for ${to}`, world => world.resolve(at, to)]),
  only('central is backed up', world => world.backUp()),
  only('central is restored', world => world.restore()),
)

const day = fc.record({
  kind: fc.record<CityKind>({ carrier: fc.boolean(), ownIds: fc.boolean() }),
  before: fc.array(alone, { maxLength: 8 }),
  pays: fc.array(payment, { maxLength: 3 }),
  after: fc.array(live, { minLength: 3, maxLength: 30 }),
})

const SETTLED: Step[] = CODES.flatMap<Step>(at => [
  [`${at} is online`, world => world.setOffline(at, false)],
  [`${at} sends and reads all`, world => world.settle(at)],
]).concat([
  ['payments are carried', world => world.carry()],
  ...CODES.map<Step>(at => [`${at} sends and reads all`, world => world.settle(at)]),
])

/** Lives through a day; every moment that is not what the pencil says is thrown. */
async function live1(kind: CityKind, steps: readonly Step[]): Promise<void> {
  const t0 = performance.now()
  const world = await CityWorld.open(kind)
  try {
    for (const [name, step] of [...steps, ...SETTLED, ...SETTLED]) {
      const t1 = performance.now()
      await step(world)
      if (process.env.DBG) console.log(name, Math.round(performance.now() - t1))
      for (const at of CODES)
        for (const account of ACCOUNTS) {
          const says = world.owed(at, account)
          const shown = await world.shown(at, account)
          if (says.length > 0 && !says.includes(shown))
            throw new Error(
              `${name}: at ${at} account ${account} owes ${shown}; the pencil says ${says.join(' or ')}`,
            )
        }
    }
  } finally {
    await world.close()
    if (process.env.DBG) console.log('DAY', Math.round(performance.now() - t0))
  }
}

const stepsOf = ({
  before,
  pays,
  after,
}: {
  before: Step[]
  pays: [(typeof CODES)[number], number, number][]
  after: Step[]
}): Step[] => [...before, ['the city goes live', world => world.goLive(pays)], ...after]

describe('what is owed in a city that goes live', () => {
  it(
    'is what a pencil says: no payment is undone, and none taken off twice',
    async () => {
      const days = fc.asyncProperty(day, ({ kind, ...parts }) => live1(kind, stepsOf(parts)))
      const found = await fc.check(days, {
        seed: runSeed(),
        numRuns: SEEDS,
        endOnFailure: process.env.TILLPROOF_SHRINK === undefined,
      })
      const failures = found.failed ? 1 : 0
      reportPromises([
        {
          promise: 'owed: both Windows of a city ask what a pencil says',
          tries: SEEDS,
          failures,
          controlFailures: 0,
        },
      ])
      expect(found.failed, `${fc.defaultReportMessage(found)}\n${found.errorInstance}`).toBe(false)
    },
    60_000 + SEEDS * MS_EACH,
  )
})
