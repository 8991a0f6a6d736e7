import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import {
  type Denomination,
  type PieceCount,
  US_DENOMINATIONS,
} from '../../../shared/rules/cash/denominations.ts'
import {
  likelyStock,
  runningLow,
  type StockEvent,
  suggestChange,
} from '../../../shared/rules/cash/likely-stock.ts'
import { makeChange, makeChangeFrom } from '../../../shared/rules/cash/make-change.ts'

type Counts = Record<string, number>

function named(label: string): Denomination {
  const found = US_DENOMINATIONS.find(d => d.label === label)
  if (found === undefined) throw new Error(`no denomination ${label}`)
  return found
}

function pieces(counts: Counts): PieceCount[] {
  return Object.entries(counts).map(([label, count]) => {
    const { valueCents, kind } = named(label)
    return { valueCents, kind, pieces: count, bundles: 0 }
  })
}

function labelled(rows: readonly PieceCount[]): Counts {
  return Object.fromEntries(
    rows.map(row => {
      const of = US_DENOMINATIONS.find(d => d.kind === row.kind && d.valueCents === row.valueCents)
      return [of?.label ?? '?', row.pieces]
    }),
  )
}

function receipt(tendered: number, change: number, taken?: Counts, given?: Counts): StockEvent {
  return {
    kind: 'receipt',
    cashTenderedCents: cents(tendered),
    changeCents: cents(change),
    taken: taken === undefined ? null : pieces(taken),
    given: given === undefined ? null : pieces(given),
  }
}

function stockAfter(count: Counts, ...events: StockEvent[]) {
  const { pieces: rows, ...rest } = likelyStock(pieces(count), events, US_DENOMINATIONS)
  return { ...labelled(rows), ...rest }
}

const NOTED = { certain: true, assumedReceipts: 0 }

