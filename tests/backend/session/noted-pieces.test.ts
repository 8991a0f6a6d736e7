/** Pieces noted with a receipt, and what the till says of the change to give. */

import { describe, expect, it } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { type Cents, cents } from '../../../shared/money.ts'
import type { PieceCount } from '../../../shared/rules/cash/denominations.ts'
import type { NotedPiece } from '../../../shared/rules/cash/noted-pieces.ts'
import {
  accountLine,
  approvalBy,
  CHANGE_FUND,
  cash,
  check,
  countDrawer,
  drawerId,
  openDrawer,
  openOn,
  ordinaryAccount,
  receiptInput,
} from '../../support/desk.ts'
import { saveSettings, saveTender } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'

const value = (amount: number) => ({
  valueCents: cents(amount),
  kind: amount > 100 ? ('note' as const) : ('coin' as const),
})
const noted = (amount: number, taken: number, given: number): NotedPiece => ({
  ...value(amount),
  taken,
  given,
})
const counted = (amount: number, pieces: number): PieceCount => ({ ...value(amount), pieces, bundles: 0 })

const BILL = cents(7_684)
const HUNDRED = cents(10_000)

/** Ones, fives and twenties; three quarters, two dimes, six pennies. */
const PURSE = [
  counted(2_000, 2),
  counted(500, 4),
  { valueCents: cents(100), kind: 'note' as const, pieces: 5, bundles: 0 },
  ...[counted(25, 3), counted(10, 2), counted(1, 6)],
]

/** A cashier who opened a drawer with these pieces. */
async function openWith(pieces: PieceCount[]) {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  const opened = await openOn(client, { drawerId: await drawerId(client), pieces })
  return { till, client, sessionId: opened.sessionId }
}

interface Paying {
  given?: Cents
  pieces?: NotedPiece[]
}

/** A water bill of 76.84 in cash. */
async function payBill(client: TillClient, { given = HUNDRED, pieces }: Paying = {}) {
  const input = receiptInput([accountLine(await ordinaryAccount(), BILL)], [cash(given)], BILL)
  return client.receipt.post(pieces === undefined ? input : { ...input, pieces })
}

const advised = async (client: TillClient, receiptId: string | null) => {
  const { pieces, isThere } = await client.session.changeAdvice({ receiptId })
  return { pieces: pieces.map(of => [of.pieces, of.valueCents]), isThere }
}

async function markLow(
  client: TillClient,
  lowPieces: { valueCents: Cents; kind: 'note' | 'coin'; pieces: number }[],
) {
  const settings = await client.setup.settings()
  const policies = { lowPieces }
  await saveSettings(client, { ...settings, ...policies })
}

const QUARTERS = { ...value(25), pieces: 2 }

