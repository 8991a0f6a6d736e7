import type { KindOf, PostedKind } from '../../shared/ledger/facts.ts'
import { safeSides } from './books/gl-rules.ts'
import type { Postings } from './posting-desk.ts'

export const safePostings: Postings<KindOf<'safe'> & PostedKind> = {
  'safe.counted': ({ poster, gl }, fact) => poster.bookFact(fact, safeSides(fact, gl)),
}
