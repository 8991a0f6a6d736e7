/** What a reading says in words and in sums of its own columns. */
import type { Reading } from '../../../shared/contract/drawer.ts'
import { add, type Cents, cents, formatCents, negate } from '../../../shared/money.ts'
import { readingText } from '../../text/drawer.ts'

type Movements = Pick<
  Reading['balances'][number],
  'paidInCents' | 'paidOutCents' | 'turnedInCents' | 'refundedCents'
>

/** What went in or out of the drawer beside receipts: paid-in − paid-out − turn-ins − refunds. */
export function movedOtherwise(balance: Movements): Cents {
  return add(
    balance.paidInCents,
    negate(balance.paidOutCents),
    negate(balance.turnedInCents),
    negate(balance.refundedCents),
  )
}

/** A difference with its direction as a word: `over 0.50`, `short 1.00`, `agrees`. */
export function sayDifference(overShortCents: Cents): string {
  if (overShortCents === 0) return readingText.agrees
  const size = formatCents(cents(Math.abs(overShortCents)))
  return overShortCents > 0 ? `${readingText.over} ${size}` : `${readingText.short} ${size}`
}
