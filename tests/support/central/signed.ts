/** Requests to central as a till signs them. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { contentDigest, signatureHeaders, TO_ENROL } from '../../../shared/central/signature.ts'
import { PUBLIC_KEY } from './till-journal.ts'

export interface TillKey {
  privateKey: KeyObject
  /** Raw, base64: as a till hands it over. */
  publicKey: string
}

export function newTillKey(): TillKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  return { privateKey, publicKey: Buffer.from(x, 'base64url').toString('base64') }
}

export interface Ask {
  method?: 'GET' | 'POST'
  path: string
  /** Sent packed; a text is sent packed as it is. */
  body?: object | string
  key: TillKey
  tillId: string
  createdS?: number
  tag?: string
}

/** When requests of tests are signed. */
export const SIGNED_MS = 1_800_000_000_000

export const ORIGIN = 'http://central.test'

export function signedRequest({
  method = 'GET',
  path,
  body,
  key,
  tillId,
  createdS = SIGNED_MS / 1_000,
  tag = PUBLIC_KEY,
}: Ask): Request {
  const text = typeof body === 'object' ? JSON.stringify(body) : body
  const bytes = text === undefined ? undefined : gzipSync(text)
  const digest = contentDigest(
    createHash('sha256')
      .update(bytes ?? '')
      .digest('base64'),
  )
  const headers = new Headers(
    signatureHeaders({ method, path, digest, tillId, tag, createdS }, base =>
      sign(null, Buffer.from(base), key.privateKey).toString('base64'),
    ),
  )
  if (bytes) {
    headers.set('content-type', 'application/json')
    headers.set('content-encoding', 'gzip')
  }
  return new Request(ORIGIN + path, { method, headers, ...(bytes && { body: bytes }) })
}

/** Enrols the till that the body names, by whoever has this key. */
export const enrolRequest = <B extends { tillId: string }>(
  body: B,
  key: TillKey,
  more: Partial<Ask> = {},
): Request =>
  signedRequest({
    ...{ method: 'POST', path: '/v1/enrol', body, key, tillId: body.tillId, tag: TO_ENROL },
    ...more,
  })
