/** What the screens list of an explanation: each candidate in words, with the receipts that one key opens. */
import type { Explanation } from '../../../../shared/contract/session.ts'
import type { Denomination } from '../../../../shared/rules/cash/denominations.ts'
import { type Tender, type TenderType, tenderPhrase } from '../../../../shared/tenders.ts'
import {
  type ExplainedLabels,
  explained,
  explainedText,
  type Likelihood,
  likelihoodOf,
} from '../../../text/session/explain.ts'

/** As many as there are number keys. */
const MOST_LISTED = 9

export interface ListedCandidate {
  no: number
  labels: ExplainedLabels
  likelihood: Likelihood
  /** Every receipt of every way that is listed, the likeliest way first. */
  receiptIds: string[]
  /** The ways in words, where there is more than one. */
  ways: string | null
}

function waysOf(
  { ways, wayCount }: Explanation['candidates'][number],
  numberOf: (receiptId: string) => string,
): string | null {
  if (wayCount < 2) return null
  const listed = ways.map(way => way.map(numberOf).join(' with ')).join(', ')
  return explainedText.ways(wayCount, listed, wayCount - ways.length)
}

/** Candidates in words, the best first, as many as there are number keys for. */
export function listedCandidates(
  { candidates, receipts, movements }: Explanation,
  { denominations, types }: { denominations: readonly Denomination[]; types: readonly TenderType[] },
): ListedCandidate[] {
  const phraseOf = (tender: Tender) =>
    tenderPhrase(types.find(type => type.tender === tender) ?? { tender, kind: tender, name: tender })
  const receiptOf = new Map(receipts.map(receipt => [receipt.receiptId, receipt]))
  const numberOf = (receiptId: string) => receiptOf.get(receiptId)?.number ?? ''
  return candidates.slice(0, MOST_LISTED).map((candidate, at) => {
    const named = {
      receipts: candidate.receiptIds.flatMap(receiptId => receiptOf.get(receiptId) ?? []),
      movement: movements.find(({ movementId }) => movementId === candidate.movementId)?.number ?? null,
      denominations,
      phraseOf,
      alike: candidate.wayCount,
    }
    return {
      no: at + 1,
      labels: explained(candidate, named),
      likelihood: likelihoodOf(candidate.score),
      receiptIds: [...new Set([...candidate.receiptIds, ...candidate.ways.flat()])],
      ways: waysOf(candidate, numberOf),
    }
  })
}
