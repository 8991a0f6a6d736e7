/** What must be put away before the screen is locked or left: screens say what, the frame waits for it. */
type PutAway = () => Promise<unknown>

const waiting = new Set<PutAway>()

/** Has something put away before every lock; the answer takes it out again. */
export function beforeLeaving(putAway: PutAway): () => void {
  waiting.add(putAway)
  return () => waiting.delete(putAway)
}

/** Waits until everything is put away. What fails to be is still on the screen below the lock. */
export async function putEverythingAway(): Promise<void> {
  await Promise.allSettled([...waiting].map(putAway => putAway()))
}
