import type { Cents } from '../../money.ts'

/** Amounts that people name rather than owe end so. */
const ROUND = 500

/** What this desk usually takes: the chance that an amount is just this one. */
export interface UsualAmounts {
  chanceOf(amount: number): number
}

const sizeOf = (amount: number): number => Math.floor(Math.log2(Math.max(1, amount)))

/**
 * Learns from a session's own amounts. Round ones (whole fives) stand out one by one; odd ones are spread
 * over all amounts of their size, from one power of two to the next. A little is kept for what was never seen.
 */
export function usualAmounts(amounts: readonly Cents[]): UsualAmounts {
  const round = new Map<number, number>()
  const bySize = new Map<number, number>()
  let odd = 0
  for (const amount of amounts) {
    if (amount % ROUND === 0) round.set(amount, (round.get(amount) ?? 0) + 1)
    else {
      odd += 1
      bySize.set(sizeOf(amount), (bySize.get(sizeOf(amount)) ?? 0) + 1)
    }
  }
  const rounds = amounts.length - odd
  const roundShare = (rounds + 1) / (amounts.length + 2)
  return {
    chanceOf(amount) {
      const size = sizeOf(amount)
      const ofSize = ((bySize.get(size) ?? 0) + 0.25) / (odd + 5)
      const spread = ofSize / 2 ** size
      if (amount % ROUND !== 0) return (1 - roundShare) * spread
      return roundShare * (((round.get(amount) ?? 0) + ofSize) / (rounds + 1))
    },
  }
}

/** A payment that is not the whole debt, and is one slip of the fingers away from it, is a rare chance. */
const SLIP_FROM_DEBT = 1 / 200

/**
 * How much likelier a debt makes it that an amount was meant than that it was keyed. Most people pay just
 * what they owe (`inFull` is their share); neither amount being the debt says nothing.
 */
export function debtSays(
  { meant, keyed, due }: { meant: number; keyed: number; due: number },
  inFull: number,
): number {
  const chance = inFull / ((1 - inFull) * SLIP_FROM_DEBT)
  if (meant === due) return chance
  return keyed === due ? 1 / chance : 1
}

/** How much likelier the meant amount is than the keyed one; kept within bounds, since one session knows little. */
export function plausibility(usual: UsualAmounts, meant: number, keyed: number): number {
  return Math.min(20, Math.max(1 / 20, usual.chanceOf(meant) / usual.chanceOf(keyed)))
}
