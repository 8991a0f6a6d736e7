import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import { type PieceCount, US_DENOMINATIONS } from '../../../shared/rules/cash/denominations.ts'
import { noteToChange } from '../../../shared/rules/cash/note-to-change.ts'
import { rebuildChangeFund } from '../../../shared/rules/session/change-fund.ts'

function pieces(value: number, count: number, bundles = 0): PieceCount {
  return { valueCents: cents(value), kind: value > 100 ? 'note' : 'coin', pieces: count, bundles }
}

const toChange = (counted: PieceCount[], changeFund: number) =>
  noteToChange(counted, cents(changeFund), US_DENOMINATIONS)

describe('which note to change before the change fund can stay', () => {
  it.each([
    {
      what: 'one twenty of nine: ten of it completes the two hundred',
      counted: [pieces(5_000, 1), pieces(2_000, 9)],
      changeFund: 20_000,
      says: { valueCents: 2_000, kind: 'note', staysCents: 1_000 },
    },
    {
      what: 'a hundred, where nothing else is there',
      counted: [pieces(10_000, 5)],
      changeFund: 15_000,
      says: { valueCents: 10_000, kind: 'note', staysCents: 5_000 },
    },
    {
      what: 'a roll is as good as its coins',
      counted: [pieces(2_000, 10), pieces(25, 0, 1)],
      changeFund: 10_010,
      says: { valueCents: 25, kind: 'coin', staysCents: 10 },
    },
    {
      what: 'nothing where a mix makes it',
      counted: [pieces(5_000, 2), pieces(2_000, 7)],
      changeFund: 20_000,
      says: null,
    },
    {
      what: 'the same in whatever order they were counted, and whatever else lies there',
      counted: [pieces(2_000, 9), pieces(300, 1), pieces(5_000, 1)],
      changeFund: 20_000,
      says: { valueCents: 2_000, kind: 'note', staysCents: 1_000 },
    },
    {
      what: 'one twenty, for the largest change fund that there is',
      counted: [pieces(10_000, 999), pieces(5_000, 1), pieces(2_000, 4)],
      changeFund: 10_000_000,
      says: { valueCents: 2_000, kind: 'note', staysCents: 1_000 },
    },
    {
      what: 'nothing for one that is larger',
      counted: [pieces(10_000, 1_002)],
      changeFund: 10_000_001,
      says: null,
    },
    { what: 'nothing for one below zero', counted: [pieces(5_000, 2)], changeFund: -1, says: null },
    { what: 'nothing where all of it stays', counted: [pieces(5_000, 2)], changeFund: 20_000, says: null },
    { what: 'nothing where nothing is there', counted: [], changeFund: 20_000, says: null },
  ])('$what', ({ counted, changeFund, says }) => {
    expect(toChange(counted, changeFund)).toEqual(says)
  })

  it('when it is changed, the change fund can stay: with any pieces, and any change fund', () => {
    const counted = fc
      .uniqueArray(
        fc.record({
          at: fc.nat({ max: US_DENOMINATIONS.length - 1 }),
          pieces: fc.integer({ min: 1, max: 9 }),
        }),
        {
          selector: ({ at }) => at,
          maxLength: 5,
        },
      )
      .map(rows =>
        rows.flatMap(({ at, pieces: count }) => {
          const of = US_DENOMINATIONS[at]
          return of === undefined
            ? []
            : [{ valueCents: of.valueCents, kind: of.kind, pieces: count, bundles: 0 }]
        }),
      )
    fc.assert(
      fc.property(counted, fc.integer({ min: 1, max: 30_000 }), (rows, changeFund) => {
        const note = toChange(rows, changeFund)
        const rebuilt = rebuildChangeFund({
          counted: rows,
          changeFundCents: cents(changeFund),
          wanted: [],
          denominations: US_DENOMINATIONS,
        })
        expect(note === null).toBe(rebuilt !== null)
        if (note === null) return
        // Pennies stand for whatever smaller pieces the note was changed into.
        const changed = rows.map(row =>
          row.valueCents === note.valueCents && row.kind === note.kind
            ? { ...row, pieces: row.pieces - 1 }
            : row,
        )
        const others = changed.filter(row => row.valueCents !== 1)
        const before = changed.find(row => row.valueCents === 1)?.pieces ?? 0
        const after = rebuildChangeFund({
          counted: [...others, { ...pieces(1, before + note.valueCents) }],
          changeFundCents: cents(changeFund),
          wanted: [],
          denominations: US_DENOMINATIONS,
        })
        expect(after).not.toBeNull()
        expect(note.staysCents).toBeLessThan(note.valueCents)
        expect(note.staysCents).toBeGreaterThan(0)
      }),
    )
  })
})
