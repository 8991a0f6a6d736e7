import { type Cents, times, ZERO } from '../../money.ts'

export type LevelState = 'fine' | 'warn' | 'full'

/**
 * How a drawer stands against its cash limit: from `warnPercent` of it a turn-in is called for; at the limit
 * no more cash is taken until one. A limit of zero is none.
 */
export function levelState(cashCents: Cents, limitCents: Cents, warnPercent: number): LevelState {
  if (limitCents <= 0) return 'fine'
  if (cashCents >= limitCents) return 'full'
  return times(cashCents, 100) >= times(limitCents, warnPercent) ? 'warn' : 'fine'
}

/** The limit that counts once somebody lifted one: the city may have raised it further since, or have none any more. */
export function limitInForce(limitCents: Cents, liftedCents: Cents | null): Cents {
  if (limitCents <= 0) return ZERO
  return liftedCents !== null && liftedCents > limitCents ? liftedCents : limitCents
}

/** Whether a lifted limit is in force: one that the city has overtaken since lifts nothing. */
export function isLifted(limitCents: Cents, liftedCents: Cents | null): boolean {
  return limitInForce(limitCents, liftedCents) > limitCents
}
