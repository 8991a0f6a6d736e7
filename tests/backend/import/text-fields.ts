/** The fields of an operation into which a person may type what they like, read off the contract. */
import type { Operation, Schema } from '../../transports/operations.ts'

/** Names of members from the input down; `*` stands for every element of a list. */
export type Path = readonly string[]

/** Forms that let no free text through: an id, a pattern of the contract's own. */
function isFree({ _zod: { def } }: Schema): boolean {
  const patterned = (def.checks ?? []).some(({ _zod: check }) => check.def.format === 'regex')
  return def.type === 'string' && def.format !== 'uuid' && !patterned
}

function fieldsOf(schema: Schema, at: Path): Path[] {
  const { def } = schema._zod
  if (isFree(schema)) return [at]
  if (def.shape) return Object.entries(def.shape).flatMap(([name, inner]) => fieldsOf(inner, [...at, name]))
  if (def.element) return fieldsOf(def.element, [...at, '*'])
  if (def.type === 'record' && def.valueType) return fieldsOf(def.valueType, [...at, '*'])
  if (def.options) return def.options.flatMap(option => fieldsOf(option, at))
  return def.innerType ? fieldsOf(def.innerType, at) : []
}

const PINS = ['pin', 'newPin', 'ownPin']

/**
 * All free-text fields of an operation's input but PINs, which have tests and delays of their own, and what a form began
 * with, which is compared and never kept.
 */
export function textFields({ input }: Operation): Path[] {
  if (!input) return []
  const all = fieldsOf(input, []).filter(path => path[0] !== 'before' && !PINS.includes(path.at(-1) ?? ''))
  return [...new Map(all.map(path => [path.join('.'), path])).values()]
}

/** The input with a text in one field, once for each place where the field occurs in it. */
export function withText(value: unknown, [name, ...rest]: Path, text: string): unknown[] {
  if (name === undefined) return typeof value === 'string' ? [text] : []
  if (typeof value !== 'object' || value === null) return []
  const names = name === '*' ? Object.keys(value) : [name]
  return names.flatMap(member => {
    const inner = withText((value as Record<string, unknown>)[member], rest, text)
    return inner.map(changed =>
      Array.isArray(value) ? value.with(Number(member), changed) : { ...value, [member]: changed },
    )
  })
}

/** Every text in a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
