import type { ReceiptRow } from '../../../shared/ledger/rows/receipt-rows.ts'
import { signedIn } from '../request/commands.ts'
import type { RequestContext } from '../request/guard.ts'
import { receiptSight } from '../request/hidden-sessions.ts'

/** Whether a receipt is of somebody else's open drawer, of which whoever asks may learn nothing. */
export function isHidden(context: RequestContext, { session_id }: Pick<ReceiptRow, 'session_id'>): boolean {
  const { hiddenIds } = receiptSight(context.backend.ledger.reader, signedIn(context).personId)
  return hiddenIds.includes(session_id)
}
