import { describe, expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import { US_DENOMINATIONS } from '../../../shared/rules/cash/denominations.ts'
import { type NotedPiece, notedWorth } from '../../../shared/rules/cash/noted-pieces.ts'

const noted = (valueCents: number, taken: number, given: number): NotedPiece => ({
  valueCents: cents(valueCents),
  kind: valueCents > 100 ? 'note' : 'coin',
  taken,
  given,
})

describe('pieces that were noted', () => {
  it('are worth what came in, what went out, and what stays', () => {
    const worth = notedWorth([noted(2_000, 3, 0), noted(500, 0, 2), noted(25, 1, 3)], US_DENOMINATIONS)
    expect(worth).toEqual({ ok: true, takenCents: 6_025, givenCents: 1_075, netCents: 4_950 })
    const more = notedWorth([noted(500, 0, 2)], US_DENOMINATIONS)
    expect(more).toEqual({ ok: true, takenCents: 0, givenCents: 1_000, netCents: -1_000 })
  })

  it.each([
    ['came in as half a piece', [noted(500, 0.5, 0)], 'not-a-count'],
    ['went out as less than none', [noted(500, 0, -1)], 'not-a-count'],
    ['are of no denomination', [noted(300, 1, 1)], 'unknown-denomination'],
    ['are named twice', [noted(500, 1, 0), noted(500, 0, 1)], 'repeated'],
  ])('are refused where they %s', (_what, pieces, reason) => {
    expect(notedWorth(pieces, US_DENOMINATIONS)).toEqual({ ok: false, reason })
  })
})
