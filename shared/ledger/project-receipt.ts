/** Facts about receipts: posted, voided, printed. */
import { type Cents, negate, ZERO } from '../money.ts'
import type { RowChange } from './change.ts'
import type { Fact, ReceiptLine, ReceiptTender } from './facts.ts'

function posted(fact: Fact<'receipt.posted'>): RowChange[] {
  const { body } = fact
  const receipt: RowChange = {
    op: 'insert',
    table: 'receipt',
    row: {
      receipt_id: body.receiptId,
      receipt_no: body.receiptNo,
      epoch: fact.epoch,
      seq: fact.seq,
      number: body.number,
      session_id: body.sessionId,
      cashier_id: fact.actorId,
      posted_at: fact.at,
      business_date: fact.businessDate,
      state: 'posted',
      total_cents: body.totalCents,
      tendered_cents: body.tenderedCents,
      rounding_cents: body.roundingCents,
      change_cents: body.changeCents,
      hash: fact.hash,
      print_count: 0,
      void_reason: null,
      voided_at: null,
      voided_by: null,
      void_approved_by: null,
      void_epoch: null,
      void_seq: null,
    },
  }
  return [
    { op: 'update', table: 'till', key: { till_id: fact.tillId }, set: { last_receipt_no: body.receiptNo } },
    receipt,
    ...body.lines.flatMap((line, index) => lineRows({ receiptId: body.receiptId, lineNo: index + 1 }, line)),
    ...body.tenders.map((tender, index) => tenderRow(fact.body, index + 1, tender)),
    ...body.pieces.map(
      (piece): RowChange => ({
        op: 'insert',
        table: 'receipt_piece',
        row: {
          receipt_id: body.receiptId,
          value_cents: piece.valueCents,
          kind: piece.kind,
          taken: piece.taken,
          given: piece.given,
        },
      }),
    ),
    ...sessionSums(body.sessionId, body.tenders, body.changeCents),
    {
      op: 'update',
      table: 'drawer_session',
      key: { session_id: body.sessionId },
      set: { last_activity_at: fact.at },
      add: { receipt_count: 1 },
    },
  ]
}

const NOT_CATALOG = {
  catalog_item_id: null,
  code: null,
  quantity: 1,
  unit_price_cents: null,
  base_cents: null,
  reference: '',
  gl_account: null,
} as const
const NOT_ACCOUNT = {
  account_id: null,
  account_number: null,
  address: '',
  balance_before_cents: null,
  as_of_ms: null,
} as const

interface LinePlace {
  receiptId: string
  lineNo: number
}

function lineRow({ receiptId, lineNo }: LinePlace, line: ReceiptLine): RowChange {
  const common = {
    receipt_id: receiptId,
    line_no: lineNo,
    kind: line.kind,
    name: line.name,
    cents: line.cents,
  }
  const row =
    line.kind === 'catalog'
      ? {
          ...common,
          ...NOT_ACCOUNT,
          catalog_item_id: line.catalogItemId,
          code: line.code,
          quantity: line.quantity,
          unit_price_cents: line.unitPriceCents,
          base_cents: line.baseCents,
          reference: line.reference,
          gl_account: line.glAccount,
        }
      : {
          ...common,
          ...NOT_CATALOG,
          account_id: line.accountId,
          account_number: line.accountNumber,
          address: line.address,
          balance_before_cents: line.balanceBeforeCents,
          as_of_ms: line.asOfMs,
        }
  return { op: 'insert', table: 'receipt_line', row }
}

function allocationRows({ receiptId, lineNo }: LinePlace, line: ReceiptLine): RowChange[] {
  if (line.kind === 'catalog') return []
  return line.allocations.map(
    (allocation, index): RowChange => ({
      op: 'insert',
      table: 'receipt_allocation',
      row: {
        receipt_id: receiptId,
        line_no: lineNo,
        allocation_no: index + 1,
        item_id: allocation.itemId,
        service: allocation.service,
        due_date: allocation.dueDate,
        cents: allocation.cents,
        gl_account: allocation.glAccount,
      },
    }),
  )
}

function lineRows(place: LinePlace, line: ReceiptLine): RowChange[] {
  return [lineRow(place, line), ...allocationRows(place, line)]
}

function tenderRow(
  receipt: { receiptId: string; sessionId: string },
  tenderNo: number,
  tender: ReceiptTender,
): RowChange {
  return {
    op: 'insert',
    table: 'receipt_tender',
    row: {
      receipt_id: receipt.receiptId,
      tender_no: tenderNo,
      session_id: receipt.sessionId,
      tender: tender.tender,
      cents: tender.cents,
      reference: tender.reference,
      routing_number: tender.routingNumber,
      account_last4: tender.accountLast4,
      account_hash: tender.accountHash,
      card_brand: tender.cardBrand,
      card_last4: tender.cardLast4,
      approval_code: tender.approvalCode,
      voided: 0,
      movement_id: null,
    },
  }
}

function sessionSums(sessionId: string, tenders: readonly ReceiptTender[], changeCents: Cents): RowChange[] {
  const sums = tenders.map(
    (tender): RowChange => ({
      op: 'update',
      table: 'session_tender',
      key: { session_id: sessionId, tender: tender.tender },
      add: { tendered_cents: tender.cents, item_count: 1 },
    }),
  )
  if (changeCents === ZERO) return sums
  // Change is always cash, whatever tender allowed it.
  return [
    ...sums,
    {
      op: 'update',
      table: 'session_tender',
      key: { session_id: sessionId, tender: 'cash' },
      add: { change_cents: changeCents },
    },
  ]
}

/** A void gives back what was handed over, tender by tender, less the change that was given with it. */
function voided(fact: Fact<'receipt.voided'>): RowChange[] {
  const { body } = fact
  const refunds = body.tenders.map(
    (tender): RowChange => ({
      op: 'update',
      table: 'session_tender',
      key: { session_id: body.sessionId, tender: tender.tender },
      add: { refunded_cents: tender.cents, item_count: -1 },
    }),
  )
  const changeBack: RowChange[] =
    body.changeCents === ZERO
      ? []
      : [
          {
            op: 'update',
            table: 'session_tender',
            key: { session_id: body.sessionId, tender: 'cash' },
            add: { refunded_cents: negate(body.changeCents) },
          },
        ]
  return [
    {
      op: 'update',
      table: 'receipt',
      key: { receipt_id: body.receiptId },
      set: {
        state: 'voided',
        void_reason: body.reason,
        voided_at: fact.at,
        voided_by: fact.actorId,
        void_approved_by: body.approvedBy,
        void_epoch: fact.epoch,
        void_seq: fact.seq,
      },
    },
    { op: 'update', table: 'receipt_tender', key: { receipt_id: body.receiptId }, set: { voided: 1 } },
    ...refunds,
    ...changeBack,
    {
      op: 'update',
      table: 'drawer_session',
      key: { session_id: body.sessionId },
      set: { last_activity_at: fact.at },
      add: { void_count: 1 },
    },
  ]
}

export const projectReceipt = {
  'receipt.posted': posted,
  'receipt.voided': voided,
  'receipt.printed': ({ body }: Fact<'receipt.printed'>): RowChange[] => [
    {
      op: 'update',
      table: 'receipt',
      key: { receipt_id: body.receiptId },
      set: { print_count: body.copyNo },
    },
  ],
}
