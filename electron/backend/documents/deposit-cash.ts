import type { DepositView } from '../../../shared/contract/deposit.ts'
import { type Cents, formatCents, sum } from '../../../shared/money.ts'
import { type Denomination, denominationKey } from '../../../shared/rules/denominations.ts'

export interface CashRow {
  label: string
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
 * The deposit's cash by denomination, largest first, as it was counted: a denomination, strap or roll that the city
 * has changed since is still what was in the bag. Refuses (RangeError) pieces that do not add up to the deposit's
 * cash: a slip with a wrong sum must not leave the house.
 */
export function depositCash(deposit: DepositView, denominations: readonly Denomination[]): DepositCash {
  const labels = new Map(denominations.map(of => [denominationKey(of), of.label]))
  const rowsOf = (kind: 'note' | 'coin'): CashRow[] =>
    deposit.pieces
      .filter(piece => piece.kind === kind)
      .sort((a, b) => b.valueCents - a.valueCents)
      .map(piece => ({
        label: labels.get(denominationKey(piece)) ?? formatCents(piece.valueCents),
        bundles: piece.bundles,
        loose: piece.pieces,
        pieces: Math.trunc(piece.cents / piece.valueCents),
        cents: piece.cents,
      }))
  const notes = rowsOf('note')
  const coins = rowsOf('coin')
  const total = (list: readonly CashRow[]): Cents => sum(list.map(row => row.cents))
  const cashCents = total([...notes, ...coins])
  if (cashCents !== deposit.cashCents) {
    const found = `${formatCents(cashCents)} in pieces, ${formatCents(deposit.cashCents)} in the deposit`
    throw new RangeError(`The cash of deposit ${deposit.number} does not add up: ${found}`)
  }
  return { notes, coins, notesCents: total(notes), coinsCents: total(coins) }
}
