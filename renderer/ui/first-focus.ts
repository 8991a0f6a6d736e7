import { type RefObject, useEffect } from 'react'

/** Puts the cursor where the next keystroke belongs: into what is marked as the beginning. */
export function focusFirst(place: Element | null): void {
  place?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
}

/** A dialog keeps the focus, whatever appears behind it. */
export function dialogIsOpen(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null
}

/** The same when a screen or one of its stages appears. */
export function useFirstFocus(place: RefObject<Element | null>): void {
  useEffect(() => {
    if (!dialogIsOpen()) focusFirst(place.current)
  }, [place])
}

/** When a list appears again: onto the row that was opened from it last. True where there is one. */
export function focusOpenedRow(place: Element | null): boolean {
  const row = place?.querySelector<HTMLElement>('tr[aria-selected="true"] button.row-button') ?? null
  if (!dialogIsOpen()) row?.focus()
  return row !== null
}
