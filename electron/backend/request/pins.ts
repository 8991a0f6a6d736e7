/** PINs: scrypt with a salt per person, outside any transaction because it is slow on purpose. */

import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { credentialDigest } from '../../../db/ledger/credential.ts'
import type { Reader } from '../../../db/ledger/reader.ts'
import { allPeople, credentialOf, type Person, personById } from '../../../db/queries/person.ts'
import { settingsOf } from '../../../db/queries/setup.ts'
import { commandHash } from '../../../shared/ledger/chain.ts'
import type { Fact } from '../../../shared/ledger/facts.ts'
import type { CredentialRow } from '../../../shared/ledger/person.ts'
import { RELEASERS } from '../../../shared/roles.ts'
import { LOCKOUT_FAILURES } from '../../../shared/rules/person/pin.ts'
import { businessDateOf } from '../../../shared/time.ts'
import type { Backend } from '../backend.ts'
import { LAST_ADMINISTRATOR_MS } from './guesses.ts'

/** Tries at one person that may wait for their turn, and when one beyond them is looked at again. */
const MOST_WAITING = 3
const A_TURN_MS = 1_000

/** scrypt's N; with r = 8 it takes 32 MB and some 60 ms, for a guesser as for us. */
const COST = 2 ** 15
const BYTES = 32

function derive(pin: string, salt: string, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(
      pin,
      Buffer.from(salt, 'hex'),
      BYTES,
      { N: cost, r: 8, p: 1, maxmem: 256 * cost * 8 },
      (error, key) => (error ? reject(error) : resolve(key)),
    )
  })
}

/** What is kept of a new PIN. */
export async function makeCredential(personId: string, pin: string): Promise<CredentialRow> {
  const salt = randomBytes(16).toString('hex')
  const verifier = await derive(pin, salt, COST)
  return { person_id: personId, salt, verifier: verifier.toString('hex'), cost: COST }
}

/**
 * Whether a command set this PIN, as far as that can still be told. A PIN that was set since is never compared: whoever
 * repeats a command would else find it out, try by try.
 */
export async function isSetBy(
  facts: readonly Fact[],
  kept: CredentialRow | undefined,
  pin: string,
): Promise<boolean> {
  const digest = kept && credentialDigest(kept)
  const isInForce = facts.some(
    fact => fact.kind === 'person.pin-set' && fact.body.credentialDigest === digest,
  )
  if (!kept || !isInForce) return false
  return (await derive(pin, kept.salt, kept.cost)).equals(Buffer.from(kept.verifier, 'hex'))
}

export type PinCheck =
  /** With the salt of the PIN that was right, and whether somebody else set it. */
  | { ok: true; salt: string; toChoose: boolean }
  | { ok: false; reason: 'wrong'; retryAfterMs: number }
  | { ok: false; reason: 'locked-out' }

/**
 * Checks a person's PIN. A wrong one is recorded as a fact and makes the next try wait longer; the tenth locks
 * the person out. A try before its time, or beside too many others at the same person, is refused without looking at the PIN.
 */
export async function checkPersonPin(backend: Backend, personId: string, pin: string): Promise<PinCheck> {
  const { pinsWaiting } = backend
  const waiting = pinsWaiting.get(personId) ?? 0
  // A thousand right ones of somebody's own would else keep everybody waiting for a minute.
  if (waiting >= MOST_WAITING) return { ok: false, reason: 'wrong', retryAfterMs: A_TURN_MS }
  pinsWaiting.set(personId, waiting + 1)
  try {
    // One by one, whosoever's: tries at several people at once would all be let in before the first has failed.
    return await backend.pinTurns.take('pin', () => checkNext(backend, personId, pin))
  } finally {
    const left = (pinsWaiting.get(personId) ?? 1) - 1
    if (left > 0) pinsWaiting.set(personId, left)
    else pinsWaiting.delete(personId)
  }
}

