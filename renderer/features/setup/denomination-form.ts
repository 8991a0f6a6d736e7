/** Which money is counted, and how many pieces fill a strap or roll. */
import {
  type Denomination,
  denominationKey,
  US_DENOMINATIONS,
} from '../../../shared/rules/cash/denominations.ts'
import { readCount } from '../forms/found-problem.ts'

export interface DenominationRow {
  denomination: Denomination
  used: boolean
  /** Pieces in a strap or roll, as typed. */
  bundle: string
}

const BUNDLE = { least: 1, most: 10_000 }

/** Notes before coins, the larger before the smaller. */
function inOrder(a: Denomination, b: Denomination): number {
  if (a.kind !== b.kind) return a.kind === 'note' ? -1 : 1
  return b.valueCents - a.valueCents
}

/** All of United States money and whatever else the city counts; what it counts is marked as used. */
export function denominationRows(counted: readonly Denomination[]): DenominationRow[] {
  const keys = new Set(counted.map(denominationKey))
  const others = US_DENOMINATIONS.filter(denomination => !keys.has(denominationKey(denomination)))
  return [...counted, ...others].sort(inOrder).map(denomination => ({
    denomination,
    used: keys.has(denominationKey(denomination)),
    bundle: String(denomination.bundleSize),
  }))
}

/** The rows with one of them exchanged. */
export function withDenomination(rows: readonly DenominationRow[], row: DenominationRow): DenominationRow[] {
  const key = denominationKey(row.denomination)
  return rows.map(other => (denominationKey(other.denomination) === key ? row : other))
}

export function bundleOf({ bundle }: DenominationRow): number | null {
  return readCount(bundle, BUNDLE)
}

/** What is wrong with the rows: nothing is counted, or a used one has no strap or roll. */
export function rowsProblem(rows: readonly DenominationRow[]): 'none' | 'bundle' | null {
  const used = rows.filter(row => row.used)
  if (used.length === 0) return 'none'
  return used.some(row => bundleOf(row) === null) ? 'bundle' : null
}

/** The denominations that are counted. */
export function toDenominations(rows: readonly DenominationRow[]): Denomination[] {
  return rows.flatMap(row => {
    const bundleSize = bundleOf(row)
    return row.used && bundleSize !== null ? [{ ...row.denomination, bundleSize }] : []
  })
}
