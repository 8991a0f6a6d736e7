/** A shop whose money a test reckons with its own hands, step by step beside the till. */
import fc from 'fast-check'
import { expect } from 'vitest'
import type { TillClient } from '../../shared/contract/index.ts'
import { newId } from '../../shared/id.ts'
import { cents, sum } from '../../shared/money.ts'
import { approvalBy, card, cash, check, countOf, openDrawer, pay, piecesOf } from './desk.ts'
import { refusalOf } from './refusals.ts'

/** Who opens drawers, each always the same one. */
export const CASHIERS = ['cashier', 'colleague'] as const
const DRAWERS = ['Window 1', 'Window 2'] as const
const LIMIT_CENTS = 250_000

/** Mostly small; now and then the drawer is at its limit from the start. */
const float = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 40_000 }) },
  fc.constant(LIMIT_CENTS),
)
const who = fc.nat(1)
const amount = fc.integer({ min: 1, max: 60_000 })
/** A share of what is there, in percent; above a hundred it is more than there is. */
const share = fc.integer({ min: 1, max: 110 })
export const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('open' as const), who, amount: float }) },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      who,
      amount,
      by: fc.constantFrom('cash' as const, 'check' as const, 'card' as const, 'mixed' as const),
      extra: fc.integer({ min: 0, max: 4_000 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('void' as const), who, which: fc.nat(30) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('turn-in' as const), who, share, papers: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('paid' as const),
      who,
      amount,
      direction: fc.constantFrom('in' as const, 'out' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('exchange' as const), who, share }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('close' as const), who, off: fc.constantFrom(0, 0, 25, -40) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('safe' as const), off: fc.constantFrom(0, 500, -300) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('deposit' as const), which: fc.nat(3) }) },
)
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
type StepOf<D extends Step['do']> = Extract<Step, { do: D }>

interface Paid {
  receiptId: string
  cashCents: number
  checkCents: number
}

/** One drawer by the test's own hands: the cash that lies in it, its checks, and the receipts of its session. */
interface Drawer {
  cashCents: number
  checks: Map<string, number>
  sessionId: string | null
  receipts: Paid[]
}

/** The shop by the test's own reckoning, which knows nothing of the ledger's tables. */
export class Shop {
  readonly clients: TillClient[]
  readonly lead: TillClient
  readonly drawers: Drawer[] = DRAWERS.map(() => ({
    cashCents: 0,
    checks: new Map(),
    sessionId: null,
    receipts: [],
  }))
  safeCents = 0
  safeChecksCents = 0
  /** What came in from outside less what went out, cash and checks. */
  cameCents = 0
  bankCents = 0
  bags = 0
  done = new Map<string, number>()

  constructor(clients: TillClient[], lead: TillClient) {
    this.clients = clients
    this.lead = lead
  }

  at(index: number): { client: TillClient; drawer: Drawer; person: (typeof CASHIERS)[number] } {
    const client = this.clients[index]
    const drawer = this.drawers[index]
    const person = CASHIERS[index]
    if (!client || !drawer || !person) throw new RangeError(`no cashier ${index}`)
    return { client, drawer, person }
  }

  count(what: string): void {
    this.done.set(what, (this.done.get(what) ?? 0) + 1)
  }

  signed(person: (typeof CASHIERS)[number]) {
    return { ownPin: approvalBy(person).pin, approval: approvalBy('lead') }
  }
}

/** Expects a refusal where the reckoning says so, and success otherwise; gives whether it was done. */
async function tried(
  shop: Shop,
  what: string,
  call: Promise<unknown>,
  refusedAs: string | null,
): Promise<boolean> {
  if (refusedAs !== null) {
    expect((await refusalOf(call)).code).toBe(refusedAs)
    shop.count(`${what} refused as ${refusedAs}`)
    return false
  }
  await call
  shop.count(what)
  return true
}

