/** What is wrong with something that a city sets up, by itself: alike at a till's screens and where central publishes it. */
import type { CatalogItem } from '../../ledger/setup.ts'
import { CASH, type TenderType, tenderKind } from '../../tenders.ts'
import { type CheckedText, checkText, type TextLimits } from '../text/free-text.ts'

type TextReason = Extract<CheckedText, { ok: false }>['reason']

/**
 * A record with the named texts in it trimmed and composed; one that is null stays null. `refuse` is told of a text
 * that may not be kept, and gives what stands there if it does not throw.
 */
export function tidyTexts<T extends object>(
  record: T,
  limits: Readonly<Partial<Record<keyof T & string, TextLimits>>>,
  refuse: (field: string, reason: TextReason) => string,
): T {
  const tidy: Record<string, string> = {}
  for (const [field, limit] of Object.entries<TextLimits | undefined>(limits)) {
    const text = record[field as keyof T]
    if (typeof text !== 'string' || limit === undefined) continue
    const checked = checkText(text, limit)
    tidy[field] = checked.ok ? checked.text : refuse(field, checked.reason)
  }
  return { ...record, ...tidy }
}

/** Whether a catalog item has the price or percentage that its pricing asks for, and no other. */
export function hasPrice({ pricing, priceCents, rateMillionths }: CatalogItem): boolean {
  if (pricing === 'open') return priceCents === null && rateMillionths === null
  if (pricing === 'percent') return priceCents === null && rateMillionths !== null
  return priceCents !== null && priceCents > 0 && rateMillionths === null
}

/** What a tender type may never be, whatever else a city chooses; null where it is sound. */
export function tenderFault(
  type: TenderType,
): 'CASH_IS_NEEDED' | 'TENDER_BANKED_BY_ITEM' | 'TENDER_NOT_READY' | null {
  const isCash = type.tender === CASH
  const isPieces = type.counted === 'pieces'
  // Change is cash, so a till without cash, or with cash that is not counted by piece, cannot balance.
  if (isCash !== (type.kind === CASH) || isCash !== isPieces) return 'CASH_IS_NEEDED'
  if (isCash && (!type.active || !type.changeAllowed)) return 'CASH_IS_NEEDED'
  // A check that no deposit lists would leave the drawer for nowhere.
  if (tenderKind(type).banked && !type.banked) return 'TENDER_BANKED_BY_ITEM'
  // A deposit lists what is in the bag one by one; of slips only a total is known, and nothing would go to the bank.
  if (type.banked && type.counted === 'slips') return 'TENDER_BANKED_BY_ITEM'
  return type.active && !tenderKind(type).ready ? 'TENDER_NOT_READY' : null
}
