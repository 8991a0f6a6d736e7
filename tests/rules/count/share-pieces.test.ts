/** How the pieces of one session are shared out among the bank accounts that its money belongs to. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents, sum, times } from '../../../shared/money.ts'
import {
  countTotal,
  type PieceCount,
  piecesIn,
  US_DENOMINATIONS,
} from '../../../shared/rules/cash/denominations.ts'
import { sharePieces } from '../../../shared/rules/deposit/deposit-cash.ts'
import { runSeed } from '../../support/run/seed.ts'

const notes = (valueCents: number, pieces: number, bundles = 0): PieceCount => ({
  valueCents: cents(valueCents),
  kind: 'note',
  pieces,
  bundles,
})
const share = (loose: PieceCount[], ...wanted: number[]) =>
  sharePieces(loose, wanted.map(cents), US_DENOMINATIONS)

describe('the pieces of a session', () => {
  it('go to its parts in their order, each with the fewest pieces', () => {
    expect(share([notes(2_000, 3), notes(1_000, 2)], 3_000, 5_000)).toEqual([
      [notes(2_000, 1), notes(1_000, 1)],
      [notes(2_000, 2), notes(1_000, 1)],
    ])
  })

  it('go in full straps and rolls, and the rest loose', () => {
    expect(share([notes(100, 230)], 23_000)).toEqual([[notes(100, 30, 2)]])
  })

  it('are nothing for a part without cash, and unknown for one that they cannot make', () => {
    expect(share([notes(2_000, 1), notes(500, 1)], 0, 1_000, 2_500)).toEqual([
      [],
      null,
      [notes(2_000, 1), notes(500, 1)],
    ])
    expect(share([], 100)).toEqual([null])
  })

  it('are never more than there are, and come to what each part gets', () => {
    const stock = fc.array(fc.nat(30), {
      minLength: US_DENOMINATIONS.length,
      maxLength: US_DENOMINATIONS.length,
    })
    fc.assert(
      fc.property(stock, fc.array(fc.nat(40_000), { minLength: 1, maxLength: 4 }), (counts, wanted) => {
        const loose = US_DENOMINATIONS.map(({ valueCents, kind }, i) => ({
          valueCents,
          kind,
          pieces: counts[i] ?? 0,
          bundles: 0,
        }))
        const shares = share(loose, ...wanted)
        shares.forEach((given, i) => {
          if (given !== null) expect(countTotal(given, US_DENOMINATIONS)).toMatchObject({ cents: wanted[i] })
        })
        for (const denomination of US_DENOMINATIONS) {
          const gone = shares
            .flatMap(given => given ?? [])
            .filter(row => row.valueCents === denomination.valueCents && row.kind === denomination.kind)
            .map(row => times(denomination.valueCents, piecesIn(row, denomination)))
          const had = loose.find(
            row => row.valueCents === denomination.valueCents && row.kind === denomination.kind,
          )
          expect(sum(gone)).toBeLessThanOrEqual(times(denomination.valueCents, had?.pieces ?? 0))
        }
      }),
      { seed: runSeed(), numRuns: 200 },
    )
  })
})
