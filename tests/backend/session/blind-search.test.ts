/** Nothing that a cashier can try again and again tells what their drawer should hold, and what tells anything is on record. */
import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import {
  approvalBy,
  CHANGE_FUND,
  cash,
  catalogLine,
  check,
  openDrawer,
  ordinaryAccount,
  pay,
  piecesOf,
  receiptInput,
} from '../../support/desk.ts'
import { saveTender } from '../../support/office.ts'
import { refusalOf, refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'
import { resultOf } from '../../transports/scenarios/account.ts'

const TAKEN = [cents(4_321), cents(7_893), cents(12_007)]

async function busyDrawer() {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  const { sessionId } = await openDrawer(client)
  for (const amount of TAKEN) await pay(client, amount)
  return { till, client, sessionId }
}

describe('a drawer that is open', () => {
  it.each([CHANGE_FUND, cents(60_000)])(
    'gives the same answer to any amount tendered: fund %i',
    async fund => {
      const till = await openTestTill()
      const client = await clientOf(till, 'cashier')
      await openDrawer(client, 'Window 1', fund)
      const answers = []
      for (const tendered of [1_000, 10_999, 11_000, 21_000, 31_001, 70_000, 100_000, 5_000_000]) {
        const lines = [await catalogLine(client, 'MISC', { priceCents: cents(1_000) })]
        const wrong = { pieces: [{ valueCents: cents(100), kind: 'note' as const, taken: 1, given: 0 }] }
        const input = receiptInput(lines, [cash(cents(tendered))], cents(1_000))
        answers.push((await refusalOf(client.receipt.post({ ...input, ...wrong }))).code)
      }
      // From the largest bill on an amount was keyed wrong, whatever lies in the drawer.
      expect(answers).toEqual([
        ...['PIECES_DIFFER', 'PIECES_DIFFER'],
        ...['CHANGE_TOO_LARGE', 'CHANGE_TOO_LARGE', 'CHANGE_TOO_LARGE', 'CHANGE_TOO_LARGE'],
        ...['CHANGE_TOO_LARGE', 'CHANGE_TOO_LARGE'],
      ])
    },
  )

  it('says last that so much cash is not in it, and each time in the journal', async () => {
    const { till, client } = await busyDrawer()
    const out = (amount: number) => ({
      ...{ commandId: newId(), direction: 'out' as const, category: 'Petty cash', reason: 'Stamps' },
      ...{ documentNumber: '', pieces: [], cents: cents(amount), approval: approvalBy('lead') },
    })
    await refused(client.movement.pay({ ...out(90_000), reason: ' ' }), 'TEXT_NOT_ALLOWED')
    await refused(client.movement.pay({ ...out(90_000), approval: approvalBy('cashier') }), 'OWN_APPROVAL')
    const asked = out(90_000)
    await refused(client.movement.pay(asked), 'CASH_NOT_IN_DRAWER')
    await refused(client.movement.pay({ ...asked, cents: cents(80_000) }), 'CASH_NOT_IN_DRAWER')
    const moved = { pieces: piecesOf(cents(70_000)), items: [] }
    const signed = { ownPin: approvalBy('cashier').pin, approval: approvalBy('lead') }
    const turnIn = { commandId: newId(), given: moved, taken: moved, ...signed }
    await refused(client.movement.turnIn(turnIn), 'CASH_NOT_IN_DRAWER')
    // An amount that was mistyped spends no id: the right one goes through under it, and once.
    const right = { ...asked, cents: cents(900) }
    expect((await client.movement.pay(right)).number).toBe((await client.movement.pay(right)).number)
    const auditor = await clientOf(till, 'auditor')
    const { entries } = await auditor.till.journal({ kind: 'movement.refused' })
    expect(entries.map(({ summary }) => summary)).toEqual([
      'A turn-in of 700.00 was refused: not so much cash in the drawer',
      'A paid-out of 800.00 was refused: not so much cash in the drawer',
      'A paid-out of 900.00 was refused: not so much cash in the drawer',
    ])
  })

  it('lists its receipts to its cashier without an amount, and each by itself with one', async () => {
    const { client, sessionId } = await busyDrawer()
    const found = await client.receipt.find({ sessionId })
    expect(found.map(({ totalCents }) => totalCents)).toEqual([null, null, null])
    expect((await client.receipt.get({ receiptId: found[0]?.receiptId ?? '' })).totalCents).toBe(12_007)
    const [box] = await client.account.find({ text: found[0]?.number ?? '' })
    expect(box).toMatchObject({ kind: 'receipt', totalCents: null })
  })

  it('is not told by proving the ledger, to whoever is about to count it', async () => {
    const { till, client } = await busyDrawer()
    const total = async (who: 'lead' | 'administrator') =>
      (await resultOf(await (await clientOf(till, who)).till.verify())).totalCents
    expect([await total('lead'), await total('administrator')]).toEqual([0, 0])
    const pieces = piecesOf(cents(CHANGE_FUND + 24_221))
    await client.session.count({
      commandId: newId(),
      count: { pieces, items: [], extraItems: [], slips: [] },
    })
    expect(await total('lead')).toBe(24_221)
  })

  it('is told to no colleague by what was paid to an account', async () => {
    const { till } = await busyDrawer()
    const account = await ordinaryAccount()
    const paid = async (who: 'cashier' | 'colleague' | 'lead') =>
      (await (await clientOf(till, who)).account.history({ accountId: account.account.accountId })).length
    expect([await paid('cashier'), await paid('colleague'), await paid('lead')]).toEqual([3, 0, 3])
  })

  it('that gave change on checks is refused nothing that takes no cash from it', async () => {
    const { till, client } = await busyDrawer()
    const admin = await clientOf(till, 'administrator')
    const checks = (await admin.setup.tenders()).find(({ tender }) => tender === 'check')
    if (checks) await saveTender(admin, { ...checks, changeAllowed: true })
    const line = () => catalogLine(client, 'MISC', { priceCents: cents(1_000) })
    const sold = []
    for (const reference of ['1', '2', '3', '4', '5', '6', '7']) {
      const paid = [check(cents(10_000), { reference })]
      sold.push((await client.receipt.post(receiptInput([await line()], paid, cents(1_000)))).receiptId)
    }
    const { items } = await client.movement.sheet()
    const moved = {
      pieces: [],
      items: items.slice(0, 1).map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo })),
    }
    const signed = { ownPin: approvalBy('cashier').pin, approval: approvalBy('lead') }
    await client.movement.turnIn({ commandId: newId(), given: moved, taken: moved, ...signed })
    const [, , back = ''] = sold
    const voided = { commandId: newId(), receiptId: back, reason: 'Keyed wrong' }
    await client.receipt.void({ ...voided, approval: approvalBy('lead') })
    const lead = await clientOf(till, 'lead')
    const { sessionId = '' } = (await client.till.state()).session ?? {}
    // The check went back, and so did what was given on it.
    const x = await lead.session.readX({ sessionId })
    expect(x.balances.map(({ tender, refundedCents }) => [tender, refundedCents])).toEqual([
      ['cash', -9_000],
      ['check', 10_000],
    ])
  })

  it('shows no other cashier its receipts, and a lead all of them', async () => {
    const { till, client, sessionId } = await busyDrawer()
    const [receipt] = await client.receipt.find({ sessionId })
    const receiptId = receipt?.receiptId ?? ''
    const colleague = await clientOf(till, 'colleague')
    expect(await colleague.receipt.find({})).toEqual([])
    expect(await colleague.receipt.find({ text: receipt?.number ?? '' })).toEqual([])
    expect(await colleague.account.find({ text: receipt?.number ?? '' })).toEqual([])
    await refused(colleague.receipt.get({ receiptId }), 'NOT_YOURS_TO_SEE')
    await refused(colleague.receipt.document({ receiptId, paper: 'letter' }), 'NOT_YOURS_TO_SEE')
    await refused(colleague.receipt.print({ receiptId }), 'NOT_YOURS_TO_SEE')
    const lead = await clientOf(till, 'lead')
    expect((await lead.receipt.find({ sessionId })).map(({ totalCents }) => totalCents)).toEqual([
      12_007, 7_893, 4_321,
    ])
  })

  it('is everybody’s to see once it is closed', async () => {
    const { till, client, sessionId } = await busyDrawer()
    const pieces = piecesOf(cents(CHANGE_FUND + 24_221))
    const count = { pieces, items: [], extraItems: [], slips: [] }
    expect((await client.session.count({ commandId: newId(), count })).outcome).toBe('closed')
    const colleague = await clientOf(till, 'colleague')
    for (const reader of [client, colleague])
      expect((await reader.receipt.find({ sessionId })).map(({ totalCents }) => totalCents)).toEqual([
        12_007, 7_893, 4_321,
      ])
  })
})
