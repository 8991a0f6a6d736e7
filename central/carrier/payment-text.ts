/** A template and what is to be carried, as the text of a file. Pure: the same gives the same bytes for years. */
import { type Cents, plainCents, sum } from '../../shared/money.ts'
import { type BusinessDate, wallClockMs } from '../../shared/time.ts'
import { CarrierRefusal } from './refusal.ts'
import { AMOUNTS, NAMES, NUMBERS, type PaymentTemplate, type TemplateField } from './template/template.ts'

/** One entry of a receipt on its way to the billing system. */
export interface PaymentDetail {
  accountNumber: string
  /** Below zero where a payment is taken back. */
  cents: Cents
  /** Of its receipt. */
  tenders: readonly string[]
  receiptNumber: string
  lineNo: number
  entryNo: number
  /** Central's of the receipt; empty while another line of it is in suspense. */
  reference: string
  /** UTC milliseconds. */
  postedAtMs: number
  /** Empty for a credit to the account. */
  itemId: string
  service: string
  glAccount: string
  name: string
  tillCode: string
}

export interface PaymentContent {
  businessDate: BusinessDate
  sequence: number
  /** UTC milliseconds. */
  madeAtMs: number
  timeZone: string
  city: string
  details: readonly PaymentDetail[]
}

/** Header, details in the order given, and trailer. Refuses (CarrierRefusal) what must not be cut and does not fit. */
export function paymentText(template: PaymentTemplate, content: PaymentContent): string {
  const whole: Scope = { content, cents: sum(content.details.map(detail => detail.cents)) }
  const details = content.details.map((detail, index) =>
    recordText(template, template.detail, {
      content,
      cents: detail.cents,
      detail: { ...detail, no: index + 1 },
    }),
  )
  const records = [
    recordText(template, template.header, whole),
    ...details,
    recordText(template, template.trailer, whole),
  ]
  const end = template.lineEnd === 'crlf' ? '\r\n' : '\n'
  return records.map(record => record + end).join('')
}

const SEQUENCE_DIGITS = 6

export function paymentFileName(
  { fileName }: PaymentTemplate,
  { businessDate, sequence }: { businessDate: BusinessDate; sequence: number },
): string {
  const digits = String(sequence).padStart(SEQUENCE_DIGITS, '0')
  return fileName.replaceAll('{sequence}', digits).replaceAll('{date}', businessDate.replaceAll('-', ''))
}

interface Scope {
  content: PaymentContent
  /** Of the detail, or of the whole file. */
  cents: Cents
  detail?: PaymentDetail & { no: number }
}

function recordText(template: PaymentTemplate, fields: readonly TemplateField[], scope: Scope): string {
  const texts = fields.map(field => {
    const text = encoded(template, field, fieldText(field, scope), scope)
    return template.format === 'csv' ? quoted(text, template.delimiter ?? ',') : fitted(field, text, scope)
  })
  return texts.join(template.format === 'csv' ? template.delimiter : '')
}

const isName = ({ value }: TemplateField): boolean => NAMES.some(name => name === value)

function fieldText(field: TemplateField, { content, cents, detail }: Scope): string {
  switch (field.value) {
    case 'literal':
      return field.text
    case 'filler':
      return ''
    case 'businessDate':
      return dated(field.pattern, `${content.businessDate}T00:00:00`)
    case 'madeTime':
      return dated(field.pattern, clockOf(content.madeAtMs, content.timeZone))
    case 'sequence':
      return String(content.sequence)
    case 'city':
      return content.city
    case 'count':
      return String(content.details.length)
    case 'amount':
    case 'total':
      return amountText(field, cents)
    case 'sign':
      return cents < 0 ? field.minus : field.plus
    default:
      return detail ? detailValue(field, content, detail) : ''
  }
}

function detailValue(
  field: TemplateField,
  content: PaymentContent,
  detail: PaymentDetail & { no: number },
): string {
  switch (field.value) {
    case 'tender': {
      const [one = '', ...others] = new Set(detail.tenders)
      return others.length > 0 ? field.several : (field.codes[one] ?? one)
    }
    case 'postedTime':
      return dated(field.pattern, clockOf(detail.postedAtMs, content.timeZone))
    case 'detail':
      return String(detail.no)
    case 'receiptLine':
      return String(detail.lineNo)
    case 'entry':
      return String(detail.entryNo)
    case 'account':
      return detail.accountNumber
    case 'receipt':
      return detail.receiptNumber
    case 'reference':
      return detail.reference
    case 'detailReference':
      return detailReference(content.sequence, detail.no)
    case 'item':
      return detail.itemId
    case 'glAccount':
      return detail.glAccount
    case 'till':
      return detail.tillCode
    case 'service':
      return detail.service
    case 'name':
      return detail.name
    default:
      return ''
  }
}

