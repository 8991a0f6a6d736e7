import { describe, expect, test } from 'vitest'
import {
  beginForm,
  formProblem,
  type TenderFieldName,
  type TenderForm,
  tenderFrom,
  withValue,
} from '../../renderer/features/window/tender-form.ts'
import type { Tender, TenderType } from '../../shared/ledger/facts.ts'
import { cents } from '../../shared/money.ts'

function typeOf(tender: Tender): TenderType {
  return {
    tender,
    name: tender,
    active: true,
    opensDrawer: false,
    changeAllowed: false,
    referenceRequired: tender !== 'cash' && tender !== 'card',
    counted: 'items',
    banked: true,
    glAccount: '100-1000',
    sort: 0,
  }
}

function filled(tender: Tender, values: Partial<Record<TenderFieldName, string>>): TenderForm {
  return Object.entries(values).reduce(
    (form, [field, value]) => withValue(form, field as TenderFieldName, value),
    beginForm(tender, cents(20_000)),
  )
}

const goodCheck = { reference: '1187', routingNumber: '111000025', accountNumber: '0012 3454-406' }
const goodCard = { cardBrand: 'Visa', cardLast4: '4242', approvalCode: 'A1B2' }

describe('entering a payment', () => {
  test('what is still due is proposed', () => {
    expect(tenderFrom(beginForm('cash', cents(27_937))).cents).toBe(27_937)
  })

  test.each<[string, Tender, Partial<Record<TenderFieldName, string>>, TenderFieldName | null]>([
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
    expect(formProblem(filled(tender, values), typeOf(tender))?.field ?? null).toBe(field)
  })

  test('a check’s account number does not go into the basket', () => {
    const identity = { accountLast4: '4406', accountHash: 'f'.repeat(64) }
    const tender = tenderFrom(filled('check', goodCheck), identity)
    expect(JSON.stringify(tender)).not.toContain('3454')
    expect(tender).toMatchObject({ routingNumber: '111000025', ...identity })
  })

  test('what was typed for another kind of payment does not come along', () => {
    const cash = tenderFrom(filled('cash', { ...goodCheck, ...goodCard }))
    expect(cash).toMatchObject({ routingNumber: null, cardLast4: null, approvalCode: null })
  })
})
