/** Enrolling this till at a central billing system. */
import type { Ledger } from '../../../db/ledger/ledger.ts'
import { type Enrolment, enrolmentOf } from '../../../db/queries/till.ts'
import { SYNC_FILE } from '../../../db/sync/open.ts'
import type { SyncStore } from '../../../db/sync/store.ts'
import { PROTOCOL } from '../../../shared/central/protocol.ts'
import type { BodyOf } from '../../../shared/ledger/facts.ts'
import { type JournalPosition, NOWHERE } from '../../../shared/ledger/journal-position.ts'
import { keyLine, tillKeyName } from '../../../shared/ledger/signed-note.ts'
import { ALARMS } from '../../../shared/rules/sync/alarms.ts'
import { centralAddress } from '../../../shared/rules/sync/central-address.ts'
import type { Log } from '../runtime/log.ts'
import {
  type KeyProblem,
  type KeyStore,
  KeyUnavailable,
  ownSigner,
  type Signer,
} from '../runtime/signing-key.ts'
import { CentralRefused, CentralUnreachable, enrolAt, type Fetch } from './client.ts'
import type { Scheduler } from './scheduler.ts'

/** What both sides have agreed on. */
export interface Agreed {
  address: string
  utilityName: string
  centralKey: string
  signer: Signer
}

/** What was agreed on as the journal states it. */
export function enrolledBody(
  tillId: string,
  { address, utilityName, centralKey, signer }: Agreed,
  approvedBy: string | null,
): BodyOf<'till.enrolled'> {
  const tillKey = keyLine(tillKeyName(tillId), signer.publicKey)
  return { address, utilityName, tillKey, centralKey, approvedBy }
}

/**
 * Where the journal says that this till is enrolled. What is kept beside it counts where it is the answers of that central:
 * else all of it is forgotten, said, and asked for again. Undefined too where not even that can be written down.
 */
export function statedEnrolment({ store, ledger, log, scheduler }: EnrolledSides): Enrolment | undefined {
  const stated = enrolmentOf(ledger.reader)
  const by = store.answeredBy()
  if (by?.address === stated?.address && by?.publicKey === stated?.publicKey) return stated
  log.error(
    { notes: by?.address, stated: stated?.address },
    'the notes of the line to central are of another one',
  )
  try {
    store.begin(stated)
    if (stated)
      store.raise({ ...NOWHERE, kind: 'store-damaged', detail: by?.address ?? SYNC_FILE }, scheduler.now())
    return stated
  } catch (error) {
    log.error({ err: error }, 'the notes of the line to central could not be begun anew')
    return undefined
  }
}

interface EnrolledSides {
  store: SyncStore
  ledger: Pick<Ledger, 'reader'>
  log: Log
  scheduler: Pick<Scheduler, 'now'>
}

export type Enrolled =
  | ({ ok: true } & Agreed)
  | { ok: false; code: 'ADDRESS_NOT_VALID' | (typeof SAID_ALIKE)[number] }
  | { ok: false; code: 'CENTRAL_UNREACHABLE' | 'CENTRAL_NOT_UNDERSTOOD'; detail: string }
  | { ok: false; code: 'KEY_NOT_USABLE'; problem: KeyProblem; place: string }

export interface EnrolDeps {
  store: SyncStore
  keys: KeyStore
  scheduler: Scheduler
  fetch: Fetch
  /** The program is ending. */
  closing: AbortSignal
}

export interface EnrolAsk {
  address: string
  code: string
  tillId: string
  tillCode: string
  /** Payments up to there are in the billing system's figures, by the last file that was imported; undefined where none was. */
  knownThrough: JournalPosition | undefined
  /** Where this till's journal ends now. */
  head: JournalPosition
  /** States it in the journal. Whatever it throws, the till is enrolled nowhere else than before. */
  state(agreed: Agreed): void
}

/** What central refuses and a person can mend. */
const SAID_ALIKE = ['CODE_NOT_VALID', 'ENROLLED_ALREADY', 'TILL_CODE_TAKEN', 'ADDRESS_DIFFERS'] as const

const SHORTEST_CODE = 8
const LONGEST_CODE = 40

/** Hands this till's public key over, states what was agreed on, and then keeps it: the journal decides where a till is enrolled. A till whose key was lost makes another one before it is handed over. */
export async function enrolTill(parts: EnrolDeps, asked: EnrolAsk): Promise<Enrolled> {
  const address = centralAddress(asked.address)
  if (address === undefined) return { ok: false, code: 'ADDRESS_NOT_VALID' }
  const code = asked.code.trim()
  if (code.length < SHORTEST_CODE || code.length > LONGEST_CODE) return { ok: false, code: 'CODE_NOT_VALID' }
  const { tillId, tillCode, knownThrough, head } = asked
  let agreed: Agreed
  try {
    const signer = await ownSigner(parts.keys)
    const { publicKey } = signer
    const said = { code, tillId, tillCode, publicKey, address, knownThrough, head }
    const input = { protocol: PROTOCOL, ...said } as const
    const { fetch, scheduler, closing } = parts
    const answer = await enrolAt({ address, fetch, scheduler, closing }, input, signer)
    if (closing.aborted) throw new CentralUnreachable('UNREACHABLE', 'the program is ending')
    agreed = { address, utilityName: answer.utilityName, centralKey: answer.centralKey, signer }
  } catch (error) {
    return refusedBy(error, parts.keys.place)
  }
  asked.state(agreed)
  parts.store.begin({ address, publicKey: agreed.signer.publicKey })
  parts.store.clear(ALARMS, parts.scheduler.now())
  return { ok: true, ...agreed }
}

function refusedBy(error: unknown, place: string): Enrolled {
  if (error instanceof KeyUnavailable)
    return { ok: false, code: 'KEY_NOT_USABLE', problem: error.problem, place }
  if (error instanceof CentralUnreachable)
    return error.code === 'NOT_UNDERSTOOD'
      ? { ok: false, code: 'CENTRAL_NOT_UNDERSTOOD', detail: error.message }
      : { ok: false, code: 'CENTRAL_UNREACHABLE', detail: error.message }
  if (!(error instanceof CentralRefused)) throw error
  const alike = SAID_ALIKE.find(code => code === error.code)
  if (alike !== undefined) return { ok: false, code: alike }
  if (error.code === 'BUSY') return { ok: false, code: 'CENTRAL_UNREACHABLE', detail: error.message }
  return { ok: false, code: 'CENTRAL_NOT_UNDERSTOOD', detail: error.code }
}
