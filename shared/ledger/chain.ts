import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonical } from './canonical.ts'

/** One row of the journal as it is stored; `body` is RFC 8785 text. */
export interface JournalRow {
  tillId: string
  epoch: number
  seq: number
  commandId: string
  commandHash: string
  kind: string
  version: number
  at: number
  businessDate: string
  actorId: string
  body: string
  prevHash: string
  hash: string
}

/** What the first row of an epoch points at: there is nothing before it. */
export const GENESIS_HASH = '0'.repeat(64)

/** SHA-256 in hex over the UTF-8 bytes of a text. */
export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/**
 * The hash of a journal row over every column but `hash` itself, as one RFC 8785 object.
 * The body is already canonical text, so it is placed, not parsed: the bytes are those that
 * `canonical` would give for the whole object (member names in code-unit order).
 */
export function rowHash(row: Omit<JournalRow, 'hash'>): string {
  const quote = JSON.stringify
  return hashText(
    `{"actorId":${quote(row.actorId)},"at":${row.at},"body":${row.body},"businessDate":${quote(row.businessDate)}` +
      `,"commandHash":${quote(row.commandHash)},"commandId":${quote(row.commandId)},"epoch":${row.epoch}` +
      `,"kind":${quote(row.kind)},"prevHash":${quote(row.prevHash)},"seq":${row.seq}` +
      `,"tillId":${quote(row.tillId)},"version":${row.version}}`,
  )
}

const SECRET_MEMBERS = new Set(['pin', 'newPin', 'approval'])

/**
 * Identifies what a command asked for: the same id with another hash is another command.
 * PINs are left out, and the approver with them: a hash over four digits would give the digits away, and
 * a retry after a lost reply may be approved by whoever is at hand.
 */
export function commandHash(operation: string, input: object): string {
  const kept = JSON.stringify({ operation, input }, (key, value: unknown) =>
    SECRET_MEMBERS.has(key) ? undefined : value,
  )
  return hashText(canonical(JSON.parse(kept)))
}

const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A hash as people read it aloud: sixty bits in Crockford's base 32, `7F3K-92QD-M1XA`. */
export function verificationCode(hash: string): string {
  const bits = BigInt(`0x${hash.slice(0, 15)}`)
  let code = ''
  for (let place = 11n; place >= 0n; place--) code += CODE_ALPHABET[Number((bits >> (place * 5n)) & 31n)]
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`
}
