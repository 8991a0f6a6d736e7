import { type Cents, cents, subtract } from '../../money.ts'

export type RoundingMode = 'off' | 'nearest-five' | 'down' | 'up'

const STEP = 5

function roundMagnitude(magnitude: number, mode: RoundingMode): number {
  if (mode === 'off') return magnitude
  const over = magnitude % STEP
  const below = magnitude - over
  const goesUp = mode === 'up' ? over > 0 : mode === 'nearest-five' && over * 2 > STEP
  return goesUp ? below + STEP : below
}

/**
 * What is paid in cash where there are no pennies: endings 1, 2, 6, 7 go down and 3, 4, 8, 9 up (nearest
 * five; National Conference of State Legislatures, report of 21 November 2025), or always down or up. A
 * negative amount, money given back, rounds by its size like a positive one. `differenceCents` is paid − due.
 */
export function roundCash(dueCents: Cents, mode: RoundingMode): { payCents: Cents; differenceCents: Cents } {
  const payCents = cents(Math.sign(dueCents) * roundMagnitude(Math.abs(dueCents), mode))
  return { payCents, differenceCents: subtract(payCents, dueCents) }
}
