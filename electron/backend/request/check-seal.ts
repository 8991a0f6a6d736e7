/**
 * What the till makes of a check's account number goes to the screen and back under a seal that only the till opens: a
 * keyed hash of so few digits would be searched through by whoever has it, or put in the place of another.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { TenderDetails, TenderKindSpec } from '../../../shared/tenders.ts'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HASH_BYTES = 32

/** What stands beside the seal, and is held by it. */
export interface SealedCheck {
  routingNumber: string
  accountLast4: string
}

const sealKeys = new WeakMap<Uint8Array, KeyObject>()

/** Derived once for each key: it is asked for with every check. */
function sealKey(tillKey: Uint8Array): KeyObject {
  const known = sealKeys.get(tillKey)
  if (known) return known
  const derived = createSecretKey(Buffer.from(hkdfSync('sha256', tillKey, '', 'tillproof/check-seal', 32)))
  sealKeys.set(tillKey, derived)
  return derived
}

const beside = ({ routingNumber, accountLast4 }: SealedCheck): Buffer =>
  Buffer.from(`${routingNumber}:${accountLast4}`)

/** HMAC-SHA-256 (hex) of a whole account number under the till's own key. */
export const checkHash = (tillKey: Uint8Array, routingNumber: string, accountNumber: string): string =>
  createHmac('sha256', tillKey).update(`${routingNumber}:${accountNumber}`).digest('hex')

/** The hash under seal, base64url; another text each time, so that nothing is learned from two of them. */
export function sealHash(tillKey: Uint8Array, check: SealedCheck, hash: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, sealKey(tillKey), nonce).setAAD(beside(check))
  const sealed = [cipher.update(Buffer.from(hash, 'hex')), cipher.final()]
  return Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]).toString('base64url')
}

/** The hash of a seal; undefined for what this till did not seal for such a check. */
export function openSeal(tillKey: Uint8Array, check: SealedCheck, seal: string): string | undefined {
  const bytes = Buffer.from(seal, 'base64url')
  if (bytes.length !== NONCE_BYTES + HASH_BYTES + TAG_BYTES || bytes.toString('base64url') !== seal)
    return undefined
  const decipher = createDecipheriv(CIPHER, sealKey(tillKey), bytes.subarray(0, NONCE_BYTES))
    .setAAD(beside(check))
    .setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const opened = [decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]
    return Buffer.concat(opened).toString('hex')
  } catch {
    return undefined
  }
}

/** Details as they are kept: what is under seal opened, or left out where this till did not seal it. */
export function openedDetails(
  tillKey: Uint8Array,
  kind: TenderKindSpec,
  given: TenderDetails,
): TenderDetails {
  const { routingNumber = '', accountLast4 = '' } = given
  const isSealed = new Set(kind.details.flatMap(({ name, sealed }) => (sealed ? [name] : [])))
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, text]) => {
      if (!isSealed.has(name)) return [[name, text]]
      const opened = openSeal(tillKey, { routingNumber, accountLast4 }, text)
      return opened === undefined ? [] : [[name, opened]]
    }),
  )
}

/** What of a tender's details somebody may have typed: all but what this till sealed, which is no free text. */
export function typedDetails(tillKey: Uint8Array, kind: TenderKindSpec, given: TenderDetails): string[] {
  const opened = openedDetails(tillKey, kind, given)
  return Object.entries(given).flatMap(([name, text]) =>
    name in opened && opened[name] !== text ? [] : [text],
  )
}
