import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import { countedPieces, US_DENOMINATIONS } from '../../../shared/rules/cash/denominations.ts'
import { type Candidate, explainDifference } from '../../../shared/rules/explain/explain-difference.ts'
import { rightSession } from './counts.ts'
import { CHANGE_FUND, check, inBrief, movement, piece, receipt, type SmallSession, session } from './small.ts'

const explain = (small: SmallSession): string[] => explainDifference(session(small)).map(inBrief)
const first = (small: SmallSession): Candidate | undefined => explainDifference(session(small))[0]

/** Odd amounts that have nothing to do with any difference here. */
const others = [receipt('o1', 4_117), receipt('o2', 9_906), receipt('o3', 20_218), receipt('o4', 1_340)]
const checks = [
  receipt('c1', 8_731, { tender: 'check', reference: '501' }),
  receipt('c2', 4_400, { tender: 'check', reference: '502' }),
]
const checksThere = [check(8_731, '501', 'c1'), check(4_400, '502', 'c2')]

describe('the first explanation', () => {
  it.each<[string, string, SmallSession]>([
    [
      'short by just one receipt: its money is not there',
      'not-received r',
      { receipts: [...others, receipt('r', 8_731)], off: { cash: -8_731 } },
    ],
    [
      'card slips short by just one receipt',
      'not-received r',
      { receipts: [...others, receipt('r', 8_731, { tender: 'card' })], off: { card: -8_731 } },
    ],
    [
      'a receipt with change is worth its amount, not what was handed over',
      'not-received r',
      { receipts: [...others, receipt('r', 8_731, { change: 1_269 })], off: { cash: -8_731 } },
    ],
    [
      'over by just one void: its money was not given back',
      'void-kept r',
      { receipts: [...others, receipt('r', 8_731, { state: 'voided' })], off: { cash: 8_731 } },
    ],
    [
      'over by what no entry explains: a receipt never keyed',
      'not-keyed',
      { receipts: others, off: { cash: 41_237 } },
    ],
    [
      'over by just the change of one receipt: it was not given',
      'change-not-given r',
      { receipts: [...others, receipt('r', 7_684, { change: 2_316 })], off: { cash: 2_316 } },
    ],
    [
      'short by just the change of one receipt: it was given twice',
      'change-given-twice r',
      { receipts: [...others, receipt('r', 7_684, { change: 2_316 })], off: { cash: -2_316 } },
    ],
    [
      'short by a receipt that another one of the same payer repeats',
      'entered-twice twin r',
      {
        receipts: [
          ...others,
          receipt('r', 8_731, { payer: 'A-1' }),
          receipt('twin', 8_731, { payer: 'A-1' }),
          receipt('stranger', 8_731),
        ],
        off: { cash: -8_731 },
      },
    ],
    [
      '58.31 keyed as 85.31',
      'digit-slip r',
      { receipts: [...others, receipt('r', 8_531, { dueCents: cents(5_831) })], off: { cash: -2_700 } },
    ],
    [
      '45.67 keyed as 456.70',
      'digit-slip r',
      { receipts: [...others, receipt('r', 45_670, { dueCents: cents(4_567) })], off: { cash: -41_103 } },
    ],
    [
      'a paid-out keyed as a paid-in makes twice the difference',
      'wrong-sign p',
      { receipts: others, movements: [movement('p', 'paid-in', 1_847)], off: { cash: -3_694 } },
    ],
    [
      'a paid-in keyed as a paid-out makes twice the difference',
      'wrong-sign p',
      { receipts: others, movements: [movement('p', 'paid-out', 1_847)], off: { cash: 3_694 } },
    ],
    [
      'a paid-out that was recorded and not made',
      'movement-not-made p',
      { receipts: others, movements: [movement('p', 'paid-out', 1_847)], off: { cash: 1_847 } },
    ],
    [
      'short by a sum of hundreds that no receipt has, near the limit',
      'movement-not-recorded',
      { receipts: [...others, receipt('r', 130_013)], off: { cash: -120_000 }, limitCents: 150_000 },
    ],
    [
      'cash and card off by equal and opposite amounts',
      'tender-swapped r',
      { receipts: [...others, receipt('r', 8_731)], off: { cash: -8_731, card: 8_731 } },
    ],
    ['short by two receipts together', 'two-receipts o1 o2', { receipts: others, off: { cash: -14_023 } }],
  ])('%s', (_, expected, small) => {
    expect(explain(small)[0]).toBe(expected)
  })
})

