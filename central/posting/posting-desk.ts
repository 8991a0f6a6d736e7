import type { Fact, PostedKind } from '../../shared/ledger/facts.ts'
import type { Repeats } from '../journal/repeats.ts'
import type { Bags } from './bag-contents.ts'
import type { GlAccounts } from './books/gl-rules.ts'
import type { Poster } from './poster.ts'

/** What a fact is posted with: books in hand, and what is known of the till. */
export interface PostingDesk {
  poster: Poster
  gl: GlAccounts
  bags: Bags
  repeats: Repeats
}

/** What central does with some kinds of facts, each of them. */
export type Postings<K extends PostedKind> = { [P in K]: (desk: PostingDesk, fact: Fact<P>) => void }
