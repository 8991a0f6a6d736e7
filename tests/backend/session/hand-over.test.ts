/** Handing a drawer over in mid-day: two counts, two PINs, and nothing summed twice. */

import { describe, expect, it } from 'vitest'
import { sessionById } from '../../../db/queries/session/session.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import {
  approvalBy,
  CHANGE_FUND,
  cash,
  check,
  countDrawer,
  countOf,
  moneyOrder,
  openDrawer,
  pay,
  piecesOf,
} from '../../support/desk.ts'
import { savePerson } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'
import { handOverInput } from '../../support/two-counts.ts'

const TAKEN = cents(5_000)
const LIMIT = cents(250_000)
const THERE = cents(CHANGE_FUND + 5_000)

/** A cashier with one payment in cash and one check in the drawer, and a colleague who comes to take over. */
async function atNoon() {
  const till = await openTestTill()
  const giver = await clientOf(till, 'cashier')
  const opened = await openDrawer(giver)
  await pay(giver, TAKEN)
  await pay(giver, cents(1_500), { tenders: [check(cents(1_500))] })
  return { till, giver, sessionId: opened.sessionId, taker: await clientOf(till, 'colleague') }
}

async function cashRow(client: TillClient, sessionId: string) {
  return (await client.session.readZ({ sessionId })).balances.find(({ tender }) => tender === 'cash')
}

