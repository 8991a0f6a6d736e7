/** Whole days at the counter, made up from a seed, lived through the operations as the screens call them. */
import { cents } from '../../../shared/money.ts'
import { chanceOf } from '../run/seed.ts'
import type { OpenTill } from '../till.ts'
import { checkMoney, checkParts, checkSafe, checkWaiting } from './checks.ts'
import { close, closeAbsent, open, readX, surprise, withoutDrawer } from './closing.ts'
import { Bank, countSafe, makeUp, oneStep } from './deposits.ts'
import { EVERYBODY, Life, Luck, type Tally } from './life.ts'
import { type Held, Notebook } from './money.ts'
import { exchange, noSale, pay, turnIn } from './movements.ts'
import { giveBack, LIMIT, sell, sellFromWaiting } from './window.ts'

const DAY_MS = 86_400_000
const SECOND_MS = 1_000
/** The last things done, for whoever has to find out why it failed. */
const REMEMBERED = 12

interface Windows {
  life: Life
  bank: Bank
  drawers: { name: string; drawerId: string }[]
}

/** What a step can change: one drawer; also the safe; also a session's parts for the bank. */
type Touches = 'drawer' | 'safe' | 'parts'
type Step = (windows: Windows, held: Held) => Promise<void>

/** As often as at a counter: mostly somebody pays. What a step touches is looked at after it. */
const STEPS: readonly { name: string; weight: number; touches: Touches; step: Step }[] = [
  { name: 'sell', weight: 60, touches: 'drawer', step: ({ life }, held) => sell(life, held) },
  { name: 'basket', weight: 3, touches: 'drawer', step: ({ life }, held) => sellFromWaiting(life, held) },
  { name: 'void', weight: 5, touches: 'drawer', step: ({ life }, held) => giveBack(life, held) },
  { name: 'turn in', weight: 5, touches: 'safe', step: ({ life }, held) => turnIn(life, held) },
  { name: 'pay', weight: 5, touches: 'drawer', step: ({ life }, held) => pay(life, held) },
  { name: 'exchange', weight: 2, touches: 'safe', step: ({ life }, held) => exchange(life, held) },
  { name: 'no sale', weight: 2, touches: 'drawer', step: ({ life }, held) => noSale(life, held) },
  { name: 'surprise', weight: 2, touches: 'drawer', step: ({ life }, held) => surprise(life, held) },
  { name: 'X report', weight: 1, touches: 'drawer', step: ({ life }, held) => readX(life, held) },
  { name: 'hand over', weight: 2, touches: 'parts', step: handOver },
  { name: 'bag', weight: 8, touches: 'parts', step: ({ life, bank }) => oneStep(life, bank) },
  { name: 'make up', weight: 2, touches: 'parts', step: ({ life, bank }) => makeUp(life, bank) },
  { name: 'count the safe', weight: 1, touches: 'safe', step: ({ life }) => countSafe(life) },
  { name: 'lock', weight: 2, touches: 'drawer', step: ({ life }, held) => leaveTheDesk(life, held) },
  { name: 'close', weight: 1, touches: 'parts', step: ({ life }, held) => close(life, held) },
]
const ALL_WEIGHTS = STEPS.reduce((all, { weight }) => all + weight, 0)

async function handOver({ life }: Windows, held: Held): Promise<void> {
  const free = withoutDrawer(life)
  if (free.length > 0) await close(life, held, life.luck.pick(free))
}

/** The screen locks itself: nothing is answered until its owner is back. */
async function leaveTheDesk(life: Life, held: Held): Promise<void> {
  const client = life.as(held.who)
  await client.person.lock({ idle: false })
  await life.refused(client.session.countSheet(), 'SCREEN_LOCKED')
  const { pin } = life.approvalBy(held.who)
  if (life.luck.percent(20)) await life.refused(client.person.unlock({ pin: '1' }), 'PIN_WRONG')
  await client.person.unlock({ pin })
  life.tally.add('lock')
}

function stepAt(luck: Luck): (typeof STEPS)[number] {
  let at = luck.below(ALL_WEIGHTS)
  for (const one of STEPS) {
    at -= one.weight
    if (at < 0) return one
  }
  throw new Error('Chance went beyond its bound')
}

/** The days, with everything that a failure needs to be seen again. */
class Days {
  readonly windows: Windows
  readonly #seed: number
  #day = 0
  #steps = 0
  readonly #last: string[] = []

  constructor(windows: Windows, seed: number) {
    this.windows = windows
    this.#seed = seed
  }

  get steps(): number {
    return this.#steps
  }

  /** Carries one thing out and looks at all the money. */
  async #do(name: string, touches: Touches, step: () => Promise<void>): Promise<void> {
    const { life } = this.windows
    life.till.clock.advance(life.luck.between(5, 500) * SECOND_MS)
    this.#steps += 1
    this.#last.push(`day ${this.#day} ${name}`)
    if (this.#last.length > REMEMBERED) this.#last.shift()
    try {
      await step()
      await checkMoney(life)
      if (touches !== 'drawer') await checkSafe(life)
      if (touches === 'parts') await checkWaiting(life)
    } catch (error) {
      const where = `TILLPROOF_SEED=${this.#seed}, day ${this.#day}, step ${this.#steps} (${name})`
      throw new Error(`${where}; before: ${this.#last.join(', ')}`, { cause: error })
    }
  }

