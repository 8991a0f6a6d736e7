/** What stands on record of money that moved without a receipt: its slip, its place in the list, its line in the journal. */
import { expect, it } from 'vitest'
import type { TillClient } from '../../shared/contract/index.ts'
import { newId } from '../../shared/id.ts'
import { verificationCode } from '../../shared/ledger/chain.ts'
import { type Cents, cents } from '../../shared/money.ts'
import type { PieceCount } from '../../shared/rules/cash/denominations.ts'
import type { BusinessDate } from '../../shared/time.ts'
import { approvalBy, card, cash, check, moneyOrder, openDrawer, pay } from '../support/desk.ts'
import { clientOf, type TestTill } from '../support/screens.ts'
import { openTestTill } from '../support/till.ts'

/** From nine in the morning into the night after: the drawer's money stays that of the day it was opened on. */
const INTO_THE_NIGHT_MS = 16 * 3_600_000

const notes = (valueCents: number, pieces: number, bundles = 0): PieceCount => ({
  valueCents: cents(valueCents),
  kind: 'note',
  pieces,
  bundles,
})

const kept = (row: PieceCount, worth: number) => ({ ...row, cents: cents(worth) })

const signed = () => ({ commandId: newId(), ownPin: approvalBy('cashier').pin, approval: approvalBy('lead') })

/** A cashier whose drawer holds the change fund, cash of 300.00, a check, a money order and a card payment. */
async function busyDrawer() {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  const { sessionId, number: sessionNumber } = await openDrawer(client)
  const tenders = [
    cash(cents(30_000)),
    check(cents(4_200), { reference: '1042' }),
    moneyOrder(cents(700)),
    card(cents(300)),
  ]
  const receipt = await pay(client, cents(35_200), { tenders })
  till.clock.advance(INTO_THE_NIGHT_MS)
  return { till, client, sessionId, sessionNumber, receipt }
}

type Drawer = Awaited<ReturnType<typeof busyDrawer>>

/** What every slip of this drawer says alike. */
const common = ({ till, sessionId, sessionNumber }: Drawer) => ({
  sessionId,
  sessionNumber,
  drawerName: 'Window 1',
  businessDate: '2026-11-20',
  atMs: till.clock.now(),
  personName: 'M. Alvarez',
  category: '',
  glAccount: '',
  reason: '',
  documentNumber: '',
  itemsCents: 0,
  piecesIn: [],
  piecesOut: [],
  items: [],
})

/** The code on a slip is that of its line in the journal, which also says what it is about. */
async function lineOf(till: TestTill, kind: 'movement.turned-in' | 'movement.paid' | 'movement.exchanged') {
  const [line] = (await (await clientOf(till, 'auditor')).till.journal({ kind })).entries
  if (!line) throw new Error(`No ${kind} in the journal`)
  return { about: line.about, code: verificationCode(line.hash), businessDate: line.businessDate }
}

async function turnInCheck(client: TillClient, pieces: PieceCount[]) {
  const { items } = await client.movement.sheet()
  const count = {
    pieces,
    items: items
      .filter(({ tender }) => tender === 'check')
      .map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo })),
  }
  return client.movement.turnIn({ ...signed(), given: count, taken: count })
}

const payment = (direction: 'in' | 'out', category: string, amount: Cents) => ({
  commandId: newId(),
  direction,
  category,
  reason: '  Stamps for the notices ',
  documentNumber: ' PC-118 ',
  cents: amount,
})

it('a drawer’s sheet lists the papers that the bank gets, without amounts, and what the city lets be paid', async () => {
  const { till, client, sessionId, receipt } = await busyDrawer()
  const { denominations, paidCategories, paidApprovalCents } = await (
    await clientOf(till, 'administrator')
  ).setup.settings()
  const { receiptId, number: receiptNumber } = receipt
  const shown = [expect.stringContaining('111000025'), expect.stringContaining('6789')]
  expect(await client.movement.sheet()).toEqual({
    sessionId,
    denominations,
    items: [
      { receiptId, receiptNumber, tenderNo: 2, tender: 'check', reference: '1042', shown },
      { receiptId, receiptNumber, tenderNo: 3, tender: 'money-order', reference: '88-1203', shown: [] },
    ],
    categories: paidCategories,
    paidApprovalCents,
  })
})

