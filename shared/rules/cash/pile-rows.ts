import { type Cents, sum, times } from '../../money.ts'
import { type Denomination, denominationKey, type PieceCount, piecesIn } from './denominations.ts'

/** One denomination of a pile of money as it is read out. */
export interface PileRow {
  label: string
  /** Full straps or rolls. */
  bundles: number
  /** Loose pieces. */
  pieces: number
  cents: Cents
}

/** The rows of a pile in the city's order, with names and worth; of what is not configured any more none. */
export function pileRows(pieces: readonly PieceCount[], denominations: readonly Denomination[]): PileRow[] {
  const rows = new Map(pieces.map(row => [denominationKey(row), row]))
  return denominations.flatMap(of => {
    const row = rows.get(denominationKey(of))
    if (row === undefined || (row.pieces === 0 && row.bundles === 0)) return []
    const { bundles, pieces: loose } = row
    return [{ label: of.label, bundles, pieces: loose, cents: times(of.valueCents, piecesIn(row, of)) }]
  })
}

export function pileCents(rows: readonly PileRow[]): Cents {
  return sum(rows.map(row => row.cents))
}
