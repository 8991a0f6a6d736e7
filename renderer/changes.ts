/** Keeps the screens true: listens to what changed at the till and has those nouns asked again. */
import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { Noun } from '../shared/nouns.ts'
import { client, isAnswer, orpc } from './client.ts'

export type Connection = 'up' | 'down' | 'other-launch'

let connection: Connection = 'up'
const listeners = new Set<() => void>()

function setConnection(next: Connection): void {
  if (next === connection) return
  connection = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether the till program answers. */
export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => connection)
}

function askAgain(queries: QueryClient, nouns: readonly Noun[]): void {
  for (const noun of nouns) void queries.invalidateQueries({ queryKey: orpc[noun].key() })
  void queries.invalidateQueries({ queryKey: orpc.till.state.key() })
}

const LONGEST_PAUSE_MS = 4_000

function isUnauthorized(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 401
}

interface Following {
  queries: QueryClient
  signal: AbortSignal
  onOpen: () => void
}

async function listen({ queries, signal, onOpen }: Following): Promise<void> {
  const events = await client.till.changes(undefined, { signal })
  onOpen()
  setConnection('up')
  // What changed while nobody listened is not known, so everything is asked again.
  void queries.invalidateQueries()
  for await (const { nouns } of events) askAgain(queries, nouns)
}

/** Follows the changes until the signal ends it; comes back by itself when the till program was away. */
export async function followChanges(queries: QueryClient, signal: AbortSignal): Promise<void> {
  let failures = 0
  const onOpen = () => {
    failures = 0
  }
  while (!signal.aborted) {
    try {
      await listen({ queries, signal, onOpen })
    } catch (error) {
      if (signal.aborted) return
      failures += 1
      setConnection(isUnauthorized(error) ? 'other-launch' : isAnswer(error) ? 'up' : 'down')
    }
    await new Promise(resolve => setTimeout(resolve, Math.min(200 * 2 ** failures, LONGEST_PAUSE_MS)))
  }
}
