/**
 * RFC 8785 (JSON Canonicalization Scheme) text of a value.
 * Our values hold strings, safe integers, booleans, null, arrays and plain objects; anything else (a fraction,
 * a function, half a character) is refused, because two machines must never differ about a byte. Members that
 * are `undefined` are left out, as JSON leaves them out, and so are members named in `leftOut`, at any depth.
 */
export function canonical(value: unknown, leftOut: ReadonlySet<string> = NOTHING): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`${value} has no place in a fact`)
    return String(value)
  }
  if (Array.isArray(value)) return canonicalList(value, leftOut)
  if (typeof value !== 'object') throw new TypeError(`A ${typeof value} has no place in a fact`)
  if (!isPlain(value)) throw new TypeError('Only plain objects have a place in a fact')
  const members = value as Readonly<Record<string, unknown>>
  let text = ''
  for (const { name, label } of namesInOrder(members)) {
    const member = members[name]
    if (member === undefined || leftOut.has(name)) continue
    text += `${text === '' ? '' : ','}${label}${canonical(member, leftOut)}`
  }
  return `{${text}}`
}

function canonicalList(list: readonly unknown[], leftOut: ReadonlySet<string>): string {
  let text = ''
  // A hole in an array is read as undefined, and refused as such.
  for (const part of list) text += `${text === '' ? '' : ','}${canonical(part, leftOut)}`
  return `[${text}]`
}

const NOTHING: ReadonlySet<string> = new Set()

interface MemberName {
  name: string
  /** As it stands in the text, with its colon. */
  label: string
}

/** More kinds of objects than facts and commands have; a kind beyond is put in order anew each time. */
const MOST_KINDS = 500
const orders = new Map<string, readonly MemberName[]>()

/** Names in code-unit order. Sorting them takes longer than the rest, and facts have few kinds of objects. */
function namesInOrder(members: object): readonly MemberName[] {
  const names = Object.keys(members)
  const kind = JSON.stringify(names)
  const known = orders.get(kind)
  if (known) return known
  const order = names.sort().map(name => ({ name, label: `${quoted(name)}:` }))
  if (orders.size < MOST_KINDS) orders.set(kind, order)
  return order
}

// A date or a map has no members of its own and would silently become {}.
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** A text that no bytes stand for, so that nothing with it in can be stated. */
export class HalfCharacter extends TypeError {
  constructor() {
    super('Text with half a character')
    this.name = 'HalfCharacter'
  }
}

function quoted(text: string): string {
  // A lone surrogate has no UTF-8 bytes, so it could not be hashed the same everywhere.
  if (!text.isWellFormed()) throw new HalfCharacter()
  return JSON.stringify(text)
}
