/** Adding-machine entry as text: what is typed, what is shown for it, and what it is worth. */
import { useState } from 'react'
import { type Cents, formatCents, parseTenKey, plainCents } from '../../../shared/money.ts'
import { AMOUNT_PROBLEMS } from '../../text/amounts.ts'

/** What the field shows for what was typed: digits alone as grouped dollars and cents, a typed point as it stands. */
export function shownAmount(typed: string): string {
  if (/^\d+$/.test(typed)) {
    const parsed = parseTenKey(typed)
    return parsed.ok ? formatCents(parsed.cents) : typed
  }
  const pointed = /^(\d+)(\.\d*)$/.exec(typed)
  return pointed === null ? typed : `${pointed[1]?.replace(/\B(?=(\d{3})+$)/g, ',')}${pointed[2]}`
}

export interface FieldEdit {
  /** What was typed so far. */
  typed: string
  /** What the field holds after the edit. */
  shown: string
  /** The characters put in; null for deletions. */
  inserted: string | null
  deleted: boolean
}

/** What is typed after an edit of the field. The caret stands at the end, so an edit adds or removes there. */
export function editAmount({ typed, shown, inserted, deleted }: FieldEdit): string {
  if (shown === '') return ''
  if (deleted) return typed.slice(0, -1)
  const replaced = inserted === null || shown === inserted
  return replaced
    ? shown
        .trim()
        .replace(/^\$/, '')
        .replace(/^(\d{1,3}(?:,\d{3})+)(?=\.)/, g => g.replaceAll(',', ''))
    : typed + inserted
}

export interface AmountEntry {
  text: string
  setText: (text: string) => void
  /** Null where the text is no amount. */
  cents: Cents | null
  /** Why it is none, in words; null while nothing is typed. */
  problem: string | null
}

/** What an entry is worth, and what is wrong with it. */
export function readAmount(text: string): Pick<AmountEntry, 'cents' | 'problem'> {
  const parsed = parseTenKey(text)
  if (parsed.ok) return { cents: parsed.cents, problem: null }
  return { cents: null, problem: parsed.reason === 'empty' ? null : AMOUNT_PROBLEMS[parsed.reason] }
}

/** The state of one amount field, begun with an amount or empty. */
export function useAmount(initial: Cents | null = null): AmountEntry {
  const [text, setText] = useState(initial === null ? '' : plainCents(initial))
  return { text, setText, ...readAmount(text) }
}
