/** The live board: what leads, supervisors and auditors see of every drawer, and what they do not see of their own. */

import { describe, expect, it } from 'vitest'
import { stockOf } from '../../../db/queries/session/stock.ts'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { type Cents, cents, ZERO } from '../../../shared/money.ts'
import { US_DENOMINATIONS } from '../../../shared/rules/cash/denominations.ts'
import { HOUR_MS } from '../../support/clock.ts'
import {
  approvalBy,
  CHANGE_FUND,
  card,
  cash,
  check,
  closedSession,
  countDrawer,
  openDrawer,
  pay,
  piecesOf,
} from '../../support/desk.ts'
import { changeDrawer, changeSettings, saveSettings } from '../../support/office.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'
import { countOfOther, handOverInput } from '../../support/two-counts.ts'

async function windowOf(client: TillClient, name = 'Window 1') {
  const found = (await client.session.board()).drawers.find(({ drawerName }) => drawerName === name)
  if (!found) throw new Error(`${name} is not on the board`)
  return found
}

describe('the live board', () => {
  it('shows every drawer: who has it, since when, how full it is, and what was taken by tender', async () => {
    const till = await openTestTill()
    const cashier = await clientOf(till, 'cashier')
    await openDrawer(cashier)
    till.clock.advance(HOUR_MS)
    await pay(cashier, cents(105_000))
    await pay(cashier, cents(1_500), { tenders: [check(cents(1_500))] })
    const lead = await clientOf(till, 'lead')
    const { session, limitCents } = await windowOf(lead)
    expect(limitCents).toBe(250_000)
    expect(session).toMatchObject({ cashierName: 'M. Alvarez', state: 'open', tooOld: false, heldCount: 2 })
    expect((session?.lastActivityMs ?? 0) - (session?.openedAtMs ?? 0)).toBe(HOUR_MS)
    expect(session?.level).toEqual({ cashCents: 125_000, percent: 50 })
    expect(session?.tenders).toEqual(
      expect.arrayContaining([
        { tender: 'cash', name: 'Cash', itemCount: 1, expectedCents: 125_000, tenderedCents: 105_000 },
        { tender: 'check', name: 'Check', itemCount: 1, expectedCents: 1_500, tenderedCents: 1_500 },
      ]),
    )
    expect((await windowOf(lead, 'Window 2')).session).toBeNull()
  })

  it('tells nobody what their own drawer should hold', async () => {
    const till = await openTestTill()
    for (const [who, name] of [
      ['lead', 'Window 1'],
      ['supervisor', 'Window 2'],
    ] as const) {
      const client = await clientOf(till, who)
      await openDrawer(client, name)
      await pay(client, cents(4_321))
      const { session } = await windowOf(client, name)
      expect(session).toMatchObject({ level: null, tenders: [], runningLow: [] })
      expect(JSON.stringify(await windowOf(client, name))).not.toMatch(/24321|4321/)
    }
  })

  it('tells a taker nothing either while a hand-over is being counted', async () => {
    const till = await openTestTill()
    const cashier = await clientOf(till, 'cashier')
    await openDrawer(cashier)
    await pay(cashier, cents(4_321))
    await cashier.session.handOver(await handOverInput(cashier, CHANGE_FUND, { to: 'lead' }))
    expect((await windowOf(await clientOf(till, 'lead'))).session?.level).toBeNull()
    expect((await windowOf(await clientOf(till, 'supervisor'))).session?.level).not.toBeNull()
  })

  it('marks a session that is open for too long', async () => {
    const till = await openTestTill()
    await openDrawer(await clientOf(till, 'cashier'))
    till.clock.advance(24 * HOUR_MS)
    expect((await windowOf(await clientOf(till, 'auditor'))).session?.tooOld).toBe(true)
  })

  it('keeps the day’s closed sessions, and lets yesterday’s go', async () => {
    const till = await openTestTill()
    const cashier = await clientOf(till, 'cashier')
    await closedSession(cashier)
    const lead = await clientOf(till, 'lead')
    const { closedToday } = await windowOf(lead)
    expect(closedToday).toMatchObject([{ zNumber: 'W1-Z0001', state: 'closed', heldCount: 1 }])
    till.clock.advance(24 * HOUR_MS)
    expect((await windowOf(lead)).closedToday).toEqual([])
  })

  it('counts the safe, and the receipts of the day by the hour', async () => {
    const till = await openTestTill()
    const cashier = await clientOf(till, 'cashier')
    const lead = await clientOf(till, 'lead')
    expect(await lead.session.board()).toMatchObject({ safeCents: 0, hours: [] })
    await openDrawer(cashier)
    await pay(cashier, cents(5_000))
    till.clock.advance(2 * HOUR_MS)
    await pay(cashier, cents(300))
    await pay(cashier, cents(200))
    await countDrawer(cashier, cents(CHANGE_FUND + 5_500))
    const { hours, safeCents, businessDate } = await lead.session.board()
    expect(businessDate).toBe('2026-11-20')
    expect(hours.map(({ receiptCount }) => receiptCount)).toEqual([1, 2])
    expect(safeCents).toBe(5_500)
  })

  it('says which pieces run low, by the city’s own minimums', async () => {
    const till = await openTestTill()
    const administrator = await clientOf(till, 'administrator')
    const settings = await administrator.setup.settings()
    const lowPieces = [
      { valueCents: cents(25), kind: 'coin' as const, pieces: 10 },
      { valueCents: cents(10_000), kind: 'note' as const, pieces: 1 },
    ]
    const policies = { lowPieces }
    await saveSettings(administrator, { ...settings, ...policies })
    const cashier = await clientOf(till, 'cashier')
    await openDrawer(cashier, 'Window 1', cents(20_050))
    expect((await windowOf(await clientOf(till, 'lead'))).session?.runningLow).toEqual([
      { label: 'Quarters', pieces: 0 },
    ])
  })
})

