/** A count whose totals agree closes nothing while its papers are not those of the receipts. */

import { describe, expect, it } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import type { CountInput } from '../../../shared/contract/session-fields.ts'
import { newId } from '../../../shared/id.ts'
import { type Cents, cents } from '../../../shared/money.ts'
import {
  approvalBy,
  CHANGE_FUND,
  cash,
  check,
  countOf,
  moneyOrder,
  openDrawer,
  pay,
} from '../../support/desk.ts'
import { saveSettings } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'

const SIXTY = cents(6_000)
const FORTY = cents(4_000)

/** A cashier whose drawer holds the change fund and two checks. */
async function twoChecks() {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  const { sessionId } = await openDrawer(client)
  await pay(client, SIXTY, { tenders: [check(SIXTY, { reference: '1187' })] })
  await pay(client, FORTY, { tenders: [check(FORTY, { reference: '2001' })] })
  return { till, client, sessionId }
}

const sendCount = (client: TillClient, count: CountInput) =>
  client.session.count({ commandId: newId(), count })

/** The count with check 1187 not ticked, and another paper in its place. */
async function exchanged(client: TillClient, reference: string, amount: Cents = SIXTY): Promise<CountInput> {
  const [, second] = (await client.session.countSheet()).items
  const count = await countOf(client, CHANGE_FUND)
  return {
    ...count,
    items: second ? [{ receiptId: second.receiptId, tenderNo: second.tenderNo }] : [],
    extraItems: [{ tender: 'check', reference, cents: amount }],
  }
}

describe('a check that was exchanged for another of the same amount', () => {
  it('is no match, though every total agrees, and the first count does not say why', async () => {
    const { client } = await twoChecks()
    const answer = await sendCount(client, await exchanged(client, '3155'))
    expect(answer).toEqual({ outcome: 'recount', balances: [], zNumber: null })
    expect(await client.session.difference()).toBeNull()
  })

  it('is named after the recount, with the receipt that its check is missing for', async () => {
    const { client } = await twoChecks()
    await sendCount(client, await exchanged(client, '3155'))
    const answer = await sendCount(client, await exchanged(client, '3155'))
    expect(answer.outcome).toBe('explain')
    expect(answer.balances.map(({ overShortCents }) => overShortCents)).toEqual(answer.balances.map(() => 0))
    expect(answer.composition).toEqual([
      {
        kind: 'other-check',
        name: 'Check',
        reference: '1187',
        cents: SIXTY,
        receiptId: expect.any(String),
        receiptNumber: 'W1-000001',
        found: { name: 'Check', reference: '3155', cents: SIXTY },
      },
    ])
    expect(await client.session.difference()).toEqual(answer)
  })

  it('needs a reason and somebody else, whatever the tolerance', async () => {
    const { till, client, sessionId } = await twoChecks()
    const administrator = await clientOf(till, 'administrator')
    const settings = { ...(await administrator.setup.settings()), differenceToleranceCents: cents(99_999) }
    await saveSettings(administrator, settings)
    await sendCount(client, await exchanged(client, '3155'))
    await sendCount(client, await exchanged(client, '3155'))
    const reason = 'Customer exchanged the check'
    await refused(client.session.close({ commandId: newId(), reason }), 'APPROVAL_NEEDED')
    await client.session.close({ commandId: newId(), reason, approval: approvalBy('lead') })
    const z = await client.session.readZ({ sessionId })
    expect(z).toMatchObject({ reason, approvedByName: expect.any(String) })
  })

  it('closes at the recount when the right one turns up', async () => {
    const { client } = await twoChecks()
    await sendCount(client, await exchanged(client, '3155'))
    expect((await sendCount(client, await countOf(client, CHANGE_FUND))).outcome).toBe('closed')
  })
})

describe('the papers of a count', () => {
  it('one entered by hand with its number and amount is the one that was not ticked', async () => {
    const { client, sessionId } = await twoChecks()
    expect((await sendCount(client, await exchanged(client, '1187'))).outcome).toBe('closed')
    const z = await client.session.readZ({ sessionId })
    expect(z.balances.find(({ tender }) => tender === 'check')).toMatchObject({ overShortCents: 0 })
  })

  it('one entered for another amount than its receipt says is named with both', async () => {
    const { client } = await twoChecks()
    const count = await exchanged(client, '1187', cents(600))
    await sendCount(client, count)
    const { composition } = await sendCount(client, count)
    expect(composition).toMatchObject([
      { kind: 'wrong-amount', reference: '1187', cents: SIXTY, found: { cents: 600 } },
    ])
  })

  it('cash in the place of a check is named, though the drawer holds as much as it should', async () => {
    const { client } = await twoChecks()
    const [, second] = (await client.session.countSheet()).items
    const whole = await countOf(client, cents(CHANGE_FUND + SIXTY))
    const count = { ...whole, items: second ? [second] : [] }
    const input = { ...count, items: count.items.map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo })) }
    await sendCount(client, input)
    const { balances, composition } = await sendCount(client, input)
    const differences = Object.fromEntries(balances.map(of => [of.tender, of.overShortCents]))
    expect(differences).toMatchObject({ cash: SIXTY, check: -SIXTY })
    expect(composition).toMatchObject([
      { kind: 'cash-for-check', reference: '1187', receiptNumber: 'W1-000001' },
    ])
  })

  it('a money order that was entered as a check of the same amount is told from it', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    await pay(client, SIXTY, { tenders: [moneyOrder(SIXTY)] })
    const count: CountInput = {
      ...(await countOf(client, CHANGE_FUND)),
      items: [],
      extraItems: [{ tender: 'check', reference: '88-1203', cents: SIXTY }],
    }
    await sendCount(client, count)
    const { composition } = await sendCount(client, count)
    expect(composition).toMatchObject([
      { kind: 'other-check', name: 'Money order', found: { name: 'Check', cents: SIXTY } },
    ])
  })

  it('a count in which only cash differs tells nothing of papers', async () => {
    const { client } = await twoChecks()
    await pay(client, SIXTY, { tenders: [cash(SIXTY)] })
    await sendCount(client, await countOf(client, CHANGE_FUND))
    const { outcome, composition } = await sendCount(client, await countOf(client, CHANGE_FUND))
    expect({ outcome, composition }).toEqual({ outcome: 'explain', composition: [] })
  })
})
