/** What the ledger knows of a counted session, for the rule that explains why it is off. */

import type { CountRow } from '../../../shared/ledger/rows/session-rows.ts'
import { type Cents, sum, ZERO } from '../../../shared/money.ts'
import type { PieceCount } from '../../../shared/rules/cash/denominations.ts'
import type {
  CashPieces,
  CountEvidence,
  MovementEvidence,
  ReceiptEvidence,
  SessionEvidence,
  TenderEvidence,
} from '../../../shared/rules/explain/explain-difference.ts'
import type { Tender, TenderType } from '../../../shared/tenders.ts'
import type { Reader } from '../../ledger/reader.ts'
import { build } from '../../ledger/statement.ts'
import { movementPieces, movementsOf } from '../movement.ts'
import { tenderDetail } from '../receipt/tender-detail.ts'
import { leftBefore } from '../session/left-pieces.ts'
import { countsOf, countTotals, piecesOf, type Session } from '../session/session.ts'
import { countedItems } from '../session/session-money.ts'
import { allTenderTypes, drawerById, instrumentTenders, settingsOf } from '../setup.ts'

/** Rows of all receipts of a session by receipt: one query for each table, however many receipts there are. */
function byReceipt<T extends { receiptId: string }>(rows: readonly T[]): (receiptId: string) => readonly T[] {
  const groups = Map.groupBy(rows, row => row.receiptId)
  return receiptId => groups.get(receiptId) ?? []
}

function tenderRows(reader: Reader, sessionId: string) {
  const query = build
    .selectFrom('receipt as r')
    .innerJoin('receipt_tender as t', 't.receipt_id', 'r.receipt_id')
    .select(['t.receipt_id as receiptId', 't.tender_no as tenderNo', 't.tender', 't.cents'])
    .select(['t.reference', tenderDetail('t', 'accountLast4').as('accountLast4')])
    .where('r.session_id', '=', sessionId)
    .orderBy('t.tender_no')
  return reader.all(query)
}

function lineRows(reader: Reader, sessionId: string) {
  const query = build
    .selectFrom('receipt as r')
    .innerJoin('receipt_line as l', 'l.receipt_id', 'r.receipt_id')
    .select(['l.receipt_id as receiptId', 'l.account_number as accountNumber', 'l.code'])
    .select('l.balance_before_cents as balanceBeforeCents')
    .where('r.session_id', '=', sessionId)
    .orderBy('l.line_no')
  return reader.all(query)
}

function pieceRows(reader: Reader, sessionId: string) {
  const query = build
    .selectFrom('receipt as r')
    .innerJoin('receipt_piece as p', 'p.receipt_id', 'r.receipt_id')
    .select(['p.receipt_id as receiptId', 'p.value_cents as valueCents', 'p.kind', 'p.taken', 'p.given'])
    .where('r.session_id', '=', sessionId)
  return reader.all(query)
}

type PieceRow = ReturnType<typeof pieceRows>[number]

function direction(rows: readonly PieceRow[], way: 'taken' | 'given'): PieceCount[] {
  return rows
    .filter(row => row[way] > 0)
    .map(({ valueCents, kind, ...row }) => ({ valueCents, kind, pieces: row[way], bundles: 0 }))
}

/** The pieces of a receipt; nothing where the cashier noted none. */
function notedPieces(rows: readonly PieceRow[]): { pieces?: CashPieces } {
  if (rows.length === 0) return {}
  return { pieces: { taken: direction(rows, 'taken'), given: direction(rows, 'given') } }
}

/** Sum of what the accounts on a receipt owed before it; null where it was for no account. */
function dueOf(lines: readonly { balanceBeforeCents: Cents | null }[]): Cents | null {
  const balances = lines.flatMap(({ balanceBeforeCents }) => balanceBeforeCents ?? [])
  return balances.length === 0 ? null : sum(balances)
}

function payerOf(lines: readonly { accountNumber: string | null; code: string | null }[]): string {
  return lines
    .map(({ accountNumber, code }) => accountNumber ?? code ?? '')
    .sort()
    .join(' ')
}

