/**
 * RFC 8785 (JSON Canonicalization Scheme) text of a value.
 * Our values hold strings, safe integers, booleans, null, arrays and plain objects; anything else (a fraction,
 * a function, half a character) is refused, because two machines must never differ about a byte. Members that
 * are `undefined` are left out, as JSON leaves them out.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`${value} has no place in a fact`)
    return String(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object') throw new TypeError(`A ${typeof value} has no place in a fact`)
  const members: Record<string, unknown> = { ...value }
  let text = ''
  for (const key of Object.keys(members).sort())
    if (members[key] !== undefined)
      text += `${text === '' ? '' : ','}${quoted(key)}:${canonical(members[key])}`
  return `{${text}}`
}

function quoted(text: string): string {
  // A lone surrogate has no UTF-8 bytes, so it could not be hashed the same everywhere.
  if (!text.isWellFormed()) throw new TypeError('Text with half a character')
  return JSON.stringify(text)
}
