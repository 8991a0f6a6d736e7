/** Whether the instruments of a count are those of the receipts, whatever the totals say. */

import type { Reader } from '../../../db/ledger/reader.ts'
import { countTotals, type Session, sessionItems } from '../../../db/queries/session/session.ts'
import { countedItems } from '../../../db/queries/session/session-money.ts'
import { instrumentTenders, tenderNames } from '../../../db/queries/setup.ts'
import type { CompositionTold } from '../../../shared/contract/session-fields.ts'
import type { TenderBalance } from '../../../shared/ledger/session.ts'
import { isMatch } from '../../../shared/rules/session/balance.ts'
import { type CountedInstrument, composition } from '../../../shared/rules/session/composition.ts'

/** What a count found: its instruments, and what it differs by. */
interface CountFound {
  items: readonly CountedInstrument[]
  balances: readonly TenderBalance[]
}

/** Whether a count closes its drawer: every tender agrees, and every instrument has its receipt. */
export function isWhole(reader: Reader, session: Session, { items, balances }: CountFound): boolean {
  if (!isMatch(balances)) return false
  const expected = sessionItems(reader, session.sessionId, instrumentTenders(reader))
  return composition({ expected, counted: items, balances }).length === 0
}

/** What is wrong with the instruments of a count, with names and receipt numbers; for after the recount. */
export function toldComposition(reader: Reader, sessionId: string, found: CountFound): CompositionTold[] {
  const { items, balances } = found
  const expected = sessionItems(reader, sessionId, instrumentTenders(reader))
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
  const items = countedItems(reader, closingCountId, instrumentTenders(reader))
  return toldComposition(reader, sessionId, { items, balances: countTotals(reader, closingCountId) })
}
