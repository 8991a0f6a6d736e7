/** A session's money on its way to the bank: what was turned in, and its parts by bank account. */

import type { BankInstrument } from '../../../shared/ledger/pieces.ts'
import type { SessionPartRow } from '../../../shared/ledger/rows/session-rows.ts'
import type { Cents } from '../../../shared/money.ts'
import type { PieceCount } from '../../../shared/rules/cash/denominations.ts'
import type { BankedReceipt } from '../../../shared/rules/deposit/split-by-bank.ts'
import type { Tender } from '../../../shared/tenders.ts'
import type { Reader } from '../../ledger/reader.ts'
import { build } from '../../ledger/statement.ts'
import { tenderDetail } from '../receipt/tender-detail.ts'

/** An instrument of a list of instruments `i`, with what is known of it from its tender `t`. */
const BANK_INSTRUMENT = [
  'i.tender',
  'i.receipt_id as receiptId',
  'i.tender_no as tenderNo',
  'i.reference',
  tenderDetail('t', 'routingNumber').as('routingNumber'),
  'i.cents',
] as const

/** Instruments as a count found them. */
export function countedItems(reader: Reader, countId: string, tenders: readonly Tender[]): BankInstrument[] {
  if (tenders.length === 0) return []
  const query = build
    .selectFrom('count_item as i')
    .leftJoin('receipt_tender as t', join =>
      join.onRef('t.receipt_id', '=', 'i.receipt_id').onRef('t.tender_no', '=', 'i.tender_no'),
    )
    .select(BANK_INSTRUMENT)
    .where('i.count_id', '=', countId)
    .where('i.tender', 'in', [...tenders])
    .orderBy('i.item_no')
  return reader.all(query)
}

/** Instruments of a session that went to the safe before its count. */
export function turnedInItems(
  reader: Reader,
  sessionId: string,
  tenders: readonly Tender[],
): BankInstrument[] {
  if (tenders.length === 0) return []
  const query = build
    .selectFrom('movement as m')
    .innerJoin('movement_item as i', 'i.movement_id', 'm.movement_id')
    .innerJoin('receipt_tender as t', join =>
      join.onRef('t.receipt_id', '=', 'i.receipt_id').onRef('t.tender_no', '=', 'i.tender_no'),
    )
    .select(BANK_INSTRUMENT)
    .where('m.session_id', '=', sessionId)
    .where('i.tender', 'in', [...tenders])
    .orderBy('m.movement_no')
    .orderBy('i.item_no')
  return reader.all(query)
}

/** What each standing receipt of a session credited by GL account, and what it was paid with. */
export function bankedReceipts(
  reader: Reader,
  sessionId: string,
  instruments: readonly Tender[],
): BankedReceipt[] {
  const receipts = new Map<
    string,
    {
      credits: BankedReceipt['credits'][number][]
      tenders: BankedReceipt['tenders'][number][]
      changeCents: Cents
    }
  >()
  const heads = build
    .selectFrom('receipt')
    .select([
      'receipt_id as receiptId',
      'change_cents as changeCents',
      'rounding_cents as roundingCents',
      'rounding_gl_account as roundingGlAccount',
    ])
    .where('session_id', '=', sessionId)
    .where('state', '=', 'posted')
    .orderBy('receipt_no')
  for (const { receiptId, changeCents, roundingCents, roundingGlAccount } of reader.all(heads)) {
    const credits = roundingGlAccount === null ? [] : [{ glAccount: roundingGlAccount, cents: roundingCents }]
    receipts.set(receiptId, { credits, tenders: [], changeCents })
  }
  const allocations = build
    .selectFrom('receipt as r')
    .innerJoin('receipt_allocation as a', 'a.receipt_id', 'r.receipt_id')
    .select(['a.receipt_id as receiptId', 'a.gl_account as glAccount', 'a.cents'])
    .where('r.session_id', '=', sessionId)
  const lines = build
    .selectFrom('receipt as r')
    .innerJoin('receipt_line as l', 'l.receipt_id', 'r.receipt_id')
    .select(['l.receipt_id as receiptId', 'l.gl_account as glAccount', 'l.cents'])
    .where('r.session_id', '=', sessionId)
    .where('l.kind', '=', 'catalog')
  for (const { receiptId, glAccount, cents } of [...reader.all(allocations), ...reader.all(lines)])
    receipts.get(receiptId)?.credits.push({ glAccount: glAccount ?? '', cents })
  const tenders = build
    .selectFrom('receipt_tender')
    .select(['receipt_id as receiptId', 'tender_no as tenderNo', 'tender', 'cents'])
    .where(
      'receipt_id',
      'in',
      build.selectFrom('receipt').select('receipt_id').where('session_id', '=', sessionId),
    )
    .orderBy('receipt_id')
    .orderBy('tender_no')
  for (const { receiptId, tenderNo, tender, cents } of reader.all(tenders))
    receipts.get(receiptId)?.tenders.push({ tenderNo, tender, cents, item: instruments.includes(tender) })
  return [...receipts].map(([receiptId, receipt]) => ({ receiptId, ...receipt }))
}

/** Parts of closed sessions that have not gone into a deposit, the oldest session first. */
export function waitingParts(reader: Reader): SessionPartRow[] {
  return reader.all(
    build
      .selectFrom('session_part as p')
      .innerJoin('drawer_session as s', 's.session_id', 'p.session_id')
      .selectAll('p')
      .where('p.deposit_id', 'is', null)
      .orderBy('s.session_no')
      .orderBy('p.part_no'),
  )
}

export function partsOf(reader: Reader, sessionId: string): SessionPartRow[] {
  return reader.all(
    build.selectFrom('session_part').selectAll().where('session_id', '=', sessionId).orderBy('part_no'),
  )
}

/** Instruments of one part. */
export function partItems(reader: Reader, sessionId: string, partNo: number): BankInstrument[] {
  return reader.all(
    build
      .selectFrom('session_part_item')
      .select(['tender', 'receipt_id as receiptId', 'tender_no as tenderNo'])
      .select(['reference', 'routing_number as routingNumber', 'cents'])
      .where('session_id', '=', sessionId)
      .where('part_no', '=', partNo)
      .orderBy('item_no'),
  )
}

/** Pieces that a session brought to the safe, at turn-ins and at its close; loose, as far as they were noted. */
export function piecesInSafe(reader: Reader, sessionId: string): PieceCount[] {
  return reader
    .all(
      build
        .selectFrom('safe_entry as e')
        .innerJoin('safe_piece as p', 'p.entry_id', 'e.entry_id')
        .select(eb => ['p.value_cents', 'p.kind', eb.fn.sum<number>('p.pieces').as('pieces')])
        .where('e.session_id', '=', sessionId)
        .where('e.kind', 'in', ['turn-in', 'close'])
        .groupBy(['p.value_cents', 'p.kind']),
    )
    .map(row => ({ valueCents: row.value_cents, kind: row.kind, pieces: row.pieces, bundles: 0 }))
}
