import { type Cents, subtract, ZERO } from '../../money.ts'

/** What the session before left in a drawer, and the change fund that the drawer has. */
export interface LeftInDrawer {
  leftCents: Cents
  changeFundCents: Cents
}

export interface OpeningFigures {
  /** What stays at close: the drawer's change fund, whatever was found of it. */
  changeFundCents: Cents
  /** Put in to bring the drawer to its change fund, or taken out of it where negative. */
  fundChangeCents: Cents
  /** Found beyond that, or missing where negative: over or short before anything was taken. */
  overShortCents: Cents
}

/**
 * What an opening count says beside what the session before left. `fundCents` is the change fund to which somebody says
 * that the drawer was brought, by money put in or taken out; null where nobody says so. Everything else is over or short:
 * which of the two a difference is, no rule can know. What was missing of the fund before was over or short when it was found,
 * so that making it up is neither.
 */
export function openingFigures(
  countedCents: Cents,
  left: LeftInDrawer,
  fundCents: Cents | null,
): OpeningFigures {
  const { leftCents, changeFundCents } = left
  if (fundCents === null)
    return { changeFundCents, fundChangeCents: ZERO, overShortCents: subtract(countedCents, leftCents) }
  return {
    changeFundCents: fundCents,
    fundChangeCents: subtract(fundCents, leftCents),
    overShortCents: subtract(countedCents, fundCents),
  }
}

/** Whether it is worth asking if a drawer was brought to the change fund that is assigned to it: the count is nearer to that. */
export function mayBeFundChange(countedCents: Cents, left: LeftInDrawer, assignedCents: Cents): boolean {
  const asIs = openingFigures(countedCents, left, null)
  const brought = openingFigures(countedCents, left, assignedCents)
  return Math.abs(brought.overShortCents) < Math.abs(asIs.overShortCents)
}
