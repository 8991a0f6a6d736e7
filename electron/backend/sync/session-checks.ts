/** Asking central whether its own sums of closed drawers and of deposits agree with the till's. */

import type { Reader } from '../../../db/ledger/reader.ts'
import { latestDepositIds } from '../../../db/queries/deposit.ts'
import { latestClosedIds } from '../../../db/queries/session/session.ts'
import type { SyncStore } from '../../../db/sync/store.ts'
import { DAY_MS } from '../../../shared/time.ts'
import type { PullFeed } from './pull.ts'
import type { Scheduler } from './scheduler.ts'

interface CheckDeps {
  store: SyncStore
  reader: Reader
  scheduler: Scheduler
  /** Central has said something new. */
  onChecks: () => void
}

/** What was closed longer ago is asked for once a day. */
const LOOKED_AFTER = 20

/**
 * Asked as long as one of the latest closed drawers or deposits has no answer, and daily: a central that was restored
 * from a backup has summed anew. Nothing waits for the answer.
 */
export function sessionChecksFeed({ store, reader, scheduler, onChecks }: CheckDeps): PullFeed {
  let askedAt = Number.NEGATIVE_INFINITY
  const isUnanswered = (subjectId: string): boolean => store.checkOf(subjectId) === undefined
  return {
    async turn(client) {
      const isDue = scheduler.monotonic() - askedAt >= DAY_MS
      const latest = [...latestClosedIds(reader, LOOKED_AFTER), ...latestDepositIds(reader, LOOKED_AFTER)]
      if (!isDue && !latest.some(isUnanswered)) return false
      const checks = await client.sessions()
      askedAt = scheduler.monotonic()
      if (store.takeChecks(checks, scheduler.now()) > 0) onChecks()
      // All of them come at once.
      return false
    },
    wake() {
      askedAt = Number.NEGATIVE_INFINITY
    },
  }
}
