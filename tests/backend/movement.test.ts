/** Money that moves without a receipt: counted by giver and taker, signed by both, and never a cent of it lost. */
import { describe, expect, it } from 'vitest'
import type { TillClient } from '../../shared/contract/index.ts'
import type { MovedCount } from '../../shared/contract/movement.ts'
import { newId } from '../../shared/id.ts'
import { type Cents, cents } from '../../shared/money.ts'
import type { PieceCount } from '../../shared/rules/cash/denominations.ts'
import {
  approvalBy,
  CHANGE_FUND,
  cash,
  check,
  countDrawer,
  openDrawer,
  pay,
  piecesOf,
} from '../support/desk.ts'
import { saveDrawer } from '../support/office.ts'
import { refused } from '../support/refusals.ts'
import { clientOf } from '../support/screens.ts'
import type { Who } from '../support/template.ts'
import { type OpenTill, openTestTill } from '../support/till.ts'

const LIMIT = cents(250_000)

const notes = (valueCents: number, pieces: number, bundles = 0): PieceCount => ({
  valueCents: cents(valueCents),
  kind: 'note',
  pieces,
  bundles,
})

/** A cashier with an open drawer and the change fund in it. */
async function atTheDesk(who: Who = 'cashier', changeFund = CHANGE_FUND) {
  const till = await openTestTill()
  const client = await clientOf(till, who)
  const { sessionId } = await openDrawer(client, 'Window 1', changeFund)
  return { till, client, sessionId }
}

interface Signing {
  giver?: Who
  taker?: Who
  taken?: MovedCount
}

async function instrumentsOf(client: TillClient): Promise<MovedCount['items']> {
  const { items } = await client.movement.sheet()
  return items.map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo }))
}

function turnIn(client: TillClient, given: Partial<MovedCount>, signing: Signing = {}) {
  const { giver = 'cashier', taker = 'lead', taken } = signing
  const count = { pieces: [], items: [], ...given }
  return client.movement.turnIn({
    commandId: newId(),
    given: count,
    taken: taken ?? count,
    ownPin: approvalBy(giver).pin,
    approval: approvalBy(taker),
  })
}

async function expectedCash(till: OpenTill, sessionId: string): Promise<Cents | undefined> {
  const reading = await (await clientOf(till, 'auditor')).session.readX({ sessionId })
  return reading.balances.find(balance => balance.tender === 'cash')?.expectedCents
}

async function countSafe(till: OpenTill, pieces: PieceCount[], reason = 'The change fund') {
  const lead = await clientOf(till, 'lead')
  const signed = { ownPin: approvalBy('lead').pin, approval: approvalBy('supervisor') }
  return lead.safe.count({ commandId: newId(), pieces, reason, ...signed })
}

