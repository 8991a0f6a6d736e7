/** A turn-in as it goes from hand to hand: what each of the two has counted so far. */
import { z } from 'zod'
import { commandField } from '../../../shared/contract/base.ts'
import { type MovedCount, movedCountField } from '../../../shared/contract/movement.ts'
import { isEmptyCount } from '../../ui/money/count.ts'

export const turnInDraftField = commandField.extend({
  given: movedCountField,
  taken: movedCountField.nullable(),
  signing: z.boolean(),
})

export interface TurnInDraft {
  commandId: string
  given: MovedCount
  /** Null for as long as the giver has the keyboard. */
  taken: MovedCount | null
  /** Both have counted: what they found is seen no more. */
  signing: boolean
}

const NOTHING: MovedCount = { pieces: [], items: [] }

export function emptyTurnIn(commandId: string): TurnInDraft {
  return { commandId, given: NOTHING, taken: null, signing: false }
}

export function isNothing(count: MovedCount): boolean {
  return isEmptyCount(count.pieces) && count.items.length === 0
}

/** The keyboard goes to the taker, who begins with nothing. */
export function handedOn(draft: TurnInDraft): TurnInDraft {
  return { ...draft, taken: NOTHING }
}

/** The count of whoever has the keyboard. */
export function countInHand({ given, taken }: TurnInDraft): MovedCount {
  return taken ?? given
}

export function withCountInHand(draft: TurnInDraft, count: MovedCount): TurnInDraft {
  return draft.taken === null ? { ...draft, given: count } : { ...draft, taken: count }
}

/** Both count again: neither figure is left on the screen for the other to read. */
export function bothAgain(draft: TurnInDraft): TurnInDraft {
  return emptyTurnIn(draft.commandId)
}

/** A count as it is sent: without rows of nothing, and without ticks of papers that are not in the drawer any more. */
export function sentCount(
  count: MovedCount | null,
  items: readonly { receiptId: string; tenderNo: number }[],
): MovedCount {
  if (count === null) return NOTHING
  return {
    pieces: count.pieces.filter(row => row.pieces > 0 || row.bundles > 0),
    items: count.items.filter(ticked =>
      items.some(item => item.receiptId === ticked.receiptId && item.tenderNo === ticked.tenderNo),
    ),
  }
}
