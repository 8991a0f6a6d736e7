import type { CatalogItem } from '../../ledger/setup.ts'
import { type Cents, MAX_ENTRY, percentOf, times } from '../../money.ts'

/** What is asked of the cashier for one catalog item; what a pricing does not need is null. */
export interface PriceInput {
  quantity: number
  priceCents: Cents | null
  baseCents: Cents | null
}

/**
 * What a catalog line comes to, in cents, or null where what was given does not fit its pricing:
 * - fixed: the price, once for each; - per unit: price × quantity;
 * - percent: the rate of the base amount, half up; - open: what the cashier was told to take.
 * Null too for more than `MAX_ENTRY`.
 */
export function linePrice(item: CatalogItem, input: PriceInput): Cents | null {
  const price = exactPrice(item, input)
  return price !== null && price <= MAX_ENTRY ? price : null
}

function exactPrice(item: CatalogItem, input: PriceInput): Cents | null {
  const { quantity, priceCents, baseCents } = input
  if (!Number.isSafeInteger(quantity) || quantity < 1) return null
  if (item.pricing === 'open')
    return priceCents !== null && baseCents === null && quantity === 1 ? priceCents : null
  if (priceCents !== null) return null
  if (item.pricing === 'percent') {
    if (baseCents === null || item.rateMillionths === null || quantity !== 1) return null
    return percentOf(baseCents, item.rateMillionths)
  }
  if (baseCents !== null || item.priceCents === null) return null
  // Asked before multiplying: the product may be more than can be counted exactly.
  return item.priceCents > MAX_ENTRY / quantity ? null : times(item.priceCents, quantity)
}
