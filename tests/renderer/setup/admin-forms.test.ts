import { describe, expect, it } from 'vitest'
import { linesOf, readCount } from '../../../renderer/features/forms/found-problem.ts'
import { newPerson, personDraft, personProblem } from '../../../renderer/features/person/person-draft.ts'
import { cityDraft, cityProblem, toSettings } from '../../../renderer/features/setup/city/city-draft.ts'
import {
  denominationRows,
  rowsProblem,
  toDenominations,
  withDenomination,
} from '../../../renderer/features/setup/denomination-form.ts'
import {
  bankProblem,
  catalogDraft,
  catalogProblem,
  drawerDraft,
  drawerProblem,
  newBankAccount,
  newCatalogItem,
  toCatalogItem,
  toDrawer,
} from '../../../renderer/features/setup/drafts.ts'
import { newSetup, toSetUpInput } from '../../../renderer/features/setup/first-run/setup-form.ts'
import { readPercent, writePercent } from '../../../renderer/ui/money/rate.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { US_DENOMINATIONS } from '../../../shared/rules/cash/denominations.ts'

const id = newId()

describe('a percentage', () => {
  it.each([
    ['1.5', 15_000],
    ['1.5 %', 15_000],
    ['.25', 2_500],
    ['100', 1_000_000],
    ['0.0001', 1],
  ])('%s is read as %i millionths and written back', (text, rate) => {
    expect(readPercent(text)).toBe(rate)
    expect(readPercent(writePercent(rate))).toBe(rate)
  })

  it.each(['', 'abc', '1e2', '-1', '1.00001', '1,5', '.', '1001'])('%s is none', text => {
    expect(readPercent(text)).toBeNull()
  })
})

describe('a person', () => {
  it('who is new needs a PIN that is not easily guessed, typed twice', () => {
    const draft = { ...newPerson(id), name: 'R. Chen' }
    expect(personProblem({ ...draft, name: '  ' })?.field).toBe('name')
    expect(personProblem(draft)?.field).toBe('newPin')
    expect(personProblem({ ...draft, newPin: '1234', pinAgain: '1234' })?.field).toBe('newPin')
    expect(personProblem({ ...draft, newPin: '5391', pinAgain: '5392' })?.field).toBe('pinAgain')
    expect(personProblem({ ...draft, newPin: '5391', pinAgain: '5391' })).toBeNull()
  })

  it('who is known keeps the PIN where none is typed', () => {
    const known = personDraft({
      personId: id,
      name: 'R. Chen',
      role: 'lead',
      active: true,
      lockedOut: false,
      hasPin: true,
      toChoose: false,
    })
    expect(personProblem(known)).toBeNull()
  })
})

describe('a drawer', () => {
  it('comes back from its form as it went in', () => {
    const drawer = {
      drawerId: id,
      name: 'Window 1',
      active: true,
      changeFundCents: cents(20_005),
      limitCents: cents(250_000),
    }
    expect(toDrawer(drawerDraft(drawer))).toEqual(drawer)
  })

  it('needs a name, a change fund that may be zero, and a limit above it', () => {
    const draft = { drawerId: id, name: 'Window 1', active: true, changeFund: '0', limit: '2500.00' }
    expect(drawerProblem(draft)).toBeNull()
    expect(drawerProblem({ ...draft, name: '' })?.field).toBe('name')
    expect(drawerProblem({ ...draft, changeFund: '' })?.field).toBe('changeFund')
    expect(drawerProblem({ ...draft, limit: '0' })?.field).toBe('limit')
    expect(drawerProblem({ ...draft, changeFund: '3000.00' })?.field).toBe('limit')
  })
})

describe('a catalog item', () => {
  const item = { ...newCatalogItem(id), code: 'COPY', name: 'Copies', glAccount: '110-3410' }

  it('needs the figure that its pricing calls for, and no other', () => {
    expect(catalogProblem(item)?.field).toBe('price')
    expect(catalogProblem({ ...item, price: '0' })?.field).toBe('price')
    expect(catalogProblem({ ...item, pricing: 'percent' })?.field).toBe('rate')
    expect(catalogProblem({ ...item, pricing: 'open' })).toBeNull()
    expect(catalogProblem({ ...item, pricing: 'per-unit', price: '.25' })).toBeNull()
  })

  it('leaves behind what was typed for another pricing', () => {
    const percent = toCatalogItem({
      ...item,
      pricing: 'percent',
      price: '5.00',
      rate: '2.5',
      unitLabel: 'page',
    })
    expect(percent).toMatchObject({ priceCents: null, rateMillionths: 25_000, unitLabel: '' })
    expect(toCatalogItem({ ...item, price: '5.00', rate: '2.5' })).toMatchObject({
      priceCents: 500,
      rateMillionths: null,
      referenceLabel: null,
    })
  })

  it('comes back from its form as it went in', () => {
    const sold = toCatalogItem({
      ...item,
      pricing: 'per-unit',
      price: '0.25',
      unitLabel: 'page',
      referenceLabel: 'No.',
    })
    expect(toCatalogItem(catalogDraft(sold))).toEqual(sold)
  })
})

