import { useEffect, useState } from 'react'
import type { CountSheet } from '../../../shared/contract/drawer.ts'
import { newId } from '../../../shared/id.ts'
import { type CountDraft, draftKey, emptyDraft, readDraft } from './count-draft.ts'

/** The count of one session and round, kept for this tab until it is sent: through the Window and a reload. */
export function useCountDraft(sheet: CountSheet) {
  const key = draftKey(sheet)
  const [draft, setDraft] = useState<CountDraft>(
    () => readDraft(sessionStorage.getItem(key)) ?? emptyDraft(newId()),
  )
  useEffect(() => sessionStorage.setItem(key, JSON.stringify(draft)), [key, draft])
  const forget = () => sessionStorage.removeItem(key)
  return { draft, setDraft, forget }
}
