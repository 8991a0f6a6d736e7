/** A void: what it states, what it gives back, and when there is none. */
import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { HOUR_MS } from '../../support/clock.ts'
import { approvalBy, CHANGE_FUND, card, cash, countDrawer, openDrawer, pay } from '../../support/desk.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { bodiesOf, openTestTill } from '../../support/till.ts'
import { atTheWindow } from './at-the-window.ts'

describe('a void', () => {
  const voided = (receiptId: string, who: 'lead' | 'supervisor' = 'lead') => ({
    ...{ commandId: newId(), receiptId, reason: ' Wrong account ', approval: approvalBy(who) },
  })

  it('states the receipt as it was, why it was voided, and who approved it', async () => {
    const { till, client, sessionId } = await atTheWindow()
    const tenders = [card(cents(500)), cash(cents(1_000))]
    const { receiptId, number } = await pay(client, cents(1_200), { tenders })
    expect(await client.receipt.void(voided(receiptId))).toEqual({ number })
    const [receipt] = bodiesOf(till, 'receipt.posted')
    expect(bodiesOf(till, 'receipt.voided')).toEqual([
      {
        receiptId,
        number,
        sessionId,
        reason: 'Wrong account',
        approvedBy: approvalBy('lead').personId,
        totalCents: 1_200,
        changeCents: 300,
        tenders: receipt?.tenders,
      },
    ])
  })

  it('gives back the cash that stayed, and is refused on record where so much is no more in the drawer', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const { sessionId } = await openDrawer(client, 'Window 1', cents(1_000))
    const tenders = [card(cents(500)), cash(cents(4_000))]
    const { receiptId } = await pay(client, cents(4_200), { tenders })
    const out = (amount: number) => ({
      ...{ commandId: newId(), direction: 'out' as const, category: 'Petty cash', reason: 'Stamps' },
      ...{ documentNumber: '', pieces: [], cents: cents(amount) },
    })
    await client.movement.pay(out(1_001))
    await refused(client.receipt.void(voided(receiptId)), 'CASH_NOT_IN_DRAWER')
    expect(bodiesOf(till, 'movement.refused')).toEqual([{ sessionId, what: 'void', cents: 3_700 }])
    await client.movement.pay({ ...out(1), direction: 'in', category: 'Found money' })
    await client.receipt.void(voided(receiptId))
  })

  it('is of a session that is open, of its own cashier, and takes a reason', async () => {
    const { till, client } = await atTheWindow()
    const { receiptId } = await pay(client, cents(900))
    const colleague = await clientOf(till, 'colleague')
    await refused(colleague.receipt.void(voided(receiptId)), 'NOT_OWN_SESSION')
    expect(
      await refused(client.receipt.void({ ...voided(receiptId), reason: ' ' }), 'TEXT_NOT_ALLOWED'),
    ).toEqual({
      field: 'reason',
      reason: 'empty',
    })
    await countDrawer(client, CHANGE_FUND)
    await refused(client.receipt.void(voided(receiptId)), 'SESSION_NOT_OPEN')
    expect(bodiesOf(till, 'receipt.voided')).toEqual([])
  })

  it('past midnight is of the day on which its session began', async () => {
    const { till, client } = await atTheWindow()
    const { receiptId } = await pay(client, cents(900))
    till.clock.advance(16 * HOUR_MS)
    await client.receipt.void(voided(receiptId))
    const { entries } = await (await clientOf(till, 'auditor')).till.journal({ kind: 'receipt.voided' })
    expect(entries.map(({ businessDate }) => businessDate)).toEqual(['2026-11-20'])
  })
})