describe('a drawer is handed over', () => {
  it('two counts that match what is expected close one session and open the next on the same money', async () => {
    const { till, giver, taker, sessionId } = await atNoon()
    const answer = await giver.session.handOver(await handOverInput(giver, THERE))
    expect(answer).toMatchObject({ outcome: 'closed', zNumber: 'W1-Z0001', nextSessionNumber: 'W1-S0002' })
    expect((await giver.till.state()).session).toBeNull()
    const { session } = await taker.till.state()
    expect(session).toMatchObject({ number: 'W1-S0002', drawerName: 'Window 1', state: 'open' })
    const next = sessionById(till.backend.ledger.reader, session?.sessionId ?? '')
    expect(next).toMatchObject({
      handedFrom: sessionId,
      changeFundCents: CHANGE_FUND,
      changeFundWantedCents: CHANGE_FUND,
    })
  })

  it('whose limit was lifted is lifted for the taker too, once, until a turn-in', async () => {
    const till = await openTestTill()
    const giver = await clientOf(till, 'cashier')
    await openDrawer(giver, 'Window 1', LIMIT)
    const lift = () => ({ commandId: newId(), reason: 'A large payment', approval: approvalBy('lead') })
    await refused(pay(giver, TAKEN), 'CASH_LIMIT_REACHED')
    await giver.session.liftLimit(lift())
    await pay(giver, TAKEN)
    await giver.session.handOver(await handOverInput(giver, cents(LIMIT + TAKEN)))
    const taker = await clientOf(till, 'colleague')
    expect((await taker.till.state()).session?.level).toMatchObject({ state: 'warn', lifted: true })
    await refused(taker.session.liftLimit(lift()), 'LIMIT_LIFTED_ALREADY')
    await pay(taker, cents(LIMIT - TAKEN))
    await refused(pay(taker, TAKEN), 'CASH_LIMIT_REACHED')
    await refused(taker.session.liftLimit(lift()), 'LIMIT_LIFTED_ALREADY')
    const { entries } = await (await clientOf(till, 'auditor')).till.journal({ kind: 'session.limit-lifted' })
    expect(entries.map(({ summary }) => summary)).toEqual(
      [1, 2].map(() => 'Cash limit lifted until a turn-in brings it below by R. Chen: A large payment'),
    )
    expect((await verifyLedger(till.dataDir, () => undefined)).problems).toEqual([])
  })

  it('to whoever lifted its limit is at its limit: nobody’s own drawer is lifted by themselves', async () => {
    const till = await openTestTill()
    const giver = await clientOf(till, 'cashier')
    await openDrawer(giver, 'Window 1', LIMIT)
    const reason = 'A large payment'
    await giver.session.liftLimit({ commandId: newId(), reason, approval: approvalBy('lead') })
    await pay(giver, TAKEN)
    await giver.session.handOver(
      await handOverInput(giver, cents(LIMIT + TAKEN), { from: 'cashier', to: 'lead' }),
    )
    const taker = await clientOf(till, 'lead')
    await refused(pay(taker, TAKEN), 'CASH_LIMIT_REACHED')
    await taker.session.liftLimit({ commandId: newId(), reason, approval: approvalBy('supervisor') })
    await pay(taker, TAKEN)
  })

  it('its Z report names the second counter, the taker, and that all of the cash stayed', async () => {
    const { giver, sessionId } = await atNoon()
    await giver.session.handOver(await handOverInput(giver, THERE))
    const z = await giver.session.readZ({ sessionId })
    expect(z).toMatchObject({
      handedTo: { name: 'J. Okonkwo', sessionNumber: 'W1-S0002' },
      leftCents: THERE,
      toSafeCents: 0,
      closedInAbsenceBy: null,
      reason: '',
    })
    expect(
      z.counts.map(({ purpose, personName, secondPersonName }) => [purpose, personName, secondPersonName]),
    ).toEqual([
      ['opening', 'M. Alvarez', null],
      ['closing', 'M. Alvarez', 'J. Okonkwo'],
    ])
  })

  it('the next session sums nothing again: it begins at the counted money and ends at the first one’s change fund', async () => {
    const { till, giver, taker } = await atNoon()
    await giver.session.handOver(await handOverInput(giver, THERE))
    await pay(taker, cents(700))
    const nextId = (await taker.till.state()).session?.sessionId ?? ''
    expect(await countDrawer(taker, cents(THERE + 700))).toMatchObject({ outcome: 'closed' })
    const z = await taker.session.readZ({ sessionId: nextId })
    expect(z).toMatchObject({ totalCents: 700, receiptCount: 1, handedFromNumber: 'W1-S0001' })
    expect(z).toMatchObject({ leftCents: CHANGE_FUND, toSafeCents: 5_700 })
    expect(z.counts[0]).toMatchObject({ personName: 'J. Okonkwo', secondPersonName: 'M. Alvarez' })
    expect(await cashRow(taker, nextId)).toMatchObject({ openingCents: THERE, expectedCents: THERE + 700 })
    expect((await verifyLedger(till.dataDir, () => undefined)).ok).toBe(true)
  })

  it('checks leave with the session that took them, the cash goes to the bank with the one that ends the day', async () => {
    const { giver, taker, till, sessionId } = await atNoon()
    await giver.session.handOver(await handOverInput(giver, THERE))
    expect((await taker.session.countSheet()).items).toEqual([])
    const nextId = (await taker.till.state()).session?.sessionId ?? ''
    await countDrawer(taker, THERE)
    const waiting = await (await clientOf(till, 'lead')).deposit.waiting()
    const of = (id: string) => waiting.find(part => part.sessionId === id)
    expect(of(sessionId)).toMatchObject({ cashCents: 0, itemsCents: 1_500 })
    expect(of(nextId)).toMatchObject({ cashCents: 5_000, itemsCents: 0 })
  })

  it('a drawer goes through three hands in a day', async () => {
    const { till, giver, taker } = await atNoon()
    await giver.session.handOver(await handOverInput(giver, THERE))
    await pay(taker, cents(300))
    const third = await clientOf(till, 'lead')
    const second = await handOverInput(taker, cents(THERE + 300), { from: 'colleague', to: 'lead' })
    await taker.session.handOver(second)
    await pay(third, cents(20))
    const sessionId = (await third.till.state()).session?.sessionId ?? ''
    await countDrawer(third, cents(THERE + 320))
    expect(await third.session.readZ({ sessionId })).toMatchObject({
      leftCents: CHANGE_FUND,
      toSafeCents: 5_320,
    })
  })

  it('a hand-over across midnight begins a session of the new day', async () => {
    const { till, giver, taker } = await atNoon()
    till.clock.advance(16 * 3_600_000)
    await giver.session.handOver(await handOverInput(giver, THERE))
    expect((await taker.till.state()).session?.businessDate).toBe('2026-11-21')
  })
})

