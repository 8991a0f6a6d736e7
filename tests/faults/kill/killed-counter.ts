/** A counter whose till is killed: what was asked for and not answered is asked again, word for word. */

import type { AccountWithItems } from '../../../shared/account.ts'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId, newSalt } from '../../../shared/id.ts'
import { type Cents, cents } from '../../../shared/money.ts'
import { accountLine, approvalBy, cash, catalogLine, owed } from '../../support/desk.ts'
import { isCutOff } from '../../support/host-screens.ts'

interface Taken {
  lines: readonly { cents: Cents }[]
  isVoided: boolean
}
type Attempt = (cashier: TillClient) => Promise<void>

/** Paid a little of, again and again, none of these is ever paid off. */
const OWES_ENOUGH = 6_000
const MOST_CENTS = 300

const canPay = (one: AccountWithItems): boolean =>
  one.account.status === 'open' && !one.account.cashOnly && owed(one) > OWES_ENOUGH

export class KilledCounter {
  /** Every receipt whose posting was answered, by its id. */
  readonly receipts = new Map<string, Taken>()
  /** Commands that were cut off, and asked again. */
  cutOff = 0
  readonly #below: (most: number) => number
  readonly #accounts: readonly AccountWithItems[]
  #waiting: Attempt[] = []

  constructor(below: (most: number) => number, accounts: readonly AccountWithItems[]) {
    this.#below = below
    this.#accounts = accounts.filter(canPay)
  }

  /** Three windows at once, until `isOver` says so or the till is gone. */
  async work(cashier: TillClient, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const attempts = [this.#post(), this.#post(), this.#below(4) === 0 ? this.#void() : this.#post()]
      const answered = await Promise.all(attempts.map(attempt => this.#ask(cashier, attempt)))
      if (answered.includes(false)) return
    }
  }

  /** Asks again for everything that was cut off. */
  async askAgain(cashier: TillClient): Promise<void> {
    const again = this.#waiting
    this.#waiting = []
    this.cutOff += again.length
    for (const attempt of again)
      if (!(await this.#ask(cashier, attempt))) throw new Error('The till was gone before anybody killed it')
  }

  async #ask(cashier: TillClient, attempt: Attempt): Promise<boolean> {
    try {
      await attempt(cashier)
      return true
    } catch (error) {
      if (!isCutOff(error)) throw error
      this.#waiting.push(attempt)
      return false
    }
  }

  #post(): Attempt {
    // Made once, as a screen does: the same command with another salt is another command.
    const [commandId, salt] = [newId(), newSalt()]
    const account = this.#accounts[this.#below(this.#accounts.length)]
    if (!account) throw new Error('Nobody owes anything')
    const paid = cents(1 + this.#below(MOST_CENTS))
    const fee = this.#below(3) === 0 ? cents(100 + this.#below(900)) : undefined
    return async cashier => {
      const lines = [accountLine(account, paid)]
      if (fee !== undefined) lines.push(await catalogLine(cashier, 'MISC', { priceCents: fee }))
      const totalCents = cents(paid + (fee ?? 0))
      const { receiptId } = await cashier.receipt.post({
        commandId,
        salt,
        lines,
        tenders: [cash(totalCents)],
        totalCents,
      })
      this.receipts.set(receiptId, { lines: [{ cents: paid }], isVoided: false })
    }
  }

  /** Takes one of the last receipts back; nothing where there is none. */
  #void(): Attempt {
    const commandId = newId()
    const standing = [...this.receipts].slice(-20).filter(([, taken]) => !taken.isVoided)
    const [receiptId, taken] = standing[this.#below(Math.max(1, standing.length))] ?? []
    return async cashier => {
      if (receiptId === undefined || !taken) return
      const approval = approvalBy('lead')
      await cashier.receipt.void({ commandId, receiptId, reason: 'Keyed twice', approval })
      taken.isVoided = true
    }
  }
}
