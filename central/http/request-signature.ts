/** Which till signed a request. The signature is over method, path, query and the digest of the bytes as sent. */
import { createHash, verify } from 'node:crypto'
import type { CentralDb } from '../../db/central/connection.ts'
import { nativePublicKey } from '../../db/ledger/native-key.ts'
import {
  contentDigest,
  SIGNATURE_LABEL,
  signatureBase,
  signatureParams,
  TO_ENROL,
} from '../../shared/central/signature.ts'
import { Refused } from './problem.ts'

const INPUT = new RegExp(
  `^${SIGNATURE_LABEL}=(\\(.*\\);created=(\\d{1,15});keyid="([0-9a-f-]{36})";alg="ed25519";tag="([A-Za-z0-9+/=]{1,44})")$`,
)
const SIGNATURE = new RegExp(`^${SIGNATURE_LABEL}=:([A-Za-z0-9+/]{86}==):$`)

/** How far from central's own time a signature may have been made. */
const SIGNED_WITHIN_MS = 600_000

export interface Signer {
  tillId: string
  /** Of the body that was signed. */
  digest: string
}

interface Read extends Signer {
  tag: string
  createdS: number
  /** Whether this key made the signature. */
  isBy(publicKey: string): boolean
}

/** What the headers of a request say of its signature. Refuses one that is missing, or is none of this protocol. */
function signatureOf(request: Request): Read {
  const input = request.headers.get('signature-input')
  const signature = request.headers.get('signature')
  const digest = request.headers.get('content-digest')
  if (input === null || signature === null || digest === null) throw new Refused('SIGNATURE_MISSING')
  const [, params = '', created = '', tillId = '', tag = ''] = INPUT.exec(input) ?? []
  const [, signed = ''] = SIGNATURE.exec(signature) ?? []
  const createdS = Number.parseInt(created, 10)
  // Whoever signs fewer components, or others, would leave something unsigned.
  if (signed === '' || params !== signatureParams({ tillId, createdS, tag }))
    throw new Refused('SIGNATURE_WRONG')
  const { pathname, search } = new URL(request.url)
  const base = signatureBase({ method: request.method, path: pathname + search, digest }, params)
  const isBy = (publicKey: string): boolean =>
    verify(null, Buffer.from(base), nativePublicKey(publicKey), Buffer.from(signed, 'base64'))
  return { tillId, digest, tag, createdS, isBy }
}

function refuseExpired({ createdS }: Read, nowMs: number): void {
  if (Math.abs(nowMs - createdS * 1_000) > SIGNED_WITHIN_MS) throw new Refused('SIGNATURE_EXPIRED', { nowMs })
}

/**
 * The till whose key signed the headers of a request, before a byte of its body is read: who is no till gets no place. Refuses,
 * in this order: a signature that is missing or no signature of this protocol, a till that is not enrolled, a signature that
 * is not by its key, a till that was revoked, a signature that was made for another central (`publicKey` is this one's), which
 * could pass it on, and one that is not of now: whoever has overheard one has it for minutes. A till whose clock is off is told
 * central's.
 */
export async function signerOf(
  db: CentralDb,
  request: Request,
  { nowMs, publicKey }: { nowMs: number; publicKey: string },
): Promise<Signer> {
  const read = signatureOf(request)
  const { tillId, digest } = read
  const till = await db.kysely
    .selectFrom('enrolled_till')
    .select(['public_key', 'revoked_at'])
    .where('till_id', '=', tillId)
    .executeTakeFirst()
  if (!till) throw new Refused('NOT_ENROLLED')
  if (!read.isBy(till.public_key)) throw new Refused('SIGNATURE_WRONG')
  if (till.revoked_at !== null) throw new Refused('REVOKED')
  if (read.tag !== publicKey) throw new Refused('ANOTHER_CENTRAL')
  refuseExpired(read, nowMs)
  return { tillId, digest }
}

/** Refuses to enrol a till by anybody but whoever has its key, and by what they said at another time. */
export function refuseOtherKey(
  request: Request,
  { body, tillId, publicKey, nowMs }: { body: Uint8Array; tillId: string; publicKey: string; nowMs: number },
): void {
  const read = signatureOf(request)
  refuseOtherBody(read, body)
  if (read.tag !== TO_ENROL || read.tillId !== tillId || !read.isBy(publicKey))
    throw new Refused('SIGNATURE_WRONG')
  refuseExpired(read, nowMs)
}

/** Refuses a body that is not the one that was signed. */
export function refuseOtherBody({ digest }: Signer, body: Uint8Array): void {
  if (digest !== digestOf(body)) throw new Refused('SIGNATURE_WRONG')
}

const digestOf = (body: Uint8Array): string =>
  contentDigest(createHash('sha256').update(body).digest('base64'))

/**
 * Points of small order, without their sign: under such a key anybody can make a signature that fits. As libsodium refuses
 * them in crypto_sign_verify_detached (ge25519_has_small_order).
 */
const SMALL_ORDER: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
])

function hasSmallOrder(raw: string): boolean {
  const bytes = Buffer.from(raw, 'base64')
  bytes.writeUInt8((bytes.at(-1) ?? 0) & 0x7f, bytes.length - 1)
  return SMALL_ORDER.has(bytes.toString('hex'))
}

/**
 * Whether this is a public key at all, and one that only its owner signs for: one that is none would shut its till out for
 * ever, one of small order would let everybody in.
 */
export function isPublicKey(raw: string): boolean {
  if (hasSmallOrder(raw)) return false
  try {
    return nativePublicKey(raw).asymmetricKeyType === 'ed25519'
  } catch {
    return false
  }
}