describe('money never changes hands uncounted', () => {
  it('two counts that differ from each other write nothing, and tell neither what the other found', async () => {
    const { giver, till } = await atNoon()
    const input = { ...(await handOverInput(giver, THERE)), takerPieces: piecesOf(cents(THERE - 100)) }
    const before = (await (await clientOf(till, 'auditor')).till.journal({})).entries.length
    const told = await refused(giver.session.handOver(input), 'COUNTS_DIFFER')
    expect(told).toEqual({ labels: ['$50', '$20', '$5', '$2'] })
    expect((await (await clientOf(till, 'auditor')).till.journal({})).entries.length).toBe(before + 1)
    expect((await giver.session.countSheet()).round).toBe(1)
  })

  it('the same amount in other pieces is not the same money', async () => {
    const { giver } = await atNoon()
    const ones = [{ valueCents: cents(100), kind: 'note' as const, pieces: 250, bundles: 0 }]
    const input = { ...(await handOverInput(giver, THERE)), takerPieces: ones }
    await refused(giver.session.handOver(input), 'COUNTS_DIFFER')
  })

  it('a full strap is as good as its notes', async () => {
    const { giver } = await atNoon()
    const two = [{ valueCents: cents(100), kind: 'note' as const, pieces: 50, bundles: 2 }]
    const loose = [{ valueCents: cents(100), kind: 'note' as const, pieces: 250, bundles: 0 }]
    const input = await handOverInput(giver, THERE)
    const count = { ...input.count, pieces: two }
    const answer = await giver.session.handOver({ ...input, count, takerPieces: loose })
    expect(answer.outcome).toBe('closed')
  })

  it('the giver signs with their own PIN: an unlocked screen is no signature', async () => {
    const { giver } = await atNoon()
    const input = await handOverInput(giver, THERE)
    await refused(giver.session.handOver({ ...input, ownPin: '8263' }), 'OWN_PIN_WRONG')
  })

  it('an auditor and an administrator take no drawer over', async () => {
    const { giver } = await atNoon()
    for (const to of ['auditor', 'administrator'] as const)
      await refused(giver.session.handOver(await handOverInput(giver, THERE, { to })), 'APPROVER_ROLE')
  })

  it('whoever has a drawer open takes no other, and the list of takers says so', async () => {
    const { giver, taker } = await atNoon()
    await openDrawer(taker, 'Window 2')
    const told = await refused(giver.session.handOver(await handOverInput(giver, THERE)), 'TAKER_HAS_DRAWER')
    expect(told).toEqual({ drawerName: 'Window 2' })
    const takers = await giver.session.takers()
    expect(takers.map(({ name, drawerName }) => [name, drawerName])).toEqual([
      ['D. Whitfield', null],
      ['J. Okonkwo', 'Window 2'],
      ['R. Chen', null],
    ])
  })
})

