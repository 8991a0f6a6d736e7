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

/** SHA-256 in lower-case hex over the UTF-8 bytes of a text. */
export type HashText = (text: string) => string

/** SHA-256 anywhere; where Node runs, its own is ten times faster and gives the same (`db/native-hash.ts`). */
export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/**
 * The text that a journal row's hash is taken over: every column but `hash` itself, as one RFC 8785 object.
 * The body is already canonical text, so it is placed, not parsed: the bytes are those that
 * `canonical` would give for the whole object (member names in code-unit order).
 */
function rowText(row: Omit<JournalRow, 'hash'>): string {
  const quote = JSON.stringify
  return (
    `{"actorId":${quote(row.actorId)},"at":${row.at},"body":${row.body},"businessDate":${quote(row.businessDate)}` +
    `,"commandHash":${quote(row.commandHash)},"commandId":${quote(row.commandId)},"epoch":${row.epoch}` +
    `,"kind":${quote(row.kind)},"prevHash":${quote(row.prevHash)},"seq":${row.seq}` +
    `,"tillId":${quote(row.tillId)},"version":${row.version}}`
  )
}

/** The hash of a journal row: SHA-256 in hex over its `rowText`. */
export function rowHash(row: Omit<JournalRow, 'hash'>, hash: HashText = hashText): string {
  return hash(rowText(row))
}

const SECRET_MEMBERS = new Set(['pin', 'newPin', 'ownPin', 'approval'])

/**
 * Identifies what a command asked for: the same id with another hash is another command.
 * PINs are left out, and the approver with them: a hash over four digits would give the digits away, and
 * a retry after a lost reply may be approved by whoever is at hand.
 */
export function commandHash(operation: string, input: object, hash: HashText = hashText): string {
  return hash(canonical({ operation, input }, SECRET_MEMBERS))
}

const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A hash as people read it aloud: its first sixty bits in Crockford's base 32, `7F3K-92QD-M1XA`. */
export function verificationCode(hash: string): string {
  return `${fourSigns(hash.slice(0, 5))}-${fourSigns(hash.slice(5, 10))}-${fourSigns(hash.slice(10, 15))}`
}

/** Five hex digits are twenty bits, and so are four signs. */
function fourSigns(hex: string): string {
  const bits = Number.parseInt(hex, 16)
  let signs = ''
  for (let shift = 15; shift >= 0; shift -= 5) signs += CODE_ALPHABET[(bits >> shift) & 31]
  return signs
}

const MISREAD: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

/**
 * The first fifteen hex digits of the hash behind a verification code, typed with or without dashes and in
 * either case; letters that are easily misread stand for their digit. Undefined for what is no such code.
 */
export function hashPrefixOf(code: string): string | undefined {
  const signs = code.toUpperCase().replace(/[\s-]/g, '')
  if (signs.length !== 12) return undefined
  let bits = 0n
  for (const sign of signs) {
    const value = CODE_ALPHABET.indexOf(MISREAD[sign] ?? sign)
    if (value < 0) return undefined
    bits = (bits << 5n) | BigInt(value)
  }
  return bits.toString(16).padStart(15, '0')
}
