import { describe, expect, it } from 'vitest'
import { bestMix, MAX_MIX, type Pile } from '../../../shared/rules/cash/piece-mix.ts'

const pile = (value: number, available: number, merit = 0): Pile => ({ value, available, merit })

describe('the best mix', () => {
  it.each<[string, number, Pile[], number[] | null]>([
    ['is nothing for nothing', 0, [], []],
    ['is none where there are no pieces', 5, [], null],
    ['is none where the pieces do not come to it', 40, [pile(25, 1), pile(10, 1)], null],
    ['has the most merit', 40, [pile(25, 1, -1), pile(10, 4, -1), pile(1, 30, -1)], [0, 4, 0]],
    ['has as many of the last as can be where all are as good', 30, [pile(10, 3), pile(5, 6)], [0, 6]],
    ['makes the largest amount', MAX_MIX, [pile(10_000, 1_000)], [1_000]],
  ])('%s', (_what, amount, piles, mix) => {
    expect(bestMix(amount, piles)).toEqual(mix)
  })

  it('refuses less than nothing, and more than it keeps figures for', () => {
    expect(() => bestMix(-1, [])).toThrow(new RangeError('-1 cents are not mixed'))
    expect(() => bestMix(MAX_MIX + 1, [pile(1, 1)])).toThrow(new RangeError('10000001 cents are not mixed'))
  })
})
