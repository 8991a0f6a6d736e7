import { containsCardNumber } from './card-number.ts'

export type TextReason = 'empty' | 'too-long' | 'control-characters' | 'card-number'

export type CheckedText = { ok: true; text: string } | { ok: false; reason: TextReason }

export interface TextLimits {
  /** In characters as Unicode counts them (code points). */
  maxLength: number
  required?: boolean
}

/**
 * What turns text into commands or hides what it says: control characters (C0, C1), halves of a surrogate
 * pair, line and paragraph separators, and the marks that reorder text around them (embeddings, overrides,
 * isolates; see Unicode Technical Report 36 on spoofing).
 */
const REFUSED_CHARACTERS = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u

/** Text made only of spaces and invisible marks reads as empty. */
const VISIBLE = /[^\p{Z}\p{Cf}]/u

/**
 * What a person may write into a note, name or reason. Gives back the text trimmed and in one spelling
 * (NFC). Refuses, in this order: nothing visible where something is required, too many characters,
 * control characters (tabs and line breaks inside the text too), anything that looks like a card number.
 */
export function checkText(text: string, { maxLength, required = false }: TextLimits): CheckedText {
  const tidy = text.trim().normalize('NFC')
  if (required && !VISIBLE.test(tidy)) return { ok: false, reason: 'empty' }
  if (Array.from(tidy).length > maxLength) return { ok: false, reason: 'too-long' }
  if (REFUSED_CHARACTERS.test(tidy)) return { ok: false, reason: 'control-characters' }
  if (containsCardNumber(tidy)) return { ok: false, reason: 'card-number' }
  return { ok: true, text: tidy }
}
