import { type RefObject, useEffect, useLayoutEffect } from 'react'
import { stopsIn } from './tab-within.ts'

/** Moves that wait until the dialog in front of them has gone, in the order in which they were asked for. */
const waiting = new Set<() => void>()

/** Puts the cursor where the next keystroke belongs: into what is marked as the beginning. */
export function focusFirst(place: Element | null): void {
  place?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
}

/** Where a dialog begins: at what is marked so, or at the first thing that takes the cursor. */
export function focusIn(dialog: Element | null): void {
  const beginning = dialog?.querySelector<HTMLElement>('[data-autofocus]')
  ;(beginning ?? (dialog === null ? undefined : stopsIn(dialog)[0]))?.focus({ preventScroll: true })
}

/** Where a screen begins: at what is marked so, or at its name. */
export function focusBeginning(): void {
  const screen = document.querySelector('main')
  const beginning = screen?.querySelector<HTMLElement>('[data-autofocus]')
  ;(beginning ?? screen?.querySelector('h1'))?.focus({ preventScroll: true })
}

/** Whether no key would reach anything. */
export const isNowhere = (): boolean =>
  document.activeElement === null || document.activeElement === document.body

/** A dialog keeps the focus, whatever appears behind it. */
function dialogIsOpen(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null
}

/**
 * Moves the cursor now or, where a dialog has it, as soon as no dialog is left: what came behind the dialog would
 * else never have had it. The answer calls the move off, as an effect's clean-up does.
 */
export function moveCursor(move: () => void): () => void {
  if (dialogIsOpen()) waiting.add(move)
  else move()
  return () => {
    waiting.delete(move)
  }
}

/** The moves that waited for a dialog which has gone now, to be made or to be dropped; none while another is open. */
export function takeWaitingMoves(): (() => void)[] {
  if (dialogIsOpen()) return []
  const moves = [...waiting]
  waiting.clear()
  return moves
}

/** The same when a screen or one of its stages appears. */
export function useFirstFocus(place: RefObject<Element | null>): void {
  // Together with what is seen: a key pressed next would else move the cursor first, and lose it again.
  useLayoutEffect(() => moveCursor(() => focusFirst(place.current)), [place])
}

/** Where what has the cursor is taken away, the screen's beginning has it next: news must not leave the keys without a place. */
export function useCursorKept(screen: RefObject<Element | null>): void {
  useEffect(() => {
    const { current } = screen
    if (current === null) return undefined
    let holder = current.contains(document.activeElement) ? document.activeElement : null
    const hold = ({ target }: Event) => {
      holder = target instanceof Element ? target : null
    }
    const observer = new MutationObserver(() => {
      if (holder === null || holder.isConnected || !isNowhere()) return
      holder = null
      moveCursor(focusBeginning)
    })
    current.addEventListener('focusin', hold)
    observer.observe(current, { childList: true, subtree: true })
    return () => {
      observer.disconnect()
      current.removeEventListener('focusin', hold)
    }
  }, [screen])
}

/** When a list appears again: onto the row that was opened from it last. True where there is one. */
export function focusOpenedRow(place: Element | null): boolean {
  const row = place?.querySelector<HTMLElement>('tr[aria-selected="true"] button.row-button') ?? null
  row?.focus()
  return row !== null
}
