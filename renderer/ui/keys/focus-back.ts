import { useEffect, useState } from 'react'
import { focusBeginning, isNowhere, takeWaitingMoves } from './first-focus.ts'

/** Gives the focus back, at the end, to where it was before or to what has come since; unless something took it on purpose meanwhile. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      const cameSince = takeWaitingMoves()
      if (!isNowhere()) return
      if (before instanceof HTMLElement && before.isConnected) before.focus()
      if (isNowhere()) focusBeginning()
      for (const move of cameSince) move()
    },
    [before],
  )
}
