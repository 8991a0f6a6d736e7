import { useEffect, useState } from 'react'
import type { CountSheet } from '../../../shared/contract/session-fields.ts'
import { newId } from '../../../shared/id.ts'
import { type CountDraft, type CountPurpose, draftKey, emptyDraft, readDraft } from './count-draft.ts'

/** What was kept of a count, for the screen that sends it. */
export function keptCount(sheet: CountSheet, purpose: CountPurpose): CountDraft | null {
  return readDraft(sessionStorage.getItem(draftKey(sheet, purpose)))
}

export function forgetCount(sheet: CountSheet, purpose: CountPurpose): void {
  sessionStorage.removeItem(draftKey(sheet, purpose))
}

/** The count of one session and round, kept for this tab until it is sent: through the Window and a reload. */
export function useCountDraft(sheet: CountSheet, purpose: CountPurpose) {
  const key = draftKey(sheet, purpose)
  const [draft, setDraft] = useState<CountDraft>(
    () => readDraft(sessionStorage.getItem(key)) ?? emptyDraft(newId()),
  )
  useEffect(() => sessionStorage.setItem(key, JSON.stringify(draft)), [key, draft])
  return { draft, setDraft }
}
