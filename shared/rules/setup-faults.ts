/** What is wrong with something that a city sets up, by itself: alike at a till's screens and where central publishes it. */
import type { CatalogItem, TenderType } from '../ledger/fact-fields.ts'
import { type CheckedText, checkText, type TextLimits } from './free-text.ts'

const NAME: TextLimits = { maxLength: 80, required: true }
const GL_ACCOUNT: TextLimits = { maxLength: 40, required: true }

/** Texts by the field that they stand in, with their limits. */
export const CATALOG_TEXTS = {
  code: { maxLength: 20, required: true },
  name: NAME,
  unitLabel: { maxLength: 80 },
  glAccount: GL_ACCOUNT,
  referenceLabel: NAME,
} as const
export const TENDER_TEXTS = { name: NAME, glAccount: GL_ACCOUNT } as const
export const BANK_TEXTS = { name: NAME, bankName: NAME } as const
export const PERSON_TEXTS = { name: NAME } as const
export const CATEGORY_TEXTS = { name: NAME, glAccount: GL_ACCOUNT } as const
export const RULE_TEXTS = { glPrefix: GL_ACCOUNT } as const

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
export function tenderFault(type: TenderType): 'CASH_IS_NEEDED' | 'TENDER_NOT_READY' | null {
  const isPieces = type.counted === 'pieces'
  // Change is cash, so a till without cash, or with cash that is not counted by piece, cannot balance.
  if (type.tender === 'cash' && (!type.active || !isPieces || !type.changeAllowed)) return 'CASH_IS_NEEDED'
  if (type.tender !== 'cash' && isPieces) return 'CASH_IS_NEEDED'
  // Nothing takes the credit off the account yet, so paying with it would make money.
  return type.tender === 'credit' && type.active ? 'TENDER_NOT_READY' : null
}
