import { add, type Cents, negate, subtract } from '../../money.ts'

/** What moved one type of tender in one drawer session; every amount zero or more. */
export interface TenderMovements {
  openingCents: Cents
  tenderedCents: Cents
  changeCents: Cents
  paidInCents: Cents
  paidOutCents: Cents
  turnedInCents: Cents
  refundedCents: Cents
}

/**
 * What should be in the drawer of one tender type: change fund + tendered − change + paid-in − paid-out −
 * turn-ins − refunds. Leaving out the change is the defect most often reported of points of sale.
 */
export function expected(m: TenderMovements): Cents {
  const came = add(m.openingCents, m.tenderedCents, m.paidInCents)
  const went = add(m.changeCents, m.paidOutCents, m.turnedInCents, m.refundedCents)
  return add(came, negate(went))
}

/** Counted − expected: positive is over, negative is short. Never netted between tender types. */
export function overShort(expectedCents: Cents, countedCents: Cents): Cents {
  return subtract(countedCents, expectedCents)
}
