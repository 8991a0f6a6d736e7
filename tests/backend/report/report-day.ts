/** A cashier's random day at the counter, beside what they wrote on a piece of paper. */
import fc from 'fast-check'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { type Cents, cents } from '../../../shared/money.ts'
import {
  accountLine,
  approvalBy,
  CHANGE_FUND,
  card,
  cash,
  catalogLine,
  check,
  countDrawer,
  countOf,
  moneyOrder,
  ordinaryAccount,
  piecesOf,
  receiptInput,
} from '../../support/desk.ts'
import type { OpenTill } from '../../support/till.ts'
import { depositInput, openDrawerOf } from '../../transports/at-the-desk.ts'

const TENDERS = ['cash', 'cash-change', 'check', 'card', 'money-order', 'split'] as const

const actionArb = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      amount: fc.integer({ min: 101, max: 9_999 }),
      tender: fc.constantFrom(...TENDERS),
      permit: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('void' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('turn-in' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('in' as const, 'out' as const),
      amount: fc.integer({ min: 1, max: 2_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 200 }) }),
  },
)
const drawerArb = fc.record({
  actions: fc.array(actionArb, { minLength: 1, maxLength: 14 }),
  cashOff: fc.constantFrom(0, 0, 137, -275),
})
export const dayArb = fc.record({ first: drawerArb, second: drawerArb, deposited: fc.boolean() })
type DrawerDay = typeof drawerArb extends fc.Arbitrary<infer D> ? D : never
type Action = DrawerDay['actions'][number]

/** One drawer's day, beside what its cashier wrote on a piece of paper. */
class Worked {
  readonly client: TillClient
  readonly till: OpenTill
  readonly sessionId: string
  cash = 0
  cardCents = 0
  paidIn = 0
  paidOut = 0
  turnedIn = 0
  instrumentsCents = 0
  receipts: { receiptId: string; cash: number; cardCents: number; papers: number; inSafe: boolean }[] = []

  constructor(till: OpenTill, client: TillClient, sessionId: string) {
    this.till = till
    this.client = client
    this.sessionId = sessionId
  }

  async act(action: Action): Promise<void> {
    if (action.kind === 'wait') this.till.clock.advance(action.minutes * 60_000)
    else if (action.kind === 'pay') await this.#pay(action)
    else if (action.kind === 'void') await this.#void(action.which)
    else if (action.kind === 'turn-in') await this.#turnIn()
    else await this.#paid(action.kind, cents(action.amount))
  }

