/** Keys as the screens declare them. The topmost layer that knows a key gets it; a dialog hides what lies below. */
import { useEffect, useRef } from 'react'

export interface KeyDeclaration {
  /** As on the key cap: `F2`, `Ctrl+K`, `Enter`, `Escape`, `ArrowDown`, `?`, `P`. */
  key: string
  label: string
  run: () => void
  disabled?: boolean
  /** Not shown in the strip, only in the sheet of all keys. */
  quiet?: boolean
  /** For keys that also write into fields (letters, Enter, arrows): act while a field has the focus too. */
  inFields?: boolean
}

/** Global keys lie below everything and are heard even when a dialog is open. */
export type LayerKind = 'global' | 'screen' | 'dialog'

interface Layer {
  kind: LayerKind
  current: () => readonly KeyDeclaration[]
}

const ORDER: Record<LayerKind, number> = { dialog: 0, screen: 1, global: 2 }
let layers: readonly Layer[] = []

/** The name of a pressed key as declarations write it. */
export function keyName(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>,
): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
  const shift = event.shiftKey && event.key.length > 1 ? 'Shift+' : ''
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${shift}${key}`
}

/** The layers that may hear a key, topmost first: below an open dialog only the global ones. */
export function hearing<L extends { kind: LayerKind }>(all: readonly L[]): L[] {
  const topFirst = [...all].reverse().sort((a, b) => ORDER[a.kind] - ORDER[b.kind])
  const [top] = topFirst
  return top?.kind === 'dialog' ? topFirst.filter(l => l === top || l.kind === 'global') : topFirst
}

function writesIntoFields(name: string): boolean {
  return !/^(F\d+|Escape|Ctrl\+.*|Alt\+.*)$/.test(name)
}

const FIELDS = 'input, textarea, select, [contenteditable="true"]'
const PRESSABLE = 'button, a[href], summary, [role="option"], [role="button"]'

/** A question mark in an empty field asks for the keys; nothing that is looked up begins with one. */
function asksForKeys(name: string, field: Element): boolean {
  return name === '?' && field instanceof HTMLInputElement && field.value === ''
}

/** Whether the element with the focus wants this key for itself. */
function belongsToFocus(name: string, declared: KeyDeclaration): boolean {
  const focused = document.activeElement
  if (focused === null || !writesIntoFields(name)) return false
  if (focused.matches(FIELDS)) return declared.inFields !== true && !asksForKeys(name, focused)
  return (name === 'Enter' || name === ' ') && focused.matches(PRESSABLE)
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const name = keyName(event)
  for (const layer of hearing(layers)) {
    const declared = layer.current().find(k => keyMatches(k.key, name))
    if (declared === undefined || belongsToFocus(name, declared)) continue
    event.preventDefault()
    // A key held down repeats; what it starts happens once.
    if (!event.repeat && declared.disabled !== true) declared.run()
    return
  }
}

function keyMatches(declared: string, pressed: string): boolean {
  return declared === pressed || declared.toUpperCase() === pressed
}

/** Every key that is heard now, for the sheet of all keys. */
export function keysHeard(): KeyDeclaration[] {
  return hearing(layers).flatMap(layer => [...layer.current()])
}

/** Starts listening on the page; call once. */
export function listenForKeys(): () => void {
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}

/** Declares keys for as long as the component is there. */
export function useKeys(keys: readonly KeyDeclaration[], kind: LayerKind = 'screen'): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const layer: Layer = { kind, current: () => latest.current }
    layers = [...layers, layer]
    return () => {
      layers = layers.filter(l => l !== layer)
    }
  }, [kind])
}