async function checkNext(backend: Backend, personId: string, pin: string): Promise<PinCheck> {
  const { reader } = backend.ledger
  const before = personById(reader, personId)
  const credential = credentialOf(reader, personId)
  if (before?.lockedOut && !mayTryAgain(backend, before)) return { ok: false, reason: 'locked-out' }
  const waitMs = backend.guesses.waitMs(personId, before?.failedCount ?? 0)
  if (waitMs > 0) return { ok: false, reason: 'wrong', retryAfterMs: waitMs }
  // Somebody without a PIN costs as much time as somebody with a wrong one.
  const kept = credential ?? { salt: '00', verifier: '', cost: COST }
  const derived = await derive(pin, kept.salt, kept.cost)
  const verifier = Buffer.from(kept.verifier, 'hex')
  // Another was set while this one was derived: only what is in force now counts.
  if (credentialOf(reader, personId)?.salt !== credential?.salt) return checkNext(backend, personId, pin)
  const right = verifier.length === derived.length && timingSafeEqual(verifier, derived)
  if (!right || !before?.active) return recordFailure(backend, personId)
  // Wrong ones count while they follow each other; an approver may go for weeks without signing in.
  backend.guesses.right(personId)
  if (before.lockedOut)
    ownCommand(backend, personId, 'person.released', tx =>
      tx.append('person.released', { personId, releasedBy: null }),
    )
  else if (before.failedCount > 0)
    ownCommand(backend, personId, 'person.pin-accepted', tx => tx.append('person.pin-accepted', { personId }))
  return { ok: true, salt: kept.salt, toChoose: before.toChoose }
}

/** Whether the PIN that was checked is still in force, and nobody was let go or locked out meanwhile. */
export function stillHolds(tx: Reader, personId: string, { salt }: { salt: string }): boolean {
  const person = personById(tx, personId)
  return person?.active === true && !person.lockedOut && credentialOf(tx, personId)?.salt === salt
}

/**
 * Whether a lock-out has ended by time. That of the last administrator does, since nobody is left who could release them;
 * every wrong PIN begins it anew.
 */
function mayTryAgain(backend: Backend, { personId, role }: Person): boolean {
  if (role !== 'administrator' || !backend.guesses.isOver(personId, LAST_ADMINISTRATOR_MS)) return false
  return !allPeople(backend.ledger.reader).some(
    other => other.active && other.hasPin && !other.lockedOut && RELEASERS.includes(other.role),
  )
}

function recordFailure(backend: Backend, personId: string): PinCheck {
  backend.guesses.failed(personId)
  // Read again: other tries may have failed while this one was being derived.
  const person = personById(backend.ledger.reader, personId)
  if (!person) return { ok: false, reason: 'wrong', retryAfterMs: backend.guesses.waitMs(personId, 1) }
  const failedCount = person.failedCount + 1
  const lockedOut = person.lockedOut || failedCount % LOCKOUT_FAILURES === 0
  ownCommand(backend, personId, 'person.pin-failed', tx =>
    tx.append('person.pin-failed', { personId, failedCount, lockedOut }),
  )
  // Nobody goes on at a screen whose PIN is being guessed.
  if (lockedOut) backend.signIns.removePerson(personId)
  return lockedOut
    ? { ok: false, reason: 'locked-out' }
    : { ok: false, reason: 'wrong', retryAfterMs: backend.guesses.waitMs(personId, failedCount) }
}

/** A fact that the till itself states, under a command of its own. */
export function ownCommand(
  backend: Pick<Backend, 'ledger' | 'clock' | 'newId'>,
  actorId: string,
  operation: string,
  work: Parameters<Backend['ledger']['write']>[1],
): void {
  const commandId = backend.newId()
  const at = backend.clock()
  const timeZone = settingsOf(backend.ledger.reader)?.timeZone ?? 'UTC'
  backend.ledger.write(
    {
      commandId,
      commandHash: commandHash(operation, { commandId }),
      actorId,
      at,
      businessDate: businessDateOf(at, timeZone),
    },
    work,
  )
}
