/** Which till signed a request. The signature is over method, path, query and the digest of the bytes as sent. */
import { createHash, createPublicKey, verify } from 'node:crypto'
import type { CentralDb } from '../../db/central/connection.ts'
import {
  contentDigest,
  SIGNATURE_LABEL,
  signatureBase,
  signatureParams,
} from '../../shared/central/signature.ts'
import { Refused } from './problem.ts'

const INPUT = new RegExp(
  `^${SIGNATURE_LABEL}=(\\(.*\\);created=(\\d{1,15});keyid="([0-9a-f-]{36})";alg="ed25519")$`,
)
const SIGNATURE = new RegExp(`^${SIGNATURE_LABEL}=:([A-Za-z0-9+/]{86}==):$`)

/**
 * The id of the till whose key signed this request. Refuses, in this order: a signature that is missing or no
 * signature of this protocol, a till that is not enrolled, a signature that is not by its key or a body that is
 * not the one that was signed, and a till that was revoked. `created` refuses nothing: a till's clock may be years
 * off, and a request that is repeated changes nothing.
 */
export async function signerOf(db: CentralDb, request: Request, body: Uint8Array): Promise<string> {
  const input = request.headers.get('signature-input')
  const signature = request.headers.get('signature')
  const digest = request.headers.get('content-digest')
  if (input === null || signature === null || digest === null) throw new Refused('SIGNATURE_MISSING')
  const [, params = '', created = '', tillId = ''] = INPUT.exec(input) ?? []
  const [, signed = ''] = SIGNATURE.exec(signature) ?? []
  const createdS = Number.parseInt(created, 10)
  // Whoever signs fewer components, or others, would leave something unsigned.
  if (signed === '' || params !== signatureParams({ tillId, createdS })) throw new Refused('SIGNATURE_WRONG')
  const till = await db.kysely
    .selectFrom('enrolled_till')
    .select(['public_key', 'revoked_at'])
    .where('till_id', '=', tillId)
    .executeTakeFirst()
  if (!till) throw new Refused('NOT_ENROLLED')
  const { pathname, search } = new URL(request.url)
  const base = signatureBase({ method: request.method, path: pathname + search, digest }, params)
  const isSigned = verify(null, Buffer.from(base), keyOf(till.public_key), Buffer.from(signed, 'base64'))
  if (!isSigned || digest !== digestOf(body)) throw new Refused('SIGNATURE_WRONG')
  if (till.revoked_at !== null) throw new Refused('REVOKED')
  return tillId
}

const digestOf = (body: Uint8Array): string =>
  contentDigest(createHash('sha256').update(body).digest('base64'))

/** A key from its 32 raw bytes in base64. */
export function keyOf(raw: string) {
  const x = Buffer.from(raw, 'base64').toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

/** Whether this is a public key at all: one that is not would shut its till out for ever. */
export function isPublicKey(raw: string): boolean {
  try {
    return keyOf(raw).asymmetricKeyType === 'ed25519'
  } catch {
    return false
  }
}