it('a turn-in’s slip names giver and taker, every piece and every paper with its receipt', async () => {
  const drawer = await busyDrawer()
  const { till, client, receipt } = drawer
  const pieces = [notes(10_000, 1), notes(100, 0, 1), notes(500, 0)]
  const answer = await turnInCheck(client, pieces)
  const { movementId } = answer
  expect(answer).toEqual({ movementId, number: 'W1-M0001', cashCents: 20_000, itemsCents: 4_200 })
  const { code, ...line } = await lineOf(till, 'movement.turned-in')
  expect(line).toEqual({
    about: { what: 'movement', id: movementId, number: 'W1-M0001' },
    businessDate: '2026-11-20',
  })
  const { receiptId, number: receiptNumber } = receipt
  const paper = { tender: 'check', tenderName: 'Check', receiptId, tenderNo: 2, receiptNumber }
  expect(await client.movement.get({ movementId })).toEqual({
    ...common(drawer),
    movementId,
    number: 'W1-M0001',
    kind: 'turn-in',
    secondPersonName: 'R. Chen',
    cashCents: 20_000,
    itemsCents: 4_200,
    piecesOut: [kept(notes(10_000, 1), 10_000), kept(notes(100, 0, 1), 10_000)],
    items: [{ ...paper, reference: '1042', cents: 4_200 }],
    verificationCode: code,
  })
  expect((await client.movement.sheet()).items.map(({ tender }) => tender)).toEqual(['money-order'])
})

it.each([
  { direction: 'in', category: 'Found money', glAccount: '100-4990', kind: 'paid-in', noted: 'piecesIn' },
  { direction: 'out', category: 'Petty cash', glAccount: '100-1090', kind: 'paid-out', noted: 'piecesOut' },
] as const)('a $kind’s slip says what for, to which account, and the pieces that were noted', async row => {
  const drawer = await busyDrawer()
  const { till, client } = drawer
  const amount = cents(2_500)
  const pieces = [notes(2_000, 1), notes(500, 1)]
  const answer = await client.movement.pay({ ...payment(row.direction, row.category, amount), pieces })
  const { movementId } = answer
  expect(answer).toEqual({ movementId, number: 'W1-M0001' })
  const { code, ...line } = await lineOf(till, 'movement.paid')
  expect(line).toEqual({
    about: { what: 'movement', id: movementId, number: 'W1-M0001' },
    businessDate: '2026-11-20',
  })
  expect(await client.movement.get({ movementId })).toEqual({
    ...common(drawer),
    movementId,
    number: 'W1-M0001',
    kind: row.kind,
    secondPersonName: null,
    category: row.category,
    glAccount: row.glAccount,
    reason: 'Stamps for the notices',
    documentNumber: 'PC-118',
    cashCents: 2_500,
    [row.noted]: [kept(notes(2_000, 1), 2_000), kept(notes(500, 1), 500)],
    verificationCode: code,
  })
})

it('a change order’s slip says what went into the safe and what came out of it', async () => {
  const drawer = await busyDrawer()
  const { till, client } = drawer
  const given = [notes(2_000, 1)]
  const taken = [notes(1_000, 1), notes(500, 2)]
  const answer = await client.movement.exchange({ ...signed(), given, taken })
  const { movementId } = answer
  expect(answer).toEqual({ movementId, number: 'W1-M0001' })
  const { code, ...line } = await lineOf(till, 'movement.exchanged')
  expect(line).toEqual({
    about: { what: 'movement', id: movementId, number: 'W1-M0001' },
    businessDate: '2026-11-20',
  })
  expect(await client.movement.get({ movementId })).toEqual({
    ...common(drawer),
    movementId,
    number: 'W1-M0001',
    kind: 'change-order',
    secondPersonName: 'R. Chen',
    cashCents: 2_000,
    piecesIn: [kept(notes(1_000, 1), 1_000), kept(notes(500, 2), 1_000)],
    piecesOut: [kept(notes(2_000, 1), 2_000)],
    verificationCode: code,
  })
})

it('slips are numbered one after the other, listed newest first, and found by their day', async () => {
  const { till, client } = await busyDrawer()
  await client.movement.pay({ ...payment('in', 'Found money', cents(100)), pieces: [] })
  await client.movement.exchange({ ...signed(), given: [notes(500, 1)], taken: [notes(100, 5)] })
  await turnInCheck(client, [])
  const listed = await (await clientOf(till, 'auditor')).movement.list({})
  expect(listed.map(({ number, kind }) => [number, kind])).toEqual([
    ['W1-M0003', 'turn-in'],
    ['W1-M0002', 'change-order'],
    ['W1-M0001', 'paid-in'],
  ])
  for (const row of listed) expect(await client.movement.get(row)).toMatchObject(row)
  const [before, day, after] = ['2026-11-19', '2026-11-20', '2026-11-21'] as BusinessDate[]
  const count = async (from = day, to = day) =>
    (await client.movement.list({ fromDate: from, toDate: to })).length
  expect([await count(), await count(before, before), await count(after, after)]).toEqual([3, 0, 0])
  expect(await client.movement.list({ fromDate: day })).toHaveLength(3)
  expect(await client.movement.list({ toDate: before })).toEqual([])
})

it('a slip is printed under its number', async () => {
  const { client } = await busyDrawer()
  const { movementId, number } = await turnInCheck(client, [])
  const file = await client.movement.document({ movementId })
  expect([file.name, await file.slice(0, 5).text()]).toEqual([`${number}.pdf`, '%PDF-'])
})
