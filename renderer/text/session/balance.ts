import { type Cents, formatCents, negate } from '../../../shared/money.ts'

/** A balance as people say it: what is owed, or how much credit there is. */
export function balanceLabels(cents: Cents): string {
  return cents < 0 ? `${formatCents(negate(cents))} credit` : formatCents(cents)
}