async function atTheDesk() {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  const { sessionId } = await openDrawer(client)
  return { till, client, sessionId, lead: await clientOf(till, 'lead') }
}

describe('a figure of the board', () => {
  it('says how full a drawer is in whole percent of its limit, and nothing where it has none', async () => {
    const { till, lead } = await atTheDesk()
    const administrator = await clientOf(till, 'administrator')
    const percentWith = async (limitCents: Cents) => {
      await changeDrawer(administrator, { limitCents })
      return (await windowOf(lead)).session?.level?.percent
    }
    expect(await percentWith(cents(30_000))).toBe(66)
    expect(await percentWith(cents(20_000))).toBe(100)
    expect(await percentWith(cents(1))).toBe(2_000_000)
    expect(await percentWith(ZERO)).toBeNull()
  })

  it('lists cash, and of the other tenders those that something was taken in', async () => {
    const { client, lead } = await atTheDesk()
    const listed = async () => (await windowOf(lead)).session?.tenders.map(({ tender }) => tender)
    expect(await listed()).toEqual(['cash'])
    await pay(client, cents(500), { tenders: [card(cents(500))] })
    expect(await listed()).toEqual(['card', 'cash'])
  })

  it('says how many pieces of a denomination are left, and follows none in a drawer that was counted', async () => {
    const { till, client, lead } = await atTheDesk()
    const low = { valueCents: cents(10_000), kind: 'note' as const, pieces: 5 }
    await changeSettings(await clientOf(till, 'administrator'), { lowPieces: [low] })
    expect((await windowOf(lead)).session?.runningLow).toEqual([{ label: '$100', pieces: 2 }])
    await countDrawer(client, ZERO)
    expect((await windowOf(lead)).session).toMatchObject({ state: 'counted', runningLow: [] })
  })

  it('leaves out a drawer that is used no more', async () => {
    const { till, lead } = await atTheDesk()
    await changeDrawer(await clientOf(till, 'administrator'), { active: false }, 'Window 2')
    const { drawers } = await lead.session.board()
    expect(drawers.map(({ drawerName }) => drawerName)).toEqual(['Window 1', 'Window 3'])
  })

  it('marks a session in the hour in which it has been open too long, and no earlier', async () => {
    const { till, lead } = await atTheDesk()
    await changeSettings(await clientOf(till, 'administrator'), { maxSessionHours: 2 })
    till.clock.advance(2 * HOUR_MS - 1)
    expect((await windowOf(lead)).session?.tooOld).toBe(false)
    till.clock.advance(1)
    expect((await windowOf(lead)).session?.tooOld).toBe(true)
  })

  it('keeps the sessions of a day with their own drawer, from midnight of the city on', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const lead = await clientOf(till, 'lead')
    const first = await closedSession(client)
    const second = await closedSession(client, cents(300), 'Window 2')
    const closedOn = async (name: string) => (await windowOf(lead, name)).closedToday.map(of => of.sessionId)
    expect(await closedOn('Window 1')).toEqual([first.sessionId])
    expect(await closedOn('Window 2')).toEqual([second.sessionId])
    expect(await closedOn('Window 3')).toEqual([])
    till.clock.advance(15 * HOUR_MS - 1)
    expect(await closedOn('Window 1')).toEqual([first.sessionId])
    till.clock.advance(1)
    expect(await closedOn('Window 1')).toEqual([])
  })

  it('counts a receipt in the hour that it was posted in, also of a session that began the day before', async () => {
    const { till, client, lead } = await atTheDesk()
    const hours = async () => (await lead.session.board()).hours
    till.clock.advance(HOUR_MS - 1)
    await pay(client, cents(100))
    till.clock.advance(1)
    await pay(client, cents(100))
    expect(await hours()).toEqual([
      { hour: 9, receiptCount: 1 },
      { hour: 10, receiptCount: 1 },
    ])
    till.clock.advance(14 * HOUR_MS - 1)
    await pay(client, cents(100))
    till.clock.advance(1)
    await pay(client, cents(100))
    expect(await hours()).toEqual([{ hour: 0, receiptCount: 1 }])
    expect(await lead.session.board()).toMatchObject({ businessDate: '2026-11-21' })
    till.clock.advance(24 * HOUR_MS)
    expect(await hours()).toEqual([])
  })
})

