/** How far a receipt has got on its way to the billing system. */

import type { ReceiptState } from '../../central/protocol.ts'
import type { JournalPosition } from '../../ledger/journal-position.ts'
import { isAfter } from '../../ledger/journal-position.ts'

/** On this till alone · under way · at central · posted there · could not be posted · undone there. */
export const POSTING_STATES = ['held', 'sent', 'acknowledged', 'posted', 'exception', 'reversed'] as const
export type PostingState = (typeof POSTING_STATES)[number]

/**
 * `position` is what central said in this run of the program; null where it has not been heard yet. `sentUpTo` is
 * the end of the range under way. `told` is what central last said of this receipt. What central does not hold by
 * its own word is held here, whatever it once said of the receipt: it was restored from a backup since.
 */
export function postingState({
  place,
  position,
  sentUpTo,
  told,
}: {
  place: JournalPosition
  position: JournalPosition | null
  sentUpTo: JournalPosition | null
  told: ReceiptState['state'] | undefined
}): PostingState {
  if (position === null) return told ?? 'held'
  if (!isAfter(place, position)) return told ?? 'acknowledged'
  return sentUpTo !== null && !isAfter(place, sentUpTo) ? 'sent' : 'held'
}
