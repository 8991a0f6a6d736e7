/** What there is to explain: each tender's over or short, and for instruments each one that does not agree. */

import { type Cents, cents, negate, subtract, sum, ZERO } from '../../money.ts'
import type { Tender } from '../../tenders.ts'
import { instrumentKey } from '../session/check-count.ts'
import type { CountedInstrument, SessionEvidence } from './evidence.ts'

export type Instrument =
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
  /** The instrument that it is about; null for cash and slips, which are counted as a sum. */
  instrument: Instrument | null
}

function instrumentCents(instrument: Instrument): Cents {
  if (instrument.found === 'missing') return negate(instrument.cents)
  return instrument.found === 'extra'
    ? instrument.cents
    : subtract(instrument.foundCents, instrument.keyedCents)
}

/** Instruments that should be in the drawer: taken, not voided, and not turned in. */
function expectedInstruments(evidence: SessionEvidence, tender: Tender): CountedInstrument[] {
  const gone = new Set(evidence.turnedInItems.map(instrumentKey))
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
    .filter(instrument => !gone.has(instrumentKey(instrument)))
}

function compareInstruments(
  expected: readonly CountedInstrument[],
  counted: readonly CountedInstrument[],
): Instrument[] {
  const open = new Map(expected.map(instrument => [instrumentKey(instrument), instrument]))
  const found: Instrument[] = []
  for (const { receiptId, tenderNo, reference, cents: foundCents } of counted) {
    const wanted = open.get(instrumentKey({ receiptId, tenderNo }))
    open.delete(instrumentKey({ receiptId, tenderNo }))
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

/** Tenders that are counted one by one, and those that were: the city may have changed that since. */
function isItemized({ counts, policy }: SessionEvidence, tender: Tender): boolean {
  const { items, slips } = counts.last
  if (items.some(item => item.tender === tender)) return true
  return policy.itemized.includes(tender) && !slips.some(slip => slip.tender === tender)
}

/**
 * The differences of a session, instrument by instrument where instruments are counted one by one, so that a check that
 * another one or cash replaces is seen although the total agrees. Instruments and total that do not agree with
 * each other leave the rest of the total to explain.
 */
export function observe(evidence: SessionEvidence): Observation[] {
  return evidence.balances.flatMap(({ tender, overShortCents }): Observation[] => {
    if (!isItemized(evidence, tender)) {
      return overShortCents === ZERO ? [] : [{ tender, cents: overShortCents, instrument: null }]
    }
    const counted = evidence.counts.last.items.filter(item => item.tender === tender)
    const instruments = compareInstruments(expectedInstruments(evidence, tender), counted).map(
      instrument => ({
        tender,
        cents: instrumentCents(instrument),
        instrument,
      }),
    )
    const rest = cents(overShortCents - sum(instruments.map(instrument => instrument.cents)))
    return rest === ZERO ? instruments : [...instruments, { tender, cents: rest, instrument: null }]
  })
}
