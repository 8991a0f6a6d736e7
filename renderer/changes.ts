/** Keeps the screens true: listens to what changed at the till and has those nouns asked again. */
import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
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

const {
  account,
  basket,
  deposit,
  drawer,
  movement,
  person,
  receipt,
  report,
  safe,
  session,
  setup,
  sync,
  till,
} = orpc

/** What each noun of the journal changes on the screens: a closed drawer, for one, waits for its deposit. */
const KEYS = {
  account: [account.key],
  accounts: [account.key],
  'bank-account': [setup.key],
  basket: [basket.key],
  catalog: [setup.key, account.key],
  deposit: [deposit.key, drawer.key],
  drawer: [drawer.key, deposit.key, setup.key],
  movement: [movement.key],
  person: [person.key],
  // What became of receipts at central: no balance and no drawer has changed.
  posting: [sync.key, receipt.key, session.key],
  receipt: [receipt.key, account.key, drawer.key],
  report: [report.key],
  safe: [safe.key],
  session: [session.key],
  settings: [till.key, movement.key],
  sync: [sync.key],
  tender: [setup.key],
  till: [till.key],
}

function isNoun(noun: string): noun is keyof typeof KEYS {
  return Object.hasOwn(KEYS, noun)
}

function askAgain(queries: QueryClient, nouns: readonly string[]): void {
  const keys = new Set(nouns.filter(isNoun).flatMap(noun => KEYS[noun]))
  for (const key of keys) void queries.invalidateQueries({ queryKey: key() })
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
