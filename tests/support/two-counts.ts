/** Money that two people count apart: drawers handed over, and closed for somebody who is not there. */
import type { TillClient } from '../../shared/contract/index.ts'
import { newId } from '../../shared/id.ts'
import type { Cents } from '../../shared/money.ts'
import { approvalBy, countOf, piecesOf } from './desk.ts'
import { samplePerson, type Who } from './template.ts'

/** What giver and taker send when both find so much cash, and the giver every paper on the sheet. */
export async function handOverInput(
  giver: TillClient,
  cashCents: Cents,
  { from = 'cashier', to = 'colleague' }: { from?: Who; to?: Who } = {},
) {
  return {
    commandId: newId(),
    count: await countOf(giver, cashCents),
    takerPieces: piecesOf(cashCents),
    ownPin: samplePerson(from).pin,
    approval: approvalBy(to),
  }
}

/** A count of somebody else's drawer: so much cash, and every paper on its sheet. */
export async function countOfOther(client: TillClient, sessionId: string, cashCents: Cents) {
  const { items } = await client.session.surpriseSheet({ sessionId })
  return {
    pieces: piecesOf(cashCents),
    items: items.map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo })),
    extraItems: [],
    slips: [],
  }
}

/** What the lead and the supervisor send when both find so much cash in an absent cashier's drawer. */
export async function absentInput(lead: TillClient, sessionId: string, cashCents: Cents) {
  return {
    commandId: newId(),
    sessionId,
    count: await countOfOther(lead, sessionId, cashCents),
    secondPieces: piecesOf(cashCents),
    reason: 'Went home ill',
    ownPin: samplePerson('lead').pin,
    approval: approvalBy('supervisor'),
  }
}