async function open(shop: Shop, { who, amount }: StepOf<'open'>): Promise<void> {
  const { client, drawer } = shop.at(who)
  const name = DRAWERS[who] ?? ''
  const call = openDrawer(client, name, cents(amount))
  if (!(await tried(shop, 'open', call, drawer.sessionId === null ? null : 'ALREADY_OPEN'))) return
  // The float is counted at opening: more or less than was left is money put in or taken out meanwhile.
  shop.cameCents += amount - drawer.cashCents
  drawer.cashCents = amount
  drawer.sessionId = (await call).sessionId
}

function tendersOf({ amount, by, extra }: StepOf<'pay'>) {
  if (by === 'check')
    return { tenders: [check(cents(amount))], cashCents: 0, checkCents: amount, changeCents: 0 }
  if (by === 'card') return { tenders: [card(cents(amount))], cashCents: 0, checkCents: 0, changeCents: 0 }
  const half = by === 'mixed' ? Math.floor(amount / 2) : 0
  const cashCents = amount - half + extra
  const tenders = [...(half === 0 ? [] : [check(cents(half))]), cash(cents(cashCents))]
  return { tenders, cashCents, checkCents: half, changeCents: extra }
}

async function take(shop: Shop, one: StepOf<'pay'>): Promise<void> {
  const { client, drawer } = shop.at(one.who)
  const { tenders, cashCents, checkCents, changeCents } = tendersOf(one)
  const full = cashCents > 0 && drawer.cashCents >= LIMIT_CENTS
  const refusedAs =
    drawer.sessionId === null
      ? 'NO_OPEN_SESSION'
      : full
        ? 'CASH_LIMIT_REACHED'
        : changeCents > drawer.cashCents
          ? 'CHANGE_EXCEEDS_DRAWER'
          : null
  const call = pay(client, cents(one.amount), { tenders })
  if (!(await tried(shop, 'pay', call, refusedAs))) return
  const { receiptId } = await call
  drawer.cashCents += cashCents - changeCents
  if (checkCents > 0) drawer.checks.set(receiptId, checkCents)
  drawer.receipts.push({ receiptId, cashCents: cashCents - changeCents, checkCents })
  shop.cameCents += cashCents - changeCents + checkCents
}

async function cancel(shop: Shop, one: StepOf<'void'>): Promise<void> {
  const { client, drawer } = shop.at(one.who)
  const paid = drawer.receipts[one.which % Math.max(1, drawer.receipts.length)]
  if (!paid) return
  const { receiptId, cashCents, checkCents } = paid
  const turnedIn = checkCents > 0 && !drawer.checks.has(receiptId)
  const refusedAs = turnedIn ? 'PAPER_TURNED_IN' : cashCents > drawer.cashCents ? 'CASH_NOT_IN_DRAWER' : null
  const input = { commandId: newId(), receiptId, reason: 'Wrong account', approval: approvalBy('lead') }
  if (!(await tried(shop, 'void', client.receipt.void(input), refusedAs))) return
  drawer.receipts = drawer.receipts.filter(other => other !== paid)
  drawer.checks.delete(receiptId)
  drawer.cashCents -= cashCents
  shop.cameCents -= cashCents + checkCents
}

async function turnIn(shop: Shop, one: StepOf<'turn-in'>): Promise<void> {
  const { client, drawer, person } = shop.at(one.who)
  if (drawer.sessionId === null) return
  const cashCents = Math.floor((drawer.cashCents * one.share) / 100)
  const { items } = await client.movement.sheet()
  expect(items.map(item => item.receiptId).sort()).toEqual([...drawer.checks.keys()].sort())
  const papers = items.slice(0, one.papers)
  const count = {
    pieces: piecesOf(cents(cashCents)),
    items: papers.map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo })),
  }
  const input = { commandId: newId(), given: count, taken: count, ...shop.signed(person) }
  const nothing = cashCents === 0 && papers.length === 0
  const refusedAs = nothing
    ? 'NOTHING_TO_TURN_IN'
    : cashCents > drawer.cashCents
      ? 'CASH_NOT_IN_DRAWER'
      : null
  if (!(await tried(shop, 'turn-in', client.movement.turnIn(input), refusedAs))) return
  drawer.cashCents -= cashCents
  shop.safeCents += cashCents
  for (const { receiptId } of papers) {
    shop.safeChecksCents += drawer.checks.get(receiptId) ?? 0
    drawer.checks.delete(receiptId)
  }
}

