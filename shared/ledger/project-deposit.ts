/** Facts about deposits: made up, verified. */
import type { RowChange } from './change.ts'
import type { BodyOf, Fact } from './facts.ts'

function depositRow(fact: Fact<'deposit.made-up'>): RowChange {
  const { body } = fact
  return {
    op: 'insert',
    table: 'deposit',
    row: {
      deposit_id: body.depositId,
      deposit_no: body.depositNo,
      number: body.number,
      bank_account_id: body.bankAccountId,
      business_date: fact.businessDate,
      made_up_at: fact.at,
      preparer_id: fact.actorId,
      verifier_id: null,
      verified_at: null,
      state: 'made-up',
      bag_number: body.bagNumber,
      cash_cents: body.cashCents,
      items_cents: body.itemsCents,
      total_cents: body.totalCents,
      hash: fact.hash,
    },
  }
}

type Body = BodyOf<'deposit.made-up'>

function sessionRows({ depositId, sessions }: Body): RowChange[] {
  return sessions.flatMap((session): RowChange[] => [
    {
      op: 'insert',
      table: 'deposit_session',
      row: {
        deposit_id: depositId,
        session_id: session.sessionId,
        cash_cents: session.cashCents,
        items_cents: session.itemsCents,
      },
    },
    {
      op: 'update',
      table: 'drawer_session',
      key: { session_id: session.sessionId },
      set: { deposit_id: depositId },
    },
  ])
}

function pieceRows({ depositId, pieces }: Body): RowChange[] {
  return pieces.map(
    (piece): RowChange => ({
      op: 'insert',
      table: 'deposit_piece',
      row: {
        deposit_id: depositId,
        value_cents: piece.valueCents,
        kind: piece.kind,
        pieces: piece.pieces,
        bundles: piece.bundles,
        cents: piece.cents,
      },
    }),
  )
}

function itemRows({ depositId, items }: Body): RowChange[] {
  return items.map(
    (item, index): RowChange => ({
      op: 'insert',
      table: 'deposit_item',
      row: {
        deposit_id: depositId,
        item_no: index + 1,
        tender: item.tender,
        receipt_id: item.receiptId,
        tender_no: item.tenderNo,
        reference: item.reference,
        routing_number: item.routingNumber,
        cents: item.cents,
      },
    }),
  )
}

function madeUp(fact: Fact<'deposit.made-up'>): RowChange[] {
  const { body } = fact
  return [
    { op: 'update', table: 'till', key: { till_id: fact.tillId }, set: { last_deposit_no: body.depositNo } },
    depositRow(fact),
    ...sessionRows(body),
    ...pieceRows(body),
    ...itemRows(body),
  ]
}

export const projectDeposit = {
  'deposit.made-up': madeUp,
  'deposit.verified': (fact: Fact<'deposit.verified'>): RowChange[] => [
    {
      op: 'update',
      table: 'deposit',
      key: { deposit_id: fact.body.depositId },
      set: { state: 'verified', verifier_id: fact.body.verifierId, verified_at: fact.at },
    },
  ],
}
