/** Taking money: allocation, voids, cash-only accounts, checks, and amounts that are none. */

import { describe, expect, it } from 'vitest'
import { checkHash } from '../../../electron/backend/request/check-seal.ts'
import { openLog } from '../../../electron/backend/runtime/log.ts'
import { newId, newSalt } from '../../../shared/id.ts'
import { type Cents, cents } from '../../../shared/money.ts'
import { isRoutingNumber } from '../../../shared/rules/deposit/aba.ts'
import type { TenderDetails } from '../../../shared/tenders.ts'
import { filesWith } from '../../support/data-folder.ts'
import {
  accountLine,
  accountWhere,
  approvalBy,
  CHANGE_FUND,
  cash,
  cashOnlyAccount,
  catalogLine,
  check,
  countDrawer,
  openDrawer,
  ordinaryAccount,
  owed,
  pay,
  ROUTING,
  receiptInput,
} from '../../support/desk.ts'
import { saveCatalogItem } from '../../support/office.ts'
import { refusalOf, refused } from '../../support/refusals.ts'
import { isFixtureMissing, readFixture } from '../../support/run/fixtures.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'

async function atTheWindow(options: Parameters<typeof openTestTill>[0] = {}) {
  const till = await openTestTill(options)
  const client = await clientOf(till, 'cashier')
  return { till, client, session: await openDrawer(client) }
}

describe('paying', () => {
  it('a payment lowers the balance at once, and a void restores it exactly, item by item', async () => {
    const { client } = await atTheWindow()
    const account = await ordinaryAccount()
    const { accountId } = account.account
    const before = await client.account.get({ accountId })
    const { receiptId } = await pay(client, cents(owed(account) + 1_234), { account })
    const paid = await client.account.get({ accountId })
    expect(paid).toMatchObject({ balanceCents: -1_234, creditCents: 1_234 })
    expect(paid.pendingCents).toBe(owed(account) + 1_234)
    const approval = approvalBy('supervisor')
    await client.receipt.void({ commandId: newId(), receiptId, reason: 'Other account', approval })
    expect(await client.account.get({ accountId })).toEqual(before)
  })

  it('a void of the first of two payments leaves the second as it was', async () => {
    const { client } = await atTheWindow()
    const account = await accountWhere(
      one => one.items.length >= 3 && one.account.status === 'open' && !one.account.cashOnly,
    )
    const { accountId } = account.account
    const first = await pay(client, cents(1_000), { account })
    await pay(client, cents(2_000), { account })
    const approval = approvalBy('lead')
    await client.receipt.void({ commandId: newId(), receiptId: first.receiptId, reason: 'x', approval })
    const view = await client.account.get({ accountId })
    expect(view.balanceCents).toBe(owed(account) - account.account.creditCents - 2_000)
    expect(view.pendingCents).toBe(2_000)
  })

  it('a voided receipt keeps its number, and its cash is given back', async () => {
    const { till, client, session } = await atTheWindow()
    const { receiptId, number } = await pay(client, cents(7_684), { tenders: [cash(cents(10_000))] })
    const approval = approvalBy('lead')
    await client.receipt.void({ commandId: newId(), receiptId, reason: 'Changed her mind', approval })
    expect((await pay(client, cents(100))).number).toBe('W1-000002')
    expect(number).toBe('W1-000001')
    const reading = await (await clientOf(till, 'lead')).session.readX(session)
    expect(reading).toMatchObject({ receiptCount: 2, voidCount: 1, totalCents: 100 })
    expect(reading.balances.find(({ tender }) => tender === 'cash')?.expectedCents).toBe(CHANGE_FUND + 100)
  })

  it('76.84 with a hundred: 23.16 change', async () => {
    const { client } = await atTheWindow()
    const answer = await pay(client, cents(7_684), { tenders: [cash(cents(10_000))] })
    expect(answer).toMatchObject({ totalCents: 7_684, changeCents: 2_316 })
  })

  it('change as large as the largest bill is refused: an amount was keyed wrong', async () => {
    const { client } = await atTheWindow()
    await refused(pay(client, cents(1_000), { tenders: [cash(cents(100_000))] }), 'CHANGE_TOO_LARGE')
    expect(await client.receipt.find({})).toEqual([])
  })

  it('an account marked cash-only takes cash and refuses checks, alone or among other lines', async () => {
    const { client } = await atTheWindow()
    const account = await cashOnlyAccount()
    const lines = [accountLine(await ordinaryAccount(), cents(500)), accountLine(account, cents(500))]
    const answer = await refused(client.receipt.post(receiptInput(lines, [check(cents(1_000))])), 'CASH_ONLY')
    expect(answer).toEqual({ number: account.account.number })
    const mixed = [cash(cents(999)), check(cents(1))]
    await refused(client.receipt.post(receiptInput(lines, mixed)), 'CASH_ONLY')
    await pay(client, cents(500), { account })
  })

  it('a check for an account that nobody knows is refused', async () => {
    const { client } = await atTheWindow()
    const line = { kind: 'account' as const, accountId: newId(), cents: cents(500), overrides: [] }
    const call = client.receipt.post(receiptInput([line], [check(cents(500))]))
    expect(await refused(call, 'UNKNOWN_ACCOUNT')).toEqual({ line: 1 })
  })
})

