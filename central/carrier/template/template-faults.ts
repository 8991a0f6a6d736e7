/** What a template must have so that its file can be read, and proved, by whoever gets it. */
import type { PaymentTemplate, TemplateField } from './template.ts'

const RECORDS = ['header', 'detail', 'trailer'] as const
const ANYWHERE = ['literal', 'filler', 'businessDate', 'madeTime', 'sequence', 'city']
const IN_DETAIL_ONLY = [
  ...['amount', 'account', 'receipt', 'reference', 'detailReference', 'receiptLine', 'entry', 'detail'],
  ...['tender', 'postedTime', 'item', 'service', 'glAccount', 'name', 'till'],
]
const DIGITS = ['sequence', 'count', 'detail', 'receiptLine', 'entry', 'amount', 'total']

/** Every reason, in words that say what to do; none for a template that is good. */
export function templateFaults(template: PaymentTemplate): string[] {
  return [
    ...nameFaults(template),
    ...delimiterFaults(template),
    ...RECORDS.flatMap(record =>
      template[record].flatMap((field, index) =>
        fieldFaults(template, record, field).map(
          fault => `${record}, field ${index + 1} (${field.value}): ${fault}`,
        ),
      ),
    ),
    ...contentFaults(template),
  ]
}

function nameFaults({ fileName }: PaymentTemplate): string[] {
  const rest = fileName.replaceAll('{sequence}', '').replaceAll('{date}', '')
  return [
    ...(fileName.includes('{sequence}')
      ? []
      : ['fileName: put {sequence} into it, so that no two files have one name']),
    ...(/^[A-Za-z0-9._-]*$/.test(rest) && !fileName.startsWith('.')
      ? []
      : [
          'fileName: beside {sequence} and {date} it may hold letters, digits, and . _ - but begin with no dot',
        ]),
  ]
}

function delimiterFaults({ format, delimiter }: PaymentTemplate): string[] {
  if (format === 'csv' && delimiter === undefined) return ['delimiter: a CSV template must name one']
  return format === 'fixed' && delimiter !== undefined ? ['delimiter: leave it out of fixed width'] : []
}

type RecordName = (typeof RECORDS)[number]

function fieldFaults({ format }: PaymentTemplate, record: RecordName, field: TemplateField): string[] {
  const { value } = field
  const misplaced = record === 'detail' ? !isForDetail(value) : IN_DETAIL_ONLY.includes(value)
  return [
    ...(misplaced ? [`it does not belong in the ${record}; take it out`] : []),
    ...(format === 'csv' ? csvFaults(field) : widthFaults(field)),
    ...(value === 'sign' && field.plus === field.minus ? ['plus and minus must differ'] : []),
  ]
}

const isForDetail = (value: string): boolean =>
  ANYWHERE.includes(value) || IN_DETAIL_ONLY.includes(value) || value === 'sign'

function csvFaults({ width, align, pad }: TemplateField): string[] {
  return (width ?? align ?? pad) ? ['leave width, align and pad out of CSV'] : []
}

function widthFaults(field: TemplateField): string[] {
  const { width, align = 'right', pad = '0', value } = field
  if (width === undefined) return ['give it a width']
  const text = fixedTextOf(field)
  const tooLong = text.filter(one => [...one].length > width)
  const isDigits = DIGITS.includes(value)
  return [
    ...(tooLong.length > 0 ? [`"${tooLong[0]}" is longer than its width of ${width}`] : []),
    ...(isDigits && pad !== '0' && pad !== ' ' ? ['digits are padded with 0 or with spaces'] : []),
    ...(isDigits && pad === '0' && align === 'left'
      ? ['zeros behind digits make another number: align it right, or pad it with spaces']
      : []),
  ]
}

/** What the template itself says the field will hold. */
function fixedTextOf(field: TemplateField): string[] {
  if (field.value === 'literal') return [field.text]
  if (field.value === 'sign') return [field.plus, field.minus]
  if (field.value === 'tender') return [field.several, ...Object.values(field.codes)]
  return 'pattern' in field ? [field.pattern] : []
}

function contentFaults({ header, detail, trailer }: PaymentTemplate): string[] {
  const has = (record: readonly TemplateField[], ...values: string[]): boolean =>
    record.some(field => values.includes(field.value))
  const signless = (record: readonly TemplateField[]): boolean =>
    record.some(field => 'style' in field && field.sign === 'none') && !has(record, 'sign')
  const records = { header, detail, trailer }
  return [
    ...(has(detail, 'amount') ? [] : ['detail: it needs the amount']),
    ...(has(detail, 'account') ? [] : ['detail: it needs the account']),
    ...(has(detail, 'receipt', 'detailReference')
      ? []
      : ['detail: it needs the receipt or the detailReference, or no answer could name it']),
    ...(has(trailer, 'count') && has(trailer, 'total') ? [] : ['trailer: it needs the count and the total']),
    ...RECORDS.filter(name => signless(records[name])).map(
      name => `${name}: an amount without its sign needs a field sign, or a void would read as a payment`,
    ),
  ]
}
