/** Days made up from seeds in a city that goes live: both Windows ask what a person with a pencil would say. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportPromises } from '../support/run/promises.ts'
import { scaled } from '../support/run/scale.ts'
import { runSeed } from '../support/run/seed.ts'
import { ACCOUNTS } from './owed/billing.ts'
import { CODES, type Code } from './owed/city-tills.ts'
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
const often = (weight: number, arbitrary: fc.Arbitrary<Step>) => ({ weight, arbitrary })

const paid = payment.map<Step>(([at, account, cents]) => [
  `${at} takes ${cents} for ${account}`,
  world => world.pay(at, account, cents),
])
const voided = nth.map<Step>(at => [`void ${at}`, world => world.void(at)])
const made = fc
  .constantFrom('items' as const, 'balances' as const)
  .map<Step>(kind => [`a file of ${kind} is made`, world => world.make(kind)])
const billed = [
  fc
    .tuple(no, amount)
    .map<Step>(([at, more]) => [`bill ${more} more to ${at}`, world => world.bill(at, more)]),
  only('all are billed anew', world => world.billAnew()),
]
const restarted = code.map<Step>(at => [`${at} restarts`, world => world.restart(at)])

const alone = fc.oneof(
  often(3, paid),
  voided,
  made,
  ...billed,
  fc
    .tuple(code, fc.nat(2))
    .map<Step>(([at, back]) => [`${at} reads the file ${back} before`, world => world.read(at, back)]),
  restarted,
)

const inTouch = [
  fc
    .tuple(code, fc.boolean())
    .map<Step>(([at, isOff]) => [
      `${at} is ${isOff ? 'offline' : 'online'}`,
      world => world.setOffline(at, isOff),
    ]),
  often(
    2,
    code.map<Step>(at => [`${at} does one thing`, world => world.turn(at)]),
  ),
  often(
    4,
    code.map<Step>(at => [`${at} sends and reads all`, world => world.settle(at)]),
  ),
  restarted,
  fc
    .tuple(code, fc.constantFrom(-1, 1))
    .map<Step>(([at, hours]) => [
      `the clock of ${at} is set by ${hours} h`,
      world => world.setClock(at, hours),
    ]),
  only('an hour passes', world => world.wait()),
]

const atCentral = [
  often(
    2,
    only('central takes the last file', world => world.take(0)),
  ),
  fc.nat(3).map<Step>(back => [`central takes the file ${back} before`, world => world.take(back)]),
  often(
    2,
    only('payments are carried', world => world.carry()),
  ),
  only('the carrier is switched on', world => world.switchCarrierOn()),
  only('billing rejects the next payment', world => world.rejectNext()),
  only('accounts have ids of their own', world => world.giveOwnIds()),
  fc
    .tuple(no, fc.boolean())
    .map<Step>(([at, isShut]) => [
      `${at} is ${isShut ? 'closed' : 'open'}`,
      world => world.setClosed(at, isShut),
    ]),
  fc
    .tuple(nth, fc.option(no, { nil: undefined }))
    .map<Step>(([at, to]) => [`somebody settles ${at} for ${to}`, world => world.resolve(at, to)]),
  only('central is backed up', world => world.backUp()),
  only('central is restored', world => world.restore()),
]

const live = fc.oneof(often(5, paid), often(2, voided), often(2, made), ...billed, ...inTouch, ...atCentral)

const SOME_DAY = ['never', 'from the first day', 'later'] as const
const day = fc.record({
  kind: fc.record({ carrier: fc.constantFrom(...SOME_DAY), ownIds: fc.constantFrom(...SOME_DAY) }),
  before: fc.array(alone, { maxLength: 8, size: 'max' }),
  pays: fc.array(payment, { maxLength: 3, size: 'max' }),
  after: fc.array(live, { minLength: 10, maxLength: 60, size: 'max' }),
})

const goesLive = (pays: readonly [Code, number, number][] = []): Step => [
  'the city goes live',
  world => world.goLive(pays),
]

const settles = CODES.map<Step>(at => [`${at} sends and reads all`, world => world.settle(at)])
const SETTLED: readonly Step[] = [
  ...CODES.map<Step>(at => [`${at} is online`, world => world.setOffline(at, false)]),
  ...settles,
  ['payments are carried', world => world.carry()],
  ...settles,
]

/** Lives through a day; every moment that is not what the pencil says is thrown. */
async function liveThrough(kind: CityKind, steps: readonly Step[]): Promise<void> {
  const world = await CityWorld.open(kind)
  try {
    for (const [name, step] of steps) {
      await step(world)
      for (const at of CODES) for (const account of ACCOUNTS) await look(world, { name, at, account })
    }
  } finally {
    await world.close()
  }
}

