import type { DepositView } from '../../../../shared/contract/deposit.ts'
import { type Cents, formatCents, sum } from '../../../../shared/money.ts'
import { type Denomination, denominationKey } from '../../../../shared/rules/cash/denominations.ts'

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

/** What a deposit's slip says is in the bag. */
export interface SlipFigures {
  pieces: DepositView['pieces']
  cashCents: Cents
  itemCount: number
  itemsCents: Cents
  totalCents: Cents
}

/** What the verifier counted, because that is what was sealed in; what was put in as long as nobody has verified it. */
export function slipFigures({ verified, ...madeUp }: DepositView): SlipFigures {
  return verified === null
    ? { ...madeUp, itemCount: madeUp.items.length }
    : { ...verified, totalCents: verified.cents }
}

/**
 * The deposit's cash by denomination, largest first, as it was counted: a denomination, strap or roll that the city
 * has changed since is still what was in the bag. Refuses (RangeError) pieces that do not add up to the cash: a slip
 * with a wrong sum must not leave the house.
 */
export function depositCash(
  figures: Pick<SlipFigures, 'pieces' | 'cashCents'>,
  denominations: readonly Denomination[],
): DepositCash {
  const labels = new Map(denominations.map(of => [denominationKey(of), of.label]))
  const rowsOf = (kind: 'note' | 'coin'): CashRow[] =>
    figures.pieces
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
  if (cashCents !== figures.cashCents) {
    const found = `${formatCents(cashCents)} in pieces, ${formatCents(figures.cashCents)} in the deposit`
    throw new RangeError(`The cash of a deposit does not add up: ${found}`)
  }
  return { notes, coins, notesCents: total(notes), coinsCents: total(coins) }
}