/** Every receipt of a session, voided ones included, in the order of their numbers. */
function receiptsOf(reader: Reader, sessionId: string): ReceiptEvidence[] {
  const tenders = byReceipt(tenderRows(reader, sessionId))
  const lines = byReceipt(lineRows(reader, sessionId))
  const pieces = byReceipt(pieceRows(reader, sessionId))
  const query = build
    .selectFrom('receipt')
    .select(['receipt_id as receiptId', 'number', 'posted_at as atMs', 'state'])
    .select(['total_cents as totalCents', 'change_cents as changeCents'])
    .where('session_id', '=', sessionId)
    .orderBy('receipt_no')
  return reader.all(query).map(receipt => ({
    ...receipt,
    tenders: tenders(receipt.receiptId).map(({ receiptId: _, ...tender }): TenderEvidence => tender),
    payer: payerOf(lines(receipt.receiptId)),
    dueCents: dueOf(lines(receipt.receiptId)),
    ...notedPieces(pieces(receipt.receiptId)),
  }))
}

function movementEvidence(reader: Reader, sessionId: string): MovementEvidence[] {
  return movementsOf(reader, sessionId).map(row => {
    const taken = movementPieces(reader, row.movement_id, 'in')
    const given = movementPieces(reader, row.movement_id, 'out')
    return {
      movementId: row.movement_id,
      number: row.number,
      kind: row.kind,
      cashCents: row.cash_cents,
      itemsCents: row.items_cents,
      atMs: row.at,
      ...(taken.length + given.length === 0 ? {} : { pieces: { taken, given } }),
    }
  })
}

function turnedIn(reader: Reader, sessionId: string): SessionEvidence['turnedInItems'] {
  const query = build
    .selectFrom('movement as m')
    .innerJoin('movement_item as i', 'i.movement_id', 'm.movement_id')
    .select(['i.receipt_id as receiptId', 'i.tender_no as tenderNo'])
    .where('m.session_id', '=', sessionId)
  return reader.all(query)
}

function tendersCounted(types: readonly TenderType[], how: TenderType['counted']): Tender[] {
  return types.filter(type => type.counted === how).map(type => type.tender)
}

function countEvidence(reader: Reader, countId: string): CountEvidence {
  const types = allTenderTypes(reader)
  const slips = tendersCounted(types, 'slips')
  const instruments = countedItems(reader, countId, tendersCounted(types, 'items'))
  return {
    pieces: piecesOf(reader, countId),
    items: instruments.map(({ routingNumber: _, ...instrument }) => instrument),
    slips: countTotals(reader, countId)
      .filter(({ tender }) => slips.includes(tender))
      .map(({ tender, countedCents }) => ({ tender, cents: countedCents })),
  }
}

/** The first of the two counts at the end; null where the only count is the last one. */
function firstCount(counts: readonly CountRow[], closingCountId: string): CountRow | null {
  const last = counts.findIndex(count => count.count_id === closingCountId)
  return counts.slice(0, Math.max(0, last)).findLast(count => count.purpose === 'closing') ?? null
}

/**
 * Everything about a session that may say why its count differs; undefined where it has not been counted at its
 * end. It tells what is expected, so it is for after the recount only.
 */
export function evidenceOf(reader: Reader, session: Session): SessionEvidence | undefined {
  const { sessionId, closingCountId } = session
  const settings = settingsOf(reader)
  const counts = countsOf(reader, sessionId)
  const opening = counts.find(count => count.purpose === 'opening')
  if (closingCountId === null || !settings || !opening) return undefined
  const first = firstCount(counts, closingCountId)
  const piecesAtOpening = piecesOf(reader, opening.count_id)
  return {
    denominations: settings.denominations,
    opening: {
      wantedCents: session.changeFundWantedCents,
      countedCents: sum(piecesAtOpening.map(piece => piece.cents)),
      pieces: piecesAtOpening,
      leftBefore: leftBefore(reader, session)?.pieces ?? null,
    },
    receipts: receiptsOf(reader, sessionId),
    movements: movementEvidence(reader, sessionId),
    counts: {
      first: first && countEvidence(reader, first.count_id),
      last: countEvidence(reader, closingCountId),
    },
    balances: countTotals(reader, closingCountId),
    turnedInItems: turnedIn(reader, sessionId),
    policy: {
      itemized: instrumentTenders(reader),
      limitCents: drawerById(reader, session.drawerId)?.limitCents ?? ZERO,
    },
  }
}
