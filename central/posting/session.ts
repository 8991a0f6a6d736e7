import type { KindOf, PostedKind } from '../../shared/ledger/facts.ts'
import { openingSides, overShortSides } from './books/gl-rules.ts'
import type { Postings } from './posting-desk.ts'

export const sessionPostings: Postings<KindOf<'session'> & PostedKind> = {
  'session.opened': ({ poster, gl }, fact) => poster.bookFact(fact, openingSides(fact, gl)),
  'session.closed': ({ poster, gl }, fact) => poster.bookFact(fact, overShortSides(fact, gl)),
}