describe('a turn-in', () => {
  it('moves cash and checks from the drawer to the safe, and the drawer is expected to hold that much less', async () => {
    const { till, client, sessionId } = await atTheDesk()
    await pay(client, cents(30_000))
    await pay(client, cents(4_200), { tenders: [check(cents(4_200))] })
    await turnIn(client, { pieces: piecesOf(cents(25_000)), items: await instrumentsOf(client) })
    expect(await expectedCash(till, sessionId)).toBe(CHANGE_FUND + 5_000)
    const safe = await (await clientOf(till, 'lead')).safe.content()
    expect(safe).toMatchObject({ cashCents: 25_000, unsortedCents: 0, instrumentsCents: 4_200 })
    expect((await countDrawer(client, cents(CHANGE_FUND + 5_000))).outcome).toBe('closed')
    const after = await (await clientOf(till, 'lead')).safe.content()
    expect(after).toMatchObject({ cashCents: 30_000, instrumentsCents: 4_200 })
  })

  it('a strap is as good as its hundred notes', async () => {
    const { client } = await atTheDesk()
    await pay(client, cents(20_000))
    const given = { pieces: [notes(100, 0, 1)], items: [] }
    const done = await turnIn(client, given, { taken: { pieces: [notes(100, 100)], items: [] } })
    expect(done.cashCents).toBe(10_000)
  })

  it('counts that come to the same in other pieces are a difference, and nothing moves', async () => {
    const { client } = await atTheDesk()
    await pay(client, cents(20_000))
    const taken = { pieces: [notes(1_000, 4)], items: [] }
    const told = await refused(turnIn(client, { pieces: [notes(2_000, 2)] }, { taken }), 'COUNTS_DIFFER')
    // By name only: neither learns from the screen what the other counted.
    expect(told).toEqual({ labels: ['$20', '$10'] })
    expect(await client.movement.list({})).toEqual([])
  })

  it('a check that only one of them ticked is a difference', async () => {
    const { client } = await atTheDesk()
    await pay(client, cents(4_200), { tenders: [check(cents(4_200))] })
    const given = { pieces: [], items: await instrumentsOf(client) }
    const taken = { pieces: [], items: [] }
    expect(await refused(turnIn(client, given, { taken }), 'COUNTS_DIFFER')).toEqual({ labels: ['Check'] })
  })

  it('a check ticked twice, or turned in already, is not in the drawer', async () => {
    const { client } = await atTheDesk()
    await pay(client, cents(4_200), { tenders: [check(cents(4_200))] })
    const items = await instrumentsOf(client)
    await refused(turnIn(client, { items: [...items, ...items] }), 'COUNT_NOT_VALID')
    await turnIn(client, { items })
    expect(await refused(turnIn(client, { items }), 'COUNT_NOT_VALID')).toEqual({ reason: 'unknown-item' })
  })

  it('is taken by a lead or a supervisor who is somebody else', async () => {
    const { client } = await atTheDesk('lead')
    const given = { pieces: [notes(2_000, 2)] }
    await refused(turnIn(client, given, { giver: 'lead', taker: 'lead' }), 'OWN_APPROVAL')
    await refused(turnIn(client, given, { giver: 'lead', taker: 'colleague' }), 'APPROVER_ROLE')
    expect((await turnIn(client, given, { giver: 'lead', taker: 'supervisor' })).cashCents).toBe(4_000)
  })

  it('a receipt whose check is in the safe is not voided, and the turn-in is named', async () => {
    const { client } = await atTheDesk()
    const { receiptId } = await pay(client, cents(4_200), { tenders: [check(cents(4_200))] })
    const { number } = await turnIn(client, { items: await instrumentsOf(client) })
    const input = { commandId: newId(), receiptId, reason: 'Wrong account', approval: approvalBy('lead') }
    expect(await refused(client.receipt.void(input), 'INSTRUMENT_TURNED_IN')).toEqual({ number })
  })

  it('the money of a closed session is all of its parts, what was turned in among it', async () => {
    const { till, client, sessionId } = await atTheDesk()
    await pay(client, cents(30_000))
    await turnIn(client, { pieces: piecesOf(cents(25_000)) })
    await countDrawer(client, cents(CHANGE_FUND + 5_000))
    const waiting = await (await clientOf(till, 'lead')).deposit.waiting()
    const own = waiting.filter(part => part.sessionId === sessionId)
    expect(own.map(part => part.cashCents)).toEqual([30_000])
  })
})

describe('the cash limit of a drawer', () => {
  it('at the limit cash is refused and a check goes on; after a turn-in cash goes on too', async () => {
    const { client } = await atTheDesk('cashier', cents(LIMIT - 1_000))
    // The payment that reaches the limit is still taken: the limit is looked at before it.
    await pay(client, cents(1_000))
    expect(await refused(pay(client, cents(500)), 'CASH_LIMIT_REACHED')).toEqual({ limitCents: LIMIT })
    const mixed = [check(cents(300)), cash(cents(200))]
    await refused(pay(client, cents(500), { tenders: mixed }), 'CASH_LIMIT_REACHED')
    await pay(client, cents(500), { tenders: [check(cents(500))] })
    await turnIn(client, { pieces: piecesOf(cents(100_000)) })
    await pay(client, cents(500))
  })

  it('the header is told that it is near, and that it is full, and no amount', async () => {
    const { client } = await atTheDesk('cashier', cents(LIMIT - 50_100))
    const level = async () => (await client.till.state()).session?.level
    expect((await level())?.state).toBe('fine')
    await pay(client, cents(100))
    expect((await level())?.state).toBe('warn')
    await pay(client, cents(50_000))
    expect(await level()).toEqual({ tenths: 10, limitCents: LIMIT, state: 'full', lifted: false })
  })
})

