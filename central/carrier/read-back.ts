/** What a payment file says of itself, read from its text by its template: the proof that it can be read at all. */
import { parse } from 'csv-parse/sync'
import { add, type Cents, cents, negate, ZERO } from '../../shared/money.ts'
import type { PaymentTemplate, TemplateField } from './template/template.ts'

export interface FileFigures {
  /** As the trailer says. */
  count: number
  totalCents: Cents
  /** As the details come to. */
  details: number
  detailCents: Cents
}

/** Null for a text that is no file of this template: a record is missing, or holds no figures where they belong. */
export function readFigures(template: PaymentTemplate, text: string): FileFigures | null {
  const records = recordsOf(template, text)
  const trailer = records?.at(-1)
  if (!records || !trailer || records.length < 2) return null
  const totalCents = amountOf(template.trailer, trailer, 'total')
  const count = integerOf(partOf(template.trailer, trailer, 'count'))
  const amounts = records.slice(1, -1).map(record => amountOf(template.detail, record, 'amount'))
  const detailCents = amounts.reduce<Cents | null>(
    (all, one) => (all === null || one === null ? null : add(all, one)),
    ZERO,
  )
  if (totalCents === null || count === null || detailCents === null) return null
  return { count, totalCents, details: amounts.length, detailCents }
}

/** Each record as the texts of its fields. */
function recordsOf(template: PaymentTemplate, text: string): string[][] | null {
  const end = template.lineEnd === 'crlf' ? '\r\n' : '\n'
  if (!text.endsWith(end)) return null
  if (template.format === 'fixed') {
    const lines = text.slice(0, -end.length).split(end)
    return lines.map((line, index) => columnsOf(line, fieldsAt(template, index, lines.length)))
  }
  try {
    return parse(text, {
      delimiter: template.delimiter ?? ',',
      record_delimiter: end,
      relax_column_count: true,
    })
  } catch {
    return null
  }
}

function fieldsAt({ header, detail, trailer }: PaymentTemplate, index: number, of: number): TemplateField[] {
  if (index === 0) return header
  return index === of - 1 ? trailer : detail
}

function columnsOf(line: string, fields: readonly TemplateField[]): string[] {
  const signs = [...line]
  let at = 0
  return fields.map(({ width = 0 }) => {
    at += width
    return signs.slice(at - width, at).join('')
  })
}

function partOf(
  fields: readonly TemplateField[],
  record: readonly string[],
  value: TemplateField['value'],
): string {
  const index = fields.findIndex(field => field.value === value)
  return (record[index] ?? '').trim()
}

function amountOf(
  fields: readonly TemplateField[],
  record: readonly string[],
  value: 'amount' | 'total',
): Cents | null {
  const field = fields.find(one => one.value === value)
  const shape = field && 'style' in field && field.style === 'decimal' ? /^-?\d+\.\d\d-?$/ : /^-?\d+-?$/
  const text = partOf(fields, record, value)
  const digits = shape.test(text) ? integerOf(text.replaceAll(/[-.]/g, '')) : null
  if (digits === null) return null
  const sign = fields.find(one => one.value === 'sign')
  const isMinus = text.includes('-') || (sign && partOf(fields, record, 'sign') === sign.minus.trim())
  return isMinus ? negate(cents(digits)) : cents(digits)
}

function integerOf(text: string): number | null {
  const value = /^0*\d{1,16}$/.test(text) ? Number.parseInt(text, 10) : Number.NaN
  return Number.isSafeInteger(value) ? value : null
}
