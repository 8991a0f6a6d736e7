import type { KindOf, PostedKind } from '../../shared/ledger/facts.ts'
import { overShortSides } from './gl-rules.ts'
import type { Postings } from './posting-desk.ts'

export const sessionPostings: Postings<KindOf<'session'> & PostedKind> = {
  'session.closed': ({ poster, gl }, fact) => poster.bookFact(fact, overShortSides(fact, gl)),
}
