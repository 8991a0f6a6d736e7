/** How a billing system wants its payment file: a template that the city writes as JSON. */
import { z } from 'zod'

/** One printable ASCII character. */
const signField = z.string().regex(/^[\x20-\x7e]$/, 'must be one ASCII character')
const wordField = z.string().max(200)
const patternField = z
  .string()
  .max(40)
  .regex(/^(?:YYYY|YY|MM|DD|HH|mm|ss|[-/.: T])+$/, 'may hold YYYY YY MM DD HH mm ss and - / . : T')

/** Where a field stands in a record of fixed width; left out in CSV. */
const layout = {
  width: z.int().min(1).max(500).exactOptional(),
  align: z.enum(['left', 'right']).exactOptional(),
  pad: signField.exactOptional(),
}
const plain = <V extends string>(...names: [V, ...V[]]) => z.strictObject({ value: z.enum(names), ...layout })

export const NUMBERS = ['sequence', 'count', 'detail', 'receiptLine', 'entry'] as const
export const AMOUNTS = ['amount', 'total'] as const
/** What must arrive whole: it is refused where it does not fit. */
export const EXACT_TEXTS = [
  'account',
  'receipt',
  'reference',
  'detailReference',
  'item',
  'glAccount',
  'till',
] as const
/** What people read: it is cut where it does not fit. */
export const NAMES = ['name', 'service', 'city'] as const

export const templateFieldField = z.discriminatedUnion('value', [
  z.strictObject({ value: z.literal('literal'), text: wordField, ...layout }),
  plain('filler'),
  z.strictObject({
    value: z.enum(['businessDate', 'madeTime', 'postedTime']),
    pattern: patternField.default('YYYYMMDD'),
    ...layout,
  }),
  plain(...NUMBERS),
  z.strictObject({
    value: z.enum(AMOUNTS),
    style: z.enum(['cents', 'decimal']).default('cents'),
    /** Where a minus stands; none where a field `sign` says it. */
    sign: z.enum(['leading', 'trailing', 'none']).default('leading'),
    ...layout,
  }),
  /** Of the amount in a detail, of the total elsewhere. */
  z.strictObject({
    value: z.literal('sign'),
    plus: wordField.default('+'),
    minus: wordField.default('-'),
    ...layout,
  }),
  z.strictObject({
    value: z.literal('tender'),
    /** The billing system's word for each tender; a tender that is not listed keeps ours. */
    codes: z.record(z.string(), wordField).default({}),
    /** For a receipt that was paid with more than one. */
    several: wordField.default('several'),
    ...layout,
  }),
  plain(...EXACT_TEXTS),
  plain(...NAMES),
])
export type TemplateField = z.infer<typeof templateFieldField>

const recordField = z.array(templateFieldField).min(1).max(100)

export const templateField = z.strictObject({
  format: z.enum(['csv', 'fixed']),
  /** Name of each file; `{sequence}` must be in it, `{date}` may be. */
  fileName: z.string().min(1).max(100),
  encoding: z.enum(['utf-8', 'ascii']).default('utf-8'),
  /** Stands in an ASCII file for what ASCII has no sign for. */
  replacement: signField.default('?'),
  lineEnd: z.enum(['crlf', 'lf']).default('crlf'),
  /** CSV only. */
  delimiter: z.enum([',', ';', '|', '\t']).exactOptional(),
  header: recordField,
  detail: recordField,
  trailer: recordField,
})
export type PaymentTemplate = z.infer<typeof templateField>

export type ParsedTemplate<T> = { ok: true; template: T } | { ok: false; problems: string[] }

/** Text as JSON of a shape, or what is wrong with it by the place where it stands. */
export function readJson<T>(json: string, shape: z.ZodType<T>): ParsedTemplate<T> {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    return { ok: false, problems: [`It is not JSON: ${error instanceof Error ? error.message : ''}`] }
  }
  const read = shape.safeParse(value)
  if (read.success) return { ok: true, template: read.data }
  return { ok: false, problems: read.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`) }
}

const placeOf = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? 'The template'
    : path.map(part => (typeof part === 'number' ? `field ${part + 1}` : String(part))).join(', ')
