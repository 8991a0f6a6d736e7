/** A change fund that was not what was entered when the drawer opened. */

import { add, type Cents, sum } from '../../money.ts'
import { CASH } from '../../tenders.ts'
import { denominationKey } from '../cash/denominations.ts'
import { type Finder, type Inquiry, logOf, sums } from './inquiry.ts'
import { RATES } from './rates.ts'
import { byDenomination, type Pieces } from './stock.ts'

interface Proof {
  against: 'left-before' | 'wanted' | 'none'
  /** How much likelier this is with a wrong change fund than without one. */
  likelihood: number
}

/** Opening counts that do not agree with what was left, or with what the change fund should be, are rare. */
const RARE = { leftBefore: 1 / 200, wanted: 1 / 40 }

/**
 * Differences that a slip in counting a change fund makes: a few pieces of one denomination, or a strap or roll. Any
 * other one is as likely as the next, up to the change fund itself.
 */
function chanceOfSlip({ evidence }: Inquiry, difference: number): number {
  const amount = Math.abs(difference)
  const asPieces = evidence.denominations.some(
    ({ valueCents }) => amount % valueCents === 0 && amount / valueCents <= 5,
  )
  const asBundle = evidence.denominations.some(
    ({ valueCents, bundleSize }) => amount === valueCents * bundleSize,
  )
  if (asPieces || asBundle) return 1 / 60
  return amount > evidence.opening.countedCents ? 0 : 1 / (2 * evidence.opening.countedCents)
}

function proofOf(inquiry: Inquiry, likelyCents: Cents): Proof {
  const { opening } = inquiry.evidence
  const slip = chanceOfSlip(inquiry, likelyCents - opening.countedCents)
  const left = opening.leftBefore === null ? null : sum(opening.leftBefore.map(piece => piece.cents))
  if (left !== null && left === likelyCents)
    return { against: 'left-before', likelihood: 1 / RARE.leftBefore }
  // What was left agrees with the count, so both would have to be wrong by the same amount.
  if (left === opening.countedCents) return { against: 'none', likelihood: slip * RARE.leftBefore }
  if (opening.wantedCents === likelyCents) return { against: 'wanted', likelihood: 1 / RARE.wanted }
  return { against: 'none', likelihood: slip / 4 }
}

function shiftTo({ evidence }: Inquiry, against: Proof['against']): Pieces | null {
  const { leftBefore, pieces } = evidence.opening
  if (against !== 'left-before' || leftBefore === null) return null
  const left = byDenomination(leftBefore, evidence.denominations)
  const counted = byDenomination(pieces, evidence.denominations)
  const keys = evidence.denominations.map(denominationKey)
  return new Map(
    keys
      .map(key => [key, (left.get(key) ?? 0) - (counted.get(key) ?? 0)] as const)
      .filter(([, n]) => n !== 0),
  )
}

export const findWrongChangeFund: Finder = inquiry =>
  sums(inquiry)
    .filter(({ tender }) => tender === CASH)
    .flatMap(observation => {
      const { countedCents } = inquiry.evidence.opening
      const likelyCents = add(countedCents, observation.cents)
      const { against, likelihood } = proofOf(inquiry, likelyCents)
      if (likelyCents < 0 || likelihood === 0) return []
      return [
        {
          cause: { kind: 'change-fund-miscounted', facts: { countedCents, likelyCents, against } } as const,
          receiptIds: [],
          covers: [observation],
          logWeight:
            logOf(RATES.changeFundMiscounted, likelihood) + inquiry.stock.gain(shiftTo(inquiry, against)),
        },
      ]
    })
