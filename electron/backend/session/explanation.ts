/** Why a session's count differs, as the screens show it: the rule's candidates with the instruments that they name. */

import type { Reader } from '../../../db/ledger/reader.ts'
import { evidenceOf } from '../../../db/queries/report/explain-evidence.ts'
import { sessionById } from '../../../db/queries/session/session.ts'
import type { Explanation } from '../../../shared/contract/session.ts'
import { explainDifference } from '../../../shared/rules/explain/explain-difference.ts'

/** Receipts of one amount are ways of one candidate, and a busy day has hundreds of them: more than anybody looks at. */
const MOST_WAYS = 9

/** What may explain the difference of a session whose last count is over; nothing where it agrees. */
export function explanationOf(reader: Reader, sessionId: string): Explanation {
  const session = sessionById(reader, sessionId)
  const evidence = session && evidenceOf(reader, session)
  if (!evidence) return { candidates: [], receipts: [], movements: [] }
  const candidates = explainDifference(evidence).map(candidate => ({
    ...candidate,
    ways: candidate.ways.slice(0, MOST_WAYS),
    wayCount: candidate.ways.length,
  }))
  const receiptIds = new Set(candidates.flatMap(({ receiptIds, ways }) => [...receiptIds, ...ways.flat()]))
  const movementIds = new Set(candidates.map(({ movementId }) => movementId))
  return {
    candidates,
    receipts: evidence.receipts
      .filter(({ receiptId }) => receiptIds.has(receiptId))
      .map(({ receiptId, number, atMs, totalCents, dueCents }) => {
        return { receiptId, number, postedAtMs: atMs, totalCents, dueCents }
      }),
    movements: evidence.movements
      .filter(({ movementId }) => movementIds.has(movementId))
      .map(({ movementId, number, atMs }) => ({ movementId, number, atMs })),
  }
}
