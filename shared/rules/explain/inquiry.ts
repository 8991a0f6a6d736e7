/** What every finder works on, and what it gives back. */
import { CASH } from '../../tenders.ts'
import { type UsualAmounts, usualAmounts } from './amounts.ts'
import type { Cause } from './candidate.ts'
import type { ReceiptEvidence, SessionEvidence } from './evidence.ts'
import { type Entry, type SessionLedger, sessionLedger } from './ledger.ts'
import { type Observation, observe } from './observations.ts'
import { type Pieces, type Stock, shiftOf, stockOf } from './stock.ts'

export interface Inquiry {
  evidence: SessionEvidence
  observations: readonly Observation[]
  ledger: SessionLedger
  /** Learned from what was posted, each tender of its own net of change. */
  usual: UsualAmounts
  stock: Stock
  /** The share of receipts that paid just what was owed. */
  inFull: number
}

/** One thing that may have happened, in one way. */
export interface Hypothesis {
  cause: Cause
  receiptIds: readonly string[]
  movementId?: string
  /** What it explains exactly. */
  covers: readonly Observation[]
  logWeight: number
}

export type Finder = (inquiry: Inquiry) => Hypothesis[]

function shareInFull(receipts: readonly ReceiptEvidence[]): number {
  const owing = receipts.filter(({ dueCents }) => dueCents !== null && dueCents > 0)
  return (1 + owing.filter(({ dueCents, totalCents }) => dueCents === totalCents).length) / (2 + owing.length)
}

export function inquire(evidence: SessionEvidence): Inquiry {
  const ledger = sessionLedger(evidence)
  return {
    evidence,
    observations: observe(evidence),
    ledger,
    usual: usualAmounts(ledger.posted.map(entry => entry.netCents).filter(net => net > 0)),
    stock: stockOf(evidence),
    inFull: shareInFull(evidence.receipts),
  }
}

/** The logarithm of a product of chances. */
export function logOf(...chances: readonly number[]): number {
  return chances.reduce((all, chance) => all + Math.log(chance), 0)
}

/** Sums without instruments: cash, and slips by their total. */
export function sums({ observations }: Inquiry): Observation[] {
  return observations.filter(observation => observation.instrument === null)
}

/** Entries by what they add to the drawer, for one tender after another. */
export function entriesByNet(entries: readonly Entry[]): (tender: string, net: number) => readonly Entry[] {
  const found = new Map<string, Entry[]>()
  for (const entry of entries) {
    const key = `${entry.tender} ${entry.netCents}`
    const list = found.get(key)
    if (list === undefined) found.set(key, [entry])
    else list.push(entry)
  }
  return (tender, net) => found.get(`${tender} ${net}`) ?? []
}

/** What the drawer's pieces say to a receipt whose cash is there (1) or not there (−1) against the books. */
export function piecesOfReceipt(
  { evidence, stock }: Inquiry,
  observation: Observation,
  receipt: ReceiptEvidence,
  times: 1 | -1,
): number {
  if (observation.tender !== CASH) return 0
  const shift: Pieces | null =
    receipt.pieces === undefined ? null : shiftOf(receipt.pieces, evidence.denominations, times)
  return stock.gain(shift)
}

/** The same for pieces that nobody can know. */
export function unknownPieces({ stock }: Inquiry, observation: Observation): number {
  return observation.tender === CASH ? stock.gain(null) : 0
}