const WRONG_AMOUNTS = [
  '',
  'abc',
  '1e5',
  '1.005',
  '-5',
  null,
  undefined,
  Number.NaN,
  1.5,
  -1,
  1e15,
  99_999_999_999_999,
  '10',
  {},
  [],
]

describe('amounts that are none', () => {
  it('are refused in every field for money, by the field’s name', async () => {
    const { client } = await atTheWindow()
    const good = receiptInput([accountLine(await ordinaryAccount(), cents(1_000))], [cash(cents(1_000))])
    for (const wrong of WRONG_AMOUNTS) {
      const amount = wrong as Cents
      const inputs = {
        totalCents: { ...good, totalCents: amount },
        'tenders.0.cents': { ...good, tenders: [cash(amount)] },
        'lines.0.cents': { ...good, lines: [accountLine(await ordinaryAccount(), amount)] },
      }
      for (const [field, input] of Object.entries(inputs)) {
        const answer = await refusalOf(client.receipt.post(input))
        expect([wrong, answer.code]).toEqual([wrong, 'INPUT_NOT_VALID'])
        expect(answer.data).toMatchObject({ field })
      }
    }
  })

  it('more than can be counted: refused in words, never a fault', async () => {
    const { till, client } = await atTheWindow()
    const most = cents(9_999_999_999)
    const line = accountLine(await ordinaryAccount(), most)
    const other = accountLine(await ordinaryAccount(1), most)
    const both = receiptInput([line, other], [cash(most)], most)
    expect(await refused(client.receipt.post(both), 'TOTAL_CHANGED')).toEqual({ totalCents: 19_999_999_998 })
    const perUnit = await catalogLine(client, 'PLUMB', { quantity: 1_000_000, reference: 'P-1' })
    const many = receiptInput(
      Array.from({ length: 60 }, () => perUnit),
      [cash(most)],
      most,
    )
    await refused(client.receipt.post(many), 'TOTAL_CHANGED')
    const administrator = await clientOf(till, 'administrator')
    const item = (await administrator.setup.catalog()).find(({ code }) => code === 'PLUMB')
    if (item) await saveCatalogItem(administrator, { ...item, priceCents: most })
    await refused(client.receipt.post(receiptInput([perUnit], [cash(most)], most)), 'PRICE_NOT_VALID')
  })

  it('a day of absurd amounts can still be read, counted and closed', async () => {
    const { till, client, session } = await atTheWindow()
    const most = cents(9_999_999_999)
    for (let receipt = 0; receipt < 3; receipt += 1)
      await pay(client, most, { account: await ordinaryAccount(receipt), tenders: [check(most)] })
    const lead = await clientOf(till, 'lead')
    expect((await lead.session.readX(session)).totalCents).toBe(29_999_999_997)
    const found = await client.session.countSheet()
    const items = found.items.map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo }))
    const slips = [
      { tender: 'card' as const, cents: most },
      { tender: 'card' as const, cents: most },
    ]
    const pieces = [
      { valueCents: cents(10_000), kind: 'note' as const, pieces: 1_000_000, bundles: 1_000_000 },
    ]
    const tooMany = client.session.count({
      commandId: newId(),
      count: { pieces, items, extraItems: [], slips },
    })
    expect(await refused(tooMany, 'COUNT_NOT_VALID')).toEqual({ reason: 'too-many' })
    const count = { pieces: [], items, extraItems: [], slips }
    await client.session.count({ commandId: newId(), count })
    const { balances } = await client.session.count({ commandId: newId(), count })
    expect(balances.find(({ tender }) => tender === 'card')?.overShortCents).toBe(19_999_999_998)
  })
})

