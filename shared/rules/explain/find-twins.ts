/** A receipt that repeats another one: same payer, same amounts, same tenders. */
import type { ReceiptEvidence } from './evidence.ts'
import { type Finder, type Hypothesis, type Inquiry, logOf, piecesOfReceipt } from './inquiry.ts'
import type { Entry } from './ledger.ts'
import type { Observation } from './observations.ts'
import { RATES } from './rates.ts'

const MINUTE_MS = 60_000

/**
 * How often two receipts are honestly alike: rarely for an account, the more so the sooner the second one
 * follows; for what is sold all day, which is how a payer of many receipts is known, as often as they are alike.
 */
function chanceAlike(apartMs: number, alike: number, ofPayer: number): number {
  const soon = apartMs <= 15 * MINUTE_MS
  const rarely = soon ? 1 / 2_000 : 1 / 300
  if (ofPayer <= 2) return rarely
  return Math.max(rarely, ((alike - 1) / ofPayer) * (soon ? 1 / 4 : 1))
}

function likeness({ payer, totalCents, tenders }: ReceiptEvidence): string {
  return JSON.stringify([payer, totalCents, tenders.map(part => [part.tender, part.cents])])
}

/** What is missing of one receipt, tender by tender; null when something of it is there. */
function missingOf(
  inquiry: Inquiry,
  entries: readonly Entry[],
  instrumentsOf: readonly string[],
): Observation[] | null {
  const covers: Observation[] = []
  for (const { tender, netCents } of entries) {
    const observation = inquiry.observations.find(
      one =>
        one.tender === tender &&
        one.cents === -netCents &&
        !covers.includes(one) &&
        (one.instrument === null ||
          (one.instrument.found === 'missing' && instrumentsOf.includes(one.instrument.receiptId))),
    )
    if (observation === undefined) return null
    covers.push(observation)
  }
  return covers.length === 0 ? null : covers
}

export const findEnteredTwice: Finder = inquiry => {
  if (inquiry.observations.every(observation => observation.cents >= 0)) return []
  const entries = Map.groupBy(inquiry.ledger.posted, entry => entry.receipt)
  const posted = inquiry.evidence.receipts.filter(({ state, payer }) => state === 'posted' && payer !== '')
  const alike = Map.groupBy(posted, likeness)
  const ofPayer = Map.groupBy(posted, ({ payer }) => payer)
  const found: Hypothesis[] = []
  for (const group of alike.values()) {
    for (const [i, earlier] of group.entries()) {
      const later = group[i + 1]
      if (later === undefined) break
      const covers = missingOf(inquiry, entries.get(later) ?? [], [earlier.receiptId, later.receiptId])
      const first = covers?.[0]
      if (covers === null || first === undefined) continue
      const apartMs = Math.abs(later.atMs - earlier.atMs)
      found.push({
        cause: { kind: 'entered-twice', facts: { cents: later.totalCents, apartMs } },
        receiptIds: [later.receiptId, earlier.receiptId],
        covers,
        logWeight:
          logOf(
            RATES.enteredTwice,
            1 / chanceAlike(apartMs, group.length, ofPayer.get(later.payer)?.length ?? 0),
          ) + piecesOfReceipt(inquiry, first, later, -1),
      })
    }
  }
  return found
}
