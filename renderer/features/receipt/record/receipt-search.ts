/** What a search for receipts asks, from what was typed into its fields. */

import type { Cents } from '../../../../shared/money.ts'
import { CASH, type Tender } from '../../../../shared/tenders.ts'
import type { BusinessDate } from '../../../../shared/time.ts'
import { boundsOf, type DayRange } from '../../../ui/day-range.tsx'
import { readAmount } from '../../../ui/money/amount.ts'

export interface SearchFields extends DayRange {
  text: string
  /** Empty for all. */
  tender: Tender
  amount: string
}

export interface ReceiptSearch {
  text?: string
  tender?: Tender
  cents?: Cents
  fromDate?: BusinessDate
  toDate?: BusinessDate
  limit: number
}

const LIMIT = 100

export const NO_SEARCH: SearchFields = { text: '', tender: '', amount: '', from: '', to: '' }

/** The search; a field that is empty or not finished narrows nothing. */
export function searchFrom(fields: SearchFields): ReceiptSearch {
  const text = fields.text.trim()
  const { cents } = readAmount(fields.amount)
  return {
    limit: LIMIT,
    ...(text === '' ? {} : { text }),
    ...(fields.tender === '' ? {} : { tender: fields.tender }),
    ...(cents === null ? {} : { cents }),
    ...boundsOf(fields),
  }
}

/** Cash that goes back into the customer's hand when a receipt is voided: what was given less the change. */
export function cashBack(receipt: {
  tenders: readonly { tender: Tender; cents: Cents }[]
  changeCents: Cents
}): number {
  const given = receipt.tenders.filter(t => t.tender === CASH).reduce((all, t) => all + t.cents, 0)
  return given - receipt.changeCents
}