async function paid(shop: Shop, one: StepOf<'paid'>): Promise<void> {
  const { client, drawer } = shop.at(one.who)
  const input = {
    commandId: newId(),
    direction: one.direction,
    category: one.direction === 'in' ? 'Found money' : 'Petty cash',
    reason: 'As it happens',
    paper: '',
    cents: cents(one.amount),
    pieces: [],
    approval: approvalBy('lead'),
  }
  const tooMuch = one.direction === 'out' && one.amount > drawer.cashCents
  const refusedAs = drawer.sessionId === null ? 'NO_OPEN_SESSION' : tooMuch ? 'CASH_NOT_IN_DRAWER' : null
  if (!(await tried(shop, `paid-${one.direction}`, client.movement.pay(input), refusedAs))) return
  const moved = one.direction === 'in' ? one.amount : -one.amount
  drawer.cashCents += moved
  shop.cameCents += moved
}

async function exchange(shop: Shop, one: StepOf<'exchange'>): Promise<void> {
  const { client, drawer, person } = shop.at(one.who)
  if (drawer.sessionId === null) return
  const moved = Math.floor((drawer.cashCents * one.share) / 100)
  if (moved === 0) return
  const given = piecesOf(cents(moved))
  const input = { commandId: newId(), given, taken: given, ...shop.signed(person) }
  const before = await shop.lead.safe.content()
  const known = before.entries.some(entry => entry.kind === 'count')
  const call = client.movement.exchange(input)
  if (moved > drawer.cashCents) return void (await tried(shop, 'exchange', call, 'CASH_NOT_IN_DRAWER'))
  // Which pieces the safe holds has tests of its own; here an exchange is worth nothing, done or refused.
  const code = await call.then(
    () => null,
    (error: { code: string }) => error.code,
  )
  expect(known ? ['NOT_IN_SAFE', null] : [null]).toContain(code)
  shop.count(`exchange ${code ?? ''}`)
}

async function close(shop: Shop, one: StepOf<'close'>): Promise<void> {
  const { client, drawer } = shop.at(one.who)
  const { sessionId } = drawer
  if (sessionId === null) return
  const found = Math.max(0, drawer.cashCents + one.off)
  const cards = await cardTotal(shop, sessionId)
  const counting = async () => {
    const count = await countOf(client, cents(found), [{ tender: 'card', cents: cards }])
    return client.drawer.count({ commandId: newId(), count })
  }
  const agrees = found === drawer.cashCents
  expect((await counting()).outcome).toBe(agrees ? 'closed' : 'recount')
  if (!agrees) {
    expect((await counting()).outcome).toBe('explain')
    await client.drawer.close({ commandId: newId(), reason: 'Miscounted', approval: approvalBy('lead') })
  }
  shop.count(agrees ? 'close' : 'close with a difference')
  const leftCents = await leftIn(shop, sessionId)
  // What was found more or less than should be there came from, or went, nobody knows where.
  shop.cameCents += found - drawer.cashCents
  shop.safeCents += found - leftCents
  shop.safeChecksCents += sum([...drawer.checks.values()].map(cents))
  Object.assign(drawer, { cashCents: leftCents, sessionId: null, receipts: [] })
  drawer.checks.clear()
}

/** What the close left in the drawer; it is there when the drawer is opened again. */
async function leftIn(shop: Shop, sessionId: string): Promise<number> {
  return (await shop.lead.drawer.readZ({ sessionId })).leftCents ?? 0
}

