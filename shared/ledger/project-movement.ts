/** Facts about money that moved without a receipt: turned in, paid in and out, exchanged; and the safe. */
import { subtract, ZERO } from '../money.ts'
import type { CountedPiece } from '../rules/denominations.ts'
import type { RowChange } from './change.ts'
import type { MovementRow } from './control-tables.ts'
import type { BodyOf, Fact } from './facts.ts'
import { netPieces, pieceColumns, safeRows } from './project-pieces.ts'

type MovementFact = Fact<'drawer.turned-in' | 'drawer.paid' | 'drawer.exchanged'>

function movementRows(
  fact: MovementFact,
  own: Pick<MovementRow, 'kind' | 'second_person_id' | 'cash_cents'> & Partial<MovementRow>,
): RowChange[] {
  const { body } = fact
  return [
    {
      op: 'update',
      table: 'till',
      key: { till_id: fact.tillId },
      set: { last_movement_no: body.movementNo },
    },
    {
      op: 'insert',
      table: 'movement',
      row: {
        movement_id: body.movementId,
        movement_no: body.movementNo,
        number: body.number,
        kind: own.kind,
        session_id: body.sessionId,
        seq: fact.seq,
        at: fact.at,
        business_date: fact.businessDate,
        person_id: fact.actorId,
        second_person_id: own.second_person_id,
        category: own.category ?? '',
        gl_account: own.gl_account ?? '',
        reason: own.reason ?? '',
        paper: own.paper ?? '',
        cash_cents: own.cash_cents,
        items_cents: own.items_cents ?? ZERO,
        hash: fact.hash,
      },
    },
    active(fact),
  ]
}

function active(
  fact: Fact<'drawer.turned-in' | 'drawer.paid' | 'drawer.exchanged' | 'drawer.no-sale'>,
): RowChange {
  return {
    op: 'update',
    table: 'drawer_session',
    key: { session_id: fact.body.sessionId },
    set: { last_activity_at: fact.at },
  }
}

function movedPieces(
  movementId: string,
  direction: 'in' | 'out',
  pieces: readonly CountedPiece[],
): RowChange[] {
  return pieces.map(
    (piece): RowChange => ({
      op: 'insert',
      table: 'movement_piece',
      row: { movement_id: movementId, direction, ...pieceColumns(piece) },
    }),
  )
}

type TurnedInItem = BodyOf<'drawer.turned-in'>['items'][number]

/** A paper in the safe: no longer in the drawer, and no receipt of it can be voided. */
function itemRows(body: BodyOf<'drawer.turned-in'>, item: TurnedInItem, itemNo: number): RowChange[] {
  return [
    {
      op: 'insert',
      table: 'movement_item',
      row: {
        movement_id: body.movementId,
        item_no: itemNo,
        tender: item.tender,
        receipt_id: item.receiptId,
        tender_no: item.tenderNo,
        reference: item.reference,
        cents: item.cents,
      },
    },
    {
      op: 'update',
      table: 'receipt_tender',
      key: { receipt_id: item.receiptId, tender_no: item.tenderNo },
      set: { movement_id: body.movementId },
    },
    {
      op: 'update',
      table: 'session_tender',
      key: { session_id: body.sessionId, tender: item.tender },
      add: { turned_in_cents: item.cents },
    },
  ]
}

function turnedIn(fact: Fact<'drawer.turned-in'>): RowChange[] {
  const { body } = fact
  return [
    ...movementRows(fact, {
      kind: 'turn-in',
      second_person_id: body.takerId,
      cash_cents: body.cashCents,
      items_cents: body.itemsCents,
    }),
    ...movedPieces(body.movementId, 'out', body.pieces),
    ...body.items.flatMap((item, index) => itemRows(body, item, index + 1)),
    {
      op: 'update',
      table: 'session_tender',
      key: { session_id: body.sessionId, tender: 'cash' },
      add: { turned_in_cents: body.cashCents },
    },
    ...safeRows(fact, {
      entryId: body.movementId,
      kind: 'turn-in',
      sessionId: body.sessionId,
      secondPersonId: body.takerId,
      cents: body.cashCents,
      pieces: netPieces(body.pieces, []),
    }),
  ]
}

function paid(fact: Fact<'drawer.paid'>): RowChange[] {
  const { body } = fact
  return [
    ...movementRows(fact, {
      kind: body.direction === 'in' ? 'paid-in' : 'paid-out',
      second_person_id: body.approvedBy,
      cash_cents: body.cents,
      category: body.category,
      gl_account: body.glAccount,
      reason: body.reason,
      paper: body.paper,
    }),
    ...movedPieces(body.movementId, body.direction, body.pieces),
    {
      op: 'update',
      table: 'session_tender',
      key: { session_id: body.sessionId, tender: 'cash' },
      add: body.direction === 'in' ? { paid_in_cents: body.cents } : { paid_out_cents: body.cents },
    },
  ]
}

function exchanged(fact: Fact<'drawer.exchanged'>): RowChange[] {
  const { body } = fact
  return [
    ...movementRows(fact, {
      kind: 'change-order',
      second_person_id: body.keeperId,
      cash_cents: body.cents,
    }),
    ...movedPieces(body.movementId, 'out', body.given),
    ...movedPieces(body.movementId, 'in', body.taken),
    ...safeRows(fact, {
      entryId: body.movementId,
      kind: 'change-order',
      sessionId: body.sessionId,
      secondPersonId: body.keeperId,
      cents: ZERO,
      pieces: netPieces(body.given, body.taken),
    }),
  ]
}

export const projectMovement = {
  'drawer.turned-in': turnedIn,
  'drawer.paid': paid,
  'drawer.exchanged': exchanged,
  'drawer.no-sale': (fact: Fact<'drawer.no-sale'>): RowChange[] => [
    {
      op: 'insert',
      table: 'no_sale',
      row: {
        session_id: fact.body.sessionId,
        seq: fact.seq,
        at: fact.at,
        business_date: fact.businessDate,
        person_id: fact.actorId,
        reason: fact.body.reason,
      },
    },
    active(fact),
  ],
  'safe.counted': (fact: Fact<'safe.counted'>): RowChange[] =>
    safeRows(fact, {
      entryId: fact.body.safeCountId,
      kind: 'count',
      secondPersonId: fact.body.witnessId,
      cents: subtract(fact.body.cents, fact.body.expectedCents),
      reason: fact.body.reason,
      pieces: fact.body.differences,
    }),
}
