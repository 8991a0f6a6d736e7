/** Paid-in, paid-out and turn-in: recorded and not made, recorded the wrong way, made and not recorded. */

import { type Cents, cents } from '../../money.ts'
import { CASH } from '../../tenders.ts'
import { type Finder, type Inquiry, logOf, sums, unknownPieces } from './inquiry.ts'
import { effectOf, highestLevel } from './ledger.ts'
import type { Observation } from './observations.ts'
import { RATES } from './rates.ts'
import { shiftOf } from './stock.ts'

const inCash = (inquiry: Inquiry): Observation[] => sums(inquiry).filter(({ tender }) => tender === CASH)

export const findMovementsNotMade: Finder = inquiry =>
  inCash(inquiry).flatMap(observation =>
    inquiry.ledger.paid
      .filter(movement => effectOf(movement) === -observation.cents)
      .map(({ movementId, kind, cashCents, pieces }) => ({
        cause: { kind: 'movement-not-made', facts: { movement: kind, cents: cashCents } } as const,
        receiptIds: [],
        movementId,
        covers: [observation],
        logWeight:
          logOf(RATES.movementNotMade) +
          inquiry.stock.gain(
            pieces === undefined ? null : shiftOf(pieces, inquiry.evidence.denominations, -1),
          ),
      })),
  )

/** A turn-in cannot come into the drawer, so only paid-in and paid-out can be taken for each other. */
export const findMovementsWrongSign: Finder = inquiry =>
  inCash(inquiry).flatMap(observation =>
    inquiry.ledger.paid
      .filter(movement => movement.kind !== 'turn-in' && effectOf(movement) * 2 === -observation.cents)
      .map(({ movementId, kind, cashCents }) => ({
        cause: { kind: 'wrong-sign', facts: { entry: kind, cents: cashCents } } as const,
        receiptIds: [],
        movementId,
        covers: [observation],
        logWeight: logOf(RATES.movementWrongSign) + unknownPieces(inquiry, observation),
      })),
  )

interface Step {
  ofCents: number
  share: number
}
/** Cash for the safe is notes, mostly the large ones in round sums. */
const TURN_IN_STEPS: readonly Step[] = [
  { ofCents: 10_000, share: 0.7 },
  { ofCents: 2_000, share: 0.2 },
  { ofCents: 100, share: 0.09 },
  { ofCents: 1, share: 0.01 },
]
/** A paid-out is a round advance or what a paper bag of supplies cost. */
const PAID_STEPS: readonly Step[] = [
  { ofCents: 500, share: 0.4 },
  { ofCents: 100, share: 0.1 },
  { ofCents: 1, share: 0.5 },
]
const LEAST_PAID_CENTS = 100
const MOST_PAID_CENTS = 20_000
const LEAST_TURNED_IN_CENTS = 10_000

/** The chance of just this amount among those as round, where `chance` is that of any one cent around it. */
function chanceOfStep(amount: number, chance: number, steps: readonly Step[]): number {
  return steps.reduce(
    (all, { ofCents, share }) => (amount % ofCents === 0 ? all + share * ofCents * chance : all),
    0,
  )
}

/** The nearer the drawer came to its limit, the likelier somebody emptied it. */
function pressure({ evidence }: Inquiry, highest: Cents): number {
  const limit = evidence.policy.limitCents
  if (limit <= 0) return 1
  if (highest >= limit) return 3
  return highest * 2 >= limit ? 1 : 0.3
}

function turnIn(inquiry: Inquiry, amount: number): number {
  const highest = highestLevel(inquiry.evidence)
  if (amount < LEAST_TURNED_IN_CENTS || amount > highest) return 0
  return (
    RATES.turnInNotRecorded * pressure(inquiry, highest) * chanceOfStep(amount, 1 / highest, TURN_IN_STEPS)
  )
}

/** Small amounts are the usual ones: each doubling of the amount is as likely as the one before. */
function paid(rate: number, amount: number): number {
  if (amount < LEAST_PAID_CENTS || amount > MOST_PAID_CENTS) return 0
  return rate * chanceOfStep(amount, 1 / (amount * Math.log(MOST_PAID_CENTS / LEAST_PAID_CENTS)), PAID_STEPS)
}

export const findMovementsNotRecorded: Finder = inquiry =>
  inCash(inquiry).flatMap(observation => {
    const amount = cents(Math.abs(observation.cents))
    const kinds =
      observation.cents > 0
        ? [{ movement: 'paid-in', rate: paid(RATES.paidInNotRecorded, amount) } as const]
        : [
            { movement: 'turn-in', rate: turnIn(inquiry, amount) } as const,
            { movement: 'paid-out', rate: paid(RATES.paidOutNotRecorded, amount) } as const,
          ]
    return kinds
      .filter(({ rate }) => rate > 0)
      .map(({ movement, rate }) => ({
        cause: { kind: 'movement-not-recorded', facts: { movement, cents: amount } } as const,
        receiptIds: [],
        covers: [observation],
        logWeight: logOf(rate) + unknownPieces(inquiry, observation),
      }))
  })
