/** Keeps the screens true: hears what changed at the till and has those nouns asked again. */
import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { Noun } from '../shared/nouns.ts'
import { client, isAnswer, LAUNCH, orpc } from './client.ts'

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

/** What one tab heard of the till: whether it answers, and what to ask again; all of it where nobody listened for a while. */
interface News {
  connection: Connection
  nouns: readonly Noun[] | 'all'
}

function take(queries: QueryClient, news: News): void {
  setConnection(news.connection)
  if (news.nouns === 'all') void queries.invalidateQueries()
  else if (news.nouns.length > 0) {
    for (const noun of news.nouns) void queries.invalidateQueries({ queryKey: orpc[noun].key() })
    void queries.invalidateQueries({ queryKey: orpc.till.state.key() })
  }
}

const LONGEST_PAUSE_MS = 4_000

function isUnauthorized(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 401
}

interface Listening {
  signal: AbortSignal
  tell: (news: News) => void
}

async function listen({ signal, tell }: Listening, onOpen: () => void): Promise<void> {
  const events = await client.till.changes(undefined, { signal })
  onOpen()
  // What changed while nobody listened is not known, so everything is asked again.
  tell({ connection: 'up', nouns: 'all' })
  for await (const { nouns } of events) tell({ connection: 'up', nouns })
}

/** Listens to the till until the signal ends it; comes back by itself when the till program was away. */
async function listenOn(listening: Listening): Promise<void> {
  const { signal, tell } = listening
  let failures = 0
  const onOpen = () => {
    failures = 0
  }
  while (!signal.aborted) {
    try {
      await listen(listening, onOpen)
    } catch (error) {
      if (signal.aborted) return
      failures += 1
      const told = isUnauthorized(error) ? 'other-launch' : isAnswer(error) ? 'up' : 'down'
      tell({ connection: told, nouns: [] })
    }
    await new Promise(resolve => setTimeout(resolve, Math.min(200 * 2 ** failures, LONGEST_PAUSE_MS)))
  }
}

/**
 * Follows the changes until the signal ends it. A browser has six connections to a host, and one that listens is taken for
 * good: so one tab listens for all tabs of this launch, and when it goes the next one does.
 */
export async function followChanges(queries: QueryClient, signal: AbortSignal): Promise<void> {
  const name = `changes of launch ${LAUNCH}`
  const others = new BroadcastChannel(name)
  others.onmessage = ({ data }: MessageEvent<News>) => take(queries, data)
  const tell = (news: News) => {
    take(queries, news)
    others.postMessage(news)
  }
  try {
    await navigator.locks.request(name, { signal }, () => listenOn({ signal, tell }))
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    others.close()
  }
}
