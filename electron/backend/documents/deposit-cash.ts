import type { DepositView } from '../../../shared/contract/deposit.ts'
import { type Cents, formatCents, sum, times } from '../../../shared/money.ts'
import { type Denomination, denominationKey, piecesIn } from '../../../shared/rules/denominations.ts'

export interface CashRow {
  denomination: Denomination
  bundles: number
  loose: number
  pieces: number
  cents: Cents
}

export interface DepositCash {
  notes: CashRow[]
  coins: CashRow[]
  notesCents: Cents
  coinsCents: Cents
}

/**
 * The deposit's cash by denomination, in the order of the city's list. Refuses (RangeError) pieces of a denomination
 * that is not on the list, and pieces that no longer add up to the deposit's cash because the city has changed the
 * size of a strap or roll since: a slip with a wrong sum must not leave the house.
 */
export function depositCash(deposit: DepositView, denominations: readonly Denomination[]): DepositCash {
  const byKey = new Map(deposit.pieces.map(piece => [denominationKey(piece), piece]))
  const rows = denominations.flatMap((denomination): CashRow[] => {
    const piece = byKey.get(denominationKey(denomination))
    if (piece === undefined) return []
    const pieces = piecesIn(piece, denomination)
    if (pieces === 0) return []
    const worth = times(denomination.valueCents, pieces)
    return [{ denomination, bundles: piece.bundles, loose: piece.pieces, pieces, cents: worth }]
  })
  const of = (kind: 'note' | 'coin') => rows.filter(row => row.denomination.kind === kind)
  const total = (list: readonly CashRow[]) => sum(list.map(row => row.cents))
  const cashCents = total(rows)
  if (cashCents !== deposit.cashCents) {
    const found = `${formatCents(cashCents)} in pieces, ${formatCents(deposit.cashCents)} in the deposit`
    throw new RangeError(`The cash of deposit ${deposit.number} does not add up: ${found}`)
  }
  return {
    notes: of('note'),
    coins: of('coin'),
    notesCents: total(of('note')),
    coinsCents: total(of('coin')),
  }
}
