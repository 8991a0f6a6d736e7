/** What is counted blind stays unknown wherever it could be read: in reports, and in the list of all facts. */
import type { Reader } from '../../../db/ledger/reader.ts'
import { personById } from '../../../db/queries/person.ts'
import { unclosedSessions } from '../../../db/queries/report/reports.ts'
import type { DrawerSessionRow } from '../../../shared/ledger/rows/session-rows.ts'
import { OVERSEERS } from '../../../shared/roles.ts'

/**
 * Sessions whose figures this person must not see yet: those that they count blind, and all for whoever may not read
 * X reports.
 */
export function hiddenFrom(reader: Reader, personId: string): DrawerSessionRow[] {
  const role = personById(reader, personId)?.role
  const mayReadX = role !== undefined && OVERSEERS.includes(role)
  return unclosedSessions(reader).filter(
    row => !mayReadX || row.cashier_id === personId || row.hand_to_id === personId,
  )
}

/** How much of an open session's receipts somebody may see. */
export interface ReceiptSight {
  /** Of these not even that there are any: other people's. */
  hiddenIds: string[]
  /** Of these each by itself, and in no list an amount: their own, which they count blind. */
  blindIds: string[]
}

export function receiptSight(reader: Reader, personId: string): ReceiptSight {
  const [own, others] = [true, false].map(isOwn =>
    hiddenFrom(reader, personId)
      .filter(row => (row.cashier_id === personId) === isOwn)
      .map(row => row.session_id),
  )
  return { hiddenIds: others ?? [], blindIds: own ?? [] }
}
