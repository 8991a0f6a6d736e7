/** Templates that a city can begin with; docs/payment-file.md says what stands where. */
import { type PaymentTemplate, templateField } from './template.ts'

/** Records of 200 characters. */
const FIXED: PaymentTemplate = templateField.parse({
  format: 'fixed',
  fileName: 'PAY-{date}-{sequence}.txt',
  encoding: 'ascii',
  header: [
    { value: 'literal', text: 'H', width: 1 },
    { value: 'businessDate', width: 8 },
    { value: 'sequence', width: 6 },
    { value: 'madeTime', pattern: 'YYYYMMDDHHmmss', width: 14 },
    { value: 'city', width: 40 },
    { value: 'filler', width: 131 },
  ],
  detail: [
    { value: 'literal', text: 'D', width: 1 },
    { value: 'detail', width: 6 },
    { value: 'account', width: 32 },
    { value: 'sign', width: 1 },
    { value: 'amount', sign: 'none', width: 11 },
    { value: 'tender', width: 10 },
    { value: 'receipt', width: 20 },
    { value: 'receiptLine', width: 3 },
    { value: 'entry', width: 3 },
    { value: 'reference', width: 20 },
    { value: 'postedTime', pattern: 'YYYYMMDDHHmmss', width: 14 },
    { value: 'service', width: 20 },
    { value: 'glAccount', width: 40 },
    { value: 'filler', width: 19 },
  ],
  trailer: [
    { value: 'literal', text: 'T', width: 1 },
    { value: 'count', width: 6 },
    { value: 'sign', width: 1 },
    { value: 'total', sign: 'none', width: 13 },
    { value: 'filler', width: 179 },
  ],
})

const CSV: PaymentTemplate = templateField.parse({
  format: 'csv',
  delimiter: ',',
  fileName: 'payments-{date}-{sequence}.csv',
  header: [
    { value: 'literal', text: 'H' },
    { value: 'businessDate', pattern: 'YYYY-MM-DD' },
    { value: 'sequence' },
    { value: 'madeTime', pattern: 'YYYY-MM-DD HH:mm:ss' },
    { value: 'city' },
  ],
  detail: [
    { value: 'literal', text: 'D' },
    { value: 'detail' },
    { value: 'account' },
    { value: 'amount', style: 'decimal' },
    { value: 'tender' },
    { value: 'receipt' },
    { value: 'receiptLine' },
    { value: 'entry' },
    { value: 'reference' },
    { value: 'postedTime', pattern: 'YYYY-MM-DD HH:mm:ss' },
    { value: 'item' },
    { value: 'service' },
    { value: 'glAccount' },
    { value: 'name' },
  ],
  trailer: [{ value: 'literal', text: 'T' }, { value: 'count' }, { value: 'total', style: 'decimal' }],
})

export const BUILT_IN_TEMPLATES: Readonly<Record<string, PaymentTemplate>> = { fixed: FIXED, csv: CSV }
