/** Why a counted drawer is off: what may have happened, the likeliest first. The model is told in `explain/rates.ts`. */
import type { Candidate } from './candidate.ts'
import type { SessionEvidence } from './evidence.ts'
import { findWrongChangeFund } from './find-change-fund.ts'
import { findInstruments, findSwappedTenders } from './find-instruments.ts'
import { findMovementsNotMade, findMovementsNotRecorded, findMovementsWrongSign } from './find-movements.ts'
import { findNeighbours } from './find-neighbours.ts'
import {
  findChangeErrors,
  findNotKeyed,
  findNotReceived,
  findReceiptWrongSign,
  findTwoReceipts,
  findVoidKept,
} from './find-receipts.ts'
import { findDigitSlips } from './find-slips.ts'
import { findEnteredTwice } from './find-twins.ts'
import { type Finder, inquire } from './inquiry.ts'
import { rank } from './rank.ts'

export type { Candidate, Cause, CauseKind, DenominationRef } from './candidate.ts'
export type {
  CashPieces,
  CountEvidence,
  CountedInstrument,
  MovementEvidence,
  MovementKind,
  ReceiptEvidence,
  SessionEvidence,
  TenderEvidence,
} from './evidence.ts'

/** Each looks for one kind of error, and knows nothing of the others. */
export const FINDERS = {
  instruments: findInstruments,
  swappedTenders: findSwappedTenders,
  enteredTwice: findEnteredTwice,
  voidKept: findVoidKept,
  notReceived: findNotReceived,
  changeErrors: findChangeErrors,
  digitSlips: findDigitSlips,
  movementsWrongSign: findMovementsWrongSign,
  receiptWrongSign: findReceiptWrongSign,
  movementsNotMade: findMovementsNotMade,
  movementsNotRecorded: findMovementsNotRecorded,
  neighbours: findNeighbours,
  wrongChangeFund: findWrongChangeFund,
  notKeyed: findNotKeyed,
  twoReceipts: findTwoReceipts,
} as const satisfies Readonly<Record<string, Finder>>

/** As `explainDifference`, with the finders given: what the tests use to see that each of them matters. */
export function explainWith(finders: readonly Finder[], evidence: SessionEvidence): Candidate[] {
  const inquiry = inquire(evidence)
  if (inquiry.observations.length === 0) return []
  return rank(
    finders.flatMap(find => find(inquiry)),
    inquiry.observations,
  )
}

/**
 * At most ten explanations of a session's over and short, the likeliest first; empty where tenders and instruments
 * all agree. For after the recount only: it tells what was expected. Refuses nothing: what cannot be
 * explained is left out.
 */
export function explainDifference(evidence: SessionEvidence): Candidate[] {
  return explainWith(Object.values(FINDERS), evidence)
}
