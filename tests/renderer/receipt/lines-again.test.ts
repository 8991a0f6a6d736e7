import { describe, expect, it } from 'vitest'
import { linesAgain } from '../../../renderer/features/receipt/record/lines-again.ts'
import type { AccountView } from '../../../shared/contract/account.ts'
import { lineInputField } from '../../../shared/contract/receipt.ts'
import type { ReceiptLine } from '../../../shared/ledger/receipt.ts'
import type { CatalogItem } from '../../../shared/ledger/setup.ts'
import { type Cents, cents } from '../../../shared/money.ts'
import { parseBusinessDate } from '../../../shared/time.ts'

const ACCOUNT = '018f3c2e-0000-7000-8000-000000000001'
const WATER = '018f3c2e-0000-7000-8000-000000000011'
const SEWER = '018f3c2e-0000-7000-8000-000000000012'
const DONATION = '018f3c2e-0000-7000-8000-000000000003'
const PERMIT = '018f3c2e-0000-7000-8000-000000000002'

const dueDate = parseBusinessDate('2026-11-30')
if (dueDate === null) throw new Error('no due date')

function item(itemId: string, serviceOrder: number): AccountView['items'][number] {
  const more = { service: itemId, serviceOrder, isPenalty: false, glAccount: '100-1', dueDate }
  return { ...more, accountId: ACCOUNT, itemId, openCents: cents(3_000) } as AccountView['items'][number]
}
const ada = {
  accountId: ACCOUNT,
  balanceCents: cents(6_000),
  items: [item(WATER, 1), item(SEWER, 2)],
} as AccountView

const catalog = [
  { catalogItemId: DONATION, pricing: 'open' },
  { catalogItemId: PERMIT, pricing: 'fixed' },
] as CatalogItem[]
const now = { accounts: [ada], catalog, settings: { overpay: 'credit', creditGlAccount: '100-2' } } as const

function paid(...items: [string | null, number][]): ReceiptLine {
  const allocations = items.map(([itemId, amount]) => ({ itemId, cents: cents(amount) }))
  const total = items.reduce((all, [, amount]) => all + amount, 0)
  return { kind: 'account', accountId: ACCOUNT, cents: cents(total), allocations } as ReceiptLine
}

function sold(catalogItemId: string, unitPriceCents: Cents): ReceiptLine {
  const more = { quantity: 1, baseCents: null, reference: 'P-1', cents: unitPriceCents }
  return { kind: 'catalog', catalogItemId, unitPriceCents, ...more } as ReceiptLine
}

describe('the lines of a receipt that was voided by mistake', () => {
  it('an account is paid the same at the balance that it has now', () => {
    expect(linesAgain([paid([WATER, 3_000], [SEWER, 1_000])], now)).toEqual([
      { kind: 'account', accountId: ACCOUNT, cents: 4_000, overrides: [], balanceCents: 6_000 },
    ])
  })

  it('items that a cashier had chosen are paid as they were', () => {
    const [line] = linesAgain([paid([SEWER, 1_000])], now)
    expect(line).toMatchObject({ cents: 1_000, overrides: [{ itemId: SEWER, cents: 1_000 }] })
  })

  it('what was more than the balance flows into credit again by itself', () => {
    const [line] = linesAgain([paid([WATER, 3_000], [SEWER, 3_000], [null, 500])], now)
    expect(line).toMatchObject({ cents: 6_500, overrides: [] })
  })

  it('an open price is what was taken, any other is the catalog’s own', () => {
    const lines = linesAgain([sold(DONATION, cents(700)), sold(PERMIT, cents(4_500))], now)
    expect(lines).toMatchObject([
      { catalogItemId: DONATION, priceCents: 700, reference: 'P-1' },
      { catalogItemId: PERMIT, priceCents: null },
    ])
  })

  it('the basket takes them as they are', () => {
    const lines = linesAgain([paid([SEWER, 1_000]), sold(PERMIT, cents(4_500))], now)
    expect(lines.every(line => lineInputField.safeParse(line).success)).toBe(true)
  })
})
