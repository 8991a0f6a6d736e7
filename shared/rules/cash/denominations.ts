import { add, type Cents, cents, MAX_ENTRY, times, ZERO } from '../../money.ts'

export interface Denomination {
  valueCents: Cents
  kind: 'note' | 'coin'
  label: string
  /** Pieces in a full strap (notes) or roll (coins). */
  bundleSize: number
}

export interface PieceCount {
  valueCents: Cents
  kind: 'note' | 'coin'
  /** Loose pieces. */
  pieces: number
  /** Full straps or rolls, in addition to the loose pieces. */
  bundles: number
}

export type CountReason = 'unknown-denomination' | 'not-a-count' | 'repeated' | 'too-many'

export type CountTotal = { ok: true; cents: Cents } | { ok: false; reason: CountReason }

function note(valueCents: number, label: string): Denomination {
  return { valueCents: cents(valueCents), kind: 'note', label, bundleSize: 100 }
}

function coin(valueCents: number, label: string, bundleSize: number): Denomination {
  return { valueCents: cents(valueCents), kind: 'coin', label, bundleSize }
}

/** United States money, largest first; straps and rolls as the Federal Reserve's cash services take them. */
export const US_DENOMINATIONS: readonly Denomination[] = [
  note(10_000, '$100'),
  note(5_000, '$50'),
  note(2_000, '$20'),
  note(1_000, '$10'),
  note(500, '$5'),
  note(200, '$2'),
  note(100, '$1'),
  coin(100, '$1 coin', 25),
  coin(50, 'Half dollars', 20),
  coin(25, 'Quarters', 40),
  coin(10, 'Dimes', 50),
  coin(5, 'Nickels', 40),
  coin(1, 'Pennies', 50),
]

/** A dollar note and a dollar coin are worth the same and counted apart, so a value alone does not name a row. */
export function denominationKey(of: Pick<Denomination, 'kind' | 'valueCents'>): string {
  return `${of.kind}:${of.valueCents}`
}

/** Pieces as they are kept: with what they were worth, because the city may change its straps and rolls later. */
export interface CountedPiece extends PieceCount {
  cents: Cents
}

function isCount(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0 && n <= MAX_ENTRY
}

/** What the piece is worth that is worth most. */
export const largestBill = (denominations: readonly Denomination[]): Cents =>
  cents(Math.max(...denominations.map(({ valueCents }) => valueCents)))

/** All pieces of a row, those in straps and rolls included. */
export function piecesIn(row: PieceCount, denomination: Denomination): number {
  return row.pieces + row.bundles * denomination.bundleSize
}

/**
 * What the counted pieces are worth: (loose + bundles × bundle size) × value, over all rows. Refuses the
 * first row that is of no configured denomination, is not a whole number of zero or more, or repeats a
 * denomination; and a total above `MAX_ENTRY`.
 */
export function countTotal(
  pieces: readonly PieceCount[],
  denominations: readonly Denomination[],
): CountTotal {
  const known = new Map(denominations.map(d => [denominationKey(d), d]))
  const seen = new Set<string>()
  let total = ZERO
  for (const row of pieces) {
    const key = denominationKey(row)
    const denomination = known.get(key)
    if (denomination === undefined) return { ok: false, reason: 'unknown-denomination' }
    if (!isCount(row.pieces) || !isCount(row.bundles)) return { ok: false, reason: 'not-a-count' }
    if (seen.has(key)) return { ok: false, reason: 'repeated' }
    seen.add(key)
    const count = piecesIn(row, denomination)
    if (count > MAX_ENTRY / row.valueCents) return { ok: false, reason: 'too-many' }
    total = add(total, times(row.valueCents, count))
  }
  return total > MAX_ENTRY ? { ok: false, reason: 'too-many' } : { ok: true, cents: total }
}

/** A count as it is kept: rows of nothing left out, each with its worth. For a count that `countTotal` accepts. */
export function countedPieces(
  pieces: readonly PieceCount[],
  denominations: readonly Denomination[],
): CountedPiece[] {
  return pieces.flatMap(row => {
    const worth = countTotal([row], denominations)
    return worth.ok && worth.cents > 0 ? [{ ...row, cents: worth.cents }] : []
  })
}

/** Kept pieces with every strap and roll broken open, which is how they can be parted. */
export function asLoose(pieces: readonly CountedPiece[]): PieceCount[] {
  return pieces.map(({ valueCents, kind, cents: worth }) => ({
    valueCents,
    kind,
    pieces: Math.trunc(worth / valueCents),
    bundles: 0,
  }))
}

/** Names of the denominations of which two counts did not find as many; a full strap is as good as its notes. */
export function differingPieces(
  one: readonly CountedPiece[],
  other: readonly CountedPiece[],
  denominations: readonly Denomination[],
): string[] {
  const worthIn = (pieces: readonly CountedPiece[], of: Denomination) =>
    pieces.find(piece => denominationKey(piece) === denominationKey(of))?.cents ?? ZERO
  return denominations.filter(of => worthIn(one, of) !== worthIn(other, of)).map(of => of.label)
}
