/** A drawer session: one cashier, one drawer, opening facts that stay, and a close that explains itself. */

import { describe, expect, it } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { cents, ZERO } from '../../../shared/money.ts'
import { HOUR_MS } from '../../support/clock.ts'
import {
  approvalBy,
  CHANGE_FUND,
  card,
  cash,
  check,
  closedSession,
  countDrawer,
  countOf,
  countTwice,
  openDrawer,
  pay,
  piecesOf,
} from '../../support/desk.ts'
import { saveDrawer, saveSettings } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'

async function allowDifference(administrator: TillClient, differenceToleranceCents: typeof CHANGE_FUND) {
  const settings = { ...(await administrator.setup.settings()), differenceToleranceCents }
  await saveSettings(administrator, settings)
}

describe('opening', () => {
  it('one session for each drawer and for each cashier', async () => {
    const till = await openTestTill()
    const cashier = await clientOf(till, 'cashier')
    const colleague = await clientOf(till, 'colleague')
    await openDrawer(cashier, 'Window 1')
    const taken = await refused(openDrawer(colleague, 'Window 1'), 'DRAWER_IN_USE')
    expect(taken).toEqual({ cashierName: 'M. Alvarez' })
    const own = await refused(openDrawer(cashier, 'Window 2'), 'ALREADY_OPEN')
    expect(own).toEqual({ drawerName: 'Window 1' })
    await openDrawer(colleague, 'Window 2')
  })

  it('two cashiers who open one drawer at once: one has it', async () => {
    const till = await openTestTill()
    const clients = [await clientOf(till, 'cashier'), await clientOf(till, 'colleague')]
    const answers = await Promise.allSettled(clients.map(client => openDrawer(client, 'Window 1')))
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('a change fund that was counted short is kept as counted, and the difference is told only then', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const opened = await openDrawer(client, 'Window 1', cents(19_500))
    expect(opened).toMatchObject({ openingCents: 19_500, changeFundWantedCents: CHANGE_FUND })
    await pay(client, cents(1_000))
    expect((await countDrawer(client, cents(20_500))).outcome).toBe('closed')
  })

  it('the next session begins from nothing: it does not sum the day again', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await closedSession(client, cents(5_000))
    const second = await closedSession(client, cents(700))
    const reading = await client.session.readZ({ sessionId: second.sessionId })
    expect(reading).toMatchObject({ totalCents: 700, receiptCount: 1, zNumber: 'W1-Z0002' })
  })
})

describe('while it is open', () => {
  it('nothing about the opening can be changed by what is set up later', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const { sessionId } = await openDrawer(client)
    await pay(client, cents(1_000))
    const administrator = await clientOf(till, 'administrator')
    const [drawer] = await administrator.setup.drawers()
    const other = { ...drawer, changeFundCents: cents(99_900), limitCents: ZERO }
    if (drawer) await saveDrawer(administrator, { ...drawer, ...other })
    const reading = await (await clientOf(till, 'lead')).session.readX({ sessionId })
    expect(reading.balances.find(({ tender }) => tender === 'cash')).toMatchObject({
      openingCents: CHANGE_FUND,
    })
  })

  it('it keeps its business date past midnight', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    till.clock.advance(20 * HOUR_MS)
    const { receiptId } = await pay(client, cents(1_000))
    expect((await client.receipt.get({ receiptId })).businessDate).toBe('2026-11-20')
    expect((await client.till.state()).businessDate).toBe('2026-11-20')
  })

  it('after 24 hours no more money, but it can be counted and closed', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    await pay(client, cents(1_000))
    till.clock.advance(24 * HOUR_MS - 1)
    await pay(client, cents(1_000))
    till.clock.advance(1)
    expect(await refused(pay(client, cents(1_000)), 'SESSION_TOO_OLD')).toEqual({ hours: 24 })
    expect((await client.till.state()).session?.tooOld).toBe(true)
    expect((await countDrawer(client, cents(CHANGE_FUND + 2_000))).outcome).toBe('closed')
  })

  it('a clock that jumps ten years ahead or back stops no receipt', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    for (const years of [10, -20, 10]) {
      till.clock.advance(years * 365 * 24 * HOUR_MS)
      await pay(client, cents(100))
    }
    const numbers = (await client.receipt.find({})).map(({ number }) => number)
    expect(numbers).toEqual(['W1-000003', 'W1-000002', 'W1-000001'])
  })

  it('after the count no receipt is possible, even one that was being typed', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    await countDrawer(client, cents(CHANGE_FUND + 1))
    await refused(pay(client, cents(1_000)), 'SESSION_COUNTED')
  })
})

