import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import {
  type Denomination,
  type PieceCount,
  US_DENOMINATIONS,
} from '../../../shared/rules/cash/denominations.ts'
import { makeChangeFrom } from '../../../shared/rules/cash/make-change.ts'
import {
  type ChangeFundRebuild,
  rebuildChangeFund,
  type WantedPieces,
} from '../../../shared/rules/session/change-fund.ts'

/** Pieces by label: `20` is loose, `2+1` is two loose and one full strap or roll. */
type Counts = Record<string, number | [loose: number, full: number]>

function named(label: string): Denomination {
  const found = US_DENOMINATIONS.find(d => d.label === label)
  if (found === undefined) throw new Error(`no denomination ${label}`)
  return found
}

function counted(counts: Counts): PieceCount[] {
  return Object.entries(counts).map(([label, count]) => {
    const { valueCents, kind } = named(label)
    const [pieces, bundles] = typeof count === 'number' ? [count, 0] : count
    return { valueCents, kind, pieces, bundles }
  })
}

function wantedOf(counts: Record<string, number>): WantedPieces[] {
  return counted(counts).map(({ valueCents, kind, pieces }) => ({ valueCents, kind, pieces }))
}

function rebuild(
  counts: Counts,
  changeFund: number,
  wanted: Record<string, number> = {},
): ChangeFundRebuild | null {
  return rebuildChangeFund({
    counted: counted(counts),
    changeFundCents: cents(changeFund),
    wanted: wantedOf(wanted),
    denominations: US_DENOMINATIONS,
  })
}

function sizeOf(row: PieceCount, denominations: readonly Denomination[]): number {
  const of = denominations.find(d => d.kind === row.kind && d.valueCents === row.valueCents)
  return row.pieces + row.bundles * (of?.bundleSize ?? Number.NaN)
}

function worth(rows: readonly PieceCount[], denominations: readonly Denomination[]): number {
  return rows.reduce((total, row) => total + row.valueCents * sizeOf(row, denominations), 0)
}

describe('the change fund that stays', () => {
  const fullDrawer: Counts = { $100: 2, $20: 6, $10: 4, $5: 8, $1: 20, Quarters: 40 }

  it.each<[string, Counts, number, Record<string, number>, Counts, Counts]>([
    [
      'is the small pieces when nothing is wanted',
      fullDrawer,
      15_000,
      {},
      { $20: 2, $10: 4, $5: 8, $1: 20, Quarters: 40 },
      { $100: 2, $20: 4 },
    ],
    [
      'is everything below the largest that is rebuilt',
      { $100: [0, 9] },
      10_000_000,
      {},
      { $100: [0, 9] },
      {},
    ],
    [
      'is the wanted mix when it is there',
      fullDrawer,
      15_000,
      { $20: 4, $10: 3, $5: 4, $1: 10, Quarters: 40 },
      { $20: 4, $10: 3, $5: 4, $1: 10, Quarters: 40 },
      { $100: 2, $20: 2, $10: 1, $5: 4, $1: 10 },
    ],
    [
      'has the wanted pieces first and small ones for the rest',
      fullDrawer,
      15_000,
      { $100: 1 },
      { $100: 1, $1: 20, $5: 4, Quarters: 40 },
      { $100: 1, $20: 6, $10: 4, $5: 4 },
    ],
    [
      'takes small pieces for wanted ones that were spent',
      { $20: 1, $10: 9, $5: 4, $1: 20 },
      10_000,
      { $20: 3, $10: 4 },
      { $20: 1, $10: 4, $5: 4, $1: 20 },
      { $10: 5 },
    ],
    [
      'may need the larger pieces to come out exactly',
      { $50: 1, $20: 3, $5: 1 },
      6_000,
      { $50: 1, $5: 1 },
      { $20: 3 },
      { $50: 1, $5: 1 },
    ],
    [
      'keeps many pieces among mixes that are wanted alike',
      { $50: 1, $20: 3, $10: 1 },
      6_000,
      { $50: 1, $20: 3, $10: 1 },
      { $20: 3 },
      { $50: 1, $10: 1 },
    ],
    [
      'is nothing where the change fund is nothing',
      { $20: 1, Pennies: 3 },
      0,
      { $20: 1 },
      {},
      { $20: 1, Pennies: 3 },
    ],
    [
      'is everything where only the change fund is there',
      { $20: 1, $5: 2 },
      3_000,
      {},
      { $20: 1, $5: 2 },
      {},
    ],
    [
      'is everything where less than the change fund is there',
      { $20: [3, 1] },
      300_000,
      {},
      { $20: [3, 1] },
      {},
    ],
    ['is everything where nothing is there', {}, 10_000, { $20: 5 }, {}, {}],
    [
      'keeps coins beside notes of the same worth',
      { $1: 3, '$1 coin': 3 },
      300,
      {},
      { '$1 coin': 3 },
      { $1: 3 },
    ],
  ])('%s', (_what, drawer, changeFund, wanted, kept, leaving) => {
    const result = rebuild(drawer, changeFund, wanted)
    const inOrder = (rows: PieceCount[]) => rows.toSorted((a, b) => b.valueCents - a.valueCents)
    expect(result).not.toBeNull()
    expect(inOrder(result?.kept ?? [])).toEqual(inOrder(counted(kept)))
    expect(inOrder(result?.leaving ?? [])).toEqual(inOrder(counted(leaving)))
  })

  it.each<[string, Counts, number]>([
    ['the pieces cannot be parted', { $100: 2 }, 15_000],
    ['pennies are needed and none is there', { $1: 20, Nickels: 20 }, 1_501],
    ['the change fund is negative', { $100: 2 }, -1],
    ['the change fund is beyond what is rebuilt', { $100: [0, 11] }, 10_000_001],
    ['the count is no count', { $100: 1.5 }, 100],
  ])('is not proposed when %s', (_what, drawer, changeFund) => {
    expect(rebuild(drawer, changeFund)).toBeNull()
  })

  it('agrees with the plain proposal on how few pieces leave when nothing is wanted', () => {
    const piles = fc.array(fc.nat(30), { minLength: 13, maxLength: 13 })
    fc.assert(
      fc.property(piles, fc.nat(20_000), (pieces, changeFund) => {
        const drawer = US_DENOMINATIONS.map(({ valueCents, kind }, i) => {
          return { valueCents, kind, pieces: pieces[i] ?? 0, bundles: 0 }
        })
        const changeFundCents = cents(changeFund)
        fc.pre(worth(drawer, US_DENOMINATIONS) >= changeFund)
        const leavingCents = cents(worth(drawer, US_DENOMINATIONS) - changeFund)
        const plain = makeChangeFrom(leavingCents, drawer, US_DENOMINATIONS)
        const result = rebuildChangeFund({
          counted: drawer,
          changeFundCents,
          wanted: [],
          denominations: US_DENOMINATIONS,
        })
        const number = (rows: readonly PieceCount[] | undefined) =>
          rows?.reduce((all, row) => all + sizeOf(row, US_DENOMINATIONS), 0)
        expect(number(result?.leaving)).toBe(number(plain?.map(piece => ({ ...piece, bundles: 0 }))))
      }),
      { seed: 20261121, numRuns: 100 },
    )
  })
})

