import { add, type Cents, subtract, ZERO } from '../../money.ts'

/** What the session before left in a drawer, and the change fund that the drawer has. */
export interface LeftInDrawer {
  leftCents: Cents
  changeFundCents: Cents
}

export interface OpeningFigures {
  /** What stays at close: the drawer's change fund, whatever was found of it. */
  changeFundCents: Cents
  /** How much more, or less where negative, the change fund is from now on. */
  fundChangeCents: Cents
  /** Found beyond that, or missing where negative: over or short before anything was taken. */
  overShortCents: Cents
}

/**
 * What an opening count says beside what the session before left. Money that came or went because an administrator
 * assigned another change fund since is no over or short: it is taken for that where the count is nearer to the new
 * fund than to what was left. A drawer that never had a session begins with what is counted.
 */
export function openingFigures({
  countedCents,
  wantedCents,
  left,
}: {
  countedCents: Cents
  /** The change fund that is assigned to the drawer now. */
  wantedCents: Cents
  left: LeftInDrawer | undefined
}): OpeningFigures {
  if (left === undefined)
    return { changeFundCents: countedCents, fundChangeCents: ZERO, overShortCents: ZERO }
  const found = subtract(countedCents, left.leftCents)
  const assigned = subtract(wantedCents, left.changeFundCents)
  const fundChangeCents = Math.abs(subtract(found, assigned)) < Math.abs(found) ? assigned : ZERO
  return {
    changeFundCents: add(left.changeFundCents, fundChangeCents),
    fundChangeCents,
    overShortCents: subtract(found, fundChangeCents),
  }
}
