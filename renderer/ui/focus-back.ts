import { useEffect, useState } from 'react'

/** Gives the focus back, at the end, to where it was before; unless something took it on purpose meanwhile. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      const nowhere = document.activeElement === null || document.activeElement === document.body
      if (nowhere && before instanceof HTMLElement && before.isConnected) before.focus()
    },
    [before],
  )
}
