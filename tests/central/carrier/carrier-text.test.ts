/** Payment files as text: by template, to the byte, and read back by the same template. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type PaymentContent,
  type PaymentDetail,
  paymentFileName,
  paymentText,
} from '../../../central/carrier/payment-text.ts'
import { readFigures } from '../../../central/carrier/read-back.ts'
import { CarrierRefusal } from '../../../central/carrier/refusal.ts'
import { BUILT_IN_TEMPLATES } from '../../../central/carrier/template/built-in-templates.ts'
import { parseTemplate } from '../../../central/carrier/template/parse-template.ts'
import type { PaymentTemplate } from '../../../central/carrier/template/template.ts'
import { cents, sum } from '../../../shared/money.ts'
import type { BusinessDate } from '../../../shared/time.ts'

const DETAIL: PaymentDetail = {
  accountNumber: '10-0001',
  cents: cents(4_000),
  tenders: ['cash'],
  receiptNumber: 'W1-000012',
  lineNo: 1,
  entryNo: 1,
  reference: 'P1-12',
  postedAtMs: Date.UTC(2026, 10, 20, 16, 58, 7),
  itemId: 'item-1',
  service: 'water',
  glAccount: '400-1000',
  name: 'Ana Lopez',
  tillCode: 'W1',
}
const CONTENT: PaymentContent = {
  businessDate: '2026-11-20' as BusinessDate,
  sequence: 7,
  madeAtMs: Date.UTC(2026, 10, 21, 5, 30),
  timeZone: 'America/Chicago',
  city: 'City of Elm',
  details: [
    DETAIL,
    { ...DETAIL, cents: cents(-1_250), entryNo: 2, tenders: ['cash', 'check'], reference: '' },
  ],
}

function builtIn(name: string): PaymentTemplate {
  const template = BUILT_IN_TEMPLATES[name]
  if (!template) throw new Error(name)
  return template
}
const FIXED = builtIn('fixed')
const CSV = builtIn('csv')

/** A small template, with one field of the detail in the place of its name. */
function small(fields: PaymentTemplate['detail'], format: 'csv' | 'fixed' = 'fixed'): PaymentTemplate {
  const base = format === 'csv' ? CSV : FIXED
  return { ...base, detail: fields, header: base.header.slice(0, 1), encoding: 'utf-8' }
}
const lineOf = (template: PaymentTemplate, detail: Partial<PaymentDetail>): string =>
  paymentText(template, { ...CONTENT, details: [{ ...DETAIL, ...detail }] }).split('\r\n')[1] ?? ''

it('the built-in fixed template gives records of 200 characters, each field in its columns', () => {
  const text = paymentText(FIXED, CONTENT)
  const records = text.split('\r\n')
  expect(records.pop()).toBe('')
  expect(records.map(record => record.length)).toEqual([200, 200, 200, 200])
  expect(records.map(record => record.trimEnd())).toEqual([
    'H2026112000000720261120233000City of Elm',
    `D00000110-0001${' '.repeat(25)}+00000004000cash      W1-000012           001001P1-12               20261120105807water               400-1000`,
    `D00000210-0001${' '.repeat(25)}-00000001250several   W1-000012           001002${' '.repeat(20)}20261120105807water               400-1000`,
    'T000002+0000000002750',
  ])
  expect(paymentFileName(FIXED, CONTENT)).toBe('PAY-20261120-000007.txt')
})

it('the built-in CSV template gives a record a line, amounts with their sign', () => {
  expect(paymentText(CSV, CONTENT)).toBe(
    [
      'H,2026-11-20,7,2026-11-20 23:30:00,City of Elm',
      'D,1,10-0001,40.00,cash,W1-000012,1,1,P1-12,2026-11-20 10:58:07,item-1,water,400-1000,Ana Lopez',
      'D,2,10-0001,-12.50,several,W1-000012,1,2,,2026-11-20 10:58:07,item-1,water,400-1000,Ana Lopez',
      'T,2,27.50',
      '',
    ].join('\r\n'),
  )
  expect(paymentFileName(CSV, CONTENT)).toBe('payments-20261120-000007.csv')
})