describe('straps and rolls', () => {
  it.each<[string, Counts, number, Record<string, number>, Counts, Counts]>([
    ['loose notes leave strapped', { $1: 250 }, 2_000, {}, { $1: 20 }, { $1: [30, 2] }],
    ['loose coins leave rolled', { Quarters: 100 }, 500, {}, { Quarters: 20 }, { Quarters: [0, 2] }],
    ['counted rolls leave first', { Dimes: [50, 2] }, 500, {}, { Dimes: 50 }, { Dimes: [0, 2] }],
    ['rolls that stay stay whole', { Dimes: [50, 2] }, 1_000, {}, { Dimes: [50, 1] }, { Dimes: [0, 1] }],
    [
      'a roll is opened for the change fund',
      { Quarters: [0, 2] },
      1_100,
      {},
      { Quarters: [4, 1] },
      { Quarters: 36 },
    ],
  ])('%s', (_what, drawer, changeFund, wanted, kept, leaving) => {
    const result = rebuild(drawer, changeFund, wanted)
    expect(result).toEqual({ kept: counted(kept), leaving: counted(leaving) })
  })
})

interface SmallDrawer {
  denominations: Denomination[]
  counted: PieceCount[]
  wanted: WantedPieces[]
}

/** Beside real money some that hardly parts, as foreign and odd denominations do; largest first. */
const ODD_MONEY = [...US_DENOMINATIONS, ...[975, 9, 7, 3, 2].map(oddCoin)].toSorted(
  (a, b) => b.valueCents - a.valueCents,
)

function oddCoin(value: number): Denomination {
  return { valueCents: cents(value), kind: 'coin', label: `${value}`, bundleSize: 3 }
}

