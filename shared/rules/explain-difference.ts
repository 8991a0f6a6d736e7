/** Why a counted drawer is off: what may have happened, the likeliest first. The model is told in `explain/rates.ts`. */
import type { Candidate } from './explain/candidate.ts'
import type { SessionEvidence } from './explain/evidence.ts'
import { findWrongFloat } from './explain/find-float.ts'
import {
  findMovementsNotMade,
  findMovementsNotRecorded,
  findMovementsWrongSign,
} from './explain/find-movements.ts'
import { findNeighbours } from './explain/find-neighbours.ts'
import { findPapers, findSwappedTenders } from './explain/find-papers.ts'
import {
  findChangeErrors,
  findNotKeyed,
  findNotReceived,
  findReceiptWrongSign,
  findTwoReceipts,
  findVoidKept,
} from './explain/find-receipts.ts'
import { findDigitSlips } from './explain/find-slips.ts'
import { findEnteredTwice } from './explain/find-twins.ts'
import { type Finder, inquire } from './explain/inquiry.ts'
import { rank } from './explain/rank.ts'

export type { Candidate, Cause, CauseKind, DenominationRef } from './explain/candidate.ts'
export type {
  CashPieces,
  CountEvidence,
  CountedPaper,
  MovementEvidence,
  MovementKind,
  ReceiptEvidence,
  SessionEvidence,
  TenderEvidence,
} from './explain/evidence.ts'

/** Each looks for one kind of error, and knows nothing of the others. */
export const FINDERS = {
  papers: findPapers,
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
  wrongFloat: findWrongFloat,
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
 * At most ten explanations of a session's over and short, the likeliest first; empty where tenders and papers
 * all agree. For after the recount only: it tells what was expected. Refuses nothing: what cannot be
 * explained is left out.
 */
export function explainDifference(evidence: SessionEvidence): Candidate[] {
  return explainWith(Object.values(FINDERS), evidence)
}
