import { describe, expect, it } from 'vitest'
import {
  type Balance,
  differing,
  inOrder,
  isWithinTolerance,
  sizeOf,
  verdictOf,
} from '../../../renderer/features/count/difference.ts'
import { movedOtherwise, sayDifference } from '../../../renderer/features/session/reading/reading.ts'
import { listed } from '../../../renderer/text/session/close.ts'
import { cents, ZERO } from '../../../shared/money.ts'
import { standardTenders, type Tender } from '../../../shared/tenders.ts'

const balance = (tender: Tender, expected: number, counted: number): Balance => ({
  tender,
  name: tender,
  expectedCents: cents(expected),
  countedCents: cents(counted),
  overShortCents: cents(counted - expected),
})
const cash = balance('cash', 115_050, 115_100)
const checks = balance('check', 25_000, 24_900)
const cards = balance('card', 10_500, 10_500)

describe('a count that differs', () => {
  it('is over and short by tender, the larger difference first, and never netted', () => {
    const found = differing([cash, cards, checks])
    expect(found.map(b => [b.tender, verdictOf(b.overShortCents), sizeOf(b.overShortCents)])).toEqual([
      ['check', 'short', 100],
      ['cash', 'over', 50],
    ])
  })

  it('is within tolerance only when each tender is, whatever the sum', () => {
    expect(isWithinTolerance([cash, checks], cents(99))).toBe(false)
    expect(isWithinTolerance([cash, checks], cents(100))).toBe(true)
    expect(isWithinTolerance([balance('cash', 100, 0), balance('check', 0, 100)], ZERO)).toBe(false)
  })

  it('names tenders in the order of the city', () => {
    expect(inOrder([cards, checks, cash], standardTenders()).map(b => b.tender)).toEqual([
      'cash',
      'check',
      'card',
    ])
  })
})

describe('a reading', () => {
  it('says the direction of a difference in a word', () => {
    expect(sayDifference(cents(50))).toBe('over 0.50')
    expect(sayDifference(cents(-100))).toBe('short 1.00')
    expect(sayDifference(ZERO)).toBe('agrees')
  })

  it('has a column for each way in which money moved beside receipts, and none for what did not', () => {
    const still = { paidInCents: ZERO, paidOutCents: ZERO, turnedInCents: ZERO, refundedCents: ZERO }
    const row = {
      tender: 'cash' as const,
      name: 'Cash',
      itemCount: 0,
      openingCents: ZERO,
      tenderedCents: ZERO,
    }
    const rest = { changeCents: ZERO, expectedCents: ZERO, countedCents: null, overShortCents: null }
    const balances = [
      { ...row, ...rest, ...still, turnedInCents: cents(1_000) },
      { ...row, ...rest, ...still, tender: 'check' as const, refundedCents: cents(50) },
    ]
    expect(movedOtherwise(balances).map(({ kind }) => kind)).toEqual(['turnedIn', 'refunded'])
    expect(movedOtherwise([{ ...row, ...rest, ...still }])).toEqual([])
  })
})

describe('a list of papers in a sentence', () => {
  it('names six and counts the rest', () => {
    expect(listed(['1'])).toBe('1')
    expect(listed(['1', '2', '3'])).toBe('1, 2 and 3')
    expect(listed(['1', '2', '3', '4', '5', '6', '7', '8'])).toBe('1, 2, 3, 4, 5, 6 and 2 more')
  })
})
