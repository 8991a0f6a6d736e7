import { describe, expect, it } from 'vitest'
import {
  addAccount,
  addCatalogItem,
  draftOf,
  emptyDraft,
  figuresOf,
  itemText,
  lineKey,
  paidForLast,
  type Terms,
  tenderKey,
  withBalance,
  withItemText,
  withLine,
  withoutLine,
  withTender,
} from '../../../renderer/features/receipt/basket/basket.ts'
import type { TenderInput } from '../../../shared/contract/receipt.ts'
import type { CatalogItem } from '../../../shared/ledger/setup.ts'
import { cents } from '../../../shared/money.ts'
import { tenderType } from '../../support/tender-types.ts'

const ACCOUNT = '018f3c2e-0000-7000-8000-000000000001'

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
const plan: CatalogItem = { ...permit, pricing: 'percent', priceCents: null, rateMillionths: 15_000 }

const terms: Terms = {
  catalog: [permit],
  policies: [tenderType('cash'), tenderType('check')],
  rounding: 'off',
}

function tender(kind: TenderInput['tender'], amount: number): TenderInput {
  return {
    tender: kind,
    cents: cents(amount),
    reference: '',
    details: {},
  }
}

const owing = (accountId: string, payCents: number) => ({
  accountId,
  payCents: cents(payCents),
  balanceCents: cents(payCents),
})
const oneAccount = () => addAccount(emptyDraft(), owing(ACCOUNT, 18_437))

describe('the basket in hand', () => {
  it('an account stands in it once, however often it is scanned', () => {
    const twice = addAccount(oneAccount(), owing(ACCOUNT, 18_437))
    expect(twice.lines).toHaveLength(1)
  })

  it('check and cash for an account and a permit leave the change of the example', () => {
    const lines = addCatalogItem(oneAccount(), permit)
    const paid = withTender(withTender(lines, tender('check', 15_000)), tender('cash', 10_000))
    expect(figuresOf(paid, terms)).toEqual({
      totalCents: 22_937,
      dueCents: 0,
      changeCents: 2_063,
      complete: true,
      covered: true,
    })
  })

  it('change is told while the amount is still being typed', () => {
    const { changeCents, covered } = figuresOf(oneAccount(), terms, tender('cash', 20_000))
    expect({ changeCents, covered }).toEqual({ changeCents: 1_563, covered: true })
  })

  it('a line that comes to nothing keeps the basket from being posted', () => {
    const draft = withTender(
      addAccount(oneAccount(), owing(`${ACCOUNT.slice(0, -1)}9`, 0)),
      tender('cash', 20_000),
    )
    expect(figuresOf(draft, terms)).toMatchObject({ complete: false, covered: false })
  })

  it('no change is told while a line is not complete, and what was handed over stays', () => {
    const empty = withTender(emptyDraft(), tender('cash', 20_000))
    expect(figuresOf(empty, terms).changeCents).toBe(0)
    const unfinished = addAccount(empty, owing(ACCOUNT, 0))
    expect(figuresOf(unfinished, terms).changeCents).toBe(0)
    expect(unfinished.tenders).toEqual(empty.tenders)
    const finished = addAccount(empty, owing(ACCOUNT, 5_000))
    expect(figuresOf(finished, terms).changeCents).toBe(15_000)
  })

  it('a line keeps the balance that was shown when it was put in, until another one was shown', () => {
    const draft = oneAccount()
    expect(draft.lines[0]).toMatchObject({ balanceCents: 18_437 })
    const shown = withBalance(draft, ACCOUNT, cents(-500))
    expect(shown.lines[0]).toMatchObject({ cents: 18_437, balanceCents: -500 })
  })

  it('what is typed for an item is given to it, and text that is no amount gives it nothing', () => {
    const item = { itemId: 'water' }
    const typed = withItemText(oneAccount(), ACCOUNT, { ...item, text: '1000' })
    expect(typed.lines[0]).toMatchObject({ overrides: [{ itemId: 'water', cents: 1_000 }] })
    const unread = withItemText(typed, ACCOUNT, { ...item, text: '1.005' })
    expect(unread.lines[0]).toMatchObject({ overrides: [] })
    expect(unread.typedItems[itemText(ACCOUNT, 'water')]).toBe('1.005')
    expect(withItemText(unread, ACCOUNT, { ...item, text: '' }).typedItems).toEqual({})
  })

  it('what was typed for the items of an account goes away with its line', () => {
    const unread = withItemText(oneAccount(), ACCOUNT, { itemId: 'water', text: '1.005' })
    expect(withoutLine(unread, 0)).toMatchObject({ lines: [], typedItems: {} })
  })

  it('what was handed over goes back with the last line, and pays for nobody else', () => {
    const paid = withTender(oneAccount(), tender('cash', 12_000))
    expect(paidForLast(paid)).toEqual(paid.tenders)
    expect(withoutLine(paid, 0)).toMatchObject({ lines: [], tenders: [], entry: null })
    const two = addCatalogItem(paid, permit)
    expect(paidForLast(two)).toEqual([])
    expect(withoutLine(two, 0).tenders).toEqual(paid.tenders)
  })

  it('a basket taken up again brings no typed text of the one before', () => {
    const { typedItems: _, ...kept } = withItemText(oneAccount(), ACCOUNT, { itemId: 'water', text: '1' })
    expect(draftOf({ ...kept, revision: 3 })).toEqual({ ...kept, typedItems: {} })
  })

  it('an empty basket is never covered', () => {
    expect(figuresOf(withTender(emptyDraft(), tender('cash', 100)), terms).covered).toBe(false)
  })

  it('a percent fee comes to nothing until its base is entered', () => {
    const draft = addCatalogItem(emptyDraft(), plan)
    const percent = { ...terms, catalog: [plan] }
    expect(figuresOf(draft, percent).totalCents).toBe(0)
    const line = draft.lines[0]
    if (line?.kind !== 'catalog') throw new Error('the fee is not in the basket')
    const priced = withLine(draft, 0, { ...line, baseCents: cents(100_000) })
    expect(figuresOf(priced, percent).totalCents).toBe(1_500)
  })

  it('lines and payments that are alike keep apart', () => {
    const two = addCatalogItem(addCatalogItem(emptyDraft(), permit), permit)
    expect(lineKey(two, 0)).not.toBe(lineKey(two, 1))
    const paid = withTender(withTender(two, tender('cash', 100)), tender('cash', 100))
    expect(tenderKey(paid, 0)).not.toBe(tenderKey(paid, 1))
  })

  it('every customer has a basket, and so a command, of their own', () => {
    expect(emptyDraft().basketId).not.toBe(emptyDraft().basketId)
  })
})
