/** What is typed into dialogs, kept for as long as their screen is there: Esc goes one step back and loses nothing. */
import { createContext, useContext, useState } from 'react'

/** Texts by the names of their fields. */
export const DraftsOfScreen = createContext<Map<string, string>>(new Map())

/** A text field of a dialog under a name within the screen; `forget` when what was typed has been used. */
export function useDialogDraft(name: string, initial = '') {
  const drafts = useContext(DraftsOfScreen)
  const [text, setState] = useState(() => drafts.get(name) ?? initial)
  const setText = (next: string) => {
    drafts.set(name, next)
    setState(next)
  }
  return { text, setText, forget: () => void drafts.delete(name) }
}
