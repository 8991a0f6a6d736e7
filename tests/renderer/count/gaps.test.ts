import { describe, expect, it } from 'vitest'
import {
  addAccount,
  addCatalogItem,
  type Draft,
  emptyDraft,
  type Figures,
  withItemText,
  withLine,
} from '../../../renderer/features/receipt/basket/basket.ts'
import { incompleteLine, type Known, paymentStop } from '../../../renderer/features/receipt/window/gaps.ts'
import type { AccountView } from '../../../shared/contract/account.ts'
import type { TenderInput } from '../../../shared/contract/receipt.ts'
import type { CatalogItem } from '../../../shared/ledger/setup.ts'
import { type Cents, cents, ZERO } from '../../../shared/money.ts'
import { parseBusinessDate } from '../../../shared/time.ts'

const ACCOUNT = '018f3c2e-0000-7000-8000-000000000001'
const WATER = '018f3c2e-0000-7000-8000-000000000011'
const SEWER = '018f3c2e-0000-7000-8000-000000000012'

const dueDate = parseBusinessDate('2026-11-30')
if (dueDate === null) throw new Error('no due date')

function item(itemId: string, service: string, openCents: Cents): AccountView['items'][number] {
  const more = {
    serviceOrder: 1,
    isPenalty: false,
    dueDate,
    glAccount: '100-1',
  } as AccountView['items'][number]
  return { ...more, accountId: ACCOUNT, itemId, service, openCents }
}

const ada = {
  accountId: ACCOUNT,
  number: '0041-22907',
  name: 'Ada Quill',
  status: 'open',
  balanceCents: cents(5_000),
  items: [item(WATER, 'water', cents(3_000)), item(SEWER, 'sewer', cents(2_000))],
} as AccountView

const permit: CatalogItem = {
  catalogItemId: '018f3c2e-0000-7000-8000-000000000002',
  code: 'WH',
  name: 'Permit, water heater',
  pricing: 'fixed',
  priceCents: cents(4_500),
  rateMillionths: null,
  unitLabel: '',
  glAccount: '100-4210',
  referenceLabel: 'Permit no.',
  isDeposit: false,
  active: true,
}
const donation: CatalogItem = {
  ...permit,
  catalogItemId: '018f3c2e-0000-7000-8000-000000000003',
  name: 'Donation',
  pricing: 'open',
  priceCents: null,
  referenceLabel: null,
}

const known = (account: AccountView = ada): Known => ({
  accounts: new Map([[ACCOUNT, account]]),
  catalog: [permit, donation],
  settings: { overpay: 'credit', creditGlAccount: '100-2' },
})

const paying = (amount: number): Draft =>
  addAccount(emptyDraft(), { accountId: ACCOUNT, payCents: cents(amount), balanceCents: cents(5_000) })

/** What is said, and at which field. */
function told(draft: Draft, of: Known = known()) {
  const stop = incompleteLine(draft, of)
  return stop === null ? null : { message: stop.message, field: stop.field }
}

describe('what keeps a basket from being posted', () => {
  it('nothing does where every line is complete', () => {
    expect(told(paying(5_000))).toBeNull()
  })

  it('an account that is paid nothing asks for an amount, by its name', () => {
    expect(told(paying(0))).toEqual({
      message: 'Enter an amount for Ada Quill, or remove it.',
      field: `${ACCOUNT} pay`,
    })
  })

  it('text that is no amount stops it at the item where it stands', () => {
    expect(told(withItemText(paying(5_000), ACCOUNT, { itemId: SEWER, text: '1.005' }))).toEqual({
      message: 'Ada Quill, sewer: At most two digits may follow the point.',
      field: `${ACCOUNT} item:${SEWER}`,
    })
  })

  it('an item that gets more than it owes stops it there', () => {
    expect(told(withItemText(paying(5_000), ACCOUNT, { itemId: WATER, text: '3001' }))).toEqual({
      message: 'Ada Quill: An item gets more than it owes. Lower it.',
      field: `${ACCOUNT} item:${WATER}`,
    })
  })

  it('items that get more than is paid stop it at the amount', () => {
    const stopped = told(withItemText(paying(1_000), ACCOUNT, { itemId: WATER, text: '3000' }))
    expect(stopped?.field).toBe(`${ACCOUNT} pay`)
    expect(stopped?.message).toMatch(/more than is paid/)
  })

  it('more than the balance stops it where the city takes no overpayment', () => {
    const refuse: Known = { ...known(), settings: { overpay: 'refuse', creditGlAccount: '100-2' } }
    expect(told(paying(5_001), refuse)?.message).toMatch(/takes no overpayment/)
    expect(told(paying(5_001))).toBeNull()
  })

  it('a closed account stops it whatever is paid', () => {
    expect(told(paying(5_000), known({ ...ada, status: 'closed' }))?.message).toMatch(/0041-22907 is closed/)
  })

  it('an account that is still on its way is left to the till', () => {
    expect(told(paying(5_000), { ...known(), accounts: new Map() })).toBeNull()
  })

  it('a catalog item says which of its fields is missing', () => {
    const draft = addCatalogItem(emptyDraft(), donation)
    expect(told(draft)).toEqual({
      message: 'Donation still needs its price.',
      field: `${donation.catalogItemId}#0 price`,
    })
    expect(told(addCatalogItem(emptyDraft(), permit))).toEqual({
      message: 'Permit, water heater still needs its Permit no.',
      field: `${permit.catalogItemId}#0 reference`,
    })
  })

  it('a reference that may not be kept says why', () => {
    const draft = addCatalogItem(emptyDraft(), permit)
    const line = draft.lines[0]
    if (line?.kind !== 'catalog') throw new Error('the permit is not in the basket')
    const card = withLine(draft, 0, { ...line, reference: '4111 1111 1111 1111' })
    expect(told(card)?.message).toMatch(/Permit no\. looks like a card number/)
  })

  it('an item that is not sold any more can only be taken out', () => {
    const draft = addCatalogItem(emptyDraft(), { ...permit, catalogItemId: ACCOUNT })
    expect(told(draft)).toMatchObject({ field: `${ACCOUNT}#0 gone` })
  })

  it('the first line that is not complete is told first', () => {
    const draft = addCatalogItem(addCatalogItem(paying(5_000), donation), permit)
    expect(incompleteLine(draft, known())?.line).toBe(1)
  })
})

describe('what keeps complete lines from being posted', () => {
  const figures = (dueCents: Cents): Figures => ({
    totalCents: cents(5_000),
    dueCents,
    changeCents: ZERO,
    complete: true,
    covered: dueCents === ZERO,
  })
  const tender = { tender: 'cash', cents: cents(5_000) } as TenderInput
  const paid: Draft = { ...paying(5_000), tenders: [tender] }

  it.each<[string, Draft, boolean, Cents, string | null]>([
    ['a payment that is being entered', paid, true, ZERO, 'entering'],
    ['a basket without lines', { ...emptyDraft(), tenders: [tender] }, false, ZERO, 'no-lines'],
    ['a basket that nothing was paid for', paying(5_000), false, cents(5_000), 'no-tender'],
    ['a rest that is still to be paid', paid, false, cents(1), 'due 0.01'],
    ['nothing at all', paid, false, ZERO, null],
  ])('%s', (_, draft, entering, dueCents, key) => {
    expect(paymentStop(draft, entering, figures(dueCents))?.key ?? null).toBe(key)
  })
})
