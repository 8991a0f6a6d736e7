import { type RefObject, useState } from 'react'

/** The record that is open: as it was, and as it is being changed. */
export interface Opened<R, D> {
  key: string
  /** As the till had it when it was opened; null for a new one. */
  row: R | null
  original: D
  draft: D
}

const differ = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other)

interface RecordsNow<R, D> {
  rows: readonly R[] | undefined
  keyOf: (row: R) => string
  draftOf: ((row: R) => D) | undefined
}

/** Which record of a list is open, what was saved last, and the question before changes are dropped. */
export function useOpenedRecord<R, D>(
  list: RefObject<HTMLElement | null>,
  { rows, keyOf, draftOf }: RecordsNow<R, D>,
) {
  const [opened, setOpened] = useState<Opened<R, D> | null>(null)
  const [saved, setSaved] = useState<string | null>(null)
  const [waiting, setWaiting] = useState<(() => void) | null>(null)

  const now = opened?.row == null ? undefined : rows?.find(row => keyOf(row) === opened.key)
  const isMoved =
    opened !== null && now !== undefined && draftOf !== undefined && differ(draftOf(now), opened.original)
  const isChanged = opened !== null && differ(opened.original, opened.draft)
  // What nobody has typed into follows what another screen saved.
  if (isMoved && !isChanged)
    setOpened({ key: opened.key, row: now, original: draftOf(now), draft: draftOf(now) })

  const close = () => {
    setOpened(null)
    // The row that was open takes the focus again, so that the arrows go on from there.
    list.current?.querySelector<HTMLElement>('button.row-button[tabindex="0"]')?.focus()
  }
  return {
    opened,
    saved,
    leaving: waiting !== null,
    /** Somebody else saved it while it was being changed here. */
    isStale: isMoved && isChanged,
    close,
    begin: (next: Omit<Opened<R, D>, 'original'>) => {
      setSaved(null)
      setOpened({ ...next, original: next.draft })
    },
    change: (draft: D) => setOpened(open => (open === null ? null : { ...open, draft })),
    saveDone: (message: string) => {
      setSaved(message)
      close()
    },
    /** The row goes away with the record, so the focus goes to the tab, which stays. */
    removed: (message: string) => {
      setSaved(message)
      setOpened(null)
      document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus()
    },
    /** Does it at once, or after asking where changes would be lost. */
    careful: (then: () => void) => {
      if (isChanged) setWaiting(() => then)
      else then()
    },
    leave: () => {
      setWaiting(null)
      setOpened(null)
      waiting?.()
    },
    stay: () => setWaiting(null),
  }
}
