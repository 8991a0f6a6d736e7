/** A session's money is in exactly one deposit, and all of it. */
import { describe, expect, it } from 'vitest'
import { newId } from '../../shared/id.ts'
import { cents } from '../../shared/money.ts'
import {
  approvalBy,
  CHANGE_FUND,
  card,
  cash,
  check,
  closedSession,
  countDrawer,
  moneyOrder,
  openDrawer,
  pay,
  piecesOf,
} from '../support/desk.ts'
import { refused } from '../support/refusals.ts'
import { clientOf, type TestTill } from '../support/screens.ts'
import { openTestTill } from '../support/till.ts'
import { depositInput, verification } from '../transports/at-the-desk.ts'

/** A closed session with cash, a check, a money order and a card payment. */
async function mixedSession(till: TestTill) {
  const client = await clientOf(till, 'cashier')
  const { sessionId } = await openDrawer(client)
  const tenders = [cash(cents(1_500)), check(cents(2_500)), moneyOrder(cents(700)), card(cents(300))]
  await pay(client, cents(5_000), { tenders })
  const { outcome } = await countDrawer(client, cents(CHANGE_FUND + 1_500), [
    { tender: 'card', cents: cents(300) },
  ])
  expect(outcome).toBe('closed')
  return { sessionId, cashCents: cents(1_500) }
}

describe('a deposit', () => {
  it('takes the cash above the change fund and every paper; a card payment is no money in the drawer', async () => {
    const till = await openTestTill()
    const session = await mixedSession(till)
    const lead = await clientOf(till, 'lead')
    const [waiting] = await lead.deposit.waiting()
    expect(waiting).toMatchObject({ cashCents: 1_500, itemsCents: 3_200, itemCount: 2 })
    const { depositId, totalCents } = await lead.deposit.makeUp(await depositInput(lead, session))
    const view = await lead.deposit.get({ depositId })
    expect(totalCents).toBe(4_700)
    expect(view.items.map(({ tender, cents: amount }) => [tender, amount])).toEqual([
      ['check', 2_500],
      ['money-order', 700],
    ])
    expect(await lead.deposit.waiting()).toEqual([])
  })

  it('no less cash: neither a cent kept back nor one put in', async () => {
    const till = await openTestTill()
    const session = await mixedSession(till)
    const lead = await clientOf(till, 'lead')
    const input = await depositInput(lead, session)
    for (const counted of [1_499, 1_501, 0]) {
      const pieces = piecesOf(cents(counted))
      const answer = await refused(lead.deposit.makeUp({ ...input, pieces }), 'CASH_DIFFERS')
      expect(answer).toEqual({ wantedCents: 1_500, countedCents: counted })
    }
  })

  it('one session goes into one deposit, however it is named and whoever asks', async () => {
    const till = await openTestTill()
    const session = await mixedSession(till)
    const lead = await clientOf(till, 'lead')
    const supervisor = await clientOf(till, 'supervisor')
    const inputs = await Promise.all([depositInput(lead, session), depositInput(supervisor, session)])
    const [part] = inputs[0].parts
    const twice = { ...inputs[0], parts: [...inputs[0].parts, ...(part ? [part] : [])] }
    const first = lead.deposit.makeUp(twice)
    const second = refused(supervisor.deposit.makeUp(inputs[1]), 'SESSION_DEPOSITED')
    expect((await first).totalCents).toBe(4_700)
    await second
    expect((await lead.deposit.list()).map(({ totalCents }) => totalCents)).toEqual([4_700])
  })

  it('several sessions make one deposit, with the money of each', async () => {
    const till = await openTestTill()
    const first = await mixedSession(till)
    const second = await closedSession(await clientOf(till, 'colleague'), cents(4_000), 'Window 2')
    const lead = await clientOf(till, 'lead')
    const input = await depositInput(lead, { ...first, cashCents: cents(5_500) })
    const parts = [first, second].map(({ sessionId }) => ({ sessionId, partNo: 1 }))
    const { depositId, totalCents } = await lead.deposit.makeUp({ ...input, parts })
    expect(totalCents).toBe(8_700)
    const { sessions } = await lead.deposit.get({ depositId })
    expect(sessions.map(({ cashCents, itemsCents }) => [cashCents, itemsCents])).toEqual([
      [1_500, 3_200],
      [4_000, 0],
    ])
  })

  it('a drawer that was counted below its change fund gives no cash, and its checks all the same', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const { sessionId } = await openDrawer(client)
    await pay(client, cents(2_500), { tenders: [check(cents(2_500))] })
    await countDrawer(client, cents(CHANGE_FUND - 1_000))
    await countDrawer(client, cents(CHANGE_FUND - 1_000))
    await client.session.close({ commandId: newId(), reason: 'Ten short', approval: approvalBy('lead') })
    const lead = await clientOf(till, 'lead')
    const input = await depositInput(lead, { sessionId, cashCents: cents(0) })
    expect((await lead.deposit.makeUp(input)).totalCents).toBe(2_500)
  })

  it('preparer and verifier are two people, and one of them is at the screen', async () => {
    const till = await openTestTill()
    const session = await mixedSession(till)
    const lead = await clientOf(till, 'lead')
    const { depositId } = await lead.deposit.makeUp(await depositInput(lead, session))
    await refused(lead.deposit.document({ depositId, paper: 'slip' }), 'NOT_VERIFIED')
    const verify = await verification(lead, depositId)
    await refused(lead.deposit.verify({ ...verify, approval: approvalBy('lead') }), 'OWN_APPROVAL')
    const supervisor = await clientOf(till, 'supervisor')
    await refused(
      supervisor.deposit.verify({ ...verify, approval: approvalBy('lead') }),
      'PREPARER_CANNOT_VERIFY',
    )
    await lead.deposit.verify({ ...verify, approval: approvalBy('supervisor') })
    const view = await lead.deposit.get({ depositId })
    expect([view.preparerName, view.verifierName]).toEqual(['R. Chen', 'D. Whitfield'])
  })

  it('what was proposed for the bag can be banked as it is', async () => {
    const till = await openTestTill()
    const session = await mixedSession(till)
    const lead = await clientOf(till, 'lead')
    const [waiting] = await lead.deposit.waiting()
    const pieces = waiting?.proposedPieces ?? []
    const { totalCents } = await lead.deposit.makeUp({ ...(await depositInput(lead, session)), pieces })
    expect(totalCents).toBe(4_700)
  })
})