describe('checks', () => {
  const ABA = 'routing-micr/aba-vectors.json'
  it.skipIf(isFixtureMissing(ABA))('wrong routing numbers of other projects are refused', async () => {
    const { client } = await atTheWindow()
    const { invalid, derived_single_digit_errors_and_transpositions: derived } = readFixture<{
      invalid: [string, string][]
      derived_single_digit_errors_and_transpositions: { cases: [string, boolean][] }
    }>(ABA)
    const wrong = [...invalid.map(([number]) => number), ...derived.cases.map(([number]) => number)]
    expect(wrong.length).toBeGreaterThan(100)
    for (const routingNumber of wrong.filter(number => !isRoutingNumber(number))) {
      const { code } = await refusalOf(
        pay(client, cents(100), { tenders: [check(cents(100), { routingNumber })] }),
      )
      expect([routingNumber, code]).toEqual([
        routingNumber,
        routingNumber.length > 9 ? 'TEXT_NOT_ALLOWED' : 'TENDER_DETAIL_WRONG',
      ])
      const named = client.receipt.identifyCheck({ routingNumber, accountNumber: '4400172251' })
      await refused(named, 'ROUTING_NUMBER_WRONG')
    }
  })

  it('the account number of a check is in no file of the till, however it was typed', async () => {
    const { till, client } = await atTheWindow({ log: openLog })
    const accountNumber = '8675309441902'
    const known = await client.receipt.identifyCheck({ routingNumber: ROUTING, accountNumber })
    const { receiptId } = await pay(client, cents(900), { tenders: [check(cents(900), known)] })
    await client.receipt.print({ receiptId })
    await client.basket.save({
      basketId: newId(),
      salt: newSalt(),
      seen: [],
      lines: [],
      tenders: [],
      entry: { tender: 'check', texts: { accountNumber, reference: '1042' } },
      revision: 1,
    })
    const typed = { ...known, accountLast4: accountNumber, accountHash: accountNumber }
    const wrong = pay(client, cents(900), { tenders: [check(cents(900), typed as typeof known)] })
    await refused(wrong, 'TEXT_NOT_ALLOWED')
    expect((await client.basket.current())?.entry?.texts).toEqual({ reference: '1042' })
    expect(filesWith(till.dataDir, [accountNumber])).toEqual([])
    const hash = checkHash(till.backend.tillKey, ROUTING, accountNumber)
    expect(filesWith(till.dataDir, [hash]).length).toBeGreaterThan(0)
  })

  it('the hash of an account number is told to nobody, and taken from nobody', async () => {
    const { till, client } = await atTheWindow()
    const accountNumber = '8675309441902'
    const ask = () => client.receipt.identifyCheck({ routingNumber: ROUTING, accountNumber })
    const [known, again] = [await ask(), await ask()]
    // Two of one account tell nothing, so no number can be searched for.
    expect(again.accountHash).not.toBe(known.accountHash)
    const hash = checkHash(till.backend.tillKey, ROUTING, accountNumber)
    expect(JSON.stringify([known, again])).not.toContain(hash)
    const posted = (details: TenderDetails) =>
      pay(client, cents(900), { tenders: [check(cents(900), details)] })
    const other = await client.receipt.identifyCheck({
      routingNumber: ROUTING,
      accountNumber: '8675309441903',
    })
    for (const wrong of [
      { ...known, accountHash: hash },
      { ...known, accountHash: 'A'.repeat(80) },
      { ...known, accountHash: other.accountHash },
      { ...known, routingNumber: '123456780' },
    ])
      await refused(posted(wrong), 'TENDER_DETAIL_WRONG')
    const { receiptId } = await posted(known)
    expect(JSON.stringify(await client.receipt.get({ receiptId }))).not.toContain(known.accountHash)
  })

  it('a seal whose signs look like a card number is a seal, and a card number in its place is none', async () => {
    const { client } = await atTheWindow()
    const basketId = newId()
    const basket = { basketId, salt: newSalt(), seen: [], lines: [], entry: null, revision: 1 }
    const tenders = [check(cents(900))]
    await client.basket.save({ ...basket, tenders })
    expect((await client.basket.current())?.tenders).toEqual(tenders)
    await client.basket.discard({ basketId })
    const typed = [check(cents(900), { accountHash: `4111111111111111${'A'.repeat(64)}` })]
    await refused(client.basket.save({ ...basket, basketId: newId(), tenders: typed }), 'TEXT_NOT_ALLOWED')
    await refused(pay(client, cents(900), { tenders: typed }), 'TENDER_DETAIL_WRONG')
  })
})

it('a copy is of the day on which it is made: of its session while that goes on, of the calendar afterwards', async () => {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  await openDrawer(client)
  const { receiptId } = await pay(client, cents(900))
  const printedOn = async () => {
    await client.receipt.print({ receiptId })
    const { entries } = await (await clientOf(till, 'auditor')).till.journal({ kind: 'receipt.printed' })
    return entries[0]?.businessDate
  }
  expect(await printedOn()).toBe('2026-11-20')
  till.clock.advance(16 * 3_600_000)
  expect(await printedOn()).toBe('2026-11-20')
  await countDrawer(client, cents(CHANGE_FUND + 900))
  expect(await printedOn()).toBe('2026-11-21')
})