describe('a cash limit that somebody lifts', () => {
  const lift = (who: 'lead' | 'supervisor' = 'lead') => ({
    commandId: newId(),
    reason: 'A large payment',
    approval: approvalBy(who),
  })

  it('after one large payment lets as much again in, then insists until a turn-in', async () => {
    const { client } = await atTheDesk()
    await pay(client, cents(LIMIT * 3))
    await refused(pay(client, cents(500)), 'CASH_LIMIT_REACHED')
    await client.session.liftLimit(lift())
    const level = async () => (await client.till.state()).session?.level
    expect(await level()).toMatchObject({ state: 'warn', lifted: true })
    await pay(client, cents(LIMIT))
    expect(await level()).toMatchObject({ state: 'full', lifted: true })
    await refused(pay(client, cents(500)), 'CASH_LIMIT_REACHED')
    await refused(client.session.liftLimit(lift()), 'LIMIT_LIFTED_ALREADY')
    // A turn-in that leaves it over its limit is no reason for another lift, and takes none away.
    await turnIn(client, { pieces: piecesOf(cents(500)) })
    await refused(client.session.liftLimit(lift()), 'LIMIT_LIFTED_ALREADY')
    await pay(client, cents(500))
    await refused(pay(client, cents(500)), 'CASH_LIMIT_REACHED')
    await turnIn(client, { pieces: piecesOf(cents(LIMIT * 4)) })
    expect(await level()).toMatchObject({ lifted: false })
    await pay(client, cents(LIMIT))
    await refused(pay(client, cents(500)), 'CASH_LIMIT_REACHED')
    await client.session.liftLimit(lift('supervisor'))
    await pay(client, cents(500))
  })

  it('gives way to what the city has set since', async () => {
    const { till, client } = await atTheDesk('cashier', LIMIT)
    await client.session.liftLimit(lift())
    await pay(client, cents(LIMIT))
    await refused(pay(client, cents(500)), 'CASH_LIMIT_REACHED')
    const admin = await clientOf(till, 'administrator')
    const limitOf = async (limitCents: Cents) => {
      const drawer = (await admin.setup.drawers()).find(({ name }) => name === 'Window 1')
      if (drawer) await saveDrawer(admin, { ...drawer, limitCents })
    }
    await limitOf(cents(LIMIT * 10))
    expect((await client.till.state()).session?.level).toMatchObject({ state: 'fine', lifted: false })
    await pay(client, cents(500))
    // What lifts nothing any more is no reason to refuse a lift.
    await pay(client, cents(LIMIT * 8))
    expect((await client.till.state()).session?.level).toMatchObject({ state: 'full', lifted: false })
    await client.session.liftLimit(lift())
    await pay(client, cents(500))
    await limitOf(cents(0))
    await pay(client, cents(LIMIT * 20))
  })

  it('takes another person with a reason, and is on record', async () => {
    const { till, client } = await atTheDesk('cashier', LIMIT)
    await refused(client.session.liftLimit({ ...lift(), approval: approvalBy('cashier') }), 'OWN_APPROVAL')
    await client.session.liftLimit(lift())
    const { entries } = await (await clientOf(till, 'auditor')).till.journal({ kind: 'session.limit-lifted' })
    expect(entries.map(({ summary }) => summary)).toEqual([
      'Cash limit lifted until a turn-in brings it below by R. Chen: A large payment',
    ])
  })
})