describe('the likely stock', () => {
  it.each<[string, Counts, StockEvent[], object]>([
    ['is the count when nothing moved', { $20: 2, Dimes: 7 }, [], { $20: 2, Dimes: 7, ...NOTED }],
    [
      'takes a larger piece for broken when more small ones were given than it knew',
      { $10: 3, $1: 5 },
      [receipt(2_000, 700, { $20: 1 }, { $1: 7 }), receipt(500, 0, { $5: 1 }, {})],
      { $20: 1, $10: 2, $5: 2, $2: 1, $1: 1, certain: false, assumedReceipts: 0 },
    ],
    [
      'is certain when every piece was noted',
      { $10: 3, $1: 9 },
      [receipt(2_000, 700, { $20: 1 }, { $1: 7 })],
      { $20: 1, $10: 3, $1: 2, ...NOTED },
    ],
    [
      'takes cash to have come and gone in the fewest pieces',
      { $10: 3, $5: 3, $1: 5 },
      [receipt(4_000, 1_600)],
      { $20: 2, $10: 2, $5: 2, $1: 4, certain: false, assumedReceipts: 1 },
    ],
    [
      'gives change out of what is there',
      { $1: 9 },
      [receipt(1_000, 700)],
      { $10: 1, $1: 2, certain: false, assumedReceipts: 1 },
    ],
    [
      'gives the largest pieces first, though others would be fewer',
      { Quarters: 1, Dimes: 4, Pennies: 10 },
      [receipt(0, 40)],
      { Dimes: 3, Pennies: 5, certain: false, assumedReceipts: 1 },
    ],
    [
      'is not certain of cash that was not noted',
      {},
      [receipt(1_000, 0)],
      { $10: 1, certain: false, assumedReceipts: 1 },
    ],
    [
      'gives what fits before it breaks a piece for the rest',
      { $20: 1, $5: 2 },
      [receipt(0, 1_200)],
      { $10: 1, $5: 1, $2: 1, $1: 1, certain: false, assumedReceipts: 1 },
    ],
    [
      'may give back what was just handed over',
      {},
      [receipt(1_500, 500)],
      { $10: 1, certain: false, assumedReceipts: 1 },
    ],
    [
      'breaks a piece when the likely ones cannot make the change',
      { $20: 1 },
      [receipt(0, 700)],
      { $10: 1, $2: 1, $1: 1, certain: false, assumedReceipts: 1 },
    ],
    [
      'assumes only what was not noted',
      { $1: 9 },
      [receipt(1_000, 700, { $5: 2 })],
      { $5: 1, $1: 7, certain: false, assumedReceipts: 1 },
    ],
    ['does not count receipts without cash', { $1: 1 }, [receipt(0, 0)], { $1: 1, ...NOTED }],
    [
      'loses what is turned in',
      { $100: 3, $20: 9 },
      [{ kind: 'turn-in', pieces: pieces({ $100: 3, $20: 5 }) }],
      { $20: 4, ...NOTED },
    ],
    [
      'is never negative: what was turned in beyond it came in other pieces',
      { $100: 1, $20: 1 },
      [{ kind: 'turn-in', pieces: pieces({ $20: 4 }) }],
      { $20: 2, certain: false, assumedReceipts: 0 },
    ],
    [
      'is nothing when more went than was there',
      { $20: 1 },
      [{ kind: 'turn-in', pieces: pieces({ $20: 4 }) }],
      { certain: false, assumedReceipts: 0 },
    ],
    [
      'exchanges with the safe',
      { $100: 1, $1: 3 },
      [{ kind: 'change-order', received: pieces({ $5: 20 }), returned: pieces({ $100: 1 }) }],
      { $5: 20, $1: 3, ...NOTED },
    ],
    [
      'follows paid-in and paid-out with their pieces',
      { $20: 1, $5: 1 },
      [
        { kind: 'paid-in', cents: cents(1_000), pieces: pieces({ $5: 2 }) },
        { kind: 'paid-out', cents: cents(2_000), pieces: pieces({ $20: 1 }) },
      ],
      { $5: 3, ...NOTED },
    ],
    [
      'and without them',
      { $20: 1, $5: 1 },
      [
        { kind: 'paid-in', cents: cents(1_000), pieces: null },
        { kind: 'paid-out', cents: cents(2_000), pieces: null },
      ],
      { $10: 1, $5: 1, certain: false, assumedReceipts: 0 },
    ],
  ])('%s', (_what, count, events, expected) => {
    expect(stockAfter(count, ...events)).toEqual(expected)
  })

  it('opens straps and rolls', () => {
    const rolls: PieceCount[] = [{ ...named('Quarters'), pieces: 3, bundles: 2 }]
    expect(labelled(likelyStock(rolls, [], US_DENOMINATIONS).pieces)).toEqual({ Quarters: 83 })
  })

  it('leaves out what is no longer configured, and says that it is not certain', () => {
    const withoutTwos = US_DENOMINATIONS.filter(d => d.label !== '$2')
    const stock = likelyStock(pieces({ $5: 1, $2: 1 }), [], withoutTwos)
    expect({ ...stock, pieces: labelled(stock.pieces) }).toEqual({
      pieces: { $5: 1 },
      certain: false,
      assumedReceipts: 0,
    })
  })

  const move = fc.oneof(
    fc.record({ due: fc.integer({ min: 1, max: 20_000 }), more: fc.nat(5_000) }).map(({ due, more }) => {
      return receipt(due + more, more)
    }),
    fc.integer({ min: 1, max: 3_000 }).map((c): StockEvent => {
      return { kind: 'paid-out', cents: cents(c), pieces: null }
    }),
    fc.integer({ min: 1, max: 3_000 }).map((c): StockEvent => {
      return { kind: 'paid-in', cents: cents(c), pieces: null }
    }),
    fc
      .record({ label: fc.constantFrom('$100', '$20', '$1', 'Quarters'), n: fc.nat(6) })
      .map(({ label, n }): StockEvent => ({ kind: 'turn-in', pieces: pieces({ [label]: n }) })),
  )

  function movedBy(event: StockEvent): number {
    const worth = (rows: readonly PieceCount[]) =>
      rows.reduce((all, row) => all + row.valueCents * row.pieces, 0)
    if (event.kind === 'receipt') return event.cashTenderedCents - event.changeCents
    if (event.kind === 'turn-in') return -worth(event.pieces)
    if (event.kind === 'change-order') return worth(event.received) - worth(event.returned)
    return event.kind === 'paid-in' ? event.cents : -event.cents
  }

  it('is worth what should be in the drawer after every move, and never has less than no piece', () => {
    fc.assert(
      fc.property(
        fc.array(move, { maxLength: 12 }),
        fc.array(fc.nat(9), { minLength: 13, maxLength: 13 }),
        (events, n) => {
          const count = US_DENOMINATIONS.map(({ valueCents, kind }, i) => {
            return { valueCents, kind, pieces: n[i] ?? 0, bundles: 0 }
          })
          let expected = count.reduce((all, row) => all + row.valueCents * row.pieces, 0)
          for (let i = 0; i < events.length; i += 1) {
            const event = events[i]
            if (event === undefined) break
            expected += movedBy(event)
            if (expected < 0) return
            const stock = likelyStock(count, events.slice(0, i + 1), US_DENOMINATIONS)
            for (const row of stock.pieces) expect(row.pieces).toBeGreaterThan(0)
            expect(stock.pieces.reduce((all, row) => all + row.valueCents * row.pieces, 0)).toBe(expected)
          }
        },
      ),
      { seed: 20261121, numRuns: 60 },
    )
  })

  it('takes cash in dollars and cents to have come in as few pieces as there are any', () => {
    const number = (rows: readonly { pieces: number }[]) => rows.reduce((all, r) => all + r.pieces, 0)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), amount => {
        const stock = likelyStock([], [receipt(amount, 0)], US_DENOMINATIONS)
        expect(number(stock.pieces)).toBe(number(makeChange(cents(amount), US_DENOMINATIONS)))
      }),
      { seed: 20261121, numRuns: 500 },
    )
  })

  it('finds pieces for cash that the largest pieces first cannot make', () => {
    const money = [25, 10].map((v): Denomination => {
      return { valueCents: cents(v), kind: 'coin', label: `${v}`, bundleSize: 10 }
    })
    const three = { valueCents: cents(10), kind: 'coin' as const, pieces: 3, bundles: 0 }
    expect(likelyStock([], [receipt(30, 0)], money).pieces).toEqual([three])
  })

  it('takes cash to have come in the largest pieces, in whatever order they are configured', () => {
    const money = [1, 10, 25].map((v): Denomination => {
      return { valueCents: cents(v), kind: 'coin', label: `${v}`, bundleSize: 10 }
    })
    const { pieces: rows } = likelyStock([], [receipt(30, 0)], money)
    expect(rows.map(({ valueCents, pieces: count }) => [valueCents, count])).toEqual([
      [1, 5],
      [25, 1],
    ])
  })

  it('counts the receipts that it had to assume', () => {
    const count = pieces(Object.fromEntries(US_DENOMINATIONS.map(d => [d.label, 40])))
    const events = Array.from({ length: 400 }, (_, i) => {
      return receipt(10_000 + (i % 7) * 2_000, (i * 7_919) % 9_000)
    })
    expect(likelyStock(count, events, US_DENOMINATIONS).assumedReceipts).toBe(400)
  })
})

