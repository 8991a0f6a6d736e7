import { describe, expect, it } from 'vitest'
import { cityDraft, toSettings } from '../../../renderer/features/setup/city/city-draft.ts'
import { newSetup, toSetUpInput } from '../../../renderer/features/setup/first-run/setup-form.ts'
import {
  freeKey,
  type PolicyDraft,
  policyDraft,
  policyProblem,
  readTime,
  rowField,
  sayFit,
  wantedCents,
  withPolicy,
} from '../../../renderer/features/setup/policies/policy-draft.ts'
import { newId } from '../../../shared/id.ts'
import { cents, formatCents } from '../../../shared/money.ts'
import { policyFault } from '../../../shared/rules/setup/policy-fault.ts'
import type { Settings } from '../../../shared/settings/index.ts'
import type { BusinessDate } from '../../../shared/time.ts'

const ids = { bankAccountId: newId(), drawerId: newId(), personId: newId() }
const setup = { ...newSetup(ids, 'America/Chicago'), utilityName: 'City of Millbrook Utilities' }
const fresh = toSetUpInput(setup, newId()).settings
const BANK = ids.bankAccountId

/** A city that has set everything. */
const settings: Settings = {
  ...fresh,
  differenceToleranceCents: cents(100),
  wantedPieces: [
    { valueCents: cents(2_000), kind: 'note', pieces: 6 },
    { valueCents: cents(100), kind: 'note', pieces: 80 },
  ],
  lowPieces: [{ valueCents: cents(25), kind: 'coin', pieces: 20 }],
  bankRules: [{ glPrefix: '500', bankAccountId: BANK }],
  defaultBankAccountId: BANK,
  deadline: {
    ...fresh.deadline,
    sameDayFromCents: null,
    cutOffMinutes: 845,
    holidays: ['2026-11-26', '2026-12-25'] as BusinessDate[],
  },
}
const draft = policyDraft(settings)

describe('the policies', () => {
  it.each([
    ['of a new city', fresh],
    ['of a city that has set everything', settings],
  ])('%s come back from their form as they went in, with what the form does not show', (_, given) => {
    expect(policyProblem(policyDraft(given))).toBeNull()
    expect(withPolicy(given, policyDraft(given))).toEqual(given)
  })

  it('stand in the form as people write them', () => {
    expect(draft).toMatchObject({
      asked: { differenceToleranceCents: '1.00', warnPercent: '80' },
      cutOff: '14:05',
      sameDay: '',
      businessDays: '1',
    })
    expect(draft.holidays).toBe('2026-11-26\n2026-12-25')
    expect(draft.pieces.find(row => row.denomination.label === '$20')).toMatchObject({ wanted: '6', low: '' })
    expect(draft.pieces.find(row => row.denomination.label === 'Quarters')).toMatchObject({
      wanted: '',
      low: '20',
    })
  })

  const category = { key: '9', name: 'Postage', direction: 'out' as const, glAccount: '100-1' }
  const rule = { key: '9', glPrefix: '400', bankAccountId: BANK }
  const first = draft.pieces[0]
  const row = (patch: object) => (first === undefined ? [] : [{ ...first, ...patch }])
  const asked = (typed: Readonly<Record<string, string>>) => ({ asked: { ...draft.asked, ...typed } })
  const wrong: [string, Partial<PolicyDraft>][] = [
    ['warnPercent', asked({ warnPercent: '0' })],
    ['warnPercent', asked({ warnPercent: '101' })],
    ['differenceToleranceCents', asked({ differenceToleranceCents: '' })],
    ['paidApprovalCents', asked({ paidApprovalCents: 'x' })],
    ['businessDays', { businessDays: '11' }],
    ['sameDay', { sameDay: 'much' }],
    ['cutOff', { cutOff: '2 pm' }],
    ['weekdays', { weekdays: [] }],
    ['holidays', { holidays: '2026-02-30' }],
    ['holidays', { holidays: '2026-12-25\n2026-12-25' }],
    ['categories.9.name', { categories: [{ ...category, name: ' ' }] }],
    ['categories.9.glAccount', { categories: [{ ...category, glAccount: '' }] }],
    ['categories.9.name', { categories: [{ ...category, key: '1', name: 'postage ' }, category] }],
    ['rules.9.glPrefix', { rules: [{ ...rule, glPrefix: '' }] }],
    ['rules.9.glPrefix', { rules: [{ ...rule, key: '1' }, rule] }],
    ['rules.9.bankAccountId', { rules: [{ ...rule, bankAccountId: '' }] }],
    ['pieces', { pieces: row({ wanted: '1.5' }) }],
    ['pieces', { pieces: row({ low: 'few' }) }],
  ]
  it.each(wrong)('lead to the field that is wrong: %s', (field, patch) => {
    expect(policyProblem({ ...draft, ...patch })?.field).toBe(field)
  })

  it('are sent trimmed, with the holidays in their order, and are clear to the till', () => {
    const typed = {
      ...draft,
      holidays: ' 2026-12-25\n\n2026-07-03 ',
      categories: [{ ...category, name: ' Postage ' }],
    }
    const sent = withPolicy(settings, typed)
    expect(sent.deadline.holidays).toEqual(['2026-07-03', '2026-12-25'])
    expect(sent.paidCategories).toEqual([{ name: 'Postage', direction: 'out', glAccount: '100-1' }])
    expect(policyFault(sent, settings.denominations)).toBeNull()
  })

  it('are not sent half-read', () => {
    expect(() => withPolicy(settings, { ...draft, cutOff: 'noon' })).toThrow(RangeError)
  })

  it('let go of money that the city counts no more', () => {
    const city = cityDraft(settings)
    const denominations = city.denominations.map(of =>
      of.denomination.label === 'Quarters' || of.denomination.label === '$20' ? { ...of, used: false } : of,
    )
    const sent = toSettings(settings, { ...city, denominations })
    expect(sent.lowPieces).toEqual([])
    expect(sent.wantedPieces).toEqual([{ valueCents: 100, kind: 'note', pieces: 80 }])
    expect(policyFault(sent, sent.denominations)).toBeNull()
  })
})

describe('rows of the policies', () => {
  it('keep their keys while others come and go', () => {
    expect(freeKey([])).toBe('0')
    expect(freeKey([{ key: '0' }, { key: '7' }, { key: '3' }])).toBe('8')
    expect(rowField('rules', '8', 'glPrefix')).toBe('rules.8.glPrefix')
  })
})

describe('a time of day', () => {
  it.each([
    ['14:00', 840],
    ['9:30', 570],
    [' 00:00 ', 0],
    ['23:59', 1_439],
    ['24:00', null],
    ['12:60', null],
    ['1400', null],
    ['', null],
  ])('%s is %s minutes', (text, minutes) => {
    expect(readTime(text)).toBe(minutes)
  })
})

describe('the wanted pieces', () => {
  const worth = wantedCents(draft.pieces)
  const says = (changeFundCents: number) =>
    sayFit(worth ?? cents(0), { name: 'Window 1', changeFundCents: cents(changeFundCents) }, formatCents)

  it('are worth what they are worth, unless one cannot be read', () => {
    expect(worth).toBe(20_000)
    expect(wantedCents(draft.pieces.map(row => ({ ...row, wanted: 'x' })))).toBeNull()
  })

  it('are set beside each drawer’s change fund', () => {
    expect(says(20_000)).toBe('Window 1: change fund 200.00, fits')
    expect(says(15_000)).toBe('Window 1: change fund 150.00, 50.00 less than wanted')
    expect(says(30_000)).toBe('Window 1: change fund 300.00, 100.00 more than wanted')
  })
})
