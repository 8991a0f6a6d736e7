/** Pieces and instruments as several subjects state them: what was counted, moved, or parted for the bank. */
import { z } from 'zod'
import { amountField, centsField, countField, idField, pieceKindField } from '../fields.ts'
import type { Cents } from '../money.ts'
import type { CountedPiece } from '../rules/cash/denominations.ts'
import { type Tender, tenderField } from '../tenders.ts'

export interface PieceRow {
  value_cents: Cents
  kind: 'note' | 'coin'
  pieces: number
  bundles: number
  cents: Cents
}

/** The columns that every table of counted pieces has. */
export function pieceColumns(piece: CountedPiece): PieceRow {
  return {
    value_cents: piece.valueCents,
    kind: piece.kind,
    pieces: piece.pieces,
    bundles: piece.bundles,
    cents: piece.cents,
  }
}

/** Loose pieces more in a place, or fewer where negative. */
export interface PieceChange {
  valueCents: Cents
  kind: 'note' | 'coin'
  pieces: number
}

/** Pieces more (or, below zero, fewer) than a place was thought to hold. */
export const pieceDifferenceField = z.strictObject({
  valueCents: centsField,
  kind: pieceKindField,
  pieces: z.int().min(-1_000_000).max(1_000_000),
})

/** Pieces that come less pieces that go, with every strap and roll broken open. */
export function netPieces(came: readonly CountedPiece[], went: readonly CountedPiece[]): PieceChange[] {
  const net = new Map<string, PieceChange>()
  const move = (piece: CountedPiece, sign: 1 | -1): void => {
    const key = `${piece.kind}:${piece.valueCents}`
    const before = net.get(key)?.pieces ?? 0
    const pieces = before + sign * Math.trunc(piece.cents / piece.valueCents)
    net.set(key, { valueCents: piece.valueCents, kind: piece.kind, pieces })
  }
  for (const piece of came) move(piece, 1)
  for (const piece of went) move(piece, -1)
  return [...net.values()].filter(piece => piece.pieces !== 0)
}

/** A check or another instrument that goes to the bank; one that was counted and stands on no receipt has no receipt. */
export const bankInstrumentField = z.strictObject({
  tender: tenderField,
  receiptId: idField.nullable(),
  tenderNo: countField.nullable(),
  reference: z.string().max(40),
  routingNumber: z.string().max(9).nullable(),
  cents: amountField,
})
export type BankInstrument = z.infer<typeof bankInstrumentField>

export interface BankInstrumentRow {
  tender: Tender
  receipt_id: string | null
  tender_no: number | null
  reference: string
  routing_number: string | null
  cents: Cents
}

/** The columns that every table of instruments for the bank has. */
export function bankInstrumentColumns(item: BankInstrument): BankInstrumentRow {
  return {
    tender: item.tender,
    receipt_id: item.receiptId,
    tender_no: item.tenderNo,
    reference: item.reference,
    routing_number: item.routingNumber,
    cents: item.cents,
  }
}
