import { useState } from 'react'
import type { CountSheet } from '../../../../shared/contract/session-fields.ts'
import type { CountPurpose } from '../count-draft.ts'
import { readSecond, type SecondDraft, secondKey } from './second-draft.ts'

/** The draft of two people's counts; putting null forgets it. */
export function useSecondDraft(sheet: CountSheet, purpose: CountPurpose) {
  const key = secondKey(sheet, purpose)
  const [draft, setDraft] = useState(() => readSecond(sessionStorage.getItem(key)))
  const put = (next: SecondDraft | null) => {
    if (next === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(next))
    setDraft(next)
  }
  return { draft, put }
}
