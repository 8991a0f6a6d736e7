/** What a cashier has counted so far: kept as it is entered, and turned into the count that is sent. */

import { type CountInput, type CountSheet, countInputField } from '../../../shared/contract/session-fields.ts'
import { idField } from '../../../shared/fields.ts'
import type { Cents } from '../../../shared/money.ts'
import { type CountTotal, countTotal } from '../../../shared/rules/cash/denominations.ts'
import type { ItemRef } from '../../../shared/rules/session/check-count.ts'
import type { Tender } from '../../../shared/tenders.ts'

const draftField = countInputField.extend({ commandId: idField })

/** A count as it is being entered, with the id of the command that will send it. */
export type CountDraft = CountInput & { commandId: string }
export type ExtraItem = CountInput['extraItems'][number]
export type SheetItem = CountSheet['items'][number]
export type SheetTender = CountSheet['tenders'][number]

export function emptyDraft(commandId: string): CountDraft {
  return { commandId, pieces: [], items: [], extraItems: [], slips: [] }
}

/** Counts for which the instruments on the sheet, and the keys, are the same. */
export type CountPurpose = 'count' | 'hand-over' | 'surprise' | 'absent'

/**
 * Where a draft is kept. One round's count is never taken for another's, nor one session's, nor that of the
 * cashier for somebody else's.
 */
export function draftKey(
  sheet: Pick<CountSheet, 'sessionId' | 'round'>,
  purpose: CountPurpose = 'count',
): string {
  return `${purpose}:${sheet.sessionId}:${sheet.round}`
}

/** Reads a kept draft; null for nothing kept and for text that is no draft. */
export function readDraft(text: string | null): CountDraft | null {
  if (text === null) return null
  try {
    const read = draftField.safeParse(JSON.parse(text))
    return read.success ? read.data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function isSame(a: ItemRef, b: ItemRef): boolean {
  return a.receiptId === b.receiptId && a.tenderNo === b.tenderNo
}

export function isFound(draft: Pick<CountDraft, 'items'>, item: ItemRef): boolean {
  return draft.items.some(found => isSame(found, item))
}

/** Ticks an instrument that was not ticked, and takes the tick off one that was. */
export function withToggled<D extends Pick<CountDraft, 'items'>>(
  draft: D,
  { receiptId, tenderNo }: ItemRef,
): D {
  const items = isFound(draft, { receiptId, tenderNo })
    ? draft.items.filter(found => !isSame(found, { receiptId, tenderNo }))
    : [...draft.items, { receiptId, tenderNo }]
  return { ...draft, items }
}

/** The slip total of one tender; null takes it away again. */
export function withSlip(draft: CountDraft, tender: Tender, cents: Cents | null): CountDraft {
  const others = draft.slips.filter(slip => slip.tender !== tender)
  return { ...draft, slips: cents === null ? others : [...others, { tender, cents }] }
}

export function slipOf(draft: CountDraft, tender: Tender): Cents | null {
  return draft.slips.find(slip => slip.tender === tender)?.cents ?? null
}

export function withExtra(draft: CountDraft, extra: ExtraItem): CountDraft {
  return { ...draft, extraItems: [...draft.extraItems, extra] }
}

/** Whether the same instrument has been entered before: kind, number and amount alike. */
export function isEntered(extras: readonly ExtraItem[], { tender, reference, cents }: ExtraItem): boolean {
  return extras.some(
    other => other.tender === tender && other.reference === reference && other.cents === cents,
  )
}

export function withoutExtra(draft: CountDraft, index: number): CountDraft {
  return { ...draft, extraItems: draft.extraItems.filter((_, at) => at !== index) }
}

/** What the pieces entered so far are worth. */
export function cashCounted(draft: CountDraft, sheet: Pick<CountSheet, 'denominations'>): CountTotal {
  return countTotal(draft.pieces, sheet.denominations)
}

export interface LeftOver {
  /** No piece of money has been entered at all. */
  noCash: boolean
  /** Instruments on the list that are not ticked. */
  unticked: SheetItem[]
  /** Tenders whose slips have no total yet. */
  slips: SheetTender[]
}

/** What has not been counted yet. Slips need a total, zero included; the rest may truly be missing. */
export function leftOver(sheet: CountSheet, draft: CountDraft): LeftOver {
  const counted = new Set(draft.slips.map(slip => slip.tender))
  const hasCash = sheet.tenders.some(tender => tender.counted === 'pieces')
  return {
    noCash: hasCash && draft.pieces.every(row => row.pieces === 0 && row.bundles === 0),
    unticked: sheet.items.filter(item => !isFound(draft, item)),
    slips: sheet.tenders.filter(({ tender, counted: how }) => how === 'slips' && !counted.has(tender)),
  }
}

/** The count as it is sent: rows without a piece are left out, and ticks of instruments no longer on the list. */
export function toCountInput(sheet: CountSheet, draft: CountDraft): CountInput {
  return {
    pieces: draft.pieces.filter(row => row.pieces > 0 || row.bundles > 0),
    items: sheet.items
      .filter(item => isFound(draft, item))
      .map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo })),
    extraItems: draft.extraItems,
    slips: draft.slips,
  }
}
