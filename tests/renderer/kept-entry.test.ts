import { expect, it } from 'vitest'
import { fieldsOf } from '../../renderer/features/window/tender-form.ts'
import { basketField } from '../../shared/contract/basket.ts'
import { newId } from '../../shared/id.ts'
import { TENDERS } from '../../shared/ledger/facts.ts'

it.each(TENDERS)('a half-entered %s can be kept with the basket, field by field', tender => {
  const texts = Object.fromEntries(fieldsOf(tender).map(field => [field, '1']))
  const basket = {
    basketId: newId(),
    lines: [],
    tenders: [],
    entry: { form: `tender:${tender}`, texts },
    revision: 1,
  }
  expect(basketField.parse(basket)).toEqual(basket)
})
