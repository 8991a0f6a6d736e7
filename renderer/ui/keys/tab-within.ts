const STOPS = 'a[href], button, input, select, textarea, iframe, [tabindex]'

/** What Tab stops at within a place, in its order. */
export const stopsIn = (place: Element): HTMLElement[] =>
  [...place.querySelectorAll<HTMLElement>(STOPS)].filter(
    stop => stop.tabIndex >= 0 && !stop.matches(':disabled') && stop.checkVisibility(),
  )

/** Tab goes round in the topmost dialog, and never to what lies below it. */
export function tabWithin(event: KeyboardEvent): void {
  const dialog = [...document.querySelectorAll('[aria-modal="true"]')].at(-1)
  if (event.key !== 'Tab' || event.defaultPrevented || dialog === undefined) return
  const stops = stopsIn(dialog)
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]]
  const focused = document.activeElement
  if (dialog.contains(focused) && focused !== from) return
  event.preventDefault()
  to?.focus()
}