describe('pieces noted with a receipt', () => {
  it('are kept where they come to the cash that stays', async () => {
    const { client } = await openWith(PURSE)
    const pieces = [noted(10_000, 1, 0), noted(2_000, 0, 1), noted(1, 0, 1), noted(5, 0, 0)]
    const change = [
      { valueCents: cents(100), kind: 'note' as const, taken: 0, given: 3 },
      noted(5, 0, 1),
      noted(10, 0, 1),
    ]
    const { changeCents, receiptId } = await payBill(client, { pieces: [...pieces.slice(0, 3), ...change] })
    expect(changeCents).toBe(2_316)
    expect((await advised(client, receiptId)).pieces).toEqual([
      [1, 2_000],
      [3, 100],
      [1, 10],
      [1, 5],
      [1, 1],
    ])
  })

  it('may be more on both sides: the customer adds coins to get notes back', async () => {
    const { client } = await openWith(PURSE)
    const coins = [noted(10_000, 1, 0), noted(25, 3, 0), noted(5, 1, 0), noted(1, 4, 0), noted(2_000, 0, 1)]
    const ones = { valueCents: cents(100), kind: 'note' as const, taken: 0, given: 4 }
    const { changeCents, receiptId } = await payBill(client, { pieces: [...coins, ones] })
    expect(changeCents).toBe(2_316)
    expect((await advised(client, receiptId)).pieces).toEqual([
      [1, 2_000],
      [4, 100],
    ])
  })

  it('that come to another amount post nothing', async () => {
    const { client } = await openWith(PURSE)
    const data = await refused(payBill(client, { pieces: [noted(10_000, 1, 0)] }), 'PIECES_DIFFER')
    expect(data).toEqual({ wantedCents: BILL, countedCents: HUNDRED })
    expect(await client.receipt.find({})).toEqual([])
  })

  it('of money that this city does not count, or of one denomination twice, post nothing', async () => {
    const { client } = await openWith(PURSE)
    const odd = await refused(payBill(client, { pieces: [noted(7_684, 1, 0)] }), 'COUNT_NOT_VALID')
    expect(odd).toEqual({ reason: 'unknown-denomination' })
    const twice = [noted(10_000, 1, 0), noted(10_000, 1, 0)]
    expect(await refused(payBill(client, { pieces: twice }), 'COUNT_NOT_VALID')).toEqual({
      reason: 'repeated',
    })
  })

  it('change given for a check without cash is money that only leaves', async () => {
    const till = await openTestTill()
    const administrator = await clientOf(till, 'administrator')
    const type = (await administrator.setup.tenders()).find(({ tender }) => tender === 'check')
    if (!type) throw new Error('No checks')
    await saveTender(administrator, { ...type, changeAllowed: true })
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    const lines = [accountLine(await ordinaryAccount(), BILL)]
    const input = { ...receiptInput(lines, [check(cents(8_684))], BILL), pieces: [noted(1_000, 0, 1)] }
    expect((await client.receipt.post(input)).changeCents).toBe(1_000)
    const again = { ...input, commandId: newId(), pieces: [noted(500, 0, 1)] }
    expect(await refused(client.receipt.post(again), 'PIECES_DIFFER')).toEqual({
      wantedCents: -1_000,
      countedCents: -500,
    })
  })
})

