import { expect, it } from 'vitest'
import { tendersBack } from '../../../renderer/features/receipt/payment/tenders-back.ts'
import { cents } from '../../../shared/money.ts'

const TYPES = [
  { tender: 'cash', kind: 'cash', name: 'Cash' },
  { tender: 'check', kind: 'check', name: 'Check' },
  { tender: 'card', kind: 'card', name: 'Card' },
]

it.each([
  [[], ''],
  [[{ tender: 'cash', cents: cents(12_000), reference: '', details: {} }], 'Cash 120.00'],
  [
    [
      { tender: 'cash', cents: cents(10_000), reference: '', details: {} },
      { tender: 'check', cents: cents(4_511), reference: '2001', details: {} },
    ],
    'Cash 100.00, Check 2001 45.11',
  ],
  [
    [
      {
        tender: 'card',
        cents: cents(2_000),
        reference: '',
        details: { cardBrand: 'Visa', cardLast4: '4471' },
      },
    ],
    'Card Visa •••• 4471 20.00 at the card terminal',
  ],
  [[{ tender: 'voucher', cents: cents(1), reference: '', details: {} }], 'voucher 0.01'],
])('names each payment as it goes back', (tenders, words) => {
  expect(tendersBack(tenders, TYPES)).toBe(words)
})
