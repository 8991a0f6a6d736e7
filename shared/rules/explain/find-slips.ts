/** Digits swapped or the decimal point moved, in an entry that is there. */

import { type Cents, cents, ZERO } from '../../money.ts'
import { CASH, type Tender } from '../../tenders.ts'
import { debtSays, plausibility } from './amounts.ts'
import { digitSlip } from './digits.ts'
import type { ReceiptEvidence } from './evidence.ts'
import { type Finder, type Hypothesis, type Inquiry, logOf, sums, unknownPieces } from './inquiry.ts'
import type { Observation } from './observations.ts'
import { RATES } from './rates.ts'

interface Keyed {
  tender: Tender
  cents: Cents
  receipt?: ReceiptEvidence
  movementId?: string
}

/** What the debt and the desk's usual amounts say to the amount that was meant. */
function likelyMeant(inquiry: Inquiry, { receipt, cents: keyed }: Keyed, meant: Cents): number {
  if (receipt === undefined) return 1
  const due = receipt.dueCents
  const byDebt = due === null ? 1 : debtSays({ meant, keyed, due }, inquiry.inFull)
  return byDebt === 1 ? plausibility(inquiry.usual, meant, keyed) : byDebt
}

function slip(inquiry: Inquiry, observation: Observation, keyed: Keyed, meant: Cents): Hypothesis[] {
  const found = digitSlip(meant, keyed.cents)
  if (found === null) return []
  return [
    {
      cause: {
        kind: 'digit-slip',
        facts: { tender: keyed.tender, form: found.form, keyedCents: keyed.cents, meantCents: meant },
      },
      receiptIds: keyed.receipt === undefined ? [] : [keyed.receipt.receiptId],
      ...(keyed.movementId === undefined ? {} : { movementId: keyed.movementId }),
      covers: [observation],
      logWeight:
        logOf(RATES.digitSlip, found.chance, likelyMeant(inquiry, keyed, meant)) +
        unknownPieces(inquiry, observation),
    },
  ]
}

/**
 * Receipts without change: where change was given, the amount tendered was keyed with the money in sight, and
 * a slip in it would have given the wrong change instead of a difference.
 */
const inReceipts: Finder = inquiry =>
  sums(inquiry).flatMap(observation =>
    inquiry.ledger.posted
      .filter(entry => entry.exact && entry.tender === observation.tender)
      .flatMap(({ receipt, tender, cents: keyed }) => {
        const meant = cents(keyed + observation.cents)
        return meant <= ZERO ? [] : slip(inquiry, observation, { tender, cents: keyed, receipt }, meant)
      }),
  )

const inMovements: Finder = inquiry =>
  sums(inquiry)
    .filter(({ tender }) => tender === CASH)
    .flatMap(observation =>
      inquiry.ledger.paid.flatMap(({ movementId, kind, cashCents }) => {
        const meant = cents(cashCents + (kind === 'paid-in' ? observation.cents : -observation.cents))
        if (meant <= ZERO || kind === 'turn-in') return []
        return slip(inquiry, observation, { tender: CASH, cents: cashCents, movementId }, meant)
      }),
    )

/** An instrument that says another amount than its receipt shows both amounts at once. */
const inInstruments: Finder = inquiry =>
  inquiry.observations.flatMap(observation => {
    const { instrument, tender } = observation
    if (instrument?.found !== 'differs') return []
    const { receiptId, keyedCents, foundCents } = instrument
    const receipt = inquiry.evidence.receipts.find(one => one.receiptId === receiptId)
    return receipt === undefined
      ? []
      : slip(inquiry, observation, { tender, cents: keyedCents, receipt }, foundCents)
  })

export const findDigitSlips: Finder = inquiry => [
  ...inReceipts(inquiry),
  ...inMovements(inquiry),
  ...inInstruments(inquiry),
]
