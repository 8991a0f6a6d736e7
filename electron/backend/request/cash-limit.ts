/** A drawer at its cash limit takes no more cash until a turn-in, or until somebody lifts it once; checks and cards go on. */
import type { PostingPlace } from '../../../db/queries/posting-place.ts'
import type { Cents } from '../../../shared/money.ts'
import { levelState, limitInForce } from '../../../shared/rules/session/cash-limit.ts'

interface LimitErrors {
  CASH_LIMIT_REACHED(given: { data: { limitCents: Cents } }): Error
}

/** Refuses cash into a drawer that is full. */
export function refuseAtLimit(
  errors: LimitErrors,
  { cashInDrawerCents, limitCents, liftedLimitCents }: PostingPlace,
  warnPercent: number,
): void {
  if (levelState(cashInDrawerCents, limitInForce(limitCents, liftedLimitCents), warnPercent) === 'full')
    throw errors.CASH_LIMIT_REACHED({ data: { limitCents } })
}
