/** A paid-in or paid-out as it is being entered. */

import { commandField } from '../../../shared/contract/base.ts'
import { pieceCountField, typedTextField } from '../../../shared/fields.ts'
import { type Cents, formatCents } from '../../../shared/money.ts'
import type { PieceCount } from '../../../shared/rules/cash/denominations.ts'
import type { PaidCategory } from '../../../shared/settings/drawers.ts'
import { paidText } from '../../text/custody/movement.ts'
import { readAmount } from '../../ui/money/amount.ts'
import { isEmptyCount, totalOf } from '../../ui/money/count.ts'
import type { MovementSheet } from '../count/use-sheet.ts'

export const paidDraftField = commandField.extend({
  category: typedTextField.nullable(),
  amount: typedTextField,
  reason: typedTextField,
  documentNumber: typedTextField,
  pieces: pieceCountField.array(),
})

export interface PaidDraft {
  commandId: string
  /** Which category, as `categoryKey` names it; null before one is chosen. */
  category: string | null
  /** What was typed. */
  amount: string
  reason: string
  documentNumber: string
  pieces: PieceCount[]
}

export function emptyPaid(commandId: string): PaidDraft {
  return { commandId, category: null, amount: '', reason: '', documentNumber: '', pieces: [] }
}

/** A category may have the same name both ways. */
export function categoryKey({ direction, name }: PaidCategory): string {
  return `${direction}:${name}`
}

/** The category chosen: the first where nobody has chosen one. */
export function categoryOf(
  draft: PaidDraft,
  { categories }: Pick<MovementSheet, 'categories'>,
): PaidCategory | undefined {
  return categories.find(category => categoryKey(category) === draft.category) ?? categories[0]
}

export type PaidField = 'amount' | 'reason' | 'pieces'

/** What still stands in the way, and where it is mended; null where it can be recorded. */
export function paidProblem(
  draft: PaidDraft,
  { denominations }: Pick<MovementSheet, 'denominations'>,
): { field: PaidField; message: string } | null {
  const { cents, problem } = readAmount(draft.amount)
  if (problem !== null) return { field: 'amount', message: problem }
  if (cents === null || cents === 0) return { field: 'amount', message: paidText.amountMissing }
  if (draft.reason.trim() === '') return { field: 'reason', message: paidText.reasonMissing }
  const counted = totalOf(draft.pieces, denominations)
  if (isEmptyCount(draft.pieces) || counted === cents) return null
  const message = paidText.piecesDiffer(formatCents(counted ?? cents), formatCents(cents))
  return { field: 'pieces', message }
}

/** What is recorded, without its id and without an approval. */
export function paidInput(draft: PaidDraft, { direction, name }: PaidCategory, cents: Cents) {
  return {
    direction,
    category: name,
    reason: draft.reason.trim(),
    documentNumber: draft.documentNumber.trim(),
    cents,
    pieces: draft.pieces,
  }
}
