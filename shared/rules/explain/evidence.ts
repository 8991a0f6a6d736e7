/** What is known of a counted drawer session when somebody asks why it is off. */

import type { TenderBalance } from '../../ledger/session.ts'
import type { Cents } from '../../money.ts'
import type { Tender } from '../../tenders.ts'
import type { CountedPiece, Denomination, PieceCount } from '../cash/denominations.ts'

/** Pieces that went over the counter, as the cashier noted them. */
export interface CashPieces {
  /** Into the drawer. */
  taken: readonly PieceCount[]
  /** Out of the drawer. */
  given: readonly PieceCount[]
}

export interface TenderEvidence {
  tenderNo: number
  tender: Tender
  cents: Cents
  reference: string
  accountLast4: string | null
}

export interface ReceiptEvidence {
  receiptId: string
  number: string
  atMs: number
  state: 'posted' | 'voided'
  totalCents: Cents
  /** Cash given back; always out of the drawer's cash, whatever was tendered. */
  changeCents: Cents
  tenders: readonly TenderEvidence[]
  /** Account numbers or catalog codes of the lines, so that a receipt entered twice is known again; may be empty. */
  payer: string
  /** What the accounts of its lines owed before it; null where that is not known, as for catalog items. */
  dueCents: Cents | null
  pieces?: CashPieces
}

export type MovementKind = 'turn-in' | 'paid-in' | 'paid-out' | 'change-order'

export interface MovementEvidence {
  movementId: string
  number: string
  kind: MovementKind
  /** Zero or more; the kind says which way it went. */
  cashCents: Cents
  /** Checks and other instruments that went with it. */
  itemsCents: Cents
  atMs: number
  pieces?: CashPieces
}

export interface CountedInstrument {
  tender: Tender
  cents: Cents
  reference: string
  /** Null for an instrument that stands on no receipt. */
  receiptId: string | null
  tenderNo: number | null
}

export interface CountEvidence {
  pieces: readonly CountedPiece[]
  items: readonly CountedInstrument[]
  slips: readonly { tender: Tender; cents: Cents }[]
}

export interface SessionEvidence {
  denominations: readonly Denomination[]
  opening: {
    wantedCents: Cents
    countedCents: Cents
    pieces: readonly CountedPiece[]
    /** What the last close left in this drawer; null where nobody knows. */
    leftBefore: readonly CountedPiece[] | null
  }
  receipts: readonly ReceiptEvidence[]
  movements: readonly MovementEvidence[]
  counts: {
    /** The first count where a recount followed it. */
    first: CountEvidence | null
    /** The count that the balances belong to. */
    last: CountEvidence
  }
  /** Expected and counted by tender, as the last count left them. */
  balances: readonly TenderBalance[]
  /** Instruments that left the drawer in a turn-in and cannot be in the count. */
  turnedInItems: readonly { receiptId: string; tenderNo: number }[]
  policy: {
    /** Tenders that this city counts one by one. */
    itemized: readonly Tender[]
    /** The drawer's cash limit; zero for none. */
    limitCents: Cents
  }
}
