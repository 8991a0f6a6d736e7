/** Facts about a drawer session: opened, counted, closed. */
import { type Cents, ZERO } from '../money.ts'
import type { RowChange } from './change.ts'
import type { BodyOf, Fact, Tender } from './facts.ts'

type Pieces = BodyOf<'drawer.opened'>['pieces']

function countRows(
  count: {
    countId: string
    sessionId: string
    purpose: 'opening' | 'closing' | 'recount'
    personId: string
    at: number
  },
  pieces: Pieces,
): RowChange[] {
  const head: RowChange = {
    op: 'insert',
    table: 'count',
    row: {
      count_id: count.countId,
      session_id: count.sessionId,
      purpose: count.purpose,
      person_id: count.personId,
      at: count.at,
    },
  }
  return [
    head,
    ...pieces.map(
      (piece): RowChange => ({
        op: 'insert',
        table: 'count_piece',
        row: {
          count_id: count.countId,
          value_cents: piece.valueCents,
          kind: piece.kind,
          pieces: piece.pieces,
          bundles: piece.bundles,
          cents: piece.cents,
        },
      }),
    ),
  ]
}

function openingTender(sessionId: string, tender: Tender, floatCents: Cents): RowChange {
  return {
    op: 'insert',
    table: 'session_tender',
    row: {
      session_id: sessionId,
      tender,
      float_cents: floatCents,
      tendered_cents: ZERO,
      change_cents: ZERO,
      paid_in_cents: ZERO,
      paid_out_cents: ZERO,
      turned_in_cents: ZERO,
      refunded_cents: ZERO,
      item_count: 0,
      expected_cents: null,
      counted_cents: null,
      over_short_cents: null,
    },
  }
}

function opened(fact: Fact<'drawer.opened'>): RowChange[] {
  const { body } = fact
  const session: RowChange = {
    op: 'insert',
    table: 'drawer_session',
    row: {
      session_id: body.sessionId,
      session_no: body.sessionNo,
      number: body.number,
      drawer_id: body.drawerId,
      cashier_id: body.cashierId,
      business_date: fact.businessDate,
      opened_at: fact.at,
      state: 'open',
      float_wanted_cents: body.floatWantedCents,
      receipt_count: 0,
      void_count: 0,
      last_activity_at: fact.at,
      count_round: 0,
      closing_count_id: null,
      closed_at: null,
      z_no: null,
      z_number: null,
      z_hash: null,
      close_reason: null,
      approved_by: null,
      deposit_id: null,
    },
  }
  const count = { countId: body.countId, sessionId: body.sessionId, purpose: 'opening' as const }
  return [
    { op: 'update', table: 'till', key: { till_id: fact.tillId }, set: { last_session_no: body.sessionNo } },
    session,
    ...body.tenders.map(tender =>
      openingTender(body.sessionId, tender, tender === 'cash' ? body.floatCents : ZERO),
    ),
    ...countRows({ ...count, personId: fact.actorId, at: fact.at }, body.pieces),
  ]
}

function counted(fact: Fact<'drawer.counted'>): RowChange[] {
  const { body } = fact
  const purpose = body.round === 1 ? ('closing' as const) : ('recount' as const)
  const items = body.items.map(
    (item, index): RowChange => ({
      op: 'insert',
      table: 'count_item',
      row: {
        count_id: body.countId,
        item_no: index + 1,
        tender: item.tender,
        cents: item.cents,
        reference: item.reference,
        receipt_id: item.receiptId,
        tender_no: item.tenderNo,
      },
    }),
  )
  const totals = body.balances.map(
    (balance): RowChange => ({
      op: 'insert',
      table: 'count_total',
      row: {
        count_id: body.countId,
        tender: balance.tender,
        cents: balance.countedCents,
        expected_cents: balance.expectedCents,
        over_short_cents: balance.overShortCents,
      },
    }),
  )
  return [
    {
      op: 'update',
      table: 'drawer_session',
      key: { session_id: body.sessionId },
      set: {
        state: 'counted',
        count_round: body.round,
        closing_count_id: body.countId,
        last_activity_at: fact.at,
      },
    },
    ...countRows(
      { countId: body.countId, sessionId: body.sessionId, purpose, personId: fact.actorId, at: fact.at },
      body.pieces,
    ),
    ...items,
    ...totals,
  ]
}

function closed(fact: Fact<'drawer.closed'>): RowChange[] {
  const { body } = fact
  return [
    { op: 'update', table: 'till', key: { till_id: fact.tillId }, set: { last_z_no: body.zNo } },
    {
      op: 'update',
      table: 'drawer_session',
      key: { session_id: body.sessionId },
      set: {
        state: 'closed',
        closed_at: fact.at,
        last_activity_at: fact.at,
        z_no: body.zNo,
        z_number: body.zNumber,
        z_hash: fact.hash,
        close_reason: body.reason,
        approved_by: body.approvedBy,
      },
    },
    ...body.balances.map(
      (balance): RowChange => ({
        op: 'update',
        table: 'session_tender',
        key: { session_id: body.sessionId, tender: balance.tender },
        set: {
          expected_cents: balance.expectedCents,
          counted_cents: balance.countedCents,
          over_short_cents: balance.overShortCents,
        },
      }),
    ),
  ]
}

export const projectDrawer = {
  'drawer.opened': opened,
  'drawer.counted': counted,
  'drawer.closed': closed,
  'drawer.x-read': (): RowChange[] => [],
}
