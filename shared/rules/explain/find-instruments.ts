/** The composition guard: instruments that do not agree with the receipts, and money of one tender in the place of another. */
import {
  entriesByNet,
  type Finder,
  type Hypothesis,
  type Inquiry,
  logOf,
  piecesOfReceipt,
  unknownPieces,
} from './inquiry.ts'
import type { Entry } from './ledger.ts'
import type { Observation } from './observations.ts'
import { RATES } from './rates.ts'

function instrumentAlone(observation: Observation): Hypothesis[] {
  const { instrument, tender } = observation
  if (instrument === null) return []
  const { reference } = instrument
  switch (instrument.found) {
    case 'missing':
      return [
        {
          cause: { kind: 'item-missing', facts: { tender, cents: instrument.cents, reference } },
          receiptIds: [instrument.receiptId],
          covers: [observation],
          logWeight: logOf(RATES.itemMissing),
        },
      ]
    case 'extra':
      return [
        {
          cause: { kind: 'item-extra', facts: { tender, cents: instrument.cents, reference } },
          receiptIds: instrument.receiptId === null ? [] : [instrument.receiptId],
          covers: [observation],
          logWeight: logOf(RATES.itemExtra),
        },
      ]
    case 'differs': {
      const { keyedCents, foundCents, receiptId } = instrument
      return [
        {
          cause: { kind: 'item-differs', facts: { tender, keyedCents, foundCents, reference } },
          receiptIds: [receiptId],
          covers: [observation],
          logWeight: logOf(RATES.itemDiffers),
        },
      ]
    }
  }
}

export const findInstruments: Finder = inquiry => inquiry.observations.flatMap(instrumentAlone)

/** Receipts of the short tender that have just the amount by which the other tender is over. */
function swaps(
  inquiry: Inquiry,
  entries: readonly Entry[],
  { short, over }: { short: Observation; over: Observation },
): Hypothesis[] {
  const missing = short.instrument?.found === 'missing' ? short.instrument.receiptId : null
  return entries
    .filter(({ receipt }) => missing === null || receipt.receiptId === missing)
    .map(({ receipt, netCents }) => ({
      cause: { kind: 'tender-swapped', facts: { keyed: short.tender, taken: over.tender, cents: netCents } },
      receiptIds: [receipt.receiptId],
      covers: [short, over],
      logWeight:
        logOf(RATES.tenderSwapped) +
        piecesOfReceipt(inquiry, short, receipt, -1) +
        unknownPieces(inquiry, over),
    }))
}

/** Two tenders off by equal and opposite amounts, with the receipts whose tender explains it. */
export const findSwappedTenders: Finder = inquiry => {
  const byNet = entriesByNet(inquiry.ledger.posted)
  return inquiry.observations
    .filter(short => short.cents < 0 && (short.instrument === null || short.instrument.found === 'missing'))
    .flatMap(short =>
      inquiry.observations
        .filter(over => over.tender !== short.tender && over.cents === -short.cents)
        .filter(over => over.instrument === null || over.instrument.found === 'extra')
        .flatMap(over => swaps(inquiry, byNet(short.tender, over.cents), { short, over })),
    )
}
