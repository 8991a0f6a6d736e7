import { v7 } from 'uuid'

const SALT_BYTES = 16

/** Sixteen random bytes in base64url: what keeps a hash of few words from being guessed. */
export function newSalt(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SALT_BYTES))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** A new UUIDv7: unique everywhere without asking anybody, and sorted by the time it was made (UTC milliseconds). */
export function newId(nowMs?: number): string {
  return nowMs === undefined ? v7() : v7({ msecs: nowMs })
}