describe('running low', () => {
  const minimums = pieces({ Quarters: 20, $1: 10 })

  it('names what is below its minimum, what is gone too, and not what is just enough', () => {
    const low = runningLow(pieces({ $1: 10, $20: 1 }), minimums)
    expect(low).toEqual([{ valueCents: 25, kind: 'coin', pieces: 0, minimumPieces: 20 }])
    expect(runningLow(pieces({ $1: 9, Quarters: 20 }), minimums)).toEqual([
      { valueCents: 100, kind: 'note', pieces: 9, minimumPieces: 10 },
    ])
  })

  it('takes a dollar coin for no dollar note', () => {
    const low = runningLow(pieces({ '$1 coin': 50, Quarters: 20 }), minimums)
    expect(low).toEqual([{ valueCents: 100, kind: 'note', pieces: 0, minimumPieces: 10 }])
  })
})

describe('suggested change', () => {
  function suggested(amount: number, stock: Counts, denominations = US_DENOMINATIONS) {
    const { pieces: rows, fromStock, missing } = suggestChange(cents(amount), pieces(stock), denominations)
    const inBrief = (list: typeof rows) => list.map(row => `${row.pieces}×${row.label}`).join(' ')
    return [inBrief(rows), fromStock, inBrief(missing)]
  }

  it.each<[string, number, Counts, [string, boolean, string]]>([
    ['out of what is there', 1_500, { $10: 1, $1: 9 }, ['1×$10 5×$1', true, '']],
    ['nothing for nothing', 0, {}, ['', true, '']],
    ['names what is missing', 1_500, { $10: 1, $1: 3 }, ['1×$10 1×$5', false, '1×$5']],
    ['counts what is missing', 4, { Pennies: 1 }, ['4×Pennies', false, '3×Pennies']],
  ])('%s', (_what, amount, stock, expected) => {
    expect(suggested(amount, stock)).toEqual(expected)
  })

  it('opens rolls, and has nothing to say where the money has no such piece', () => {
    const roll = [{ ...named('Quarters'), pieces: 0, bundles: 1 }]
    expect(suggestChange(cents(75), roll, US_DENOMINATIONS)).toMatchObject({ fromStock: true, missing: [] })
    const noPennies = US_DENOMINATIONS.filter(d => d.label !== 'Pennies')
    expect(suggested(3, { Dimes: 1 }, noPennies)).toEqual(['', false, ''])
  })

  it('has as few pieces as any other change out of the same stock, or rightly none', () => {
    const piles = fc.array(fc.nat(4), { minLength: 13, maxLength: 13 })
    fc.assert(
      fc.property(piles, fc.nat(9_999), (n, amount) => {
        const stock = US_DENOMINATIONS.map(({ valueCents, kind }, i) => {
          return { valueCents, kind, pieces: n[i] ?? 0, bundles: 0 }
        })
        const number = (rows: readonly { pieces: number }[]) => rows.reduce((all, r) => all + r.pieces, 0)
        const slowly = makeChangeFrom(cents(amount), stock, US_DENOMINATIONS)
        const suggestion = suggestChange(cents(amount), stock, US_DENOMINATIONS)
        expect(suggestion.fromStock).toBe(slowly !== null)
        expect(suggestion.pieces.reduce((all, row) => all + row.pieces * row.valueCents, 0)).toBe(amount)
        if (slowly !== null) expect(number(suggestion.pieces)).toBe(number(slowly))
        else expect(number(suggestion.missing)).toBeGreaterThan(0)
        for (const row of suggestion.pieces) {
          const there = stock.find(s => s.kind === row.kind && s.valueCents === row.valueCents)?.pieces ?? 0
          const lacking = suggestion.missing.find(m => m.label === row.label)?.pieces ?? 0
          expect(lacking).toBe(Math.max(row.pieces - there, 0))
        }
      }),
      { seed: 20261121, numRuns: 200 },
    )
  })

  it('gives out a dollar note before a dollar coin', () => {
    expect(suggested(100, { $1: 1, '$1 coin': 1 })).toEqual(['1×$1', true, ''])
  })

  it('refuses a negative amount', () => {
    expect(() => suggestChange(cents(-1), [], US_DENOMINATIONS)).toThrow(RangeError)
  })
})
