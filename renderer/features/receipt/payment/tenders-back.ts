import { type Cents, formatCents } from '../../../../shared/money.ts'
import { shownDetails, type Tender, type TenderDetails } from '../../../../shared/tenders.ts'
import { WINDOW } from '../../../text/receipt/window.ts'

interface Handed {
  tender: Tender
  cents: Cents
  reference: string
  details: TenderDetails
}

/** What was handed over, as it goes back: "Cash 120.00, Check 2001 45.11"; a card's payment is undone at its terminal. */
export function tendersBack(
  tenders: readonly Handed[],
  types: readonly { tender: Tender; kind: string; name: string }[],
): string {
  return tenders
    .map(({ tender, reference, cents, details }) => {
      const type = types.find(one => one.tender === tender)
      const shown = type?.kind === 'card' ? shownDetails(type, details, labels => labels.en) : []
      const words = [type?.name ?? tender, reference, ...shown, formatCents(cents)]
      const said = words.filter(part => part !== '').join(' ')
      return type?.kind === 'card' ? WINDOW.atTerminal(said) : said
    })
    .join(', ')
}
