/** Running numbers: none is left out, none is used twice, and they go on when the till does after a restore. */
import { expect, it } from 'vitest'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { CHANGE_FUND, closedSession, madeUpDeposit, openDrawer, pay, piecesOf } from '../../support/desk.ts'
import { clientOf } from '../../support/screens.ts'
import { type OpenTill, openTestTill } from '../../support/till.ts'

/** One of everything that bears a number, in the order in which a day brings it. */
async function oneOfEach(till: OpenTill): Promise<Record<string, string | null>> {
  const cashier = await clientOf(till, 'cashier')
  const lead = await clientOf(till, 'lead')
  const opened = await openDrawer(await clientOf(till, 'colleague'), 'Window 2')
  const closed = await closedSession(cashier)
  const { number: deposit } = await madeUpDeposit(lead, closed, `BAG-${opened.number}`)
  const other = await clientOf(till, 'colleague')
  const { number: receipt } = await pay(other, cents(1_500))
  const { number: movement } = await other.movement.pay({
    commandId: newId(),
    direction: 'in',
    category: 'Found money',
    reason: 'On the floor',
    documentNumber: '',
    cents: cents(100),
    pieces: piecesOf(cents(100)),
  })
  const { items } = await other.session.countSheet()
  expect(items).toEqual([])
  const count = { pieces: piecesOf(cents(CHANGE_FUND + 1_600)), items: [], extraItems: [], slips: [] }
  const counted = await other.session.count({ commandId: newId(), count })
  const zNumber = counted.outcome === 'closed' ? counted.zNumber : counted.outcome
  return {
    first: opened.number,
    session: closed.number,
    zOfFirst: closed.zNumber,
    deposit,
    receipt,
    movement,
    zNumber,
  }
}

it('numbers go on over the epochs, with the letter of the epoch in them', async () => {
  const till = await openTestTill()
  expect(await oneOfEach(till)).toEqual({
    first: 'W1-S0001',
    session: 'W1-S0002',
    zOfFirst: 'W1-Z0001',
    deposit: 'W1-D0001',
    receipt: 'W1-000002',
    movement: 'W1-M0001',
    zNumber: 'W1-Z0002',
  })
  till.beginEpoch()
  expect(await oneOfEach(till)).toEqual({
    first: 'W1B-S0003',
    session: 'W1B-S0004',
    zOfFirst: 'W1B-Z0003',
    deposit: 'W1B-D0002',
    receipt: 'W1B-000004',
    movement: 'W1B-M0002',
    zNumber: 'W1B-Z0004',
  })
  const lead = await clientOf(till, 'lead')
  const found = await lead.receipt.find({ limit: 10 })
  expect(found.map(({ number }) => number)).toEqual(['W1B-000004', 'W1B-000003', 'W1-000002', 'W1-000001'])
  expect((await verifyLedger(till.dataDir, () => undefined)).problems).toEqual([])
})