describe('closing', () => {
  it('a match closes at once', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    const tenders = [cash(cents(3_000)), check(cents(2_000)), card(cents(1_000))]
    await pay(client, cents(6_000), { tenders })
    const closed = await countDrawer(client, cents(CHANGE_FUND + 3_000), [
      { tender: 'card', cents: cents(1_000) },
    ])
    expect(closed).toMatchObject({ outcome: 'closed', zNumber: 'W1-Z0001' })
    expect(closed.balances.every(balance => balance.overShortCents === 0)).toBe(true)
  })

  it('cash over and a check short are two figures, never one', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const { sessionId } = await openDrawer(client)
    await pay(client, cents(2_000), { tenders: [check(cents(2_000))] })
    const wrong = { pieces: piecesOf(cents(CHANGE_FUND + 2_000)), items: [], extraItems: [], slips: [] }
    await client.session.count({ commandId: newId(), count: wrong })
    await client.session.count({ commandId: newId(), count: wrong })
    const reason = 'Check was keyed as a check, cash was handed over'
    await client.session.close({ commandId: newId(), reason, approval: approvalBy('lead') })
    const { balances } = await client.session.readZ({ sessionId })
    const figures = balances.map(({ tender, overShortCents }) => [tender, overShortCents])
    expect(figures).toEqual(
      expect.arrayContaining([
        ['cash', 2_000],
        ['check', -2_000],
      ]),
    )
  })

  it('the worked example: cash over 0.50 and checks short 1.00', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const { sessionId } = await openDrawer(client, 'Window 1', cents(15_050))
    await pay(client, cents(75_000), { tenders: [check(cents(75_000), { reference: '1041' })] })
    await pay(client, cents(25_000), { tenders: [check(cents(25_000))] })
    const [turnedIn] = (await client.movement.sheet()).items
    for (const item of [turnedIn, undefined]) {
      await pay(client, cents(200_000))
      const papers = item ? [{ receiptId: item.receiptId, tenderNo: item.tenderNo }] : []
      const given = { pieces: piecesOf(cents(200_000)), items: papers }
      const signed = { ownPin: approvalBy('cashier').pin, approval: approvalBy('lead') }
      await client.movement.turnIn({ commandId: newId(), given, taken: given, ...signed })
    }
    await pay(client, cents(100_000))
    const found = [{ tender: 'check' as const, reference: '1042', cents: cents(24_900) }]
    const count = { pieces: piecesOf(cents(115_100)), items: [], extraItems: found, slips: [] }
    for (let round = 1; round <= 2; round += 1) await client.session.count({ commandId: newId(), count })
    await client.session.close({ commandId: newId(), reason: 'Misread', approval: approvalBy('supervisor') })
    const { balances } = await client.session.readZ({ sessionId })
    const of = (wanted: string) => balances.find(({ tender }) => tender === wanted)
    expect(of('cash')).toMatchObject({
      openingCents: 15_050,
      tenderedCents: 500_000,
      turnedInCents: 400_000,
      expectedCents: 115_050,
      countedCents: 115_100,
      overShortCents: 50,
    })
    expect(of('check')).toMatchObject({
      tenderedCents: 100_000,
      turnedInCents: 75_000,
      expectedCents: 25_000,
      countedCents: 24_900,
      overShortCents: -100,
    })
    // Two figures, and never their net.
    expect(balances.map(({ overShortCents }) => overShortCents)).not.toContain(-50)
  })

  it('within the city’s tolerance a reason is enough, a cent beyond it takes another person', async () => {
    const till = await openTestTill()
    await allowDifference(await clientOf(till, 'administrator'), cents(100))
    const client = await clientOf(till, 'cashier')
    const { sessionId } = await openDrawer(client)
    await countTwice(client, cents(CHANGE_FUND - 100))
    await client.session.close({ commandId: newId(), reason: 'A dollar short' })
    expect(await client.session.readZ({ sessionId })).toMatchObject({
      reason: 'A dollar short',
      approvedByName: null,
    })
    await openDrawer(client)
    await countTwice(client, cents(CHANGE_FUND + 101))
    await refused(client.session.close({ commandId: newId(), reason: 'Over' }), 'APPROVAL_NEEDED')
  })

  it('closing twice: the second is told that there is nothing open', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    const count = await countOf(client, CHANGE_FUND)
    await client.session.count({ commandId: newId(), count })
    await refused(client.session.count({ commandId: newId(), count }), 'NO_OPEN_SESSION')
    const close = { commandId: newId(), reason: 'Again', approval: approvalBy('lead') }
    await refused(client.session.close(close), 'NO_OPEN_SESSION')
  })

  it('a third count is refused: the difference has to be explained', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    await countTwice(client, cents(CHANGE_FUND - 500))
    await refused(countDrawer(client, CHANGE_FUND), 'COUNTED_TWICE')
  })

  it('a check is not found twice', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    await pay(client, cents(2_000), { tenders: [check(cents(2_000))] })
    const count = await countOf(client, CHANGE_FUND)
    const twice = { ...count, items: [...count.items, ...count.items] }
    const answer = await refused(
      client.session.count({ commandId: newId(), count: twice }),
      'COUNT_NOT_VALID',
    )
    expect(answer).toEqual({ reason: 'unknown-item' })
  })

  it('a voided check is not looked for, and one from another drawer is not accepted', async () => {
    const till = await openTestTill()
    const cashier = await clientOf(till, 'cashier')
    await openDrawer(cashier)
    const { receiptId } = await pay(cashier, cents(2_000), { tenders: [check(cents(2_000))] })
    const approval = approvalBy('supervisor')
    await cashier.receipt.void({ commandId: newId(), receiptId, reason: 'Typed twice', approval })
    expect((await cashier.session.countSheet()).items).toEqual([])
    const colleague = await clientOf(till, 'colleague')
    await openDrawer(colleague, 'Window 2')
    const other = await pay(colleague, cents(900), { tenders: [check(cents(900))] })
    const count = {
      ...(await countOf(cashier, CHANGE_FUND)),
      items: [{ receiptId: other.receiptId, tenderNo: 1 }],
    }
    await refused(cashier.session.count({ commandId: newId(), count }), 'COUNT_NOT_VALID')
  })
})