async function cardTotal(shop: Shop, sessionId: string) {
  const { balances } = await shop.lead.drawer.readX({ sessionId })
  return balances.find(balance => balance.tender === 'card')?.expectedCents ?? cents(0)
}

async function countSafe(shop: Shop, one: StepOf<'safe'>): Promise<void> {
  const found = Math.max(0, shop.safeCents + one.off)
  const signed = { ownPin: approvalBy('lead').pin, approval: approvalBy('supervisor') }
  const pieces = piecesOf(cents(found))
  const counted = await shop.lead.safe.count({ commandId: newId(), pieces, reason: 'Counted', ...signed })
  expect(counted).toEqual({ cents: found, differenceCents: found - shop.safeCents })
  shop.cameCents += found - shop.safeCents
  shop.safeCents = found
  shop.count('safe')
}

/** One closed session's part on its way to the bank, through every hand up to the carrier's. */
async function deposit(shop: Shop, one: StepOf<'deposit'>): Promise<void> {
  const waiting = await shop.lead.deposit.waiting()
  const part = waiting[one.which % Math.max(1, waiting.length)]
  const [bank] = await shop.lead.setup.bankAccounts()
  if (!part || !bank) return
  const { sessionId, partNo, cashCents, itemsCents, itemCount } = part
  shop.bags += 1
  const pieces = piecesOf(cashCents)
  const made = await shop.lead.deposit.makeUp({
    commandId: newId(),
    bankAccountId: bank.bankAccountId,
    parts: [{ sessionId, partNo }],
    pieces,
    bagNumber: `BAG-${shop.bags}`,
  })
  const { depositId } = made
  const approval = approvalBy('supervisor')
  const counted = { pieces, itemCount, itemsCents, reason: '', approval }
  await shop.lead.deposit.verify({ commandId: newId(), depositId, ...counted })
  const sealed = { bagNumber: `BAG-${shop.bags}`, sealNumber: `S-${shop.bags}` }
  await shop.lead.deposit.seal({ commandId: newId(), depositId, ...sealed })
  await balanced(shop)
  const carrier = { carrier: 'Valley Armored', signatureName: 'J. Ruiz' }
  await shop.lead.deposit.handOver({ commandId: newId(), depositId, ...carrier })
  shop.safeCents -= cashCents
  shop.safeChecksCents -= itemsCents
  shop.bankCents += cashCents + itemsCents
  shop.count('deposit')
}

export async function carryOut(shop: Shop, one: Step): Promise<void> {
  switch (one.do) {
    case 'open':
      return open(shop, one)
    case 'pay':
      return take(shop, one)
    case 'void':
      return cancel(shop, one)
    case 'turn-in':
      return turnIn(shop, one)
    case 'paid':
      return paid(shop, one)
    case 'exchange':
      return exchange(shop, one)
    case 'close':
      return close(shop, one)
    case 'safe':
      return countSafe(shop, one)
    case 'deposit':
      return deposit(shop, one)
  }
}

/** What the till says lies where, beside what the test put there; and all of it beside all that came. */
export async function balanced(shop: Shop): Promise<void> {
  const safe = await shop.lead.safe.content()
  expect(safe).toMatchObject({ cashCents: shop.safeCents, papersCents: shop.safeChecksCents })
  expect(sum([...safe.pieces.map(piece => piece.cents), safe.unsortedCents])).toBe(safe.cashCents)
  let everywhere = safe.cashCents + safe.papersCents + shop.bankCents
  for (const drawer of shop.drawers) {
    const checks = sum([...drawer.checks.values()].map(cents))
    everywhere += drawer.cashCents + checks
    if (drawer.sessionId === null) continue
    const { balances } = await shop.lead.drawer.readX({ sessionId: drawer.sessionId })
    const expected = new Map(balances.map(balance => [balance.tender, balance.expectedCents]))
    expect([expected.get('cash'), expected.get('check') ?? 0]).toEqual([drawer.cashCents, checks])
  }
  expect(everywhere).toBe(shop.cameCents)
}