describe('instruments', () => {
  it('a check that is not there is named by its receipt before anything else', () => {
    const small = { receipts: [...others, ...checks], checks: checksThere.slice(1), off: { check: -8_731 } }
    expect(explain(small)[0]).toBe('item-missing c1')
  })

  it('a check of no receipt is named with its number', () => {
    const extra = check(3_310, '777')
    const small = { receipts: checks, checks: [...checksThere, extra], off: { check: 3_310 } }
    expect(first(small)).toMatchObject({ kind: 'item-extra', facts: { cents: 3_310, reference: '777' } })
  })

  it('a check keyed as cash is found although the total agrees', () => {
    const small = {
      receipts: [...others, ...checks, receipt('r', 2_719)],
      checks: [...checksThere, check(2_719, '777')],
      off: { cash: -2_719, check: 2_719 },
    }
    expect(first(small)).toMatchObject({
      kind: 'tender-swapped',
      receiptIds: ['r'],
      facts: { keyed: 'cash', taken: 'check', cents: 2_719 },
    })
  })

  it('cash that replaces a check is found although the total agrees', () => {
    const small = {
      receipts: [...others, ...checks],
      checks: checksThere.slice(1),
      off: { cash: 8_731, check: -8_731 },
    }
    expect(first(small)).toMatchObject({
      kind: 'tender-swapped',
      receiptIds: ['c1'],
      facts: { keyed: 'check', taken: 'cash' },
    })
  })

  it('a check that replaces another of the same amount is found although the tender agrees', () => {
    const small = { receipts: checks, checks: [check(8_731, '999'), ...checksThere.slice(1)], off: {} }
    expect(explain(small)).toEqual(expect.arrayContaining(['item-missing c1', 'item-extra']))
  })

  it('a check that says another amount than its receipt is a slip of the fingers where the digits show one', () => {
    const slip = { receipts: checks, checks: [check(7_831, '501', 'c1'), check(4_400, '502', 'c2')] }
    expect(explain({ ...slip, off: { check: -900 } })[0]).toBe('digit-slip c1')
    const other = { receipts: checks, checks: [check(8_700, '501', 'c1'), check(4_400, '502', 'c2')] }
    expect(explain({ ...other, off: { check: -31 } })).toEqual(['item-differs c1'])
  })

  it('a check that left the drawer in a turn-in is not missing', () => {
    const evidence = session({ receipts: checks, checks: checksThere.slice(1), off: {} })
    expect(explainDifference(evidence)).not.toEqual([])
    expect(explainDifference({ ...evidence, turnedInItems: [{ receiptId: 'c1', tenderNo: 1 }] })).toEqual([])
  })
})

describe('pieces', () => {
  it.each<[string, number, SmallSession['counted'], object]>([
    [
      'a roll of quarters counted as a roll of dimes',
      -500,
      [piece('note', 1_000, 15), piece('note', 500, 12), piece('coin', 25, 0, 3), piece('coin', 10, 0, 1)],
      { actual: { kind: 'coin', valueCents: 25 }, countedAs: { kind: 'coin', valueCents: 10 }, bundles: 1 },
    ],
    [
      'the line of tens entered as fives',
      -7_500,
      [piece('note', 500, 27), piece('coin', 25, 0, 4)],
      {
        actual: { kind: 'note', valueCents: 1_000 },
        countedAs: { kind: 'note', valueCents: 500 },
        pieces: 15,
      },
    ],
    [
      'one five among the tens',
      500,
      [piece('note', 1_000, 16), piece('note', 500, 11), piece('coin', 25, 0, 4)],
      {
        actual: { kind: 'note', valueCents: 500 },
        countedAs: { kind: 'note', valueCents: 1_000 },
        pieces: 1,
      },
    ],
  ])('%s', (_, off, counted, facts) => {
    expect(first({ counted: counted ?? [], off: { cash: off } })).toMatchObject({
      kind: 'counted-as-neighbour',
      facts,
    })
  })

  it('a change fund that is not what the last close left is the explanation', () => {
    const leftBefore = countedPieces([...CHANGE_FUND, piece('note', 2_000, 1)], US_DENOMINATIONS)
    expect(first({ receipts: others, opening: { leftBefore }, off: { cash: 2_000 } })).toMatchObject({
      kind: 'change-fund-miscounted',
      facts: { countedCents: 25_000, likelyCents: 27_000, against: 'left-before' },
    })
  })

  it('a change fund that is not what it should be speaks for itself where nobody knows what was left', () => {
    const opening = { leftBefore: null, wantedCents: cents(27_000) }
    expect(first({ receipts: others, opening, off: { cash: 2_000 } })).toMatchObject({
      kind: 'change-fund-miscounted',
      facts: { against: 'wanted' },
    })
  })
})

