/**
 * Checkpoints of a journal as signed notes, and the keys that sign them, byte by byte as C2SP's signed-note.md has them
 * (Ed25519, signature type 0x01). Pure text: whoever holds a key signs, and whoever has Ed25519 verifies.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { JournalPosition } from './journal-position.ts'

const ED25519 = 0x01
const KEY_BYTES = 32
const ID_BYTES = 4
const SIGNATURE_BYTES = 64

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
/** Bytes of base64 text; none where it is not base64. */
function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), sign => sign.codePointAt(0) ?? 0)
  } catch {
    return new Uint8Array()
  }
}

export const TILL_KEYS = 'tillproof/till/'
export const CENTRAL_KEYS = 'tillproof/central/'
/** What `centralKeyName` makes: whoever reads it years from now sees letters, digits and dashes. */
export const isCentralKeyName = (name: string): boolean => /^tillproof\/central\/[a-z0-9-]{1,200}$/.test(name)
export const tillKeyName = (tillId: string): string => `${TILL_KEYS}${tillId}`

const LONGEST_NAME = 200

/** Central's key bears its city's name: lower-case letters and digits, anything else as a dash. */
export function centralKeyName(utilityName: string): string {
  const slug = utilityName
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^-+|-+$/g, '')
  return `${CENTRAL_KEYS}${slug === '' ? 'city' : slug}`
}

/** A verifier key: name, key id in eight hex digits, and the type with the key in base64. */
export interface VerifierKey {
  name: string
  id: string
  /** Ed25519, raw, base64. */
  publicKey: string
}

/** The id of a key: the first four bytes of SHA-256 over its name, a line feed, its type, and the key. */
function keyId(name: string, key: Uint8Array): string {
  const hashed = sha256(concatBytes(utf8ToBytes(`${name}\n`), Uint8Array.of(ED25519), key))
  return bytesToHex(hashed.slice(0, ID_BYTES))
}

/** A key as a line: `name+id+base64`. `publicKey` is raw, in base64. */
export function keyLine(name: string, publicKey: string): string {
  const key = fromBase64(publicKey)
  return `${name}+${keyId(name, key)}+${toBase64(concatBytes(Uint8Array.of(ED25519), key))}`
}

/** Reads a key line; null where it is none, is of another type, or its id is not that of its key. */
export function readKeyLine(line: string): VerifierKey | null {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(line) ?? []
  if (name === undefined || id === undefined || encoded === undefined) return null
  const bytes = fromBase64(encoded)
  if (bytes.length !== KEY_BYTES + 1 || bytes[0] !== ED25519) return null
  const publicKey = toBase64(bytes.slice(1))
  return keyLine(name, publicKey) === line ? { name, id, publicKey } : null
}

const CHECKPOINT = 'tillproof/checkpoint/v1'

/** What a till had come to at one row of its journal. Amounts are cents. */
export interface Checkpoint {
  till: string
  place: JournalPosition
  /** Of the row at `place`, hex. */
  hash: string
  /** Place of the checkpoint before; 0/0 where there is none. */
  before: JournalPosition
  receipts: number
  posted: number
  voided: number
  /** UTC milliseconds. */
  at: number
  why: string
}

const placeText = ({ epoch, seq }: JournalPosition): string => `${epoch}/${seq}`

/** The text of a checkpoint, which is what is signed; every line of it ends in a line feed. */
export function checkpointText(checkpoint: Checkpoint): string {
  const { till, place, hash, before, receipts, posted, voided, at, why } = checkpoint
  return [
    CHECKPOINT,
    `till ${till}`,
    `place ${placeText(place)}`,
    `hash ${hash}`,
    `before ${placeText(before)}`,
    `receipts ${receipts}`,
    `posted ${posted}`,
    `voided ${voided}`,
    `at ${new Date(at).toISOString()}`,
    `why ${why}`,
    '',
  ].join('\n')
}

function readPlace(text: string | undefined): JournalPosition | undefined {
  const [, epoch, seq] = /^(\d{1,15})\/(\d{1,15})$/.exec(text ?? '') ?? []
  if (epoch === undefined || seq === undefined) return undefined
  return { epoch: Number.parseInt(epoch, 10), seq: Number.parseInt(seq, 10) }
}

const readWhole = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number.parseInt(text, 10) : undefined

/** Reads the text of a checkpoint; null where it is not, byte for byte, that of any. */
export function readCheckpoint(text: string): Checkpoint | null {
  const values = new Map(
    text.split('\n').map(line => [line.split(' ', 1)[0], line.slice(line.indexOf(' ') + 1)]),
  )
  const place = readPlace(values.get('place'))
  const before = readPlace(values.get('before'))
  const [receipts, posted, voided] = ['receipts', 'posted', 'voided'].map(name => readWhole(values.get(name)))
  const at = Date.parse(values.get('at') ?? '')
  if (!place || !before || receipts === undefined || posted === undefined || voided === undefined) return null
  if (Number.isNaN(at)) return null
  const said = {
    till: values.get('till') ?? '',
    hash: values.get('hash') ?? '',
    why: values.get('why') ?? '',
  }
  const checkpoint = { ...said, place, before, receipts, posted, voided, at }
  return checkpointText(checkpoint) === text ? checkpoint : null
}

/** One signature under a note. */
export interface NoteSignature {
  name: string
  /** Id of the key that made it. */
  id: string
  /** Ed25519, 64 bytes. */
  signature: Uint8Array
}

/** A signature line without its line feed. */
export function signatureLine({ name, id, signature }: NoteSignature): string {
  const idBytes = Uint8Array.from(id.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
  return `\u2014 ${name} ${toBase64(concatBytes(idBytes, signature))}`
}

/** A note: its text, an empty line, and the lines of its signatures. */
export const noteText = (text: string, signatures: readonly NoteSignature[]): string =>
  `${text}\n${signatures.map(signature => `${signatureLine(signature)}\n`).join('')}`

/** Of one note at most, as other readers of such notes have it (Go's `note` package). */
const MOST_SIGNATURES = 100

/** Characters of one note: a checkpoint and as many signatures as it may have stay far below. */
export const MOST_NOTE = 65_536

/** Reads a note into its text and signatures; null where it is none. What the signatures are worth is not asked here. */
export function readNote(note: string): { text: string; signatures: NoteSignature[] } | null {
  if (note.length > MOST_NOTE) return null
  const at = note.lastIndexOf('\n\n')
  if (at === -1) return null
  const text = note.slice(0, at + 1)
  const signatures = note
    .slice(at + 2)
    .split('\n')
    .slice(0, -1)
    .map(readSignature)
  if (
    signatures.length === 0 ||
    signatures.length > MOST_SIGNATURES ||
    signatures.some(signature => signature === null)
  )
    return null
  const read = signatures.filter(signature => signature !== null)
  return noteText(text, read) === note ? { text, signatures: read } : null
}

function readSignature(line: string): NoteSignature | null {
  const [, name, encoded] = /^\u2014 (\S+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? []
  if (name === undefined || encoded === undefined) return null
  const bytes = fromBase64(encoded)
  if (bytes.length !== ID_BYTES + SIGNATURE_BYTES) return null
  return { name, id: bytesToHex(bytes.slice(0, ID_BYTES)), signature: bytes.slice(ID_BYTES) }
}
