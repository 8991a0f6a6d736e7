import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { client, orpc, setSignIn } from '../client.ts'
import { putEverythingAway } from '../leaving.ts'

const ACTIVITY = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
const LOOK_EVERY_MS = 5_000

/** Locking and signing out. Both first put away what is being typed, and both work while the till does not answer. */
export function useLeaving() {
  const queries = useQueryClient()
  const [coveredHere, setCoveredHere] = useState(false)
  const lock = useCallback(
    async (idle = false) => {
      await putEverythingAway()
      try {
        await client.person.lock({ idle })
        await queries.invalidateQueries({ queryKey: orpc.till.state.key() })
      } catch {
        // Whoever locks walks away: the screen is covered even where the till cannot be told.
        setCoveredHere(true)
      }
    },
    [queries],
  )
  const signOut = useCallback(async () => {
    await putEverythingAway()
    // Without the token this screen is signed out, whether the till heard of it or not.
    await Promise.allSettled([client.person.signOut()])
    setSignIn(null)
    setCoveredHere(false)
    queries.removeQueries({ predicate: q => !JSON.stringify(q.queryKey).includes('"state"') })
    await queries.invalidateQueries()
  }, [queries])
  const uncover = useCallback(() => {
    setCoveredHere(false)
    void queries.invalidateQueries()
  }, [queries])
  return { lock, signOut, coveredHere, uncover }
}

const TELL_EVERY_MS = 20_000

/**
 * Tells the till of keys and the pointer, and asks it to lock after so many minutes without: it knows whether the person is
 * busy at another screen. Never while `active` is false.
 */
export function useIdleLock({
  active,
  minutes,
  lock,
}: {
  active: boolean
  minutes: number
  lock: () => void
}): void {
  useEffect(() => {
    if (!active || minutes === 0) return
    let lastMs = performance.now()
    let toldMs = Number.NEGATIVE_INFINITY
    const note = () => {
      lastMs = performance.now()
      if (lastMs - toldMs < TELL_EVERY_MS) return
      toldMs = lastMs
      // A till that does not answer counts nobody as there, and has nothing to protect meanwhile.
      client.person.active().catch(() => undefined)
    }
    note()
    for (const kind of ACTIVITY) window.addEventListener(kind, note, { passive: true, capture: true })
    const timer = setInterval(() => {
      if (performance.now() - lastMs > minutes * 60_000) lock()
    }, LOOK_EVERY_MS)
    return () => {
      clearInterval(timer)
      for (const kind of ACTIVITY) window.removeEventListener(kind, note, { capture: true })
    }
  }, [active, minutes, lock])
}
