import { type KeyboardEvent, useRef, useState } from 'react'
import { closeText } from '../../text/session/close.ts'
import { type CountDraft, isFound, type SheetItem } from './count-draft.ts'

interface InstrumentListProps {
  items: readonly SheetItem[]
  /** Those that are ticked. */
  draft: Pick<CountDraft, 'items'>
  /** The kind of instrument, where the list holds more than one kind. */
  kindOf: (item: SheetItem) => string | null
  onToggle: (item: SheetItem) => void
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: at => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
}
const TYPING_MS = 1_500

/** By what it is found: its number, and whatever else stands on it. */
function nameOf({ reference, shown }: SheetItem): string {
  const parts = [...(reference === '' ? [] : [reference]), ...shown]
  return parts.length === 0 ? closeText.noNumber : parts.join(' · ')
}

/** Whether a number on it begins with the digits: of one without a number of its own, the last four of its account or card. */
function isOf({ reference, shown }: SheetItem, digits: string): boolean {
  const numbers = reference === '' ? (shown.join(' ').match(/\d+/g) ?? []) : [reference]
  return numbers.some(number => number.startsWith(digits))
}

/** The next instrument whose number begins with the digits, searched onward from the one in focus; -1 for none. */
export function instrumentByNumber(items: readonly SheetItem[], digits: string, from: number): number {
  const order = items.map((_, i) => (from + i) % items.length)
  return (
    order.find(at => {
      const item = items[at]
      return item !== undefined && isOf(item, digits)
    }) ?? -1
  )
}

/** Collects digits typed in quick succession. */
function useDigits(): (digit: string) => string {
  const typed = useRef({ digits: '', atMs: 0 })
  return digit => {
    const nowMs = performance.now()
    const digits = nowMs - typed.current.atMs < TYPING_MS ? typed.current.digits + digit : digit
    typed.current = { digits, atMs: nowMs }
    return digits
  }
}

function instrumentKey(item: SheetItem): string {
  return `${item.receiptId} ${item.tenderNo}`
}

/**
 * Instruments to tick, without amounts. One Tab stop; arrows move, Space ticks, Enter ticks and goes on, digits go
 * to the instrument with that number.
 */
export function InstrumentList({ items, draft, kindOf, onToggle }: InstrumentListProps) {
  const boxes = useRef(new Map<number, HTMLInputElement>())
  const [reached, setReached] = useState(0)
  const collect = useDigits()
  const stop = Math.min(reached, items.length - 1)
  const goTo = (at: number) => boxes.current.get(at)?.focus()
  const keyDown = (event: KeyboardEvent, item: SheetItem, at: number) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const step = STEPS[event.key]
    const next = step?.(at, items.length)
    if (next !== undefined) goTo(next)
    else if (event.key === 'Enter' && !event.repeat) {
      if (!isFound(draft, item)) onToggle(item)
      goTo(Math.min(at + 1, items.length - 1))
    } else if (/^\d$/.test(event.key)) goTo(instrumentByNumber(items, collect(event.key), at))
    else return
    event.preventDefault()
  }
  return (
    <ul className="instruments">
      {items.map((item, at) => (
        <li key={instrumentKey(item)}>
          <label>
            <span>
              {nameOf(item)}
              {kindOf(item) !== null && <span className="muted"> · {kindOf(item)}</span>}
            </span>
            <input
              type="checkbox"
              ref={element => {
                if (element === null) boxes.current.delete(at)
                else boxes.current.set(at, element)
              }}
              checked={isFound(draft, item)}
              tabIndex={at === stop ? 0 : -1}
              onFocus={() => setReached(at)}
              onChange={() => onToggle(item)}
              onKeyDown={event => keyDown(event, item, at)}
            />
          </label>
        </li>
      ))}
    </ul>
  )
}
