import type { KindOf, PostedKind } from '../../shared/ledger/facts.ts'
import { paidSides } from './books/gl-rules.ts'
import type { Postings } from './posting-desk.ts'

export const movementPostings: Postings<KindOf<'movement'> & PostedKind> = {
  'movement.paid': ({ poster, gl }, fact) => poster.bookFact(fact, paidSides(fact, gl)),
}