describe('what does not fit', () => {
  const account = { value: 'account', width: 7 } as const
  const amount = { value: 'amount', style: 'cents', sign: 'leading', width: 5 } as const
  it.each<[string, Partial<PaymentDetail>]>([
    ['an account number', { accountNumber: '10-00012' }],
    ['an amount', { cents: cents(100_000) }],
    ['an amount with its minus', { cents: cents(-10_000) }],
  ])('%s is never cut', (_what, detail) => {
    expect(lineOf(small([account, amount]), {})).toBe('10-000104000')
    expect(() => lineOf(small([account, amount]), detail)).toThrow(CarrierRefusal)
    expect(() => lineOf(small([account, amount]), detail)).toThrow(/receipt W1-000012, line 1/)
  })
  it('a name is cut, and no sign of it in the middle', () => {
    const name = { value: 'name', width: 4 } as const
    expect(lineOf(small([account, amount, name]), { name: '👩🏽‍🚒👩🏽‍🚒' })).toBe(`10-000104000${'👩🏽‍🚒'}`)
    expect(lineOf(small([account, amount, name]), { name: 'José María' })).toBe('10-000104000José')
  })
})

describe('signs, zeros and padding', () => {
  const amount = (more: object) =>
    small([{ value: 'amount', style: 'cents', sign: 'leading', width: 8, ...more }])
  it.each<[string, object, number, string]>([
    ['a minus stands before the zeros', {}, -123, '-0000123'],
    ['a minus stands before the digits where spaces pad', { pad: ' ' }, -123, '    -123'],
    ['a minus stands behind', { sign: 'trailing' }, -123, '0000123-'],
    ['nothing stands where it would stand', { sign: 'trailing' }, 123, '0000123 '],
    ['decimals', { style: 'decimal' }, -123, '-0001.23'],
    ['left', { align: 'left', pad: ' ' }, 123, '123     '],
  ])('%s', (_what, more, value, text) => {
    expect(lineOf(amount(more), { cents: cents(value) })).toBe(text)
  })
})

it('text ends no record and no field: quoted in CSV, a space in fixed width, and no formula is changed', () => {
  const nasty = '=SUM(A1),"a"\r\nD,2\u2028\u0000x'
  const csv = lineOf(small([{ value: 'name' }], 'csv'), { name: nasty })
  expect(csv).toBe('"=SUM(A1),""a""')
  expect(lineOf(small([{ value: 'name' }], 'csv'), { name: '=1+1' })).toBe('=1+1')
  expect(lineOf(small([{ value: 'name', width: 30 }]), { name: nasty })).toBe(
    '=SUM(A1),"a" D,2  x'.padEnd(30),
  )
})

it('an ASCII file writes letters without their marks, other signs as the replacement, and no account otherwise', () => {
  const template: PaymentTemplate = {
    ...small([
      { value: 'account', width: 8 },
      { value: 'name', width: 10 },
    ]),
    encoding: 'ascii',
  }
  expect(lineOf(template, { name: 'José 水 Ñu' })).toBe('10-0001 Jose ? Nu ')
  expect(() => lineOf(template, { accountNumber: '10-00水' })).toThrow(/ASCII has no signs/)
})

it('a file is read back by its template to the figures that went into it, whatever they are', () => {
  const signs: PaymentTemplate['detail'][] = [
    [{ value: 'amount', style: 'cents', sign: 'leading', width: 14 }],
    [{ value: 'amount', style: 'decimal', sign: 'trailing', width: 15, pad: ' ' }],
    [
      { value: 'sign', plus: 'CR', minus: 'DR', width: 3 },
      { value: 'amount', style: 'cents', sign: 'none', width: 14 },
    ],
  ]
  const money = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }).map(cents)
  fc.assert(
    fc.property(
      fc.array(fc.record({ cents: money, name: fc.string({ unit: 'binary' }) }), { maxLength: 8 }),
      fc.constantFrom(...signs),
      fc.constantFrom('csv' as const, 'fixed' as const),
      (list, sign, format) => {
        const total = sign.map(field =>
          'style' in field ? { ...field, value: 'total' as const, width: 40 } : field,
        )
        const laid = (fields: PaymentTemplate['detail']): PaymentTemplate['detail'] =>
          format === 'fixed' ? fields : fields.map(({ width: _w, pad: _p, ...field }) => field)
        const name = { value: 'name', width: 10 } as const
        const template: PaymentTemplate = {
          ...small(laid([name, ...sign]), format),
          trailer: laid([{ value: 'count', width: 4 }, ...total]),
        }
        const details = list.map(one => ({ ...DETAIL, ...one }))
        const all = sum(list.map(one => one.cents))
        expect(readFigures(template, paymentText(template, { ...CONTENT, details }))).toEqual({
          count: list.length,
          totalCents: all,
          details: list.length,
          detailCents: all,
        })
      },
    ),
  )
})