describe('a drawer that is short 27.00', () => {
  const found = explainDifference(
    session({
      receipts: [
        ...others,
        receipt('whole', 2_700),
        receipt('half', 1_350),
        receipt('transposed', 8_500),
        receipt('changed', 7_300, { change: 2_700 }),
      ],
      off: { cash: -2_700 },
    }),
  )

  it.each(['not-received whole', 'wrong-sign half', 'digit-slip transposed', 'change-given-twice changed'])(
    'may be so by %s',
    expected => {
      expect(found.map(inBrief)).toContain(expected)
    },
  )

  it('tells the amounts of each explanation', () => {
    expect(found.find(({ receiptIds }) => receiptIds[0] === 'transposed')).toMatchObject({
      facts: { tender: 'cash', form: 'swapped', keyedCents: 8_500, meantCents: 5_800 },
      explains: [{ tender: 'cash', differenceCents: -2_700 }],
    })
  })
})

describe('weights', () => {
  it('nine receipts of 20.00 are nine ways of one candidate', () => {
    const nine = Array.from({ length: 9 }, (_, i) => receipt(`n${i}`, 2_000))
    const candidates = explainDifference(session({ receipts: [...others, ...nine], off: { cash: -2_000 } }))
    const received = candidates.filter(({ kind }) => kind === 'not-received')
    expect(received.map(({ ways }) => ways.length)).toEqual([9])
  })

  it('an odd amount that matches is surer than a round one', () => {
    const sure = first({ receipts: [...others, receipt('r', 8_731)], off: { cash: -8_731 } })
    const unsure = first({ receipts: [...others, receipt('r', 2_000)], off: { cash: -2_000 } })
    expect(sure?.score).toBeGreaterThan(unsure?.score ?? 1)
  })

  it('one receipt comes before two that come to the same', () => {
    const kinds = explain({ receipts: [...others, receipt('r', 14_023)], off: { cash: -14_023 } })
    expect(kinds.indexOf('not-received r')).toBeLessThan(kinds.indexOf('two-receipts o1 o2'))
    expect(kinds).toContain('two-receipts o1 o2')
  })

  it('differences in two tenders that have nothing to do with each other are explained each by itself', () => {
    const receipts = [...others, receipt('r', 8_731), receipt('s', 6_413, { tender: 'card' })]
    const kinds = explain({ receipts, off: { cash: -8_731, card: -6_413 } })
    expect(kinds.slice(0, 2).sort()).toEqual(['not-received r', 'not-received s'])
  })
})

describe('nothing to explain', () => {
  it('a session that agrees has no explanation', () => {
    expect(explain({ receipts: [...others, ...checks], checks: checksThere, off: {} })).toEqual([])
  })

  it.each([1, 2, 3, 4, 5])('a whole day in which nothing went wrong has none either (%i)', seed => {
    expect(explainDifference(rightSession(seed))).toEqual([])
  })
})

describe('whatever it is given', () => {
  const amount = fc.integer({ min: 1, max: 9_999_999_999 })
  const anyReceipt = fc.record({
    amount,
    change: fc.nat(50_000),
    voided: fc.boolean(),
    due: fc.option(amount),
  })
  const off = fc.integer({ min: -9_999_999_999, max: 9_999_999_999 })

  it('a session without receipts, pieces or denominations is no error', () => {
    const bare = session({ counted: [], off: { cash: -2_700, card: 1, check: 300 } })
    const nothing = { ...bare, denominations: [], opening: { ...bare.opening, pieces: [], leftBefore: null } }
    expect(explainDifference(nothing).length).toBeGreaterThan(0)
    expect(explainDifference({ ...nothing, balances: [] })).toEqual([])
  })

  it('every answer is in order, within bounds, and explains just what is off', () => {
    fc.assert(
      fc.property(fc.array(anyReceipt, { maxLength: 12 }), off, off, (made, cash, card) => {
        const receipts = made.map((one, i) =>
          receipt(`r${i}`, one.amount, {
            change: one.change,
            state: one.voided ? 'voided' : 'posted',
            dueCents: one.due === null ? null : cents(one.due),
            ...(i % 3 === 0 ? { tender: 'card', change: 0 } : {}),
          }),
        )
        const found = explainDifference(session({ receipts, off: { cash, card } }))
        const scores = found.map(({ score }) => score)
        expect(scores).toEqual(scores.toSorted((a, b) => b - a))
        expect(found.length).toBeLessThanOrEqual(10)
        expect(scores.every(score => score >= 0 && score <= 1)).toBe(true)
        for (const { explains } of found) {
          for (const one of explains) expect(one.differenceCents).toBe(one.tender === 'cash' ? cash : card)
        }
      }),
      { seed: 20_261_121, numRuns: 300 },
    )
  })
})
