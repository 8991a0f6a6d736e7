/** What a catalog line comes to: each way of pricing takes what it needs, and nothing else. */
import { describe, expect, it } from 'vitest'
import type { CatalogItem } from '../../../shared/ledger/setup.ts'
import { cents, MAX_ENTRY } from '../../../shared/money.ts'
import { linePrice } from '../../../shared/rules/receipt/price.ts'

const item = (pricing: CatalogItem['pricing'], priceCents: number | null, rate: number | null = null) =>
  ({
    pricing,
    priceCents: priceCents === null ? null : cents(priceCents),
    rateMillionths: rate,
  }) as CatalogItem

const fixed = item('fixed', 2_500)
const perUnit = item('per-unit', 125)
const percent = item('percent', null, 25_000)
const open = item('open', null)

type Given = [quantity: number, price: number | null, base: number | null]

const priced = (of: CatalogItem, [quantity, price, base]: Given) =>
  linePrice(of, {
    quantity,
    priceCents: price === null ? null : cents(price),
    baseCents: base === null ? null : cents(base),
  })

describe('a catalog line', () => {
  it.each<[string, CatalogItem, Given, number]>([
    ['fixed, once', fixed, [1, null, null], 2_500],
    ['fixed, three times', fixed, [3, null, null], 7_500],
    ['fixed at nothing', item('fixed', 0), [2, null, null], 0],
    ['by the unit', perUnit, [40, null, null], 5_000],
    [
      'by the unit, up to the most that may be entered',
      item('per-unit', 3_333_333_333),
      [3, null, null],
      MAX_ENTRY,
    ],
    ['a percentage', percent, [1, null, 10_000], 250],
    ['a percentage, a half cent up', percent, [1, null, 1_020], 26],
    ['a percentage, up to the most', item('percent', null, 1_000_000), [1, null, MAX_ENTRY], MAX_ENTRY],
    ['what the cashier was told', open, [1, 725, null], 725],
    ['what the cashier was told, up to the most', open, [1, MAX_ENTRY, null], MAX_ENTRY],
  ])('%s', (_, of, given, expected) => {
    expect(priced(of, given)).toBe(expected)
  })

  it.each<[string, CatalogItem, Given]>([
    ['none of it', fixed, [0, null, null]],
    ['less than none', fixed, [-1, null, null]],
    ['a part of one', fixed, [1.5, null, null]],
    ['more than can be counted', fixed, [2 ** 53, null, null]],
    ['none of what is told', open, [0, 725, null]],
    ['a price beside a fixed one', fixed, [1, 2_500, null]],
    ['a base of a fixed price', fixed, [1, null, 10_000]],
    ['an item without its price', item('fixed', null), [1, null, null]],
    ['a base by the unit', perUnit, [1, null, 10_000]],
    ['a cent more than the most', item('per-unit', 3_333_333_334), [3, null, null]],
    ['a product that no longer counts exactly', item('per-unit', MAX_ENTRY), [2 ** 52, null, null]],
    ['a percentage of nothing told', percent, [1, null, null]],
    ['a percentage without its rate', item('percent', null), [1, null, 10_000]],
    ['a percentage twice', percent, [2, null, 10_000]],
    ['a price beside a percentage', percent, [1, 250, 10_000]],
    ['a percentage that is more than the most', item('percent', null, 1_000_001), [1, null, MAX_ENTRY]],
    ['nothing told', open, [1, null, null]],
    ['an open price twice', open, [2, 725, null]],
    ['a base of an open price', open, [1, 725, 10_000]],
    ['a cent more than the most told', open, [1, MAX_ENTRY + 1, null]],
  ])('is not: %s', (_, of, given) => {
    expect(priced(of, given)).toBeNull()
  })
})