describe('the change that the till proposes', () => {
  it('is the fewest pieces out of what the drawer likely holds', async () => {
    const { client } = await openWith(PURSE)
    const { receiptId } = await payBill(client)
    // 23.16: there is no ten, no nickel.
    expect(await advised(client, receiptId)).toEqual({
      pieces: [
        [1, 2_000],
        [3, 100],
        [1, 10],
        [6, 1],
      ],
      isThere: true,
    })
  })

  it('knows what went out before', async () => {
    const { client } = await openWith(PURSE)
    await payBill(client)
    await payBill(client)
    const { receiptId } = await payBill(client)
    // Both twenties are gone, and so are the pennies: two receipts took six each, and there were six.
    expect((await advised(client, receiptId)).isThere).toBe(false)
  })

  it('uses what a customer brought', async () => {
    const { client } = await openWith(PURSE)
    const ten = [
      noted(1_000, 8, 0),
      noted(1, 0, 6),
      noted(10, 0, 1),
      { ...noted(100, 0, 3), kind: 'note' as const },
    ]
    await payBill(client, { given: cents(8_000), pieces: ten })
    const { receiptId } = await payBill(client, { given: cents(8_700) })
    // 10.16: the pennies went with the first.
    expect(await advised(client, receiptId)).toMatchObject({
      pieces: [
        [1, 1_000],
        [1, 10],
        [1, 5],
        [1, 1],
      ],
      isThere: false,
    })
    const even = receiptInput(
      [accountLine(await ordinaryAccount(), cents(1_000))],
      [cash(cents(2_000))],
      cents(1_000),
    )
    const second = await client.receipt.post(even)
    expect(await advised(client, second.receiptId)).toEqual({ pieces: [[1, 1_000]], isThere: true })
  })

  it('is the same whether the drawer was followed all along or is followed at the end', async () => {
    const { till, client } = await openWith([...PURSE, counted(1_000, 9), counted(5, 9)])
    await markLow(await clientOf(till, 'administrator'), [QUARTERS])
    const receipts: string[] = []
    for (const given of [8_000, 7_700, 10_000, 7_685, 9_000, 8_500]) {
      const { receiptId } = await payBill(client, { given: cents(given) })
      receipts.push(receiptId)
      // Asked in between, as the Window does after each customer.
      await advised(client, receiptId)
      await client.session.changeAdvice({ receiptId: null })
      if (given === 7_700) {
        const approval = approvalBy('lead')
        await client.receipt.void({ commandId: newId(), receiptId, reason: 'Wrong account', approval })
      }
    }
    const latest = receipts.at(-1) ?? ''
    const followed = await client.session.changeAdvice({ receiptId: latest })
    await till.restart()
    const fresh = await clientOf(till, 'cashier')
    expect(await fresh.session.changeAdvice({ receiptId: latest })).toEqual(followed)
  })

  it('of an earlier receipt is told as if there were enough of everything', async () => {
    const { client } = await openWith(PURSE)
    const first = await payBill(client)
    await payBill(client)
    expect(await advised(client, first.receiptId)).toEqual({
      pieces: [
        [1, 2_000],
        [3, 100],
        [1, 10],
        [1, 5],
        [1, 1],
      ],
      isThere: true,
    })
  })

  it('is proposed only for a receipt of the own session', async () => {
    const { till, client } = await openWith(PURSE)
    const { receiptId } = await payBill(client)
    const colleague = await clientOf(till, 'colleague')
    await refused(colleague.session.changeAdvice({ receiptId }), 'NO_OPEN_SESSION')
    await openDrawer(colleague, 'Window 2')
    await refused(colleague.session.changeAdvice({ receiptId }), 'UNKNOWN_RECEIPT')
  })

  it('is not proposed in two-dollar notes and half dollars, unless nothing else is there', async () => {
    const two = { valueCents: cents(200), kind: 'note' as const, pieces: 9, bundles: 0 }
    const { client } = await openWith([...PURSE, two, counted(50, 3), counted(5, 4)])
    const first = await payBill(client)
    expect((await advised(client, first.receiptId)).pieces).not.toContainEqual([expect.any(Number), 200])
    const { client: other } = await openWith([
      counted(2_000, 1),
      two,
      counted(10, 1),
      counted(1, 16),
      { ...two, valueCents: cents(100), pieces: 1 },
    ])
    const { receiptId } = await payBill(other)
    expect((await advised(other, receiptId)).pieces).toContainEqual([1, 200])
  })
})

describe('what runs low', () => {
  it('is told by name and never by number', async () => {
    const { till, client } = await openWith(PURSE)
    await markLow(await clientOf(till, 'administrator'), [QUARTERS])
    expect((await client.session.changeAdvice({ receiptId: null })).runningLow).toEqual([])
    const bill = receiptInput(
      [accountLine(await ordinaryAccount(), cents(50))],
      [cash(cents(100))],
      cents(50),
    )
    await client.receipt.post({ ...bill, pieces: [{ ...noted(100, 1, 0), kind: 'note' }, noted(25, 0, 2)] })
    const advice = await client.session.changeAdvice({ receiptId: null })
    expect(advice).toEqual({ pieces: [], isThere: true, runningLow: [{ label: 'Quarters' }] })
  })

  it('comes back with a void: what was given out is there again', async () => {
    const { till, client } = await openWith(PURSE)
    await markLow(await clientOf(till, 'administrator'), [{ ...value(2_000), pieces: 2 }])
    const { receiptId } = await payBill(client)
    expect((await client.session.changeAdvice({ receiptId: null })).runningLow).toHaveLength(1)
    const approval = approvalBy('lead')
    await client.receipt.void({ commandId: newId(), receiptId, reason: 'Wrong account', approval })
    expect((await client.session.changeAdvice({ receiptId: null })).runningLow).toEqual([])
  })

  it('is not told of a drawer that has been counted', async () => {
    const { till, client } = await openWith(PURSE)
    await markLow(await clientOf(till, 'administrator'), [{ ...QUARTERS, pieces: 50 }])
    expect((await client.session.changeAdvice({ receiptId: null })).runningLow).toHaveLength(1)
    await countDrawer(client, CHANGE_FUND)
    expect((await client.session.changeAdvice({ receiptId: null })).runningLow).toEqual([])
  })
})
