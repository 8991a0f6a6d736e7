import { type Cents, formatCents } from '../../../../shared/money.ts'
import type { Tender } from '../../../../shared/tenders.ts'

interface Handed {
  tender: Tender
  cents: Cents
  reference: string
}

/** What was handed over, as it goes back: "Cash 120.00, Check 2001 45.11". */
export function tendersBack(
  tenders: readonly Handed[],
  types: readonly { tender: Tender; name: string }[],
): string {
  const nameOf = (tender: Tender) => types.find(type => type.tender === tender)?.name ?? tender
  return tenders
    .map(({ tender, reference, cents }) =>
      [nameOf(tender), reference, formatCents(cents)].filter(part => part !== '').join(' '),
    )
    .join(', ')
}
