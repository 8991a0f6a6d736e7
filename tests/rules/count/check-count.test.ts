import { describe, expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import { matchItems } from '../../../shared/rules/session/check-count.ts'

const ref = (receiptId: string, tenderNo: number) => ({ receiptId, tenderNo })
const taken = (receiptId: string, tenderNo: number, c: number) => ({
  ...ref(receiptId, tenderNo),
  cents: cents(c),
})
const checks = [taken('r1', 1, 5_000), taken('r1', 2, 2_500), taken('r2', 1, 1_200)]

describe('checks in the drawer against checks taken', () => {
  it('match in any order', () => {
    expect(matchItems([ref('r2', 1), ref('r1', 1), ref('r1', 2)], checks)).toEqual({ missing: [], extra: [] })
  })

  it('a check that was not found is missing, with its amount', () => {
    expect(matchItems([ref('r1', 1), ref('r2', 1)], checks)).toEqual({
      missing: [taken('r1', 2, 2_500)],
      extra: [],
    })
  })

  it('a check nobody took, or one ticked twice, is extra', () => {
    const counted = [...checks, ref('r2', 1), ref('r3', 1)]
    expect(matchItems(counted, checks)).toEqual({ missing: [], extra: [ref('r2', 1), ref('r3', 1)] })
  })

  it('an empty drawer misses everything', () => {
    expect(matchItems([], checks)).toEqual({ missing: checks, extra: [] })
    expect(matchItems([], [])).toEqual({ missing: [], extra: [] })
  })
})
