import { expect, it } from 'vitest'
import { fieldsOf } from '../../../renderer/features/receipt/payment/tender-form.ts'
import { basketField } from '../../../shared/contract/basket.ts'
import { newId, newSalt } from '../../../shared/id.ts'
import { tenderKeyFor } from '../../../shared/rules/setup/tender-key.ts'
import { standardTenders } from '../../../shared/tenders.ts'

const added = standardTenders().map(type => {
  const name = `${type.name} 2`
  return { ...type, name, tender: tenderKeyFor(name, standardTenders()) }
})
const TYPES = [...standardTenders(), ...added]

it.each(TYPES)('a half-entered $name can be kept with the basket, field by field', type => {
  const texts = Object.fromEntries(fieldsOf(type).map(({ name }) => [name, '1']))
  const basket = {
    basketId: newId(),
    salt: newSalt(),
    seen: [],
    lines: [],
    tenders: [],
    entry: { tender: type.tender, texts },
    revision: 1,
  }
  expect(basketField.parse(basket)).toEqual(basket)
})
