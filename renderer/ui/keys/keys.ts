/** Keys as the screens declare them. The topmost layer that knows a key gets it; a dialog hides what lies below. */

import { createContext, useContext, useLayoutEffect, useRef } from 'react'
import { ScanBurst } from './scan-burst.ts'
import { tabWithin } from './tab-within.ts'

export interface KeyDeclaration {
  /** As on the key cap: `F2`, `Ctrl+K`, `Enter`, `Escape`, `ArrowDown`, `?`, `P`. */
  key: string
  label: string
  /** Left out for what a part of the screen does by itself: then it is only listed. */
  run?: () => void
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
  /** Layers of one dialog are heard together. */
  group: symbol | null
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

interface Ranked {
  kind: LayerKind
  group: symbol | null
}

/** The layers that may hear a key, topmost first: below an open dialog only the global ones. */
export function hearing<L extends Ranked>(all: readonly L[]): L[] {
  const topFirst = [...all].reverse().sort((a, b) => ORDER[a.kind] - ORDER[b.kind])
  const [top] = topFirst
  if (top?.kind !== 'dialog') return topFirst
  return topFirst.filter(l => l === top || l.kind === 'global' || (l.group !== null && l.group === top.group))
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
function belongsToFocus(name: string, declared: KeyDeclaration, kind: LayerKind): boolean {
  const focused = document.activeElement
  if (focused === null || !writesIntoFields(name)) return false
  // A dialog that has just opened has not drawn the focus to itself yet; the field below it is no longer meant.
  if (kind === 'dialog' && focused.closest('[role="dialog"]') === null) return false
  if (focused.matches(FIELDS)) return declared.inFields !== true && !asksForKeys(name, focused)
  return (name === 'Enter' || name === ' ') && focused.matches(PRESSABLE)
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const name = keyName(event)
  for (const layer of hearing(layers)) {
    const declared = layer.current().find(k => k.run !== undefined && keyMatches(k.key, name))
    if (declared === undefined || belongsToFocus(name, declared, layer.kind)) continue
    event.preventDefault()
    // A key held down repeats; what it starts happens once.
    if (!event.repeat && declared.disabled !== true) declared.run?.()
    return
  }
}

function keyMatches(declared: string, pressed: string): boolean {
  return declared === pressed || declared.toUpperCase() === pressed
}

/** Every key that is heard now, for the sheet of all keys; where two layers know one, the upper one's. */
export function keysHeard(): KeyDeclaration[] {
  const all = hearing(layers).flatMap(layer => [...layer.current()])
  return all.filter((declared, i) => all.findIndex(other => other.key === declared.key) === i)
}

/** A key that writes, pressed where the cursor is in no field of the screen, goes to the field that looks things up. */
function toLookUp(event: KeyboardEvent): void {
  const isOther =
    event.ctrlKey || event.altKey || event.metaKey || event.key.length !== 1 || event.key === ' '
  if (isOther || event.defaultPrevented || document.activeElement?.matches(FIELDS)) return
  if (hearing(layers)[0]?.kind === 'dialog') return
  document.querySelector<HTMLElement>('main [data-looks-up]')?.focus()
}

function guardingScans(): (event: KeyboardEvent) => void {
  const burst = new ScanBurst()
  return event => {
    const inField = document.activeElement?.matches(FIELDS) ?? false
    if (!event.repeat && burst.refuses(event.key, inField, performance.now())) {
      event.preventDefault()
      event.stopImmediatePropagation()
    } else toLookUp(event)
  }
}

/** Starts listening on the page; call once. */
export function listenForKeys(): () => void {
  const guard = guardingScans()
  window.addEventListener('keydown', guard, { capture: true })
  window.addEventListener('keydown', onKeyDown)
  window.addEventListener('keydown', tabWithin)
  return () => {
    window.removeEventListener('keydown', guard, { capture: true })
    window.removeEventListener('keydown', onKeyDown)
    window.removeEventListener('keydown', tabWithin)
  }
}

/** The dialog that a part stands in; null outside of any. */
export const DialogGroup = createContext<symbol | null>(null)

/** Declares keys for as long as the component is there. */
export function useKeys(
  keys: readonly KeyDeclaration[],
  kind: LayerKind = 'screen',
  ownGroup: symbol | null = null,
): void {
  const around = useContext(DialogGroup)
  const group = ownGroup ?? around
  const latest = useRef(keys)
  latest.current = keys
  // Together with what is seen, not after it: a key pressed as a dialog goes away belongs to the screen below.
  useLayoutEffect(() => {
    const layer: Layer = { kind, group, current: () => latest.current }
    layers = [...layers, layer]
    return () => {
      layers = layers.filter(l => l !== layer)
    }
  }, [kind, group])
}