async function look(
  world: CityWorld,
  { name, at, account }: { name: string; at: Code; account: number },
): Promise<void> {
  const says = world.owed(at, account)
  const shown = await world.shown(at, account)
  if (says.length > 0 && !says.includes(shown))
    throw new Error(
      `${name}: at ${at} account ${account} owes ${shown}, and the pencil says ${says.join(' or ')}`,
    )
}

const CITY = { carrier: 'never', ownIds: 'never' } as const
const T1_PAYS: Step = ['T1 takes 100', world => world.pay('T1', 1, 100)]
const A_FILE: Step = ['a file is made', world => world.make('items')]
const TAKEN: Step = ['central takes it', world => world.take(0)]
const CARRIED: Step = ['payments are carried', world => world.carry()]
const LATER: Step = ['an hour passes', world => world.wait()]

/** What is done wrong on purpose, and a day on which it is found out. */
const WRONG: readonly (readonly [what: string, kind: CityKind, steps: readonly Step[]])[] = [
  [
    'nobody tells central what was known when the till went live',
    { ...CITY, forgetsKnown: true },
    [T1_PAYS, goesLive(), ...settles],
  ],
  [
    'a file is said to be an hour younger than it is',
    { ...CITY, lateMs: 3_600_000 },
    [goesLive(), A_FILE, T1_PAYS, ...settles, LATER, TAKEN, ...settles],
  ],
  [
    'answers are brought after the file that contains their payments',
    { ...CITY, carrier: 'from the first day', answersLate: true },
    [goesLive(), T1_PAYS, ...settles, CARRIED, A_FILE, TAKEN, ...settles],
  ],
]

const isFoundOut = (kind: CityKind, steps: readonly Step[]): Promise<boolean> =>
  liveThrough(kind, steps).then(
    () => false,
    () => true,
  )

/** How much of what is done wrong on purpose is found out; the same days are right where nothing is. */
async function foundOut(): Promise<number> {
  let found = 0
  for (const [what, { carrier, ownIds, ...wrong }, steps] of WRONG) {
    await liveThrough({ carrier, ownIds }, steps)
    const isFound = await isFoundOut({ carrier, ownIds, ...wrong }, steps)
    expect(isFound, what).toBe(true)
    found += 1
  }
  return found
}

describe('what is owed in a city that goes live', () => {
  it(
    'is what a pencil says: no payment is undone, and none taken off twice',
    async () => {
      const controlFailures = await foundOut()
      const days = fc.asyncProperty(day, ({ kind, before, pays, after }) =>
        liveThrough(kind, [...before, goesLive(pays), ...after, ...SETTLED]),
      )
      const found = await fc.check(days, { seed: runSeed(), numRuns: SEEDS, endOnFailure: true })
      const failures = found.failed ? 1 : 0
      const promise = 'owed: both Windows of a city ask what a pencil says'
      reportPromises([{ promise, tries: SEEDS, failures, controlFailures }])
      expect(found.failed, `${fc.defaultReportMessage(found)}\n${found.errorInstance}`).toBe(false)
    },
    60_000 + SEEDS * MS_EACH,
  )
})
