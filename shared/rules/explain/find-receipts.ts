/** Receipts whose amount is the difference: not received, void kept, never keyed, change, two of them. */

import { cents, negate } from '../../money.ts'
import { CASH } from '../../tenders.ts'
import {
  entriesByNet,
  type Finder,
  type Hypothesis,
  type Inquiry,
  logOf,
  piecesOfReceipt,
  sums,
  unknownPieces,
} from './inquiry.ts'
import type { Entry } from './ledger.ts'
import type { Observation } from './observations.ts'
import { RATES } from './rates.ts'
import { shiftOf } from './stock.ts'

/** Keyed, and the money is not there; it never came, or was given back without a void, which leaves the same traces. */
export const findNotReceived: Finder = inquiry => {
  const byNet = entriesByNet(inquiry.ledger.posted)
  return sums(inquiry)
    .filter(observation => observation.cents < 0)
    .flatMap(observation =>
      byNet(observation.tender, -observation.cents).map(({ receipt, tender, netCents }) => ({
        cause: { kind: 'not-received', facts: { tender, cents: netCents } } as const,
        receiptIds: [receipt.receiptId],
        covers: [observation],
        logWeight: logOf(RATES.notReceived) + piecesOfReceipt(inquiry, observation, receipt, -1),
      })),
    )
}

/** A voided receipt whose money, or instrument, is still in the drawer. */
export const findVoidKept: Finder = inquiry => {
  const byNet = entriesByNet(inquiry.ledger.voided)
  return inquiry.observations
    .filter(
      ({ cents: amount, instrument }) => amount > 0 && (instrument === null || instrument.found === 'extra'),
    )
    .flatMap(observation =>
      byNet(observation.tender, observation.cents).map(({ receipt, tender, netCents }) => ({
        cause: { kind: 'void-kept', facts: { tender, cents: netCents } } as const,
        receiptIds: [receipt.receiptId],
        covers: [observation],
        logWeight: logOf(RATES.voidKept) + piecesOfReceipt(inquiry, observation, receipt, 1),
      })),
    )
}

/** Money that came and was never keyed: always possible when over, so it shares its rate among all usual amounts. */
export const findNotKeyed: Finder = inquiry =>
  sums(inquiry)
    .filter(observation => observation.cents > 0)
    .map(observation => ({
      cause: { kind: 'not-keyed', facts: { tender: observation.tender, cents: observation.cents } },
      receiptIds: [],
      covers: [observation],
      logWeight:
        logOf(
          RATES.notKeyed,
          1 + inquiry.ledger.posted.filter(entry => entry.tender === observation.tender).length,
          inquiry.usual.chanceOf(observation.cents),
        ) + unknownPieces(inquiry, observation),
    }))

function changeError(inquiry: Inquiry, observation: Observation): Hypothesis[] {
  const { ledger, evidence, stock } = inquiry
  const amount = Math.abs(observation.cents)
  const twice = observation.cents < 0
  return ledger.withChange
    .filter(({ changeCents }) => changeCents === amount)
    .map(({ receiptId, changeCents, pieces }) => {
      const shift =
        pieces === undefined
          ? null
          : shiftOf({ taken: [], given: pieces.given }, evidence.denominations, twice ? 1 : -1)
      return {
        cause: { kind: twice ? 'change-given-twice' : 'change-not-given', facts: { changeCents } },
        receiptIds: [receiptId],
        covers: [observation],
        logWeight: logOf(RATES.change) + stock.gain(shift),
      }
    })
}

export const findChangeErrors: Finder = inquiry =>
  sums(inquiry)
    .filter(({ tender }) => tender === CASH)
    .flatMap(observation => changeError(inquiry, observation))

/** More pairs than these tell nobody anything: the amounts are round. */
const MOST_PAIRS = 400

/** Pairs of entries that come to an amount, each pair once, by looking up what each one lacks. */
function pairsOf(entries: readonly Entry[], tender: string, amount: number): [Entry, Entry][] {
  const pairs: [Entry, Entry][] = []
  const seen = new Map<number, Entry[]>()
  for (const entry of entries) {
    if (entry.tender !== tender || entry.netCents <= 0 || entry.netCents >= amount) continue
    for (const other of seen.get(amount - entry.netCents) ?? []) {
      if (pairs.length === MOST_PAIRS) return pairs
      pairs.push([other, entry])
    }
    const alike = seen.get(entry.netCents)
    if (alike === undefined) seen.set(entry.netCents, [entry])
    else alike.push(entry)
  }
  return pairs
}

/** Two errors of one kind: short by two receipts not received, or over by two voids kept. */
export const findTwoReceipts: Finder = inquiry =>
  sums(inquiry).flatMap(observation => {
    const form = observation.cents < 0 ? 'not-received' : 'void-kept'
    const entries = form === 'not-received' ? inquiry.ledger.posted : inquiry.ledger.voided
    const rate = form === 'not-received' ? RATES.notReceived : RATES.voidKept
    return pairsOf(entries, observation.tender, Math.abs(observation.cents)).map(([a, b]) => {
      const [less, more] = a.netCents < b.netCents ? [a, b] : [b, a]
      return {
        cause: {
          kind: 'two-receipts',
          facts: { tender: observation.tender, form, cents: [less.netCents, more.netCents] },
        },
        receiptIds: [less.receipt.receiptId, more.receipt.receiptId],
        covers: [observation],
        logWeight: logOf(rate, RATES.secondError, 1 / entries.length) + unknownPieces(inquiry, observation),
      }
    })
  })

/** A refund keyed as a payment: half the difference, the wrong way. */
export const findReceiptWrongSign: Finder = inquiry => {
  const byNet = entriesByNet(inquiry.ledger.posted)
  return sums(inquiry)
    .filter(observation => observation.cents < 0 && observation.cents % 2 === 0)
    .flatMap(observation =>
      byNet(observation.tender, negate(cents(observation.cents / 2))).map(({ receipt, netCents }) => ({
        cause: { kind: 'wrong-sign', facts: { entry: 'receipt', cents: netCents } } as const,
        receiptIds: [receipt.receiptId],
        covers: [observation],
        logWeight: logOf(RATES.receiptWrongSign) + unknownPieces(inquiry, observation),
      })),
    )
}
