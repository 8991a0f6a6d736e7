import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents, sum } from '../../../shared/money.ts'
import {
  type CountedInstrument,
  composition,
  type ExpectedInstrument,
} from '../../../shared/rules/session/composition.ts'

type Kind = 'check' | 'money-order'

function receipt(
  receiptId: string,
  reference: string,
  amount: number,
  tender: Kind = 'check',
): ExpectedInstrument {
  return { receiptId, tenderNo: 1, tender, reference, cents: cents(amount) }
}

function byHand(reference: string, amount: number, tender: Kind = 'check'): CountedInstrument {
  return { receiptId: null, tenderNo: null, tender, reference, cents: cents(amount) }
}

const WATER = receipt('r1', '1187', 4_500)
const SEWER = receipt('r2', '2001', 4_500)
const PERMIT = receipt('r3', '77', 12_000)
const TAKEN = [WATER, SEWER, PERMIT]

interface Counted {
  counted: readonly CountedInstrument[]
  cashOver?: number
  expected?: readonly ExpectedInstrument[]
}

function findings({ counted, cashOver = 0, expected = TAKEN }: Counted) {
  const balances = [{ tender: 'cash' as const, overShortCents: cents(cashOver) }]
  return composition({ expected, counted, balances })
}

const named = (counted: Counted) => findings(counted).map(({ kind, reference }) => `${kind} ${reference}`)

describe('the papers of a count', () => {
  it.each([
    { what: 'every check is there', counted: TAKEN, says: [] },
    { what: 'every check is there, in another order', counted: [PERMIT, WATER, SEWER], says: [] },
    { what: 'one is missing', counted: [WATER, SEWER], says: ['missing-check 77'] },
    {
      what: 'one is there without a receipt',
      counted: [...TAKEN, byHand('9', 100)],
      says: ['extra-check 9'],
    },
    {
      what: 'one went out and another of the same amount came in: the total agrees',
      counted: [WATER, PERMIT, byHand('3155', 4_500)],
      says: ['other-check 2001'],
    },
    {
      what: 'a money order lies where a check should',
      counted: [WATER, PERMIT, byHand('3155', 4_500, 'money-order')],
      says: ['other-check 2001'],
    },
    {
      what: 'a money order has the number and the amount of a check',
      counted: [WATER, SEWER, byHand('77', 12_000, 'money-order')],
      says: ['other-check 77'],
    },
    {
      what: 'a money order and a check of its amount lie where a check should',
      counted: [WATER, PERMIT, byHand('1', 4_500, 'money-order'), byHand('2', 4_500)],
      says: ['other-check 2001', 'extra-check 1'],
    },
    {
      what: 'one is missing, and another of another amount is there',
      counted: [WATER, SEWER, byHand('9', 100)],
      says: ['missing-check 77', 'extra-check 9'],
    },
    {
      what: 'a check was entered for another amount than it says',
      counted: [WATER, SEWER, byHand('77', 1_200)],
      says: ['wrong-amount 77'],
    },
    {
      what: 'one that was not ticked was entered by hand',
      counted: [WATER, SEWER, byHand('77', 12_000)],
      says: [],
    },
    {
      what: 'one was counted twice',
      counted: [...TAKEN, PERMIT],
      says: ['extra-check 77'],
    },
    {
      what: 'two amounts were exchanged: the total agrees',
      counted: [SEWER, { ...WATER, cents: cents(12_000) }, { ...PERMIT, cents: cents(4_500) }],
      says: ['wrong-amount 1187', 'wrong-amount 77'],
    },
    { what: 'nothing was taken, nothing is there', counted: [], expected: [], says: [] },
  ])('$what', ({ says, ...counted }) => {
    expect(named(counted)).toEqual(says)
  })

  it('what was found in the place of a check is told with it', () => {
    const [finding] = findings({ counted: [WATER, PERMIT, byHand('3155', 4_500, 'money-order')] })
    expect(finding).toEqual({
      kind: 'other-check',
      tender: 'check',
      reference: '2001',
      cents: 4_500,
      receiptId: 'r2',
      found: { tender: 'money-order', reference: '3155', cents: 4_500 },
    })
  })
})

