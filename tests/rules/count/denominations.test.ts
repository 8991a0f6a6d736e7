import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import {
  asLoose,
  countedPieces,
  countTotal,
  differingPieces,
  largestBill,
  type PieceCount,
  US_DENOMINATIONS,
} from '../../../shared/rules/cash/denominations.ts'
import { inBundles } from '../../../shared/rules/cash/in-bundles.ts'

function row(kind: 'note' | 'coin', valueCents: number, pieces: number, bundles = 0): PieceCount {
  return { kind, valueCents: cents(valueCents), pieces, bundles }
}

describe('United States money', () => {
  it('has seven notes and six coins, with their straps and rolls', () => {
    expect(US_DENOMINATIONS.map(d => [d.label, d.valueCents, d.kind, d.bundleSize])).toEqual([
      ['$100', 10_000, 'note', 100],
      ['$50', 5_000, 'note', 100],
      ['$20', 2_000, 'note', 100],
      ['$10', 1_000, 'note', 100],
      ['$5', 500, 'note', 100],
      ['$2', 200, 'note', 100],
      ['$1', 100, 'note', 100],
      ['$1 coin', 100, 'coin', 25],
      ['Half dollars', 50, 'coin', 20],
      ['Quarters', 25, 'coin', 40],
      ['Dimes', 10, 'coin', 50],
      ['Nickels', 5, 'coin', 40],
      ['Pennies', 1, 'coin', 50],
    ])
  })
})

describe('a count', () => {
  it.each<[string, PieceCount[], number]>([
    ['nothing', [], 0],
    ['as much as may be entered', [row('coin', 1, 9_999_999_999)], 9_999_999_999],
    [
      'as much as may be entered, in two rows',
      [row('coin', 5, 1_999_999_999), row('coin', 1, 4)],
      9_999_999_999,
    ],
    ['loose notes', [row('note', 2_000, 7)], 14_000],
    ['a strap of ones', [row('note', 100, 0, 1)], 10_000],
    ['three loose quarters and two rolls', [row('coin', 25, 3, 2)], 2_075],
    ['a dollar note beside a dollar coin', [row('note', 100, 1), row('coin', 100, 1)], 200],
    ['rolls of each small coin', [row('coin', 1, 0, 1), row('coin', 5, 0, 1), row('coin', 10, 0, 1)], 750],
  ])('of %s is added up', (_what, pieces, total) => {
    expect(countTotal(pieces, US_DENOMINATIONS)).toEqual({ ok: true, cents: total })
  })

  it.each<[string, PieceCount[], string]>([
    ['a three-dollar note', [row('note', 300, 1)], 'unknown-denomination'],
    ['a note of a coin', [row('note', 25, 1)], 'unknown-denomination'],
    ['half a note', [row('note', 100, 0.5)], 'not-a-count'],
    ['fewer than none', [row('note', 100, -1)], 'not-a-count'],
    ['half a roll', [row('coin', 25, 0, 0.5)], 'not-a-count'],
    ['no number', [row('note', 100, Number.NaN)], 'not-a-count'],
    ['more than any field takes', [row('note', 100, 10_000_000_000)], 'not-a-count'],
    ['endless notes', [row('note', 100, Number.POSITIVE_INFINITY)], 'not-a-count'],
    ['the twenties twice', [row('note', 2_000, 1), row('note', 2_000, 1)], 'repeated'],
    ['more hundreds than an entry holds', [row('note', 10_000, 1_000_000)], 'too-many'],
    ['straps beyond the limit', [row('note', 10_000, 0, 9_999_999_999)], 'too-many'],
    ['rows that pass the limit together', [row('note', 10_000, 999_999), row('note', 5_000, 2)], 'too-many'],
  ])('of %s is refused', (_what, pieces, reason) => {
    expect(countTotal(pieces, US_DENOMINATIONS)).toEqual({ ok: false, reason })
  })

  it('is the same in any order, and a roll is worth its pieces', () => {
    const counts = fc.array(fc.tuple(fc.nat(500), fc.nat(20)), { minLength: 13, maxLength: 13 })
    fc.assert(
      fc.property(counts, given => {
        const bundled = US_DENOMINATIONS.map((d, i): PieceCount => {
          const [pieces = 0, bundles = 0] = given[i] ?? []
          return { valueCents: d.valueCents, kind: d.kind, pieces, bundles }
        })
        const loose = bundled.map((r, i) => ({
          ...r,
          pieces: r.pieces + r.bundles * (US_DENOMINATIONS[i]?.bundleSize ?? 0),
          bundles: 0,
        }))
        const total = countTotal(bundled, US_DENOMINATIONS)
        expect(total.ok).toBe(true)
        expect(countTotal(bundled.toReversed(), US_DENOMINATIONS)).toEqual(total)
        expect(countTotal(loose, US_DENOMINATIONS)).toEqual(total)
      }),
      { seed: 20261120, numRuns: 200 },
    )
  })
})

describe('pieces as they are kept', () => {
  it('leave rows of nothing out, and have the worth of their straps and rolls', () => {
    const counted = [row('note', 2_000, 3, 1), row('note', 500, 0), row('coin', 25, 0, 2)]
    expect(countedPieces(counted, US_DENOMINATIONS)).toEqual([
      { ...row('note', 2_000, 3, 1), cents: 206_000 },
      { ...row('coin', 25, 0, 2), cents: 2_000 },
    ])
  })

  it('are parted as loose ones', () => {
    const kept = countedPieces([row('note', 2_000, 3, 1), row('coin', 25, 0, 2)], US_DENOMINATIONS)
    expect(asLoose(kept)).toEqual([row('note', 2_000, 103), row('coin', 25, 80)])
  })

  it('differ where two counts did not find as many of them: a strap is as good as its notes', () => {
    const counted = (...rows: PieceCount[]) => countedPieces(rows, US_DENOMINATIONS)
    const one = counted(row('note', 2_000, 0, 1), row('note', 100, 5), row('coin', 25, 7))
    expect(
      differingPieces(
        one,
        counted(row('note', 2_000, 100), row('note', 100, 5), row('coin', 25, 7)),
        US_DENOMINATIONS,
      ),
    ).toEqual([])
    expect(
      differingPieces(
        one,
        counted(row('note', 2_000, 99), row('coin', 100, 5), row('coin', 25, 7)),
        US_DENOMINATIONS,
      ),
    ).toEqual(['$20', '$1', '$1 coin'])
  })

  it('go in full straps and rolls; those of no denomination stay as they are', () => {
    const loose = [row('note', 2_000, 250, 1), row('coin', 25, 39), row('coin', 30, 5, 2)]
    expect(inBundles(loose, US_DENOMINATIONS)).toEqual([
      row('note', 2_000, 50, 3),
      row('coin', 25, 39),
      row('coin', 30, 5, 2),
    ])
  })
})

it('the largest bill is what is worth most, wherever it stands', () => {
  expect(largestBill(US_DENOMINATIONS)).toBe(10_000)
  expect(largestBill(US_DENOMINATIONS.toReversed())).toBe(10_000)
})
