/** The line to central as screens show it. */
import { createHash } from 'node:crypto'
import { isOver, type PullState } from '../../../db/accounts/pull/pull-state.ts'
import type { AccountsReader } from '../../../db/accounts/reader.ts'
import type { Ledger } from '../../../db/ledger/ledger.ts'
import { rowsNext } from '../../../db/queries/outbox.ts'
import { personNames } from '../../../db/queries/person.ts'
import type { Enrolment } from '../../../db/queries/till.ts'
import type { SyncDetails } from '../../../shared/contract/sync.ts'
import type { Sync } from './sync.ts'

const FINGERPRINT_SIGNS = 16

/** The beginning of the SHA-256 of a public key (raw, base64), in hex: short enough to be read out. */
export function keyFingerprint(publicKey: string): string {
  const digest = createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex')
  return digest.slice(0, FINGERPRINT_SIGNS)
}

export function syncDetails(
  sync: Sync,
  { ledger, accounts }: { ledger: Ledger; accounts: AccountsReader },
  nowMs: number,
): SyncDetails {
  const { store, keys, push, enrolment } = sync
  const { epoch, seq } = ledger.head
  const left = enrolment ? push.left() : 0
  return {
    enrolment: enrolment ? toldEnrolment(enrolment, ledger) : null,
    key: { kind: keys.kind, place: keys.place },
    head: { epoch, seq },
    position: positionTold(sync, nowMs),
    lagMs: enrolment ? lagOf(sync, ledger, nowMs) : null,
    backlog: { done: push.sent, total: push.sent + left },
    lastError: store.lastError() ?? null,
    retryInMs: sync.connection === 'offline' ? Math.ceil(sync.restMs) : null,
    accounts: accountsTold(accounts.pullState(), enrolment?.address),
    accountsTrouble: sync.accountsTrouble,
    alarms: store.alarms(),
  }
}

function accountsTold(state: PullState | null, address: string | undefined): SyncDetails['accounts'] {
  if (!state || state.address !== address) return null
  const { asOfMs, taken, left, isRead } = state
  return { asOfMs, underWay: isOver(state) ? null : { taken, left, isRead } }
}

function toldEnrolment(enrolment: Enrolment, ledger: Ledger): NonNullable<SyncDetails['enrolment']> {
  const { address, utilityName, publicKey, enrolledBy, sinceMs } = enrolment
  const enrolledByName = personNames(ledger.reader)(enrolledBy)
  return { address, utilityName, keyFingerprint: keyFingerprint(publicKey), enrolledByName, sinceMs }
}

function positionTold({ push, store }: Sync, nowMs: number): SyncDetails['position'] {
  if (push.heard) {
    const { epoch, seq } = push.heard
    return { epoch, seq, heardAtMs: push.heardAtMs ?? nowMs, inThisRun: true }
  }
  const noted = store.heardPosition()
  return noted ? { epoch: noted.epoch, seq: noted.seq, heardAtMs: noted.atMs, inThisRun: false } : null
}

/** How old the oldest fact is that central does not hold by its last word. */
function lagOf({ push, store }: Sync, { reader }: Ledger, nowMs: number): number | null {
  const from = push.heard ?? store.heardPosition() ?? { epoch: 0, seq: 0 }
  const [oldest] = rowsNext(reader, from)
  return oldest ? Math.max(0, nowMs - oldest.at) : null
}