/** Up to four denominations in straps and rolls of three, with few enough pieces to try every mix. */
const smallDrawer: fc.Arbitrary<SmallDrawer> = fc
  .array(
    fc.record({
      of: fc.constantFrom(...ODD_MONEY),
      loose: fc.nat(4),
      full: fc.nat(1),
      wished: fc.option(fc.nat(6)),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map(rows => {
    const byKey = new Map(rows.map(row => [row.of.label, row]))
    const each = ODD_MONEY.flatMap(d => byKey.get(d.label) ?? [])
    return {
      denominations: each.map(({ of }) => ({ ...of, bundleSize: 3 })),
      counted: each.map(({ of, loose, full }) => {
        return { valueCents: of.valueCents, kind: of.kind, pieces: loose, bundles: full }
      }),
      wanted: each.flatMap(({ of, wished }) => {
        return wished === null ? [] : [{ valueCents: of.valueCents, kind: of.kind, pieces: wished }]
      }),
    }
  })

/** Every way to keep some of the pieces, as numbers per denomination. */
function everyMix(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>(
    (mixes, size) => mixes.flatMap(mix => Array.from({ length: size + 1 }, (_, kept) => [...mix, kept])),
    [[]],
  )
}

/** How bad a mix is, worst figure first: money off the wanted counts, few pieces, few of the smallest. */
function badness(mix: readonly number[], { counted: rows, wanted }: SmallDrawer): number[] {
  const offBy = rows.map((row, i) => {
    const wish = wanted.find(w => w.kind === row.kind && w.valueCents === row.valueCents)
    return Math.abs((mix[i] ?? 0) - (wish?.pieces ?? 0)) * row.valueCents
  })
  const pieces = mix.reduce((all, n) => all + n, 0)
  return [offBy.reduce((all, n) => all + n, 0), -pieces, ...mix.toReversed().map(n => -n)]
}

function compared(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((n, i) => n !== b[i])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

describe('whatever was counted', () => {
  const RUN = { seed: 20261121, numRuns: 400 }

  it('no other mix that makes the change fund is better, and none is missed', () => {
    fc.assert(
      fc.property(smallDrawer, fc.nat(1_000_000), (drawer, pick) => {
        const sizes = drawer.counted.map(row => sizeOf(row, drawer.denominations))
        const mixes = everyMix(sizes)
        const value = (mix: readonly number[]) =>
          mix.reduce((all, n, i) => all + n * (drawer.counted[i]?.valueCents ?? 0), 0)
        const changeFund = value(mixes[pick % mixes.length] ?? [])
        const exact = mixes.filter(mix => value(mix) === changeFund)
        const best = exact.toSorted((a, b) => compared(badness(a, drawer), badness(b, drawer)))[0]
        const result = rebuildChangeFund({ ...drawer, changeFundCents: cents(changeFund) })
        const kept = drawer.counted.map(({ kind, valueCents }) => {
          const row = result?.kept.find(k => k.kind === kind && k.valueCents === valueCents)
          return row === undefined ? 0 : sizeOf(row, drawer.denominations)
        })
        expect(kept).toEqual(best)
      }),
      RUN,
    )
  })

  it('is kept or leaves piece by piece, exactly the change fund is kept, and only then', () => {
    fc.assert(
      fc.property(smallDrawer, fc.nat(30_000), fc.boolean(), (drawer, some, even) => {
        const { denominations, counted: rows } = drawer
        const changeFund = even ? some - (some % 500) : some
        const result = rebuildChangeFund({ ...drawer, changeFundCents: cents(changeFund) })
        const total = worth(rows, denominations)
        const sizes = rows.map(row => sizeOf(row, denominations))
        const makesChangeFund = everyMix(sizes).some(
          mix => mix.reduce((all, n, i) => all + n * (rows[i]?.valueCents ?? 0), 0) === changeFund,
        )
        expect(result !== null).toBe(total <= changeFund || makesChangeFund)
        if (result === null) return
        expect(worth(result.kept, denominations)).toBe(Math.min(total, changeFund))
        rows.forEach((row, i) => {
          const parts = [...result.kept, ...result.leaving].filter(
            part => part.kind === row.kind && part.valueCents === row.valueCents,
          )
          expect(parts.reduce((all, part) => all + sizeOf(part, denominations), 0)).toBe(sizes[i])
        })
        for (const row of result.leaving) expect(row.pieces).toBeLessThan(3)
        for (const row of [...result.kept, ...result.leaving]) {
          expect(Math.min(row.pieces, row.bundles)).toBeGreaterThanOrEqual(0)
          expect(row.pieces + row.bundles).toBeGreaterThan(0)
        }
      }),
      RUN,
    )
  })

  it.each([25_000, 100_000, 99_999])('is parted in a drawer of 3,000 pieces: %i cents', changeFund => {
    const drawer = US_DENOMINATIONS.map(({ valueCents, kind }) => {
      return { valueCents, kind, pieces: 231, bundles: 0 }
    })
    const wanted = wantedOf({ $20: 5, $10: 10, $5: 10, $1: 25, Quarters: 40, Dimes: 50, Pennies: 100 })
    const input = {
      counted: drawer,
      changeFundCents: cents(changeFund),
      wanted,
      denominations: US_DENOMINATIONS,
    }
    // Whoever tried every mix of so many pieces would not come to an end.
    expect(worth(rebuildChangeFund(input)?.kept ?? [], US_DENOMINATIONS)).toBe(changeFund)
  })
})
