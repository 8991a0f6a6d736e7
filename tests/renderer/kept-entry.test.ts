import { expect, it } from 'vitest'
import { fieldsOf } from '../../renderer/features/receipt/payment/tender-form.ts'
import { basketField } from '../../shared/contract/basket.ts'
import { newId, newSalt } from '../../shared/id.ts'
import { standardTenders } from '../../shared/tenders.ts'

it.each(standardTenders())('a half-entered $tender can be kept with the basket, field by field', type => {
  const texts = Object.fromEntries(fieldsOf(type).map(({ name }) => [name, '1']))
  const basket = {
    basketId: newId(),
    salt: newSalt(),
    seen: [],
    lines: [],
    tenders: [],
    entry: { form: `tender:${type.tender}`, texts },
    revision: 1,
  }
  expect(basketField.parse(basket)).toEqual(basket)
})