/** Names one detail of all files for ever. */
export const detailReference = (sequence: number, no: number): string => `F${sequence}-${no}`

/** `YYYY-MM-DDTHH:mm:ss` as the clocks of a place show it. */
const clockOf = (atMs: number, timeZone: string): string =>
  new Date(wallClockMs(atMs, timeZone)).toISOString().slice(0, 19)

function dated(pattern: string, clock: string): string {
  const parts: Record<string, string> = {
    YYYY: clock.slice(0, 4),
    YY: clock.slice(2, 4),
    MM: clock.slice(5, 7),
    DD: clock.slice(8, 10),
    HH: clock.slice(11, 13),
    mm: clock.slice(14, 16),
    ss: clock.slice(17, 19),
  }
  return pattern.replace(/YYYY|YY|MM|DD|HH|mm|ss/g, part => parts[part] ?? '')
}

type AmountField = Extract<TemplateField, { value: 'amount' | 'total' }>

function amountText({ style, sign, width, pad, align }: AmountField, cents: Cents): string {
  const plainText = style === 'decimal' ? plainCents(cents) : String(cents)
  const digits = plainText.replace('-', '')
  if (sign === 'none') return digits
  // In fixed width the digits stand in the same columns whether or not a minus follows them.
  if (sign === 'trailing') return digits + (cents < 0 ? '-' : width === undefined ? '' : ' ')
  if (cents >= 0) return digits
  const zeros = width !== undefined && (pad ?? '0') === '0' && (align ?? 'right') === 'right'
  return `-${zeros ? digits.padStart(width - 1, '0') : digits}`
}

/** Marks of letters go, so that José is Jose; what is left without a sign in ASCII is replaced. */
function encoded(
  { encoding, replacement, format }: PaymentTemplate,
  field: TemplateField,
  text: string,
  scope: Scope,
): string {
  const oneLine = withoutControls(text.toWellFormed().normalize('NFC'), format)
  if (encoding === 'utf-8') return oneLine
  const ascii = oneLine
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e\r\n\t]/gu, replacement)
  if (ascii !== oneLine && !isName(field))
    throw new CarrierRefusal(`${placeOf(field, scope)} is "${text}", which ASCII has no signs for`)
  return ascii
}

/** Whatever would end a line ends none: a space in fixed width; CSV can quote it. */
const withoutControls = (text: string, format: PaymentTemplate['format']): string =>
  format === 'fixed'
    ? text.replace(/\r\n|[\p{Cc}\u2028\u2029]/gu, ' ')
    : text.replace(/(?![\r\n\t])\p{Cc}/gu, ' ')

/** RFC 4180. */
function quoted(text: string, delimiter: string): string {
  const plainText = !text.includes(delimiter) && !/["\r\n\u2028\u2029]/.test(text)
  return plainText ? text : `"${text.replaceAll('"', '""')}"`
}

const isNumber = ({ value }: TemplateField): boolean =>
  [...NUMBERS, ...AMOUNTS].some(number => number === value)

function fitted(field: TemplateField, text: string, scope: Scope): string {
  const { width = 0 } = field
  const signs = [...text]
  const isDigits = isNumber(field)
  if (signs.length > width) {
    if (isName(field)) return signs.slice(0, width).join('')
    throw new CarrierRefusal(
      `${placeOf(field, scope)} is "${text}", longer than its ${width} characters: widen it in the template`,
    )
  }
  const padding = (field.pad ?? (isDigits ? '0' : ' ')).repeat(width - signs.length)
  return (field.align ?? (isDigits ? 'right' : 'left')) === 'right' ? padding + text : text + padding
}

function placeOf({ value }: TemplateField, { detail }: Scope): string {
  return detail ? `${value} of receipt ${detail.receiptNumber}, line ${detail.lineNo},` : value
}
