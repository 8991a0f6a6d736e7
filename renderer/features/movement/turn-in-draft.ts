/** A turn-in as it goes from hand to hand: who counts now, and what each has counted. */
import { z } from 'zod'
import { type MovedCount, movedCountField } from '../../../shared/contract/movement.ts'
import { idField } from '../../../shared/fields.ts'
import { isEmptyCount } from '../../ui/count.ts'

/** Who has the keyboard: the giver, nobody (it is being handed on), or the taker. */
const stepField = z.enum(['giver', 'hand-on', 'taker'])
export type TurnInStep = z.infer<typeof stepField>

export const turnInDraftField = z.object({
  commandId: idField,
  step: stepField,
  given: movedCountField,
  taken: movedCountField,
})
export type TurnInDraft = z.infer<typeof turnInDraftField>

const NOTHING: MovedCount = { pieces: [], items: [] }

export function emptyTurnIn(commandId: string): TurnInDraft {
  return { commandId, step: 'giver', given: NOTHING, taken: NOTHING }
}

export function isNothing(count: MovedCount): boolean {
  return isEmptyCount(count.pieces) && count.items.length === 0
}

/** The count of whoever has the keyboard. */
export function countInHand({ step, given, taken }: TurnInDraft): MovedCount {
  return step === 'taker' ? taken : given
}

export function withCountInHand(draft: TurnInDraft, count: MovedCount): TurnInDraft {
  return draft.step === 'taker' ? { ...draft, taken: count } : { ...draft, given: count }
}

/** Both count again: neither figure is left on the screen for the other to read. */
export function bothAgain(draft: TurnInDraft): TurnInDraft {
  return emptyTurnIn(draft.commandId)
}

/** A count as it is sent: without rows of nothing, and without ticks of papers that are not in the drawer any more. */
export function sentCount(
  count: MovedCount,
  items: readonly { receiptId: string; tenderNo: number }[],
): MovedCount {
  return {
    pieces: count.pieces.filter(row => row.pieces > 0 || row.bundles > 0),
    items: count.items.filter(ticked =>
      items.some(item => item.receiptId === ticked.receiptId && item.tenderNo === ticked.tenderNo),
    ),
  }
}