describe('a bank account', () => {
  it('needs a routing number with the right check digit', () => {
    const bank = { ...newBankAccount(id), name: 'Deposits', bankName: 'First', accountNumber: '4400172251' }
    expect(bankProblem({ ...bank, routingNumber: '111000026' })?.field).toBe('routingNumber')
    expect(bankProblem({ ...bank, routingNumber: '111000025' })).toBeNull()
    expect(bankProblem({ ...bank, routingNumber: '111000025', accountNumber: '12x' })?.field).toBe(
      'accountNumber',
    )
  })
})

describe('the city’s settings', () => {
  const ids = { bankAccountId: newId(), drawerId: newId(), personId: newId() }
  const setup = { ...newSetup(ids, 'America/Chicago'), utilityName: 'City of Millbrook Utilities' }
  const { settings } = toSetUpInput(setup, newId())
  const draft = cityDraft(settings)
  const asked = (typed: Readonly<Record<string, string>>) => ({ asked: { ...draft.asked, ...typed } })

  it('come back from their form as they went in, with what the form does not show', () => {
    expect(cityProblem(draft)).toBeNull()
    expect(toSettings(settings, draft)).toEqual(settings)
  })

  it.each([
    ['utilityName', asked({ utilityName: ' ' })],
    ['addressLines', { addressLines: 'a\nb\nc\nd\ne' }],
    ['timeZone', { timeZone: 'Mars/Crater' }],
    ['textEn', { textEn: '1\n2\n3\n4\n5\n6\n7' }],
    ['queue', { printerMode: 'queue' as const, queue: '' }],
    ['overShortGlAccount', asked({ overShortGlAccount: '' })],
    ['idleLockMinutes', asked({ idleLockMinutes: '0' })],
    ['maxSessionHours', asked({ maxSessionHours: '73' })],
  ])('lead to the field that is wrong: %s', (field, patch) => {
    expect(cityProblem({ ...draft, ...patch })?.field).toBe(field)
  })

  it('take no half-read figure', () => {
    expect(() => toSettings(settings, { ...draft, ...asked({ idleLockMinutes: 'soon' }) })).toThrow(
      RangeError,
    )
  })
})

describe('denominations', () => {
  it('offer all of US money, and keep only what is counted', () => {
    const rows = denominationRows(US_DENOMINATIONS.filter(d => d.label !== '$2'))
    expect(rows).toHaveLength(US_DENOMINATIONS.length)
    expect(rows.find(row => row.denomination.label === '$2')?.used).toBe(false)
    expect(toDenominations(rows).map(d => d.label)).not.toContain('$2')
    expect(toDenominations(denominationRows(US_DENOMINATIONS))).toEqual(US_DENOMINATIONS)
  })

  it('need a strap or roll of at least one piece where they are counted', () => {
    const rows = denominationRows(US_DENOMINATIONS)
    const [first] = rows
    if (!first) throw new Error('a row is wanted')
    expect(rowsProblem(rows)).toBeNull()
    expect(rowsProblem(withDenomination(rows, { ...first, bundle: '0' }))).toBe('bundle')
    expect(rowsProblem(withDenomination(rows, { ...first, bundle: '0', used: false }))).toBeNull()
    expect(rowsProblem(rows.map(row => ({ ...row, used: false })))).toBe('none')
  })
})

describe('typed lines and counts', () => {
  it('empty lines are no lines', () => {
    expect(linesOf(' 221 Mill St \n\n Millbrook ')).toEqual(['221 Mill St', 'Millbrook'])
  })

  it.each(['', '-1', '1.5', '1e3', '241'])('%s is no count of 1 to 240', text => {
    expect(readCount(text, { least: 1, most: 240 })).toBeNull()
  })
})
