import type { CatalogItem } from '../../../shared/ledger/setup.ts'
import { formatCents } from '../../../shared/money.ts'
import { catalogText } from '../../text/setup/admin.ts'
import { writePercent } from '../../ui/money/rate.ts'

/** An item's price as one phrase: `45.00`, `0.25 / page`, `2.5 %`, `asked`. */
export function priceLabel({
  pricing,
  priceCents,
  rateMillionths,
  unitLabel,
}: Pick<CatalogItem, 'pricing' | 'priceCents' | 'rateMillionths' | 'unitLabel'>): string {
  if (pricing === 'open') return catalogText.openPrice
  if (rateMillionths !== null) return catalogText.percent(writePercent(rateMillionths))
  const price = priceCents === null ? '' : formatCents(priceCents)
  return pricing === 'per-unit' ? catalogText.each(price, unitLabel) : price
}
