/** Who lives the random days: people at their screens, chance, and the notebook. */
import type { AccountWithItems } from '../../../shared/account.ts'
import type { TillClient } from '../../../shared/contract/index.ts'
import type { LineInput } from '../../../shared/contract/receipt.ts'
import { newId } from '../../../shared/id.ts'
import { ZERO } from '../../../shared/money.ts'
import { catalogLine } from '../desk.ts'
import { refused } from '../refusals.ts'
import type { Screen } from '../screens.ts'
import { samplePerson, sampleTemplate, type Who } from '../template.ts'
import type { OpenTill } from '../till.ts'
import type { Notebook, Worker } from './money.ts'

export const WORKERS: readonly Worker[] = ['cashier', 'colleague', 'lead', 'supervisor']
export const EVERYBODY: readonly Who[] = [...WORKERS, 'auditor', 'administrator']
export type Approver = 'lead' | 'supervisor'

/** What happens by chance; the same for the same seed. */
export class Luck {
  readonly below: (bound: number) => number

  constructor(below: (bound: number) => number) {
    this.below = below
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1)
  }

  /** True `percent` times in a hundred. */
  percent(percent: number): boolean {
    return this.below(100) < percent
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[this.below(list.length)]
    if (picked === undefined) throw new Error('Nothing to pick from')
    return picked
  }

  some<T>(list: readonly T[]): T[] {
    return list.filter(() => this.percent(50))
  }
}

/** How often each thing was done, and how often it was refused as it had to be. */
export class Tally {
  readonly done = new Map<string, number>()

  add(what: string): void {
    this.done.set(what, (this.done.get(what) ?? 0) + 1)
  }

  of(what: string): number {
    return this.done.get(what) ?? 0
  }
}

const NO_LINE: LineInput = { kind: 'account', accountId: '', cents: ZERO, overrides: [] }

/** What can be paid at the window. */
interface Shelf {
  accounts: readonly AccountWithItems[]
  permit: LineInput
  other: LineInput
}

export class Life {
  readonly till: OpenTill
  readonly luck: Luck
  readonly book: Notebook
  readonly tally = new Tally()
  shelf: Shelf = { accounts: [], permit: NO_LINE, other: NO_LINE }
  readonly #screens = new Map<Who, Screen>()

  constructor(till: OpenTill, luck: Luck, book: Notebook) {
    this.till = till
    this.luck = luck
    this.book = book
  }

  get nowMs(): number {
    return this.till.clock.now()
  }

  /** Looks up what there is to pay; somebody has to have signed in. */
  async fillShelf(): Promise<void> {
    const { accounts } = await sampleTemplate()
    const client = this.as('cashier')
    this.shelf = {
      accounts: accounts.filter(({ account }) => account.status === 'open' && !account.cashOnly),
      permit: await catalogLine(client, 'DEMO'),
      other: await catalogLine(client, 'MISC'),
    }
  }

  /** Asks as somebody who has signed in. */
  as(who: Who): TillClient {
    const screen = this.#screens.get(who)
    if (!screen) throw new Error(`Nobody signed ${who} in`)
    return screen.client
  }

  /** Signs in; somebody mistypes their PIN now and then, once. */
  async signIn(who: Who): Promise<void> {
    const { personId, pin } = samplePerson(who)
    const screen = this.till.screen()
    if (this.luck.percent(5)) {
      await refused(screen.client.person.signIn({ personId, pin: '1' }), 'PIN_WRONG')
      this.tally.add('wrong PIN')
    }
    screen.token = (await screen.client.person.signIn({ personId, pin })).signInToken
    this.#screens.set(who, screen)
  }

  /** The other approver: nobody approves their own. */
  approverFor(who: Who): Approver {
    if (who === 'lead') return 'supervisor'
    return who === 'supervisor' || this.luck.percent(50) ? 'lead' : 'supervisor'
  }

  approvalBy(who: Who): { personId: string; pin: string } {
    const { personId, pin } = samplePerson(who)
    return { personId, pin }
  }

  /** Both sign: whoever gives, and whoever takes. */
  signed(giver: Who, taker: Who) {
    return { ownPin: samplePerson(giver).pin, approval: this.approvalBy(taker) }
  }

  /** A command with an id of its own. */
  command(): { commandId: string } {
    return { commandId: newId() }
  }

  /** Expects a refusal, and notes that it came. */
  async refused(call: Promise<unknown>, code: string): Promise<void> {
    await refused(call, code)
    this.tally.add(code)
  }
}

/** Fails where the till and the notebook do not say the same. */
export function same(what: string, told: unknown, noted: unknown): void {
  if (told !== noted) throw new Error(`${what}: the till says ${String(told)}, the notebook ${String(noted)}`)
}
