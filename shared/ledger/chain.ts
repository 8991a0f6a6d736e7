/** The journal as bytes: its lines, which are what is hashed, the chain that they make, and words beside them. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonical } from './canonical.ts'
import type { JournalPosition } from './journal-position.ts'

/** One row of the journal as it is hashed; `body` is RFC 8785 text. */
export interface JournalLine {
  actorId: string
  at: number
  body: string
  businessDate: string
  commandHash: string
  commandId: string
  epoch: number
  kind: string
  /** Hash of the line before, whichever epoch that is in; zeros before the very first. */
  prevHash: string
  seq: number
  /** SHA-256 of the text line that stands beside it, hex; empty where there is none. */
  texts: string
  tillId: string
  version: number
}

/** What the first row of a journal points at: there is nothing before it. */
export const GENESIS_HASH = '0'.repeat(64)

/** SHA-256 in lower-case hex over the UTF-8 bytes of a text. */
export type HashText = (text: string) => string

/** SHA-256 anywhere; where Node runs, its own is ten times faster and gives the same (`db/ledger/native-hash.ts`). */
export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/**
 * Characters of one fact's body, and of the words beside it, at most: what is longer could neither be sent to central nor
 * be read back from an export.
 */
export const MOST_BODY = 2_000_000
export const MOST_TEXT = 200_000

/**
 * A journal line: the RFC 8785 text of a row, which is what is hashed, without the line feed that ends it in a file.
 * The body is canonical text already, so it is placed, not parsed: the bytes are those that `canonical` would give for
 * the whole object (member names in code-unit order).
 */
export function journalLine(row: JournalLine): string {
  const quote = JSON.stringify
  return (
    `{"actorId":${quote(row.actorId)},"at":${row.at},"body":${row.body},"businessDate":${quote(row.businessDate)}` +
    `,"commandHash":${quote(row.commandHash)},"commandId":${quote(row.commandId)},"epoch":${row.epoch}` +
    `,"kind":${quote(row.kind)},"prevHash":${quote(row.prevHash)},"seq":${row.seq},"texts":${quote(row.texts)}` +
    `,"tillId":${quote(row.tillId)},"version":${row.version}}`
  )
}

/** The hash of a journal row, which the next one points at. */
export function lineHash(row: JournalLine, hash: HashText = hashText): string {
  return hash(journalLine(row))
}

const TEXT_MEMBERS = [
  'actorId',
  'businessDate',
  'commandHash',
  'commandId',
  'kind',
  'prevHash',
  'texts',
  'tillId',
] as const
const NUMBER_MEMBERS = ['at', 'epoch', 'seq', 'version'] as const

/**
 * Reads a journal line back into its row; null where the text is not, byte for byte, the line of any row. What the body
 * says is not looked at here, but that it is an object in canonical form.
 */
export function readJournalLine(text: string): JournalLine | null {
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read !== 'object' || read === null) return null
    const members = read as Partial<Record<keyof JournalLine, unknown>>
    const isTyped =
      TEXT_MEMBERS.every(name => typeof members[name] === 'string') &&
      NUMBER_MEMBERS.every(name => Number.isSafeInteger(members[name])) &&
      typeof members.body === 'object'
    if (!isTyped) return null
    const row = { ...members, body: canonical(members.body) } as JournalLine
    return journalLine(row) === text ? row : null
  } catch {
    return null
  }
}

/** A row as the next one points at it. */
export interface ChainLink extends JournalPosition {
  hash: string
}

/** What the very first row follows. */
export const CHAIN_BEGINS: ChainLink = { epoch: 1, seq: 0, hash: GENESIS_HASH }

/** The kind of fact that every epoch but the first begins with. */
export const EPOCH_BEGINS = 'epoch.begun'

const HASH = /^[0-9a-f]{64}$/

type LinkedLine = Pick<JournalLine, 'epoch' | 'seq' | 'kind' | 'prevHash' | 'texts' | 'body'>

/**
 * Why a row can stand in no chain, as a phrase; undefined where it may in some. What it points at has to be a hash, and
 * a row that begins an epoch has to say in its body what it says outside.
 */
export function linkProblem({ kind, prevHash, texts, body }: LinkedLine): string | undefined {
  if (!HASH.test(prevHash)) return 'points at no row'
  if (texts !== '' && !HASH.test(texts)) return 'points at no words'
  if (kind === EPOCH_BEGINS && followedBy(body)?.hash !== prevHash)
    return 'says that it goes on after another row than it points at'
  return undefined
}

/** What the body of a row that begins an epoch says that it goes on after. */
function followedBy(body: string): Partial<ChainLink> | undefined {
  try {
    const read = JSON.parse(body) as { follows?: Partial<ChainLink> | null } | null
    return read?.follows ?? undefined
  } catch {
    // A body that is no JSON says nothing; whoever reads bodies says so.
    return undefined
  }
}

/**
 * Why a row does not follow another one, as a phrase; undefined where it does. There is one chain over all epochs: a
 * new one begins with the fact that says so, at whatever later number was claimed for it, and points at the row that it
 * goes on after.
 */
export function chainProblem(row: LinkedLine, before: ChainLink): string | undefined {
  const problem = linkProblem(row)
  if (problem !== undefined) return problem
  const isNext = row.epoch === before.epoch && row.seq === before.seq + 1
  const begins = before.seq > 0 && row.epoch > before.epoch && row.seq === 1
  if (!isNext && !begins)
    return before.seq === 0
      ? 'is not the first row of a journal'
      : `stands after ${before.epoch}/${before.seq}: rows are missing or out of order`
  if (begins !== (row.kind === EPOCH_BEGINS))
    return begins ? 'begins an epoch without saying so' : 'says that an epoch begins in the middle of one'
  const said = begins ? followedBy(row.body) : undefined
  if (said && (said.epoch !== before.epoch || said.seq !== before.seq))
    return 'says that it goes on after another row than it stands after'
  return row.prevHash === before.hash ? undefined : 'does not follow the row before it'
}

/** What stands beside a journal line: a payer's words, with the salt that keeps their hash from being guessed. */
export interface TextLine {
  epoch: number
  /** Sixteen random bytes, base64url. */
  salt: string
  seq: number
  texts: unknown
}

/** A text line: RFC 8785 text, without the line feed that ends it in a file. Its hash stands in the journal line. */
export const textLine = ({ epoch, salt, seq, texts }: TextLine): string =>
  canonical({ epoch, salt, seq, texts })

/** Reads a text line back; null where the text is not, byte for byte, that of any. */
export function readTextLine(text: string): TextLine | null {
  try {
    const read = JSON.parse(text) as Partial<TextLine> | null
    const { epoch, salt, seq, texts } = read ?? {}
    const isTyped = Number.isSafeInteger(epoch) && Number.isSafeInteger(seq) && typeof salt === 'string'
    if (!isTyped || canonical(read) !== text) return null
    return { epoch, salt, seq, texts } as TextLine
  } catch {
    return null
  }
}

const SECRET_MEMBERS = new Set(['pin', 'newPin', 'ownPin', 'approval'])

/**
 * Identifies what a command asked for: the same id with another hash is another command.
 * PINs are left out, and the approver with them: a hash over four digits would give the digits away, and
 * a retry after a lost reply may be approved by whoever is at hand. An input with a payer's words in it carries a salt,
 * or its hash would confirm a guess once the words themselves are gone.
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
