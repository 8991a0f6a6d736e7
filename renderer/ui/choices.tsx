import { type KeyboardEvent, type Ref, useEffect, useId, useRef } from 'react'
import './choices.css'

export interface Choice {
  id: string
  label: string
  /** What stands at the end of its line, a price for example. */
  detail?: string
}

interface ChoicesProps {
  label: string
  choices: readonly Choice[]
  value: string | null
  onChange: (id: string) => void
  autoFocus?: boolean
  /** Enter on a choice. */
  onEnter?: () => void
  ref?: Ref<HTMLDivElement>
}

const TYPING_MS = 1_500

/** The choice that a key leads to: arrows, Home, End, or letters at the start of any word of a name. */
export function stepTo(choices: readonly Choice[], from: number, key: string): number | null {
  const last = choices.length - 1
  if (key === 'ArrowDown' || key === 'ArrowRight') return Math.min(from + 1, last)
  if (key === 'ArrowUp' || key === 'ArrowLeft') return Math.max(from - 1, 0)
  if (key === 'Home') return 0
  return key === 'End' ? last : null
}

/** The first choice with a word that begins with the letters; -1 where none does. */
export function findByLetters(choices: readonly Choice[], letters: string): number {
  const wanted = letters.toLowerCase()
  return choices.findIndex(c =>
    c.label
      .toLowerCase()
      .split(/[\s.,·-]+/)
      .some((_, i, words) => words.slice(i).join(' ').startsWith(wanted)),
  )
}

/** One choice out of a short list, by arrow keys or by typing letters of its name. */
export function Choices(props: ChoicesProps) {
  const { label, choices, value, onChange, autoFocus = false, onEnter } = props
  const id = useId()
  const typed = useRef({ letters: '', atMs: 0 })
  const current = Math.max(
    choices.findIndex(c => c.id === value),
    0,
  )
  // Whoever steps through a long list by keys sees what Enter would take.
  useEffect(() => {
    document.getElementById(`${id}-${current}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, current])
  const byLetters = (key: string): number => {
    const nowMs = performance.now()
    const letters = nowMs - typed.current.atMs < TYPING_MS ? typed.current.letters + key : key
    typed.current = { letters, atMs: nowMs }
    return findByLetters(choices, letters)
  }
  const keyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'Enter' && onEnter !== undefined) {
      event.preventDefault()
      if (!event.repeat) onEnter()
      return
    }
    const isLetter = event.key.length === 1 && event.key !== '?'
    const next = isLetter ? byLetters(event.key) : stepTo(choices, current, event.key)
    if (next === null) return
    event.preventDefault()
    const choice = choices[next]
    if (choice !== undefined) onChange(choice.id)
  }
  return (
    <div
      ref={props.ref}
      role="listbox"
      className="choices"
      aria-label={label}
      aria-activedescendant={choices.length === 0 ? undefined : `${id}-${current}`}
      tabIndex={0}
      onKeyDown={keyDown}
      data-autofocus={autoFocus || undefined}
    >
      {choices.map((choice, i) => (
        // The list itself has the focus and hears the keys; its options are only pointed at.
        <div
          key={choice.id}
          id={`${id}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === current}
          onPointerDown={() => onChange(choice.id)}
        >
          <span>{choice.label}</span>
          {choice.detail !== undefined && <span className="choice-detail">{choice.detail}</span>}
        </div>
      ))}
    </div>
  )
}
