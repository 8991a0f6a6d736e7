/** A deposit's hands and deadline as the screen tells them. */
import { describe, expect, it } from 'vitest'
import { canReopen, chainOf, nextStep } from '../../renderer/features/deposit/custody-chain.ts'
import { dueLabels, spanText } from '../../renderer/features/deposit/deposit-due.ts'
import {
  countedIn,
  NO_VERIFICATION,
  verificationDifference,
} from '../../renderer/features/deposit/verification.ts'
import { cents } from '../../shared/money.ts'
import { US_DENOMINATIONS } from '../../shared/rules/cash/denominations.ts'
import { depositOf } from '../backend/documents/samples.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const CHICAGO = 'America/Chicago'
/** Friday 20 November 2026, 11:50 in Chicago. */
const NOW_MS = Date.UTC(2026, 10, 20, 17, 50)
const due = (dueAtMs: number, nowMs = NOW_MS) => dueLabels({ dueAtMs, nowMs, timeZone: CHICAGO })

describe('a deadline in words', () => {
  it('says today with the time that is left', () => {
    expect(due(Date.UTC(2026, 10, 20, 20, 0))).toEqual({
      when: 'due today 2:00 pm',
      left: 'in 2 h 10 min',
      overdue: false,
    })
  })

  it('says tomorrow by the calendar of the place, and any later day by name', () => {
    expect(due(Date.UTC(2026, 10, 22, 3, 0)).when).toBe('due tomorrow 9:00 pm')
    expect(due(Date.UTC(2026, 10, 23, 20, 0))).toMatchObject({
      when: 'due Mon, Nov 23 2:00 pm',
      left: 'in 3 d 2 h',
    })
  })

  it('is overdue from the instant after it, never at it', () => {
    const at = Date.UTC(2026, 10, 20, 20, 0)
    expect(due(at, at).overdue).toBe(false)
    expect(due(at, at + 1).overdue).toBe(true)
    expect(due(at, at + 26 * HOUR_MS).left).toBe('for 1 d 2 h')
  })

  it.each([
    [0, '0 min'],
    [59_999, '0 min'],
    [35 * MINUTE_MS, '35 min'],
    [HOUR_MS, '1 h'],
    [HOUR_MS + MINUTE_MS, '1 h 1 min'],
    [24 * HOUR_MS, '1 d'],
  ])('says %i ms as %s', (spanMs, words) => {
    expect(spanText(spanMs)).toBe(words)
  })
})

describe('the chain of hands', () => {
  it('has one next step until the bank has credited it, and none after or once it was opened again', () => {
    const states = ['made-up', 'verified', 'sealed', 'released', 'validated', 'credited', 'reopened'] as const
    expect(states.map(nextStep)).toEqual([
      'verified',
      'sealed',
      'released',
      'validated',
      'credited',
      null,
      null,
    ])
    expect(states.filter(canReopen)).toEqual(['made-up', 'verified'])
  })

  it('shows what was done, then what is next, then what comes later', () => {
    const links = chainOf(depositOf(2)).map(link => (link.kind === 'done' ? link.step.step : link.kind))
    expect(links).toEqual(['made-up', 'verified', 'next', 'later', 'later', 'later'])
  })

  it('of a deposit that was opened again promises nothing more', () => {
    expect(chainOf({ ...depositOf(2), state: 'reopened' }).every(link => link.kind === 'done')).toBe(true)
  })
})

describe('a verifier’s count', () => {
  const pieces = [{ valueCents: cents(2_000), kind: 'note' as const, pieces: 2, bundles: 0 }]
  const typed = { ...NO_VERIFICATION, pieces, instrumentCount: '1', instrumentTotal: '1000' }
  const madeUp = { cashCents: cents(4_000), itemsCents: cents(1_000), items: depositOf(1).items }

  it('is complete with cash, the number of papers and what they come to', () => {
    expect(countedIn(typed, US_DENOMINATIONS).counted).toMatchObject({ cashCents: 4_000, totalCents: 5_000 })
    expect(countedIn({ ...typed, instrumentCount: '' }, US_DENOMINATIONS).problem).toBe('no-instruments')
    expect(countedIn({ ...typed, instrumentTotal: '' }, US_DENOMINATIONS).problem).toBe('no-instruments')
    expect(countedIn({ ...typed, pieces: [...pieces, ...pieces] }, US_DENOMINATIONS).problem).toBe('count')
  })

  it('differs where cash replaced a check, although the total agrees', () => {
    const { counted } = countedIn(typed, US_DENOMINATIONS)
    if (counted === null) throw new Error('not complete')
    expect(verificationDifference(counted, madeUp).differs).toBe(false)
    const swapped = { ...madeUp, cashCents: cents(3_000), itemsCents: cents(2_000) }
    expect(verificationDifference(counted, swapped)).toMatchObject({
      cashCents: 1_000,
      itemsCents: -1_000,
      differs: true,
    })
    expect(verificationDifference(counted, { ...madeUp, items: [] })).toMatchObject({
      instruments: 1,
      differs: true,
    })
  })
})
