/** Journals whose texts are others, in a chain that is right all the same. */
import { nativeHashText } from '../../../db/ledger/native-hash.ts'
import { PROTOCOL, type PushedRow, type Range } from '../../../shared/central/protocol.ts'
import { canonical } from '../../../shared/ledger/canonical.ts'
import { GENESIS_HASH, type JournalLine, journalLine, textLine } from '../../../shared/ledger/chain.ts'
import { readBody } from '../../../shared/ledger/facts.ts'
import { lineIn } from './till-journal.ts'

type Place = readonly (string | number)[]

export function textPlaces(value: unknown, at: Place = []): Place[] {
  if (typeof value === 'string') return [at]
  if (typeof value !== 'object' || value === null) return []
  const members: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  return members.flatMap(([name, inner]) => textPlaces(inner, [...at, name]))
}

export function withText(value: unknown, [name, ...rest]: Place, text: string): unknown {
  if (name === undefined) return text
  if (Array.isArray(value))
    return value.map((inner, index) => (index === name ? withText(inner, rest, text) : inner))
  if (typeof value !== 'object' || value === null) return value
  return { ...value, [name]: withText((value as Record<string, unknown>)[name], rest, text) }
}

export const accepts = (kind: string, body: unknown): boolean => {
  try {
    return readBody(kind, 1, canonical(body)).exact
  } catch {
    return false
  }
}

/** The body of a line with the next texts in every field that takes them. */
export function spoilt({ kind, body: given }: JournalLine, next: () => string): string {
  let body: unknown = JSON.parse(given)
  for (const place of textPlaces(body)) {
    const text = next()
    const fitting = [text, text.slice(0, 20), text.slice(0, 9)].map(part => withText(body, place, part))
    body = fitting.find(one => accepts(kind, one)) ?? body
  }
  return canonical(body)
}

/** Words with the next texts in every field of them. */
export function spoiltWords(text: string | null, next: () => string): unknown {
  if (text === null) return null
  const { texts } = JSON.parse(text) as { texts: unknown }
  return textPlaces(texts).reduce<unknown>(
    (all, place) => withText(all, place, [...next()].slice(0, 40).join('')),
    texts,
  )
}

/** A fact as it is sent: its line, and the words beside it. */
export interface Sent {
  line: JournalLine
  texts: unknown
}

export const sentOf = (row: PushedRow): Sent => ({
  line: lineIn(row),
  texts: row.text === null ? null : (JSON.parse(row.text) as { texts: unknown }).texts,
})

/** The same journal as another till would have written it. */
export function chained(rows: readonly Sent[], tillId: string): Range {
  let prevHash = GENESIS_HASH
  const made = rows.map(({ line, texts }, index) => {
    const seq = index + 1
    const text = texts === null ? null : textLine({ epoch: 1, salt: SALT, seq, texts })
    const words = text === null ? '' : nativeHashText(text)
    const written = journalLine({ ...line, tillId, epoch: 1, seq, prevHash, texts: words })
    prevHash = nativeHashText(written)
    return { line: written, text }
  })
  return { protocol: PROTOCOL, tillId, rows: made }
}

const SALT = 'c2FsdC1vZi10aGUtdGVzdA'
