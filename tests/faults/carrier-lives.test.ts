/** Lives of central made up from seeds: whatever backup it is put back from, the files together say what it has booked. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { billedAnew, CarrierLives } from '../support/central/carrier-lives.ts'
import { account, accountLine, CREDIT_GL, itemId, WATER_GL, water } from '../support/central/central-shop.ts'
import { reportPromises } from '../support/run/promises.ts'
import { scaled } from '../support/run/scale.ts'
import { runSeed } from '../support/run/seed.ts'

const SEEDS = scaled('CARRIER_LIVES', 8, 1_000)
const MS_EACH = 20_000

interface Paid {
  receiptId: string
  cents: number
  isVoided: boolean
}

class World {
  readonly lives: CarrierLives
  readonly #paid: Paid[] = []
  readonly #backups: Buffer[] = []
  readonly #rejects: (nth: number) => boolean
  #decided = 0

  constructor(lives: CarrierLives, rejects: (nth: number) => boolean) {
    this.lives = lives
    this.#rejects = rejects
    this.#backups.push(lives.backup())
  }

  pay(accounts: readonly number[], cents: number): void {
    const lines = accounts.map(no =>
      cents % 3 === 0
        ? accountLine(no, [
            [itemId(no, 1), cents, WATER_GL],
            [null, 100, CREDIT_GL],
          ])
        : water(no, cents),
    )
    const all = lines.reduce((sum, line) => sum + line.cents, 0)
    this.#paid.push({ receiptId: this.lives.counter.receipt(lines), cents: all, isVoided: false })
  }

  void(nth: number): void {
    const standing = this.#paid.filter(one => !one.isVoided)
    const one = standing[nth % Math.max(1, standing.length)]
    if (!one) return
    one.isVoided = true
    this.lives.counter.void(one.receiptId, one.cents)
  }

  async decide(nth: number, way: number): Promise<void> {
    const open = this.lives.open()
    const line = open[nth % Math.max(1, open.length)]
    if (!line) return
    const ways = [{}, { writeOffTo: '900-1000' }, ...[1, 2, 4, 8].map(no => ({ accountNumber: `10-${no}` }))]
    await this.lives.resolve(line.receipt_id, { lineNo: line.line_no, ...ways[way % ways.length] })
  }

  answer(): Promise<void> {
    return this.lives.answerAll(({ kind, cents }) => {
      this.#decided += 1
      return kind === 'posted' && cents > 0 && this.#rejects(this.#decided) ? 'rejected' : 'accepted'
    })
  }

  backup(): void {
    this.#backups.push(this.lives.backup())
  }

  async restore(
    nth: number,
    { isPushedFirst, isForgotten = false }: { isPushedFirst: boolean; isForgotten?: boolean },
  ): Promise<void> {
    await this.lives.restore(this.#backups[nth % this.#backups.length] ?? this.lives.backup())
    if (isPushedFirst) await this.lives.push(3)
    await this.lives.saidDelivered()
    if (isForgotten) this.lives.forgetTold()
    // What was answered is answered again, as the instructions ask.
    await this.lives.push()
    await this.answer()
  }

  /** Everything is sent, decided, carried and answered. */
  async settle(): Promise<void> {
    await this.lives.push()
    for (let round = 0; round < 6; round += 1) {
      const open = this.lives.open()
      for (const [at] of open.entries()) await this.decide(0, at + 2)
      await this.lives.carry()
      await this.answer()
    }
  }
}

type Step = [name: string, step: (world: World) => unknown]
const nth = fc.nat(30)
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .tuple(
          fc.array(fc.constantFrom(1, 2, 3, 4, 8), { minLength: 1, maxLength: 3 }),
          fc.integer({ min: 100, max: 900 }),
        )
        .map(([to, cents]): Step => [`pay ${cents} for ${to.join()}`, world => world.pay(to, cents)]),
    },
    { weight: 2, arbitrary: nth.map((at): Step => [`void ${at}`, world => world.void(at)]) },
    {
      weight: 3,
      arbitrary: fc
        .constantFrom(2, 100)
        .map((most): Step => [`push ${most}`, world => world.lives.push(most)]),
    },
    { weight: 3, arbitrary: fc.constant<Step>(['carry', world => world.lives.carry()]) },
    { weight: 2, arbitrary: fc.constant<Step>(['answer', world => world.answer()]) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(nth, nth)
        .map(([at, way]): Step => [`decide ${at} by ${way}`, world => world.decide(at, way)]),
    },
    fc.constant<Step>(['account 8 is billed', world => world.lives.bill(account(8))]),
    fc
      .constantFrom(1, 2)
      .map((no): Step => [`${no} is billed anew`, world => world.lives.bill(billedAnew(no))]),
    { weight: 2, arbitrary: fc.constant<Step>(['backup', world => world.backup()]) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(nth, fc.boolean())
        .map(
          ([at, isPushedFirst]): Step => [
            `put back ${at}, pushed first: ${isPushedFirst}`,
            world => world.restore(at, { isPushedFirst }),
          ],
        ),
    },
  ),
  { minLength: 8, maxLength: 30 },
)

async function live(life: readonly Step[], rejectsEach: number): Promise<void> {
  const lives = await CarrierLives.open()
  const world = new World(lives, no => rejectsEach > 0 && no % rejectsEach === 0)
  try {
    for (const [, step] of life) await step(world)
    await world.settle()
    expect(lives.open()).toEqual([])
    expect(lives.told()).toEqual(lives.booked())
    expect(await lives.now()).toMatchObject({ waiting: 0, awaited: 0, held: '' })
    expect(lives.states()).not.toContain('acknowledged')
  } finally {
    await lives.close()
  }
}

/** What was delivered is sent again, and nobody knows that it was. */
const FORGOTTEN: Step[] = [
  ['pay 100', world => world.pay([1], 100)],
  ['push', world => world.lives.push()],
  ['carry', world => world.lives.carry()],
  ['put back', world => world.restore(0, { isPushedFirst: false, isForgotten: true })],
]

describe('central, put back from whatever backup', () => {
  it(
    'tells the billing system of each line and account what is booked, once',
    async () => {
      const worlds = fc.asyncProperty(steps, fc.constantFrom(0, 4, 7), (life, rejects) => live(life, rejects))
      const found = await fc.check(worlds, { seed: runSeed(), numRuns: SEEDS })
      const control = await live(FORGOTTEN, 0).then(
        () => 0,
        () => 1,
      )
      const promise = 'carrier: files of all lives say what is booked'
      reportPromises([{ promise, tries: SEEDS, failures: found.failed ? 1 : 0, controlFailures: control }])
      expect(found.failed, fc.defaultReportMessage(found)).toBe(false)
      expect(control, 'a payment that is told twice is not found out').toBe(1)
    },
    60_000 + SEEDS * MS_EACH,
  )
})
