import type { Writer } from '../../../db/ledger/writer.ts'
import type { BodyOf, Fact, FactKind, TextsOf } from '../../../shared/ledger/facts.ts'
import type { BusinessDate } from '../../../shared/time.ts'

interface Stated<K extends FactKind> {
  kind: K
  body: BodyOf<K>
  /** A payer's words, where the kind has such. */
  texts: TextsOf<K> | null
}

const SALT = 'c2FsdC1vZi10aGUtdGVzdA'

/** Appends a fact of any kind: whether one has a payer's words is only known of a kind that is named. */
export function appendAny<K extends FactKind>(
  tx: Writer,
  { kind, body, texts }: Stated<K>,
  businessDate = '2026-11-20' as BusinessDate,
): Fact<K> {
  const append = tx.append.bind(tx) as (kind: K, body: BodyOf<K>, given: object) => Fact<K>
  return append(kind, body, { businessDate, ...(texts !== null && { words: { texts, salt: SALT } }) })
}
