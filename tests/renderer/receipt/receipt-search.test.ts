import { describe, expect, it } from 'vitest'
import { cashBack, NO_SEARCH, searchFrom } from '../../../renderer/features/receipt/record/receipt-search.ts'
import { cents } from '../../../shared/money.ts'

describe('searching for receipts', () => {
  it('empty and unfinished fields narrow nothing', () => {
    expect(searchFrom({ ...NO_SEARCH, amount: 'abc', from: '2026-13-40' })).toEqual({ limit: 100 })
  })

  it('what is filled in is asked for', () => {
    const search = searchFrom({
      text: ' okafor ',
      tender: 'check',
      amount: '20000',
      from: '2026-11-01',
      to: '2026-11-20',
    })
    expect(search).toEqual({
      limit: 100,
      text: 'okafor',
      tender: 'check',
      cents: 20_000,
      fromDate: '2026-11-01',
      toDate: '2026-11-20',
    })
  })

  it('a voided receipt gives back its cash less the change that was given', () => {
    const tenders = [
      { tender: 'check' as const, cents: cents(20_000) },
      { tender: 'cash' as const, cents: cents(10_000) },
    ]
    expect(cashBack({ tenders, changeCents: cents(2_063) })).toBe(7_937)
  })
})
