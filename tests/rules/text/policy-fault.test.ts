import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { US_DENOMINATIONS } from '../../../shared/rules/cash/denominations.ts'
import { policyFault } from '../../../shared/rules/setup/policy-fault.ts'
import type { Policies } from '../../../shared/settings/index.ts'
import { standardSettings } from '../../../shared/settings/index.ts'
import type { BusinessDate } from '../../../shared/time.ts'

const fault = (changed: Partial<Policies>, money = US_DENOMINATIONS) =>
  policyFault({ ...standardSettings(), ...changed }, money)

const pieces = (value: number, kind: 'note' | 'coin' = 'note') => ({
  valueCents: cents(value),
  kind,
  pieces: 10,
})
const category = (name: string, direction: 'in' | 'out' = 'out') => ({
  name,
  direction,
  glAccount: '100-1090',
})
const rule = (glPrefix: string) => ({ glPrefix, bankAccountId: newId() })
const { deadline } = standardSettings()
const CHRISTMAS = '2026-12-25' as BusinessDate

describe('a drawer policy', () => {
  it.each([
    { what: 'what a new city begins with', changed: {}, says: null },
    {
      what: 'one name for in and for out',
      changed: { paidCategories: [category('Petty cash'), category('Petty cash', 'in')] },
      says: null,
    },
    {
      what: 'a category twice',
      changed: { paidCategories: [category('Petty cash'), category('petty cash ')] },
      says: 'category-twice',
    },
    {
      what: 'a dollar note and a dollar coin',
      changed: { wantedPieces: [pieces(100), pieces(100, 'coin')] },
      says: null,
    },
    {
      what: 'pieces of money that nobody counts',
      changed: { wantedPieces: [pieces(300)] },
      says: 'unknown-denomination',
    },
    {
      what: 'marks for money that nobody counts',
      changed: { lowPieces: [pieces(25)] },
      says: 'unknown-denomination',
    },
    {
      what: 'a denomination twice',
      changed: { lowPieces: [pieces(25, 'coin'), pieces(25, 'coin')] },
      says: 'denomination-twice',
    },
    {
      what: 'a prefix with two bank accounts',
      changed: { bankRules: [rule('500'), rule('500')] },
      says: 'rule-twice',
    },
    { what: 'a prefix within another', changed: { bankRules: [rule('500'), rule('500-2')] }, says: null },
    {
      what: 'a holiday twice',
      changed: { deadline: { ...deadline, holidays: [CHRISTMAS, CHRISTMAS] } },
      says: 'day-twice',
    },
    { what: 'a weekday twice', changed: { deadline: { ...deadline, weekdays: [1, 1] } }, says: 'day-twice' },
  ] satisfies { what: string; changed: Partial<Policies>; says: string | null }[])(
    '$what: $says',
    ({ changed, says }) => {
      expect(fault(changed)).toBe(says)
    },
  )

  it('pieces of a denomination that the city counts no more are none of it', () => {
    expect(
      fault(
        { wantedPieces: [pieces(200)] },
        US_DENOMINATIONS.filter(of => of.valueCents !== 200),
      ),
    ).toBe('unknown-denomination')
  })
})
