import { createPublicKey, type KeyObject } from 'node:crypto'

/** An Ed25519 public key from its 32 raw bytes in base64. Throws for what is none. */
export function nativePublicKey(raw: string): KeyObject {
  const x = Buffer.from(raw, 'base64').toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}
