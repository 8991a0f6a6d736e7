/** Rows of pieces and papers: what a fact counted, moved, put into the safe or parted for the bank. */
import type { Cents } from '../money.ts'
import type { CountedPiece } from '../rules/denominations.ts'
import type { RowChange } from './change.ts'
import type { BankPaper, Fact } from './facts.ts'

export interface SafePiece {
  valueCents: Cents
  kind: 'note' | 'coin'
  /** Loose pieces more in the safe; fewer where negative. */
  pieces: number
}

/** The columns that every table of counted pieces has. */
export function pieceColumns(piece: CountedPiece) {
  return {
    value_cents: piece.valueCents,
    kind: piece.kind,
    pieces: piece.pieces,
    bundles: piece.bundles,
    cents: piece.cents,
  }
}

/** The columns that every table of papers for the bank has. */
export function bankPaperColumns(paper: BankPaper) {
  return {
    tender: paper.tender,
    receipt_id: paper.receiptId,
    tender_no: paper.tenderNo,
    reference: paper.reference,
    routing_number: paper.routingNumber,
    cents: paper.cents,
  }
}

/** Pieces that come less pieces that go, with every strap and roll broken open. */
export function netPieces(came: readonly CountedPiece[], went: readonly CountedPiece[]): SafePiece[] {
  const net = new Map<string, SafePiece>()
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

interface SafeEntry {
  entryId: string
  kind: 'turn-in' | 'close' | 'change-order' | 'deposit' | 'count'
  sessionId?: string
  depositId?: string
  secondPersonId: string | null
  /** What the safe holds more by it; negative where money leaves. */
  cents: Cents
  reason?: string
  pieces: readonly SafePiece[]
}

/** One entry in the safe's book with its pieces. */
export function safeRows(fact: Fact, entry: SafeEntry): RowChange[] {
  return [
    {
      op: 'insert',
      table: 'safe_entry',
      row: {
        entry_id: entry.entryId,
        seq: fact.seq,
        at: fact.at,
        business_date: fact.businessDate,
        kind: entry.kind,
        session_id: entry.sessionId ?? null,
        deposit_id: entry.depositId ?? null,
        person_id: fact.actorId,
        second_person_id: entry.secondPersonId,
        cents: entry.cents,
        reason: entry.reason ?? '',
      },
    },
    ...entry.pieces.map(
      (piece): RowChange => ({
        op: 'insert',
        table: 'safe_piece',
        row: {
          entry_id: entry.entryId,
          value_cents: piece.valueCents,
          kind: piece.kind,
          pieces: piece.pieces,
        },
      }),
    ),
  ]
}
