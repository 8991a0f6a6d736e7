/** What is being entered, kept in this window through another screen and a reload, until it has been used. */
import { useEffect, useRef, useState } from 'react'

/** What says whether a kept draft is one still. */
interface DraftSchema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false }
}

/** Reads a kept draft; null for nothing kept, and for what is no such draft any more. */
export function readKeptDraft<T>(text: string | null, schema: DraftSchema<T>): T | null {
  if (text === null) return null
  try {
    const read = schema.safeParse(JSON.parse(text))
    return read.success ? read.data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

interface KeptDraftOptions<T> {
  /** Where it is kept: of one session and one kind of work. */
  key: string
  schema: DraftSchema<T>
  begin: () => T
}

/** A draft under its key; `forget` when it has been used, after which nothing of it stays in the window. */
export function useKeptDraft<T>({ key, schema, begin }: KeptDraftOptions<T>) {
  const [draft, setDraft] = useState<T>(() => readKeptDraft(sessionStorage.getItem(key), schema) ?? begin())
  const used = useRef(false)
  useEffect(() => {
    if (!used.current) sessionStorage.setItem(key, JSON.stringify(draft))
  }, [key, draft])
  const forget = () => {
    // At once: what used it takes this part off the screen, and then no effect of it runs any more.
    used.current = true
    sessionStorage.removeItem(key)
  }
  return { draft, setDraft, forget }
}
