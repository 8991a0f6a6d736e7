import type { Tender } from '../../shared/ledger/facts.ts'

/** What staff call each kind of payment where the city's own name for it is not at hand. */
export const TENDER_NAMES: Record<Tender, string> = {
  cash: 'Cash',
  check: 'Check',
  'money-order': 'Money order',
  card: 'Card',
  ach: 'ACH',
  credit: 'Credit on account',
}