describe('the likely stock', () => {
  async function stockAt(cashier: TillClient, till: Awaited<ReturnType<typeof openTestTill>>) {
    const { session } = await cashier.till.state()
    return stockOf(till.backend.ledger.reader, { sessionId: session?.sessionId ?? '' }, US_DENOMINATIONS)
  }
  const worth = (pieces: readonly { valueCents: number; pieces: number }[]) =>
    pieces.reduce((total, row) => total + row.valueCents * row.pieces, 0)

  it('is worth what the drawer should hold, through payments, change and a void', async () => {
    const till = await openTestTill()
    const cashier = await clientOf(till, 'cashier')
    await openDrawer(cashier)
    await pay(cashier, cents(7_684), { tenders: [cash(cents(10_000))] })
    const { receiptId } = await pay(cashier, cents(1_234))
    expect(worth((await stockAt(cashier, till)).pieces)).toBe(CHANGE_FUND + 7_684 + 1_234)
    const approval = approvalBy('lead')
    await cashier.receipt.void({ commandId: newId(), receiptId, reason: 'Wrong account', approval })
    const stock = await stockAt(cashier, till)
    expect(worth(stock.pieces)).toBe(CHANGE_FUND + 7_684)
    expect(stock.certain).toBe(false)
  })

  it('goes on over the epochs: what came after a restore comes after what was before it', async () => {
    const till = await openTestTill()
    const cashier = await clientOf(till, 'cashier')
    await openDrawer(cashier)
    await pay(cashier, cents(5_000))
    till.beginEpoch()
    await pay(cashier, cents(7_000))
    expect(worth((await stockAt(cashier, till)).pieces)).toBe(CHANGE_FUND + 5_000 + 7_000)
  })

  it('begins anew at a surprise count, and a void of an earlier receipt still gives money back', async () => {
    const till = await openTestTill()
    const cashier = await clientOf(till, 'cashier')
    const { sessionId } = await openDrawer(cashier)
    const { receiptId } = await pay(cashier, cents(1_234))
    const lead = await clientOf(till, 'lead')
    const count = { ...(await countOfOther(lead, sessionId, cents(21_300))), pieces: piecesOf(cents(21_300)) }
    await lead.session.surpriseCount({ commandId: newId(), sessionId, count })
    expect(await stockAt(cashier, till)).toMatchObject({ certain: true, assumedReceipts: 0 })
    const approval = approvalBy('lead')
    await cashier.receipt.void({ commandId: newId(), receiptId, reason: 'Wrong account', approval })
    expect(worth((await stockAt(cashier, till)).pieces)).toBe(21_300 - 1_234)
  })
})
