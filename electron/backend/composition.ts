/** Whether the papers of a count are those of the receipts, whatever the totals say. */
import { countedItems } from '../../db/queries/session-money.ts'
import { countTotals, type Session, sessionItems } from '../../db/queries/sessions.ts'
import { paperTenders, tenderNames } from '../../db/queries/setup.ts'
import type { Reader } from '../../db/reader.ts'
import type { CompositionTold } from '../../shared/contract/drawer.ts'
import type { TenderBalance } from '../../shared/ledger/facts.ts'
import { isMatch } from '../../shared/rules/balance.ts'
import { type CountedPaper, composition } from '../../shared/rules/composition.ts'

/** What a count found: its papers, and what it differs by. */
interface CountFound {
  items: readonly CountedPaper[]
  balances: readonly TenderBalance[]
}

/** Whether a count closes its drawer: every tender agrees, and every paper has its receipt. */
export function isWhole(reader: Reader, session: Session, { items, balances }: CountFound): boolean {
  if (!isMatch(balances)) return false
  const expected = sessionItems(reader, session.sessionId, paperTenders(reader))
  return composition({ expected, counted: items, balances }).length === 0
}

/** What is wrong with the papers of a count, with names and receipt numbers; for after the recount. */
export function toldComposition(reader: Reader, sessionId: string, found: CountFound): CompositionTold[] {
  const { items, balances } = found
  const expected = sessionItems(reader, sessionId, paperTenders(reader))
  const numbers = new Map(expected.map(({ receiptId, receiptNumber }) => [receiptId, receiptNumber]))
  const nameOf = tenderNames(reader)
  return composition({ expected, counted: items, balances }).map(finding => ({
    kind: finding.kind,
    name: nameOf(finding.tender),
    reference: finding.reference,
    cents: finding.cents,
    receiptId: finding.receiptId,
    receiptNumber: finding.receiptId === null ? null : (numbers.get(finding.receiptId) ?? null),
    found: finding.found && {
      name: nameOf(finding.found.tender),
      reference: finding.found.reference,
      cents: finding.found.cents,
    },
  }))
}

/** The same of a session's last count. */
export function lastComposition(reader: Reader, { sessionId, closingCountId }: Session): CompositionTold[] {
  if (closingCountId === null) return []
  const items = countedItems(reader, closingCountId, paperTenders(reader))
  return toldComposition(reader, sessionId, { items, balances: countTotals(reader, closingCountId) })
}
