import { namedId } from '../../../db/accounts/named-id.ts'
import type { BodyOf } from '../../../shared/ledger/facts.ts'
import { type Cents, ZERO } from '../../../shared/money.ts'

/** A receipt for cash as the journal keeps it. Stands alone, because the recorded till runs outside the test runner. */
export function bodyOfReceipt(of: {
  receiptId: string
  sessionId: string
  count: number
  amount: Cents
}): BodyOf<'receipt.posted'> {
  const { receiptId, sessionId, count, amount } = of
  return {
    receiptId,
    receiptNo: count,
    number: `W1-${String(count).padStart(6, '0')}`,
    sessionId,
    totalCents: amount,
    tenderedCents: amount,
    rounding: null,
    changeCents: ZERO,
    lines: [
      {
        kind: 'catalog',
        catalogItemId: namedId('catalog-item', 'MISC'),
        code: 'MISC',
        name: 'Miscellaneous receipt',
        quantity: 1,
        unitPriceCents: amount,
        baseCents: null,
        rateMillionths: null,
        cents: amount,
        glAccount: '110-3690',
      },
    ],
    tenders: [
      {
        tender: 'cash',
        cents: amount,
        reference: '',
        details: {},
      },
    ],
    pieces: [],
  }
}
