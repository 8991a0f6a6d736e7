import { useEffect, useState } from 'react'

const EVERY_MS = 15_000

/** The time, UTC milliseconds, kept up while the component is there; for what is left until something. */
export function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return nowMs
}
