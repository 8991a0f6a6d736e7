/** What went wrong on the line to central: what a person has to look after, and what trying again may mend. */
import { z } from 'zod'
import { MOST_PATIENCE_MS } from '../../../shared/rules/backoff.ts'
import { CentralRefused, CentralUnreachable } from './client.ts'
import { KeyUnavailable } from './key-store.ts'
import { Halted } from './push.ts'

export const NOWHERE = { epoch: 0, seq: 0 } as const

/** What trying again in a minute does not mend. */
export function haltedBy(error: unknown, keyPlace: string): Halted | undefined {
  if (error instanceof Halted) return error
  if (error instanceof KeyUnavailable)
    return new Halted({ ...NOWHERE, kind: 'key-missing', detail: `${keyPlace}: ${error.problem}` })
  if (!(error instanceof CentralRefused)) return undefined
  if (error.code === 'REVOKED') return new Halted({ ...NOWHERE, kind: 'revoked', detail: '' })
  const isUnknown = error.code === 'NOT_ENROLLED' || error.code === 'ANOTHER_TILL'
  return isUnknown ? new Halted({ ...NOWHERE, kind: 'not-enrolled', detail: error.code }) : undefined
}

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
