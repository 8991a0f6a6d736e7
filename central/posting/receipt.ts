import type { KindOf, PostedKind } from '../../shared/ledger/facts.ts'
import { isRepeated } from '../journal/repeats.ts'
import type { Postings } from './posting-desk.ts'
import { unfitOf } from './unfit.ts'

export const receiptPostings: Postings<KindOf<'receipt'> & PostedKind> = {
  'receipt.posted': ({ poster, repeats }, fact) => {
    const isUnfit = unfitOf(fact) !== null
    // What is kept aside is in no figure: told anew, it would pass for contained.
    if (!isUnfit && !repeats.otherContent.includes(fact)) poster.tellAnew(fact)
    if (isRepeated(fact, repeats)) return
    const contentHash = repeats.contents.get(fact.seq) ?? ''
    if (isUnfit) poster.keep(fact, contentHash)
    else poster.post(fact, contentHash)
  },
  'receipt.voided': ({ poster, repeats }, fact) => {
    if (!repeats.otherIds.has(fact.body.receiptId)) poster.void(fact)
  },
}