  async #pay(action: Extract<Action, { kind: 'pay' }>): Promise<void> {
    const account = await ordinaryAccount(action.amount % 20)
    const amount = cents(action.amount)
    const permit = await catalogLine(this.client, 'DEMO')
    const lines = [accountLine(account, amount), ...(action.permit ? [permit] : [])]
    const fee = action.permit ? await this.#priceOf('DEMO') : 0
    const whole = cents(amount + fee)
    const handed = cents(Math.ceil(whole / 2_000) * 2_000)
    const part = cents(100)
    const rest = cents(whole - part)
    const [tenders, moved] = {
      cash: [[cash(whole)], { cash: whole, cardCents: 0, papers: 0 }] as const,
      'cash-change': [[cash(handed)], { cash: whole, cardCents: 0, papers: 0 }] as const,
      check: [[check(whole)], { cash: 0, cardCents: 0, papers: whole }] as const,
      card: [[card(whole)], { cash: 0, cardCents: whole, papers: 0 }] as const,
      'money-order': [[moneyOrder(whole)], { cash: 0, cardCents: 0, papers: whole }] as const,
      split: [[check(part), cash(rest)], { cash: rest, cardCents: 0, papers: part }] as const,
    }[action.tender]
    const { receiptId } = await this.client.receipt.post(receiptInput(lines, [...tenders], whole))
    this.#moves(moved, 1)
    this.receipts.push({ receiptId, ...moved, inSafe: false })
  }

  async #priceOf(code: string): Promise<number> {
    const item = (await this.client.setup.catalog()).find(candidate => candidate.code === code)
    return item?.priceCents ?? 0
  }

  #moves(by: { cash: number; cardCents: number; papers: number }, sign: 1 | -1): void {
    this.cash += sign * by.cash
    this.cardCents += sign * by.cardCents
    this.instrumentsCents += sign * by.papers
  }

  async #void(which: number): Promise<void> {
    const voidable = this.receipts.filter(receipt => !receipt.inSafe)
    const receipt = voidable[which % Math.max(1, voidable.length)]
    if (!receipt || this.cash < receipt.cash) return
    const { receiptId } = receipt
    const reason = 'Wrong account'
    await this.client.receipt.void({ commandId: newId(), receiptId, reason, approval: approvalBy('lead') })
    this.#moves(receipt, -1)
    this.receipts = this.receipts.filter(other => other !== receipt)
  }

  /** All cash above the change fund, and every paper. */
  async #turnIn(): Promise<void> {
    const { items } = await this.client.movement.sheet()
    const above = cents(Math.max(0, this.cash + this.paidIn - this.paidOut - this.turnedIn))
    if (above === 0 && items.length === 0) return
    const count = {
      pieces: piecesOf(above),
      items: items.map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo })),
    }
    const signed = { ownPin: approvalBy(this.who).pin, approval: approvalBy('lead') }
    await this.client.movement.turnIn({ commandId: newId(), given: count, taken: count, ...signed })
    this.turnedIn += above
    for (const receipt of this.receipts) receipt.inSafe ||= receipt.papers > 0
  }

  async #paid(direction: 'in' | 'out', amount: Cents): Promise<void> {
    const category = direction === 'in' ? 'Found money' : 'Postage and supplies'
    const paid = { direction, category, reason: '=1+1', documentNumber: '', cents: amount, pieces: [] }
    await this.client.movement.pay({ commandId: newId(), ...paid, approval: approvalBy('lead') })
    if (direction === 'in') this.paidIn += amount
    else this.paidOut += amount
  }

  who: 'cashier' | 'colleague' = 'cashier'

  get expectedCash(): number {
    return CHANGE_FUND + this.cash + this.paidIn - this.paidOut - this.turnedIn
  }

  /** Counts what there is and `cashOff` more or less; with a difference the lead approves. */
  async close(cashOff: number): Promise<void> {
    const slips = [{ tender: 'card' as const, cents: cents(this.cardCents) }]
    const found = cents(Math.max(0, this.expectedCash + cashOff))
    const { outcome } = await countDrawer(this.client, found, slips)
    if (outcome === 'closed') return
    const count = await countOf(this.client, found, slips)
    if ((await this.client.session.count({ commandId: newId(), count })).outcome === 'closed') return
    await this.client.session.close({
      commandId: newId(),
      reason: '=not found',
      approval: approvalBy('lead'),
    })
  }
}

export async function worked(till: OpenTill, who: 'cashier' | 'colleague', { actions, cashOff }: DrawerDay) {
  const { client, sessionId } = await openDrawerOf(till, who)
  const drawer = new Worked(till, client, sessionId)
  drawer.who = who
  for (const action of actions) await drawer.act(action)
  await drawer.close(cashOff)
  return { drawer, cashOff }
}

/** Everything that waits goes into one bag of what the counts and turn-ins came to. */
export async function depositWaiting(lead: TillClient): Promise<void> {
  const parts = await lead.deposit.waiting()
  if (parts.length === 0) return
  const cashCents = cents(parts.reduce((all, part) => all + part.cashCents, 0))
  const input = await depositInput(lead, { sessionId: '', cashCents })
  await lead.deposit.makeUp({
    ...input,
    parts: parts.map(({ sessionId, partNo }) => ({ sessionId, partNo })),
  })
}