describe('cash in the place of checks', () => {
  it.each([
    {
      what: 'cash is over by the missing check: it was taken out for cash',
      counted: [WATER, SEWER],
      cashOver: 12_000,
      says: ['cash-for-check 77'],
    },
    {
      what: 'cash is over by both missing checks',
      counted: [WATER],
      cashOver: 16_500,
      says: ['cash-for-check 2001', 'cash-for-check 77'],
    },
    {
      what: 'cash is over by two of three missing checks',
      counted: [],
      cashOver: 9_000,
      says: ['cash-for-check 1187', 'cash-for-check 2001', 'missing-check 77'],
    },
    {
      what: 'cash is over by one of two missing checks',
      counted: [WATER],
      cashOver: 4_500,
      says: ['cash-for-check 2001', 'missing-check 77'],
    },
    {
      what: 'cash is over by all of three missing checks',
      counted: [],
      cashOver: 21_000,
      says: ['cash-for-check 1187', 'cash-for-check 2001', 'cash-for-check 77'],
    },
    {
      what: 'cash is over by twice a missing check',
      expected: [PERMIT, SEWER, receipt('r4', '5', 700)],
      counted: [],
      cashOver: 9_000,
      says: ['missing-check 77', 'missing-check 2001', 'missing-check 5'],
    },
    {
      what: 'cash is over by something else',
      counted: [WATER, SEWER],
      cashOver: 11_999,
      says: ['missing-check 77'],
    },
    {
      what: 'cash is short by a check that no receipt has: somebody cashed it',
      counted: [...TAKEN, byHand('555', 8_000)],
      cashOver: -8_000,
      says: ['check-for-cash 555'],
    },
    {
      what: 'cash is short, a check is missing too: neither paid for the other',
      counted: [WATER, SEWER],
      cashOver: -12_000,
      says: ['missing-check 77'],
    },
  ])('$what', ({ says, ...counted }) => {
    expect(named(counted)).toEqual(says)
  })
})

it('the cash is that of cash alone, and none where none was counted', () => {
  const balances = [
    { tender: 'check' as const, overShortCents: cents(12_000) },
    { tender: 'cash' as const, overShortCents: cents(0) },
  ]
  const counted = [WATER, SEWER]
  const missing = [{ kind: 'missing-check', reference: '77' }]
  expect(composition({ expected: TAKEN, counted, balances })).toMatchObject(missing)
  expect(composition({ expected: TAKEN, counted, balances: [] })).toMatchObject(missing)
})

describe('any drawer of checks', () => {
  const papers = fc
    .uniqueArray(
      fc.record({ no: fc.integer({ min: 1, max: 9_999 }), amount: fc.integer({ min: 1, max: 500 }) }),
      {
        selector: ({ no }) => no,
        maxLength: 30,
      },
    )
    .map(list => list.map(({ no, amount }) => receipt(`r${no}`, String(no), amount)))

  it('has nothing to tell when what was taken is what is there', () => {
    fc.assert(
      fc.property(papers, taken => {
        expect(findings({ expected: taken, counted: taken.toReversed() })).toEqual([])
      }),
    )
  })

  it('tells of every check that was exchanged for one of the same amount', () => {
    fc.assert(
      fc.property(papers, fc.nat(), (taken, seed) => {
        const gone = taken[seed % Math.max(1, taken.length)]
        fc.pre(gone !== undefined)
        const counted = taken.map(of => (of === gone ? byHand('other', of.cents) : of))
        expect(sum(counted.map(of => of.cents))).toBe(sum(taken.map(of => of.cents)))
        expect(named({ expected: taken, counted })).toEqual([`other-check ${gone?.reference}`])
      }),
    )
  })
})
