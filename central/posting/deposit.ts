import type { KindOf, PostedKind } from '../../shared/ledger/facts.ts'
import { noteBag } from './bag-contents.ts'
import { bankSides } from './books/gl-rules.ts'
import type { Postings } from './posting-desk.ts'

export const depositPostings: Postings<KindOf<'deposit'> & PostedKind> = {
  'deposit.made-up': ({ bags }, fact) => noteBag(bags, fact),
  'deposit.verified': ({ bags }, fact) => noteBag(bags, fact),
  'deposit.credited': ({ poster, gl, bags }, fact) => {
    // What no bag is known of cannot be booked by what is in it; the projection's alarm names the place.
    const bag = bags.get(fact.body.depositId)
    // Booked on the day that the bank gives it: the day of the deposit may be closed in the books by then.
    if (bag) poster.bookFact(fact, bankSides(fact, bag, gl), fact.body.creditDate)
  },
}
