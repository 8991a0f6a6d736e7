import { expect, it } from 'vitest'
import { tendersBack } from '../../../renderer/features/receipt/payment/tenders-back.ts'
import { cents } from '../../../shared/money.ts'

const TYPES = [
  { tender: 'cash', name: 'Cash' },
  { tender: 'check', name: 'Check' },
]

it.each([
  [[], ''],
  [[{ tender: 'cash', cents: cents(12_000), reference: '' }], 'Cash 120.00'],
  [
    [
      { tender: 'cash', cents: cents(10_000), reference: '' },
      { tender: 'check', cents: cents(4_511), reference: '2001' },
    ],
    'Cash 100.00, Check 2001 45.11',
  ],
  [[{ tender: 'voucher', cents: cents(1), reference: '' }], 'voucher 0.01'],
])('names each payment as it goes back', (tenders, words) => {
  expect(tendersBack(tenders, TYPES)).toBe(words)
})
