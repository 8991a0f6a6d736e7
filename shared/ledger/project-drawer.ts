/** Facts about a drawer session: opened, counted, closed. */
import { type Cents, subtract, sum, ZERO } from '../money.ts'
import type { CountedPiece } from '../rules/denominations.ts'
import type { RowChange } from './change.ts'
import type { BankPart, Fact, Tender } from './facts.ts'
import { bankPaperColumns, netPieces, pieceColumns, safeRows } from './project-pieces.ts'

interface CountHead {
  countId: string
  sessionId: string
  purpose: 'opening' | 'closing' | 'recount' | 'surprise'
  personId: string
  secondPersonId: string | null
}

function countRows(fact: Fact, count: CountHead, pieces: readonly CountedPiece[]): RowChange[] {
  const head: RowChange = {
    op: 'insert',
    table: 'count',
    row: {
      count_id: count.countId,
      session_id: count.sessionId,
      seq: fact.seq,
      purpose: count.purpose,
      person_id: count.personId,
      second_person_id: count.secondPersonId,
      at: fact.at,
    },
  }
  return [
    head,
    ...pieces.map(
      (piece): RowChange => ({
        op: 'insert',
        table: 'count_piece',
        row: { count_id: count.countId, ...pieceColumns(piece) },
      }),
    ),
  ]
}

/** Papers and totals of a count, beside what was expected at that moment. */
function countedFigures({ body }: Fact<'drawer.counted' | 'drawer.surprise-counted'>): RowChange[] {
  return [
    ...body.items.map(
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
    ),
    ...body.balances.map(
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

/** The float is counted by the new cashier; money that is handed over, by whoever gives it too. */
function openingCount({ body, actorId }: Fact<'drawer.opened'>): CountHead {
  const { countId, sessionId, cashierId } = body
  const secondPersonId = actorId === cashierId ? null : actorId
  return { countId, sessionId, purpose: 'opening', personId: cashierId, secondPersonId }
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
      over_short_gl_account: null,
      fund_cents: body.fundCents,
      left_cents: null,
      handed_from: body.handedFrom,
      hand_to_id: null,
    },
  }
  return [
    { op: 'update', table: 'till', key: { till_id: fact.tillId }, set: { last_session_no: body.sessionNo } },
    session,
    ...body.tenders.map(tender =>
      openingTender(body.sessionId, tender, tender === 'cash' ? body.floatCents : ZERO),
    ),
    ...countRows(fact, openingCount(fact), body.pieces),
  ]
}

function counted(fact: Fact<'drawer.counted'>): RowChange[] {
  const { body } = fact
  const purpose = body.round === 1 ? ('closing' as const) : ('recount' as const)
  return [
    {
      op: 'update',
      table: 'drawer_session',
      key: { session_id: body.sessionId },
      set: {
        state: 'counted',
        count_round: body.round,
        closing_count_id: body.countId,
        hand_to_id: body.handToId,
        last_activity_at: fact.at,
      },
    },
    ...countRows(
      fact,
      {
        countId: body.countId,
        sessionId: body.sessionId,
        purpose,
        personId: fact.actorId,
        secondPersonId: body.secondCounterId,
      },
      body.pieces,
    ),
    ...countedFigures(fact),
  ]
}

function surpriseCounted(fact: Fact<'drawer.surprise-counted'>): RowChange[] {
  const { countId, sessionId, pieces } = fact.body
  return [
    ...countRows(
      fact,
      { countId, sessionId, purpose: 'surprise', personId: fact.actorId, secondPersonId: null },
      pieces,
    ),
    ...countedFigures(fact),
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
        over_short_gl_account: body.overShortGlAccount,
        left_cents: body.leftCents,
        hand_to_id: body.handToId,
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
    ...body.leftPieces.map(
      (piece): RowChange => ({
        op: 'insert',
        table: 'session_left_piece',
        row: { session_id: body.sessionId, ...pieceColumns(piece) },
      }),
    ),
    ...body.banks.flatMap((part, index) => partRows(body.sessionId, part, index + 1)),
    ...leaving(fact),
  ]
}

/** What of the counted cash goes from the drawer to the safe; turn-ins are there already. */
function leaving(fact: Fact<'drawer.closed'>): RowChange[] {
  const { body } = fact
  const counted = body.balances.find(balance => balance.tender === 'cash')?.countedCents ?? ZERO
  const cents = subtract(counted, body.leftCents)
  if (cents === ZERO) return []
  const pieces = netPieces(body.leavingPieces, [])
  const entry = { entryId: body.countId, kind: 'close' as const, sessionId: body.sessionId }
  return safeRows(fact, { ...entry, secondPersonId: body.approvedBy, cents, pieces })
}

function partRows(sessionId: string, part: BankPart, partNo: number): RowChange[] {
  return [
    {
      op: 'insert',
      table: 'session_part',
      row: {
        session_id: sessionId,
        part_no: partNo,
        bank_account_id: part.bankAccountId,
        cash_cents: part.cashCents,
        items_cents: sum(part.items.map(item => item.cents)),
        due_cents: part.dueCents,
        deposit_id: null,
      },
    },
    ...part.items.map(
      (item, index): RowChange => ({
        op: 'insert',
        table: 'session_part_item',
        row: { session_id: sessionId, part_no: partNo, item_no: index + 1, ...bankPaperColumns(item) },
      }),
    ),
  ]
}

export const projectDrawer = {
  'drawer.opened': opened,
  'drawer.counted': counted,
  'drawer.closed': closed,
  'drawer.surprise-counted': surpriseCounted,
  'drawer.x-read': (): RowChange[] => [],
}
