/** What went wrong on the line to central: what a person has to look after, and what trying again may mend. */
import { z } from 'zod'
import type { SyncStore } from '../../../db/sync/store.ts'
import { NOWHERE } from '../../../shared/ledger/journal-position.ts'
import type { AlarmKind } from '../../../shared/rules/sync/alarms.ts'
import { MOST_PATIENCE_MS } from '../../../shared/rules/sync/backoff.ts'
import type { Log } from '../runtime/log.ts'
import { KeyUnavailable } from '../runtime/signing-key.ts'
import { CentralRefused, CentralUnreachable } from './client.ts'
import { Halted } from './push.ts'
import type { Scheduler } from './scheduler.ts'

/** Alarms that an agreed position ends, and those that end when a range is taken or none is left. */
export const ENDED_BY_POSITION: readonly AlarmKind[] = ['revoked', 'not-enrolled', 'key-missing']
export const ENDED_BY_RANGE: readonly AlarmKind[] = [
  'fork',
  'behind',
  'superseded',
  'chain-broken',
  'range-too-large',
]

/** What trying again in a minute does not mend. */
export function haltedBy(error: unknown, keyPlace: string): Halted | undefined {
  if (error instanceof Halted) return error
  if (error instanceof KeyUnavailable)
    return new Halted({ ...NOWHERE, kind: 'key-missing', detail: `${keyPlace}: ${error.problem}` })
  if (!(error instanceof CentralRefused)) return undefined
  if (error.code === 'REVOKED') return new Halted({ ...NOWHERE, kind: 'revoked', detail: '' })
  return UNKNOWN_THERE.has(error.code)
    ? new Halted({ ...NOWHERE, kind: 'not-enrolled', detail: error.code })
    : undefined
}

/** Central does not know this till, or is not the one that it was enrolled at. */
const UNKNOWN_THERE: ReadonlySet<string> = new Set(['NOT_ENROLLED', 'ANOTHER_TILL', 'ANOTHER_CENTRAL'])

const busyData = z.object({ retryAfterMs: z.int().nonnegative() })

export function failureOf(error: unknown): { code: string; detail: string; askedMs: number } {
  if (error instanceof CentralUnreachable)
    return { code: error.code, detail: error.message, askedMs: error.retryAfterMs ?? 0 }
  if (error instanceof CentralRefused) {
    const busy = busyData.safeParse(error.data)
    const said = Math.min(MOST_PATIENCE_MS, busy.success ? busy.data.retryAfterMs : 0)
    return { code: error.code, detail: error.message, askedMs: Math.max(said, error.retryAfterMs ?? 0) }
  }
  return { code: 'FAULT', detail: error instanceof Error ? error.message : String(error), askedMs: 0 }
}

interface Notes {
  store: SyncStore
  scheduler: Pick<Scheduler, 'now'>
  log: Log
}

/** Numbers in an alarm: a screen shows them in a line or two. */
const MOST_NUMBERS = 20

/** Accounts that cannot be read stand in an alarm by their numbers until they can be. Whether that has changed. */
export function noteUnreadAccounts({ store, scheduler, log }: Notes, numbers: readonly string[]): boolean {
  const kind = 'account-not-read'
  const before = store.alarms().find(alarm => alarm.kind === kind)?.detail ?? ''
  const more = numbers.length - MOST_NUMBERS
  const detail = `${numbers.slice(0, MOST_NUMBERS).join(', ')}${more > 0 ? `, and ${more} more` : ''}`
  if (detail === before) return false
  store.clear([kind], scheduler.now())
  if (detail !== '') store.raise({ ...NOWHERE, kind, detail }, scheduler.now())
  log.warn({ unread: detail }, 'accounts of central that cannot be read')
  return true
}

/** What central says in a way that is not known here stands as an alarm until it can be read. Whether that has changed. */
export function noteUnread({ store, scheduler, log }: Notes, unread: string | null): boolean {
  const kind = 'answer-not-read'
  const stands = store.alarms().some(alarm => alarm.kind === kind)
  if (unread === null) {
    if (stands) store.clear([kind], scheduler.now())
    return stands
  }
  if (!store.raise({ ...NOWHERE, kind, detail: unread }, scheduler.now())) return false
  log.warn({ unread }, 'central answers in a way that is not known')
  return true
}
