import type { TenderBalance } from '../../ledger/session.ts'
import { type Cents, sum, ZERO } from '../../money.ts'
import { CASH, type Tender } from '../../tenders.ts'
import { overShort } from './expected.ts'

export interface CountedTender {
  tender: Tender
  expectedCents: Cents
}
export interface CountedFigures {
  cashCents: Cents
  items: readonly { tender: Tender; cents: Cents }[]
  slips: readonly { tender: Tender; cents: Cents }[]
}

/**
 * Over and short by tender type: counted − expected for each, never netted against another.
 * Cash is what the pieces come to; instruments and slips are added up by their tender.
 */
export function balances(tenders: readonly CountedTender[], counted: CountedFigures): TenderBalance[] {
  return tenders.map(({ tender, expectedCents }) => {
    const parts = [...counted.items, ...counted.slips].filter(part => part.tender === tender)
    const countedCents = tender === CASH ? counted.cashCents : sum(parts.map(part => part.cents))
    return { tender, expectedCents, countedCents, overShortCents: overShort(expectedCents, countedCents) }
  })
}

export function isMatch(list: readonly TenderBalance[]): boolean {
  return list.every(balance => balance.overShortCents === ZERO)
}