describe('a hand-over that differs from what is expected', () => {
  const SHORT = cents(THERE - 100)

  it('is counted once more by both, and only then told', async () => {
    const { giver } = await atNoon()
    const first = await giver.session.handOver(await handOverInput(giver, SHORT))
    expect(first).toEqual({ outcome: 'recount', balances: [], zNumber: null, nextSessionNumber: null })
    await refused(giver.session.close({ commandId: newId(), reason: 'Short' }), 'NOT_COUNTED')
    const second = await giver.session.handOver(await handOverInput(giver, SHORT))
    expect(second.outcome).toBe('explain')
    expect(second.balances).toContainEqual(expect.objectContaining({ tender: 'cash', overShortCents: -100 }))
    await refused(giver.session.handOver(await handOverInput(giver, SHORT)), 'COUNTED_TWICE')
  })

  it('with the reason and another person’s approval the drawer goes on with what was counted', async () => {
    const { till, giver, taker, sessionId } = await atNoon()
    for (let round = 1; round <= 2; round += 1)
      await giver.session.handOver(await handOverInput(giver, SHORT))
    const close = { commandId: newId(), reason: 'A dollar is missing' }
    await refused(giver.session.close(close), 'APPROVAL_NEEDED')
    const closed = await giver.session.close({ ...close, approval: approvalBy('lead') })
    expect(closed).toEqual({ zNumber: 'W1-Z0001', nextSessionNumber: 'W1-S0002' })
    expect((await taker.till.state()).session).toMatchObject({ number: 'W1-S0002' })
    expect(await giver.session.readZ({ sessionId })).toMatchObject({
      handedTo: { name: 'J. Okonkwo' },
      leftCents: SHORT,
      approvedByName: 'R. Chen',
    })
    expect(await countDrawer(taker, SHORT)).toMatchObject({ outcome: 'closed' })
    expect((await verifyLedger(till.dataDir, () => undefined)).ok).toBe(true)
  })

  it('is not closed over the head of a taker who has opened another drawer meanwhile', async () => {
    const { giver, taker } = await atNoon()
    for (let round = 1; round <= 2; round += 1)
      await giver.session.handOver(await handOverInput(giver, SHORT))
    await openDrawer(taker, 'Window 2')
    const close = { commandId: newId(), reason: 'A dollar is missing', approval: approvalBy('lead') }
    expect(await refused(giver.session.close(close), 'TAKER_HAS_DRAWER')).toEqual({ drawerName: 'Window 2' })
    await countDrawer(taker, CHANGE_FUND)
    expect((await giver.session.close(close)).nextSessionNumber).toBe('W1-S0003')
  })

  it('if the taker goes away after the first count, the cashier counts again and closes as on any evening', async () => {
    const { giver, sessionId } = await atNoon()
    await giver.session.handOver(await handOverInput(giver, SHORT))
    expect((await countDrawer(giver, THERE)).outcome).toBe('closed')
    expect(await giver.session.readZ({ sessionId })).toMatchObject({ handedTo: null, leftCents: CHANGE_FUND })
  })

  it('an ordinary count that did not match can still become a hand-over: the last count says what it was for', async () => {
    const { giver, taker } = await atNoon()
    await countDrawer(giver, SHORT)
    const answer = await giver.session.handOver(await handOverInput(giver, THERE))
    expect(answer).toMatchObject({ outcome: 'closed', nextSessionNumber: 'W1-S0002' })
    expect((await taker.till.state()).session).not.toBeNull()
  })

  it('a second ordinary count leaves nothing of the hand-over: the change fund stays, nobody takes over', async () => {
    const { giver, taker, sessionId } = await atNoon()
    await giver.session.handOver(await handOverInput(giver, SHORT))
    await countDrawer(giver, SHORT)
    const closed = await giver.session.close({
      commandId: newId(),
      reason: 'x',
      approval: approvalBy('lead'),
    })
    expect(closed.nextSessionNumber).toBeNull()
    expect(await giver.session.readZ({ sessionId })).toMatchObject({ handedTo: null, leftCents: CHANGE_FUND })
    expect((await taker.till.state()).session).toBeNull()
  })

  it('a taker who is dismissed before the reason is given takes nothing over; two others close the drawer', async () => {
    const { till, giver, sessionId } = await atNoon()
    for (let round = 1; round <= 2; round += 1)
      await giver.session.handOver(await handOverInput(giver, SHORT))
    const { personId } = approvalBy('colleague')
    const person = {
      commandId: newId(),
      personId,
      name: 'J. Okonkwo',
      role: 'cashier' as const,
      active: false,
    }
    await savePerson(await clientOf(till, 'administrator'), person)
    const close = { commandId: newId(), reason: 'x', approval: approvalBy('lead') }
    await refused(giver.session.close(close), 'TAKER_GONE')
    expect((await giver.till.state()).session).toMatchObject({ sessionId, state: 'counted' })
  })
})

describe('all tenders', () => {
  it('money orders and a mixed payment are counted by the giver and leave with the first session', async () => {
    const { giver, sessionId } = await atNoon()
    await pay(giver, cents(900), { tenders: [moneyOrder(cents(400)), cash(cents(500))] })
    const input = await handOverInput(giver, cents(THERE + 500))
    expect((await countOf(giver, THERE)).items).toHaveLength(2)
    expect((await giver.session.handOver(input)).outcome).toBe('closed')
    const z = await giver.session.readZ({ sessionId })
    expect(z.balances.map(({ tender, countedCents }) => [tender, countedCents])).toEqual(
      expect.arrayContaining([
        ['money-order', 400],
        ['check', 1_500],
      ]),
    )
  })
})

describe('whoever may take a drawer over', () => {
  it('has a PIN, works here, takes money, and is somebody else', async () => {
    const { till, giver } = await atNoon()
    const names = async () => (await giver.session.takers()).map(({ name, role }) => [name, role])
    expect(await names()).toEqual([
      ['D. Whitfield', 'supervisor'],
      ['J. Okonkwo', 'cashier'],
      ['R. Chen', 'lead'],
    ])
    const administrator = await clientOf(till, 'administrator')
    const { personId } = approvalBy('colleague')
    await savePerson(administrator, { personId, name: 'J. Okonkwo', role: 'cashier', active: false })
    expect(await names()).toEqual([
      ['D. Whitfield', 'supervisor'],
      ['R. Chen', 'lead'],
    ])
  })
})
