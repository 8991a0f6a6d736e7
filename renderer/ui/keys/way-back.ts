import { useLocation } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'

/** Said by a link that leads to another screen for a look, so that Escape leads back. */
export interface CameFrom {
  from: string
}

/** The way back to the screen that a link on it led here from; null where nobody came by such a link. */
export function useWayBack(): (() => void) | null {
  const state = useHistoryState<Partial<CameFrom> | null>()
  const [, go] = useLocation()
  const from = state?.from
  return typeof from === 'string' ? () => go(from, { replace: true }) : null
}
