import { type RefObject, useState } from 'react'

/** The record that is open: as it was, and as it is being changed. */
export interface Opened<D> {
  key: string
  original: D
  draft: D
  isNew: boolean
}

function isChanged<D>({ original, draft }: Opened<D>): boolean {
  return JSON.stringify(original) !== JSON.stringify(draft)
}

/** Which record of a list is open, what was saved last, and the question before changes are dropped. */
export function useOpenedRecord<D>(list: RefObject<HTMLElement | null>) {
  const [opened, setOpened] = useState<Opened<D> | null>(null)
  const [saved, setSaved] = useState<string | null>(null)
  const [waiting, setWaiting] = useState<(() => void) | null>(null)

  const close = () => {
    setOpened(null)
    // The row that was open takes the focus again, so that the arrows go on from there.
    list.current?.querySelector<HTMLElement>('button.row-button[tabindex="0"]')?.focus()
  }
  return {
    opened,
    saved,
    leaving: waiting !== null,
    close,
    begin: (next: Omit<Opened<D>, 'original'>) => {
      setSaved(null)
      setOpened({ ...next, original: next.draft })
    },
    change: (draft: D) => setOpened(open => (open === null ? null : { ...open, draft })),
    saveDone: (words: string) => {
      setSaved(words)
      close()
    },
    /** The row goes away with the record, so the focus goes to the tab, which stays. */
    removed: (words: string) => {
      setSaved(words)
      setOpened(null)
      document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus()
    },
    /** Does it at once, or after asking where changes would be lost. */
    careful: (then: () => void) => {
      if (opened !== null && isChanged(opened)) setWaiting(() => then)
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
