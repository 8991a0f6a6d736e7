/** Enrolling this till at a central billing system. */
import type { SyncStore } from '../../../db/sync/store.ts'
import { PROTOCOL } from '../../../shared/central/protocol.ts'
import {
  type KeyProblem,
  type KeyStore,
  KeyUnavailable,
  ownSigner,
  type Signer,
} from '../runtime/signing-key.ts'
import { CentralRefused, CentralUnreachable, enrolAt, type Fetch } from './client.ts'
import type { Scheduler } from './scheduler.ts'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * The origin of an address as a person types it; undefined for what is none. Without TLS only this machine itself is
 * let through: names, balances and the proof of payments go over this line.
 */
export function centralAddress(text: string): string | undefined {
  const typed = text.trim()
  const url = URL.parse(/^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`)
  if (!url || url.hostname === '' || url.username !== '' || url.password !== '') return undefined
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return undefined
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))
  return isSafe ? url.origin : undefined
}

export type Enrolled =
  | { ok: true; address: string; utilityName: string; centralKey: string; signer: Signer }
  | { ok: false; code: 'ADDRESS_NOT_VALID' | 'CODE_NOT_VALID' | 'ENROLLED_ALREADY' }
  | { ok: false; code: 'CENTRAL_UNREACHABLE' | 'CENTRAL_NOT_UNDERSTOOD'; detail: string }
  | { ok: false; code: 'KEY_NOT_USABLE'; problem: KeyProblem; place: string }

export interface EnrolDeps {
  store: SyncStore
  keys: KeyStore
  scheduler: Scheduler
  fetch: Fetch
}

export interface EnrolAsk {
  address: string
  code: string
  tillId: string
  tillCode: string
  personId: string
}

const SHORTEST_CODE = 8
const LONGEST_CODE = 40

/** Hands this till's public key over, and keeps the enrolment. A till whose key was lost makes another one before it is handed over. */
export async function enrolTill(parts: EnrolDeps, asked: EnrolAsk): Promise<Enrolled> {
  const address = centralAddress(asked.address)
  if (address === undefined) return { ok: false, code: 'ADDRESS_NOT_VALID' }
  const code = asked.code.trim()
  if (code.length < SHORTEST_CODE || code.length > LONGEST_CODE) return { ok: false, code: 'CODE_NOT_VALID' }
  const { tillId, tillCode, personId } = asked
  try {
    const signer = await ownSigner(parts.keys)
    const { publicKey } = signer
    const input = { protocol: PROTOCOL, code, tillId, tillCode, publicKey } as const
    const answer = await enrolAt({ address, fetch: parts.fetch, scheduler: parts.scheduler }, input)
    const { utilityName, centralKey } = answer
    const sinceMs = parts.scheduler.now()
    parts.store.enrol({ address, tillId, publicKey, utilityName, enrolledBy: personId, sinceMs })
    return { ok: true, address, utilityName, centralKey, signer }
  } catch (error) {
    return refusedBy(error, parts.keys.place)
  }
}

function refusedBy(error: unknown, place: string): Enrolled {
  if (error instanceof KeyUnavailable)
    return { ok: false, code: 'KEY_NOT_USABLE', problem: error.problem, place }
  if (error instanceof CentralUnreachable)
    return error.code === 'NOT_UNDERSTOOD'
      ? { ok: false, code: 'CENTRAL_NOT_UNDERSTOOD', detail: error.message }
      : { ok: false, code: 'CENTRAL_UNREACHABLE', detail: error.message }
  if (!(error instanceof CentralRefused)) throw error
  if (error.code === 'CODE_NOT_VALID' || error.code === 'ENROLLED_ALREADY')
    return { ok: false, code: error.code }
  if (error.code === 'BUSY') return { ok: false, code: 'CENTRAL_UNREACHABLE', detail: error.message }
  return { ok: false, code: 'CENTRAL_NOT_UNDERSTOOD', detail: error.code }
}
