/** A day with two thousand receipts. */
import { expect, it } from 'vitest'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import {
  approvalBy,
  CHANGE_FUND,
  card,
  cash,
  check,
  countDrawer,
  liftLimits,
  openDrawer,
  ordinaryAccount,
  pay,
} from '../../support/desk.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'
import { depositInput } from '../../transports/at-the-desk.ts'

const RECEIPTS = 2_000
const EVERY = 100

it('closes with the right totals, goes to the bank, and the ledger is what the journal says', {
  timeout: 120_000,
}, async () => {
  const till = await openTestTill()
  await liftLimits(await clientOf(till, 'administrator'))
  const client = await clientOf(till, 'cashier')
  const { sessionId } = await openDrawer(client)
  const taken = { cash: 0, check: 0, card: 0 }
  let voids = 0
  for (let i = 0; i < RECEIPTS; i += 1) {
    till.clock.advance(10_000)
    const amount = cents(1_000 + ((i * 7_919) % 9_973))
    const account = await ordinaryAccount(i % 100)
    const kind = (['cash', 'check', 'card'] as const)[i % 3] ?? 'cash'
    const handed = cents(Math.ceil(amount / 2_000) * 2_000)
    const tenders = { cash: [cash(handed)], check: [check(amount)], card: [card(amount)] }[kind]
    const answer = await pay(client, amount, { account, tenders })
    expect(answer.changeCents).toBe(kind === 'cash' ? handed - amount : 0)
    if (i % EVERY === 50) {
      const reason = `Void ${i}`
      const { receiptId } = answer
      await client.receipt.void({ commandId: newId(), receiptId, reason, approval: approvalBy('lead') })
      voids += 1
    } else taken[kind] += amount
  }
  const slips = [{ tender: 'card' as const, cents: cents(taken.card) }]
  expect((await countDrawer(client, cents(CHANGE_FUND + taken.cash), slips)).outcome).toBe('closed')

  const total = taken.cash + taken.check + taken.card
  const reading = await client.session.readZ({ sessionId })
  expect(reading).toMatchObject({
    receiptCount: RECEIPTS,
    voidCount: voids,
    totalCents: total,
    firstReceipt: 'W1-000001',
    lastReceipt: 'W1-002000',
  })
  expect(reading.byGlAccount.reduce((sum, row) => sum + row.cents, 0)).toBe(total)
  const lead = await clientOf(till, 'lead')
  const input = await depositInput(lead, { sessionId, cashCents: cents(taken.cash) })
  expect((await lead.deposit.makeUp(input)).totalCents).toBe(taken.cash + taken.check)

  await till.restart()
  const report = await verifyLedger(till.dataDir, () => undefined)
  expect(report.problems).toEqual([])
  expect(report).toMatchObject({ ok: true, receipts: RECEIPTS, sessions: 1, totalCents: total })
})