describe('paid-in and paid-out', () => {
  const entry = (of: {
    direction: 'in' | 'out'
    category: string
    cents: Cents
    approval?: ReturnType<typeof approvalBy>
  }) => ({
    commandId: newId(),
    reason: 'Found under the counter',
    documentNumber: '',
    pieces: [],
    ...of,
  })

  it('change what is expected, each its way', async () => {
    const { till, client, sessionId } = await atTheDesk()
    await client.movement.pay(entry({ direction: 'in', category: 'Found money', cents: cents(700) }))
    await client.movement.pay(entry({ direction: 'out', category: 'Petty cash', cents: cents(1_900) }))
    expect(await expectedCash(till, sessionId)).toBe(CHANGE_FUND - 1_200)
  })

  it('put no cash into a drawer at its limit, and take some out of it', async () => {
    const { client } = await atTheDesk('cashier', LIMIT)
    const found = entry({ direction: 'in', category: 'Found money', cents: cents(700) })
    expect(await refused(client.movement.pay(found), 'CASH_LIMIT_REACHED')).toEqual({ limitCents: LIMIT })
    await client.movement.pay(entry({ direction: 'out', category: 'Petty cash', cents: cents(1_900) }))
    await client.movement.pay(found)
  })

  it('up to the city’s amount nobody else is asked, above it another person is', async () => {
    const { client } = await atTheDesk()
    const own = entry({ direction: 'out', category: 'Petty cash', cents: cents(2_500) })
    const { movementId } = await client.movement.pay(own)
    expect((await client.movement.get({ movementId })).secondPersonName).toBeNull()
    const more = { ...own, commandId: newId(), cents: cents(2_501) }
    await refused(client.movement.pay(more), 'APPROVAL_NEEDED')
    const approved = await client.movement.pay({ ...more, approval: approvalBy('lead') })
    expect((await client.movement.get(approved)).secondPersonName).toBe('R. Chen')
  })

  it('not more is paid out than the drawer has', async () => {
    const { client } = await atTheDesk('cashier', cents(2_000))
    const all = entry({ direction: 'out', category: 'Petty cash', cents: cents(2_001) })
    await refused(client.movement.pay(all), 'CASH_NOT_IN_DRAWER')
    await client.movement.pay({ ...all, commandId: newId(), cents: cents(2_000) })
  })
})

describe('a change order', () => {
  const order = (given: PieceCount[], taken: PieceCount[]) => ({
    commandId: newId(),
    given,
    taken,
    ownPin: approvalBy('cashier').pin,
    approval: approvalBy('lead'),
  })

  it('leaves what is expected as it was, and the safe worth what it was', async () => {
    const { till, client, sessionId } = await atTheDesk()
    await countSafe(till, [notes(500, 20)])
    await client.movement.exchange(order([notes(2_000, 2)], [notes(500, 8)]))
    expect(await expectedCash(till, sessionId)).toBe(CHANGE_FUND)
    const { cashCents, pieces } = await (await clientOf(till, 'lead')).safe.content()
    expect(cashCents).toBe(10_000)
    expect(pieces.map(({ valueCents, pieces: held }) => [valueCents, held])).toEqual([
      [2_000, 2],
      [500, 12],
    ])
  })

  it('a safe that nobody has counted gives what it is asked for', async () => {
    const { client } = await atTheDesk()
    await client.movement.exchange(order([notes(2_000, 1)], [notes(500, 4)]))
  })

  it('a safe that was counted gives only what it holds, and the wanting pieces are named', async () => {
    const { till, client } = await atTheDesk()
    await countSafe(till, [notes(500, 3), notes(1_000, 10)])
    const asked = client.movement.exchange(order([notes(2_000, 1)], [notes(500, 4)]))
    expect(await refused(asked, 'NOT_IN_SAFE')).toEqual({ label: '$5' })
    await client.movement.exchange(order([notes(2_000, 1)], [notes(500, 2), notes(1_000, 1)]))
  })
})

describe('the safe', () => {
  it('the first count brings the change fund in; a count that agrees needs no reason', async () => {
    const { till } = await atTheDesk()
    expect(await countSafe(till, piecesOf(cents(50_000)))).toMatchObject({ differenceCents: 50_000 })
    expect(await countSafe(till, piecesOf(cents(50_000)), '')).toMatchObject({ differenceCents: 0 })
    expect(await refused(countSafe(till, piecesOf(cents(49_900)), ''), 'REASON_MISSING')).toEqual({
      differenceCents: -100,
    })
  })

  it('after a count its pieces are those that were counted, whatever was noted before', async () => {
    const { till, client } = await atTheDesk()
    await turnIn(client, { pieces: [notes(2_000, 3)] })
    await countSafe(till, [notes(1_000, 6)], 'Changed at the bank')
    const content = await (await clientOf(till, 'lead')).safe.content()
    expect(content).toMatchObject({ cashCents: 6_000, unsortedCents: 0 })
    expect(content.pieces).toEqual([{ valueCents: 1_000, kind: 'note', pieces: 6, cents: 6_000 }])
  })
})
