/** Small sessions made by hand: receipts as they were keyed, and by how much each tender is off. */

import { type Cents, cents } from '../../../shared/money.ts'
import {
  type CountedPiece,
  countedPieces,
  type PieceCount,
  US_DENOMINATIONS,
} from '../../../shared/rules/cash/denominations.ts'
import type {
  Candidate,
  CountedInstrument,
  MovementEvidence,
  MovementKind,
  ReceiptEvidence,
  SessionEvidence,
} from '../../../shared/rules/explain/explain-difference.ts'
import type { Tender } from '../../../shared/tenders.ts'

const OPENED_MS = Date.UTC(2026, 10, 20, 14)
const MINUTE_MS = 60_000

type Keyed = Partial<ReceiptEvidence> & { tender?: Tender; change?: number; reference?: string }

let minute = 0

/** A receipt for an amount in cents, cash to the cent unless said otherwise; each a minute after the one before. */
export function receipt(receiptId: string, amount: number, keyed: Keyed = {}): ReceiptEvidence {
  const { tender = 'cash', change = 0, reference = '', ...rest } = keyed
  minute += 1
  return {
    receiptId,
    number: receiptId.toUpperCase(),
    atMs: OPENED_MS + minute * MINUTE_MS,
    state: 'posted',
    totalCents: cents(amount),
    changeCents: cents(change),
    tenders: [{ tenderNo: 1, tender, cents: cents(amount + change), reference, accountLast4: null }],
    payer: `account of ${receiptId}`,
    dueCents: null,
    ...rest,
  }
}

export function movement(movementId: string, kind: MovementKind, amount: number): MovementEvidence {
  minute += 1
  return {
    movementId,
    number: movementId,
    kind,
    cashCents: cents(amount),
    itemsCents: cents(0),
    atMs: OPENED_MS + minute * MINUTE_MS,
  }
}

/** A check that was found: its receipt where it has one. */
export function check(amount: number, reference: string, receiptId: string | null = null): CountedInstrument {
  const tenderNo = receiptId === null ? null : 1
  return { tender: 'check', cents: cents(amount), reference, receiptId, tenderNo }
}

export const piece = (kind: 'note' | 'coin', value: number, pieces: number, bundles = 0): PieceCount => ({
  kind,
  valueCents: cents(value),
  pieces,
  bundles,
})

export const CHANGE_FUND: readonly PieceCount[] = [
  piece('note', 1_000, 15),
  piece('note', 500, 12),
  piece('coin', 25, 0, 4),
]

export interface SmallSession {
  receipts?: readonly ReceiptEvidence[]
  movements?: readonly MovementEvidence[]
  off: Partial<Record<Tender, number>>
  checks?: readonly CountedInstrument[]
  counted?: readonly PieceCount[]
  opening?: Partial<SessionEvidence['opening']>
  limitCents?: number
}

const kept = (pieces: readonly PieceCount[]): CountedPiece[] => countedPieces(pieces, US_DENOMINATIONS)
const worth = (pieces: readonly CountedPiece[]): Cents =>
  cents(pieces.reduce((all, row) => all + row.cents, 0))

/** What each tender should come to does not matter here, only by how much it is off. */
export function session(small: SmallSession): SessionEvidence {
  const {
    receipts = [],
    movements = [],
    off,
    checks = [],
    counted = CHANGE_FUND,
    opening,
    limitCents = 0,
  } = small
  const changeFund = kept(CHANGE_FUND)
  const count = {
    pieces: kept(counted),
    items: checks,
    slips: [{ tender: 'card' as const, cents: cents(off.card ?? 0) }],
  }
  return {
    denominations: US_DENOMINATIONS,
    opening: {
      wantedCents: worth(changeFund),
      countedCents: worth(changeFund),
      pieces: changeFund,
      leftBefore: changeFund,
      ...opening,
    },
    receipts,
    movements,
    counts: { first: null, last: count },
    balances: (['cash', 'check', 'card'] as const).map(tender => ({
      tender,
      expectedCents: cents(0),
      countedCents: cents(off[tender] ?? 0),
      overShortCents: cents(off[tender] ?? 0),
    })),
    turnedInItems: [],
    policy: { itemized: ['check', 'money-order'], limitCents: cents(limitCents) },
  }
}

/** A candidate as `kind: what one key opens`. */
export function inBrief({ kind, receiptIds, movementId }: Candidate): string {
  return [kind, ...receiptIds, ...(movementId === undefined ? [] : [movementId])].join(' ')
}