  async live(day: number): Promise<void> {
    this.#day = day
    const { life, bank, drawers } = this.windows
    await this.#do('morning', 'parts', () => this.#morning())
    for (const held of [...life.book.held.values()])
      await this.#do('yesterday’s drawer', 'parts', () => this.#finish(held))
    for (const drawer of drawers) await this.#do('open', 'drawer', () => this.#open(drawer))
    for (let left = life.luck.between(22, 45); left > 0; left -= 1) await this.#one()
    for (const held of [...life.book.held.values()])
      if (life.luck.percent(93)) await this.#do('evening', 'parts', () => close(life, held))
    for (let left = life.luck.between(3, 7); left > 0; left -= 1)
      await this.#do('bag', 'parts', () => oneStep(life, bank))
    checkParts(life)
    for (const who of EVERYBODY) if (life.luck.percent(30)) await life.as(who).person.signOut()
  }

  /** The next morning at a quarter past seven; every tenth the program was ended in between. */
  async #morning(): Promise<void> {
    const { life } = this.windows
    const sinceMidnight = life.nowMs % DAY_MS
    life.till.clock.advance(DAY_MS - sinceMidnight + 13 * 3_600_000 + 900_000)
    if (this.#day % 10 === 9) await life.till.restart()
    for (const who of EVERYBODY) await life.signIn(who)
    if (this.#day % 7 === 3) await this.#changeBankRules()
  }

  /** The city begins, or ceases, to give each bank its own money. What waits already keeps its bank. */
  async #changeBankRules(): Promise<void> {
    const { life, bank } = this.windows
    const client = life.as('administrator')
    const settings = await client.setup.settings()
    const [first = '', second = ''] = bank.banks
    const bankRules = life.luck.percent(60) ? [{ glPrefix: '110-', bankAccountId: second }] : []
    const policies = { bankRules, defaultBankAccountId: first }
    const differenceToleranceCents = cents(life.luck.pick([0, 100]))
    const changed = { ...settings, ...policies, differenceToleranceCents }
    await client.setup.saveSettings({ ...life.command(), before: settings, settings: changed })
  }

  /** Somebody did not close: two others do it, or the cashier comes back in time. */
  async #finish(held: Held): Promise<void> {
    const { life } = this.windows
    const mayBeAbsent = held.who === 'cashier' || held.who === 'colleague'
    if (mayBeAbsent && life.luck.percent(60)) return closeAbsent(life, held)
    if (life.luck.percent(30)) return sell(life, held)
    return close(life, held)
  }

  async #open(drawer: { name: string; drawerId: string }): Promise<void> {
    const { life } = this.windows
    if (life.book.held.has(drawer.name) || life.luck.percent(10)) return
    const free = withoutDrawer(life)
    if (free.length > 0) await open(life, drawer, life.luck.pick(free))
  }

  async #one(): Promise<void> {
    const { life } = this.windows
    const held = [...life.book.held.values()]
    if (held.length === 0)
      return this.#do('open', 'drawer', () => this.#open(life.luck.pick(this.windows.drawers)))
    const { name, touches, step } = stepAt(life.luck)
    const own = life.luck.pick(held)
    await this.#do(name, touches, () => step(this.windows, own))
  }
}

export interface Lived {
  days: number
  steps: number
  tally: Tally
}

/** Sets the till up for these days: a low cash limit, and bank transfers switched on. */
async function begin(till: OpenTill, seed: number): Promise<Windows> {
  const life = new Life(till, new Luck(chanceOf(seed)), new Notebook())
  for (const who of EVERYBODY) await life.signIn(who)
  await life.fillShelf()
  const administrator = life.as('administrator')
  const drawers = await administrator.setup.drawers()
  for (const drawer of drawers)
    await administrator.setup.saveDrawer({
      ...life.command(),
      before: drawer,
      drawer: { ...drawer, limitCents: cents(LIMIT) },
    })
  const transfer = (await administrator.setup.tenders()).find(({ tender }) => tender === 'ach')
  if (transfer)
    await administrator.setup.saveTender({
      ...life.command(),
      before: transfer,
      tender: { ...transfer, active: true },
    })
  const banks = await administrator.setup.bankAccounts()
  return { life, bank: new Bank(banks.map(({ bankAccountId }) => bankAccountId)), drawers }
}

/**
 * Lives so many days and looks at all the money after every step. Fails with the seed, the day and the last steps
 * at the first moment at which a cent is not where it was noted to be.
 */
export async function liveDays(
  till: OpenTill,
  { seed, days, onDay }: { seed: number; days: number; onDay?: (day: number) => void },
): Promise<Lived> {
  const lived = new Days(await begin(till, seed), seed)
  for (let day = 1; day <= days; day += 1) {
    await lived.live(day)
    onDay?.(day)
  }
  return { days, steps: lived.steps, tally: lived.windows.life.tally }
}
