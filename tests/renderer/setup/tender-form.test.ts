import { describe, expect, it } from 'vitest'
import {
  beginForm,
  formProblem,
  type TenderForm,
  tenderFrom,
  withValue,
} from '../../../renderer/features/receipt/payment/tender-form.ts'
import { cents } from '../../../shared/money.ts'
import type { Tender } from '../../../shared/tenders.ts'
import { tenderType } from '../../support/tender-types.ts'

function filled(tender: Tender, values: Readonly<Record<string, string>>): TenderForm {
  return Object.entries(values).reduce(
    (form, [field, value]) => withValue(form, field, value),
    beginForm(tenderType(tender), cents(20_000)),
  )
}

const goodCheck = { reference: '1187', routingNumber: '111000025', accountNumber: '0012 3454-406' }
const goodCard = { cardBrand: 'Visa', cardLast4: '4242', approvalCode: 'A1B2' }

describe('entering a payment', () => {
  it('what is still due is proposed', () => {
    expect(tenderFrom(beginForm(tenderType('cash'), cents(27_937))).cents).toBe(27_937)
  })

  it.each<[string, Tender, Readonly<Record<string, string>>, string | null]>([
    ['cash of nothing', 'cash', { amount: '0' }, 'amount'],
    ['a check without number', 'check', { ...goodCheck, reference: '' }, 'reference'],
    ['a wrong routing number', 'check', { ...goodCheck, routingNumber: '111000026' }, 'routingNumber'],
    ['a check without account', 'check', { ...goodCheck, accountNumber: '' }, 'accountNumber'],
    ['a good check', 'check', goodCheck, null],
    ['a whole card number', 'card', { ...goodCard, cardLast4: '4111111111111111' }, 'cardLast4'],
    ['a card without approval', 'card', { ...goodCard, approvalCode: ' ' }, 'approvalCode'],
    ['a good card', 'card', goodCard, null],
    ['a money order without number', 'money-order', {}, 'reference'],
  ])('%s', (_, tender, values, field) => {
    expect(formProblem(filled(tender, values), tenderType(tender))?.field ?? null).toBe(field)
  })

  it('a check’s account number does not go into the basket', () => {
    const identity = { accountLast4: '4406', accountHash: 'f'.repeat(64) }
    const tender = tenderFrom(filled('check', goodCheck), identity)
    expect(JSON.stringify(tender)).not.toContain('3454')
    expect(tender).toMatchObject({ details: { routingNumber: '111000025', ...identity } })
  })

  it('what was typed for another kind of payment does not come along', () => {
    const cash = tenderFrom(filled('cash', { ...goodCheck, ...goodCard }))
    expect(cash).toEqual({ tender: 'cash', cents: 20_000, reference: '', details: {} })
  })
})