describe('a template', () => {
  const good = { format: 'csv', delimiter: ';', fileName: 'p-{sequence}.csv' }
  const header = [{ value: 'literal', text: 'H' }]
  const detail = [{ value: 'account' }, { value: 'amount' }, { value: 'receipt' }]
  const trailer = [{ value: 'count' }, { value: 'total' }]
  const csv = { ...good, header, detail, trailer }
  const wide = (list: object[]) => list.map(field => ({ ...field, width: 10 }))
  const fixed = {
    format: 'fixed',
    fileName: 'p{sequence}',
    header: wide(header),
    detail: wide(detail),
    trailer: wide(trailer),
  }

  it('that says all that is needed is taken, with what is usual where it says nothing', () => {
    expect(parseTemplate(JSON.stringify(csv))).toMatchObject({
      ok: true,
      template: { lineEnd: 'crlf', encoding: 'utf-8', detail: [{}, { style: 'cents', sign: 'leading' }, {}] },
    })
    expect(parseTemplate(JSON.stringify(fixed))).toMatchObject({ ok: true })
  })

  it.each<[RegExp, object | string]>([
    [/It is not JSON/, '{'],
    [/The template: .*[Uu]nrecognized key.*colour/, { ...csv, colour: 'red' }],
    [/detail, field 1, value/, { ...csv, detail: [{ value: 'shoe-size' }, ...detail] }],
    [/put \{sequence\} into it/, { ...csv, fileName: 'payments.csv' }],
    [/fileName: beside/, { ...csv, fileName: '../{sequence}' }],
    [/a CSV template must name one/, { ...csv, delimiter: undefined }],
    [/leave it out of fixed width/, { ...fixed, delimiter: ',' }],
    [/leave width, align and pad out of CSV/, { ...csv, header: wide(header) }],
    [/detail, field 1 \(account\): give it a width/, { ...fixed, detail }],
    [
      /"HEADER" is longer than its width of 3/,
      { ...fixed, header: [{ value: 'literal', text: 'HEADER', width: 3 }] },
    ],
    [/it does not belong in the header/, { ...csv, header: [{ value: 'account' }] }],
    [/it does not belong in the detail/, { ...csv, detail: [...detail, { value: 'total' }] }],
    [/it needs the count and the total/, { ...csv, trailer: [{ value: 'count' }] }],
    [/it needs the amount/, { ...csv, detail: [{ value: 'account' }, { value: 'receipt' }] }],
    [/it needs the account/, { ...csv, detail: [{ value: 'amount' }, { value: 'receipt' }] }],
    [/no answer could name it/, { ...csv, detail: [{ value: 'amount' }, { value: 'account' }] }],
    [
      /needs a field sign/,
      { ...csv, detail: [...detail.slice(0, 1), { value: 'amount', sign: 'none' }, ...detail.slice(2)] },
    ],
    [/plus and minus must differ/, { ...csv, detail: [...detail, { value: 'sign', plus: 'X', minus: 'X' }] }],
    [/zeros behind digits/, { ...fixed, trailer: wide(trailer).map(field => ({ ...field, align: 'left' })) }],
    [
      /padded with 0 or with spaces/,
      { ...fixed, trailer: wide(trailer).map(field => ({ ...field, pad: '*' })) },
    ],
  ])('is refused in words: %s', (words, template) => {
    const read = parseTemplate(typeof template === 'string' ? template : JSON.stringify(template))
    if (read.ok) throw new Error('It was taken')
    expect(read.problems.join('\n')).toMatch(words)
  })
})
