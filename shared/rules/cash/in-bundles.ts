import { type Denomination, denominationKey, type PieceCount } from './denominations.ts'

/** The same pieces in as many full straps and rolls as they fill; of what is not configured all stay loose. */
export function inBundles(rows: readonly PieceCount[], denominations: readonly Denomination[]): PieceCount[] {
  const sizes = new Map(denominations.map(of => [denominationKey(of), of.bundleSize]))
  return rows.map(({ valueCents, kind, pieces, bundles }) => {
    const size = sizes.get(denominationKey({ valueCents, kind }))
    if (size === undefined) return { valueCents, kind, pieces, bundles }
    return { valueCents, kind, pieces: pieces % size, bundles: bundles + Math.trunc(pieces / size) }
  })
}
