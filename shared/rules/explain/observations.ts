/** What there is to explain: each tender's over or short, and for papers each one that does not agree. */
import type { Tender } from '../../ledger/facts.ts'
import { type Cents, cents, negate, subtract, sum, ZERO } from '../../money.ts'
import { paperKey } from '../check-count.ts'
import type { CountedPaper, SessionEvidence } from './evidence.ts'

export type Paper =
  | { found: 'missing'; receiptId: string; tenderNo: number; reference: string; cents: Cents }
  | { found: 'extra'; reference: string; cents: Cents; receiptId: string | null }
  | {
      found: 'differs'
      receiptId: string
      tenderNo: number
      reference: string
      keyedCents: Cents
      foundCents: Cents
    }

export interface Observation {
  tender: Tender
  /** Counted − expected: over is positive. */
  cents: Cents
  /** The paper that it is about; null for cash and slips, which are counted as a sum. */
  paper: Paper | null
}

function paperCents(paper: Paper): Cents {
  if (paper.found === 'missing') return negate(paper.cents)
  return paper.found === 'extra' ? paper.cents : subtract(paper.foundCents, paper.keyedCents)
}

/** Papers that should be in the drawer: taken, not voided, and not turned in. */
function expectedPapers(evidence: SessionEvidence, tender: Tender): CountedPaper[] {
  const gone = new Set(evidence.turnedInItems.map(paperKey))
  return evidence.receipts
    .filter(receipt => receipt.state === 'posted')
    .flatMap(({ receiptId, tenders }) =>
      tenders
        .filter(part => part.tender === tender)
        .map(part => ({
          tender,
          cents: part.cents,
          reference: part.reference,
          receiptId,
          tenderNo: part.tenderNo,
        })),
    )
    .filter(paper => !gone.has(paperKey(paper)))
}

function comparePapers(expected: readonly CountedPaper[], counted: readonly CountedPaper[]): Paper[] {
  const open = new Map(expected.map(paper => [paperKey(paper), paper]))
  const found: Paper[] = []
  for (const { receiptId, tenderNo, reference, cents: foundCents } of counted) {
    const wanted = open.get(paperKey({ receiptId, tenderNo }))
    open.delete(paperKey({ receiptId, tenderNo }))
    if (wanted === undefined || receiptId === null || tenderNo === null) {
      found.push({ found: 'extra', reference, cents: foundCents, receiptId })
    } else if (wanted.cents !== foundCents) {
      found.push({ found: 'differs', receiptId, tenderNo, reference, keyedCents: wanted.cents, foundCents })
    }
  }
  for (const { receiptId, tenderNo, reference, cents: amount } of open.values()) {
    if (receiptId !== null && tenderNo !== null) {
      found.push({ found: 'missing', receiptId, tenderNo, reference, cents: amount })
    }
  }
  return found
}

/** Tenders whose papers are counted one by one. */
function isItemized(evidence: SessionEvidence, tender: Tender): boolean {
  const { items, slips } = evidence.counts.last
  if (items.some(item => item.tender === tender)) return true
  return (
    tender !== 'cash' &&
    !slips.some(slip => slip.tender === tender) &&
    ['check', 'money-order'].includes(tender)
  )
}

/**
 * The differences of a session, paper by paper where papers are counted one by one, so that a check that
 * another one or cash replaces is seen although the total agrees. Papers and total that do not agree with
 * each other leave the rest of the total to explain.
 */
export function observe(evidence: SessionEvidence): Observation[] {
  return evidence.balances.flatMap(({ tender, overShortCents }): Observation[] => {
    if (!isItemized(evidence, tender)) {
      return overShortCents === ZERO ? [] : [{ tender, cents: overShortCents, paper: null }]
    }
    const counted = evidence.counts.last.items.filter(item => item.tender === tender)
    const papers = comparePapers(expectedPapers(evidence, tender), counted).map(paper => ({
      tender,
      cents: paperCents(paper),
      paper,
    }))
    const rest = cents(overShortCents - sum(papers.map(paper => paper.cents)))
    return rest === ZERO ? papers : [...papers, { tender, cents: rest, paper: null }]
  })
}
