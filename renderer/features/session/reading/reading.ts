/** What a reading says in words and in sums of its own columns. */
import type { Reading } from '../../../../shared/contract/session-fields.ts'
import { type Cents, cents, formatCents } from '../../../../shared/money.ts'
import { readingText } from '../../../text/session/drawer.ts'

type Balance = Reading['balances'][number]

const OTHERWISE = [
  { kind: 'paidIn', centsOf: (balance: Balance) => balance.paidInCents },
  { kind: 'paidOut', centsOf: (balance: Balance) => balance.paidOutCents },
  { kind: 'turnedIn', centsOf: (balance: Balance) => balance.turnedInCents },
  { kind: 'refunded', centsOf: (balance: Balance) => balance.refundedCents },
] as const

/** How money went in or out of the drawer beside receipts: what came to nothing for every tender is left out. */
export function movedOtherwise(balances: readonly Balance[]) {
  return OTHERWISE.filter(({ centsOf }) => balances.some(balance => centsOf(balance) !== 0))
}

/** What a closed session's last count came to by tender. */
export function countedBalances({ balances }: Pick<Reading, 'balances'>) {
  return balances.flatMap(({ countedCents, overShortCents, ...balance }) =>
    countedCents === null || overShortCents === null ? [] : [{ ...balance, countedCents, overShortCents }],
  )
}

/** Whether a closed session was off at its end: by a tender, or by its papers, for which it was closed with a reason. */
export function wasOff({ kind, balances, counts, reason }: Reading): boolean {
  const instrumentsDiffered = reason !== '' && counts.some(count => count.purpose === 'recount')
  return (
    kind === 'z' && (instrumentsDiffered || balances.some(balance => (balance.overShortCents ?? 0) !== 0))
  )
}

/** A difference with its direction as a word: `over 0.50`, `short 1.00`, `agrees`. */
export function sayDifference(overShortCents: Cents): string {
  if (overShortCents === 0) return readingText.agrees
  const size = formatCents(cents(Math.abs(overShortCents)))
  return overShortCents > 0 ? `${readingText.over} ${size}` : `${readingText.short} ${size}`
}
