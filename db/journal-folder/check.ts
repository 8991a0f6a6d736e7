/** Reads a journal folder and says what in it is not what was written: the only thing that is asked of it here is its bytes. */
import { verify } from 'node:crypto'
import {
  CHAIN_BEGINS,
  type ChainLink,
  chainProblem,
  type JournalLine,
  readJournalLine,
  readTextLine,
} from '../../shared/ledger/chain.ts'
import type { JournalPosition } from '../../shared/ledger/journal-position.ts'
import {
  type Checkpoint,
  type NoteSignature,
  readCheckpoint,
  readKeyLine,
  readNote,
  type VerifierKey,
} from '../../shared/ledger/signed-note.ts'
import { nativeHashText } from '../ledger/native-hash.ts'
import { nativePublicKey } from '../ledger/native-key.ts'
import { notesIn } from './checkpoints.ts'
import { JournalMeaning, type KeyInForce, type Standing } from './meaning.ts'
import { CHECKPOINTS_FILE, KEYS_FILE, readListed, readSegments, strayNames } from './segments.ts'

/** A row of a journal folder: its line, the line's hash, and the text line beside it. */
export interface FolderRow {
  line: JournalLine
  hash: string
  /** Null where the fact has no words, or where they are not in the folder. */
  text: string | null
}

export interface FolderReport {
  facts: number
  /** Facts whose words are not in the folder. */
  withoutTexts: number
  head: ChainLink
  checkpoints: number
  /** The till's keys as lines, and from which row on each is in force. They stand on paper, to be compared. */
  tillKeys: readonly KeyInForce[]
  /** How things stand at the head; undefined where there is no sound row. */
  standing: Standing | undefined
  /** The last row that a sound checkpoint signs, and with it every row before; 0/0 where there is none. */
  signedUpTo: JournalPosition
  problems: string[]
}

const placeOf = ({ epoch, seq }: JournalPosition): string => `${epoch}/${seq}`

/** Checks keys, chain, texts, checkpoints and what they sum up; hands every sound row on, in order, until the first that is not. */
export function checkJournalFolder(
  dir: string,
  onRow: (row: FolderRow) => void = () => undefined,
): FolderReport {
  const problems = strayNames(dir).map(name => `${name}: is no part of a journal folder`)
  const meaning = new JournalMeaning()
  const notes = notesIn(readListed(dir, CHECKPOINTS_FILE)).map(readCheckpointNote)
  // Kept only where a checkpoint asks for it: a journal of twenty years has five million rows.
  const standing = new Map<string, Standing | undefined>()
  for (const note of notes) if (note) standing.set(placeOf(note.checkpoint.place), undefined)
  let atHead: Standing | undefined
  let facts = 0
  let withoutTexts = 0
  let before: ChainLink = CHAIN_BEGINS
  for (const { lines, texts, faults } of readSegments(dir)) {
    problems.push(...faults)
    const beside = new Map(texts.map(text => [nativeHashText(text), text]))
    for (const text of lines) {
      const line = readJournalLine(text)
      const problem = line
        ? (rowProblem(line, before, beside) ?? meaning.problemOf(line))
        : 'is no journal line'
      if (!line || problem) {
        problems.push(`${line ? placeOf(line) : `after ${placeOf(before)}`}: ${problem}`)
        return report({ facts, withoutTexts, head: before, problems }, meaning, UNSIGNED)
      }
      const hash = nativeHashText(text)
      const words = line.texts === '' ? null : (beside.get(line.texts) ?? null)
      if (line.texts !== '' && words === null) withoutTexts += 1
      beside.delete(line.texts)
      onRow({ line, hash, text: words })
      before = { epoch: line.epoch, seq: line.seq, hash }
      atHead = meaning.take(line, hash)
      if (standing.has(placeOf(line))) standing.set(placeOf(line), atHead)
      facts += 1
    }
    for (const text of beside.values())
      problems.push(`texts: ${placeOf(readTextLine(text) ?? { epoch: 0, seq: 0 })} are the words of no row`)
  }
  const signed = checkCheckpoints(dir, { notes, standing, meaning })
  problems.push(...signed.problems)
  return report({ facts, withoutTexts, head: before, problems }, meaning, {
    ...signed,
    standing: atHead,
  })
}

const UNSIGNED = { count: 0, signedUpTo: { epoch: 0, seq: 0 }, standing: undefined }

function report(
  read: Pick<FolderReport, 'facts' | 'withoutTexts' | 'head' | 'problems'>,
  { tillKeys }: JournalMeaning,
  { count, signedUpTo, standing }: Pick<FolderReport, 'signedUpTo' | 'standing'> & { count: number },
): FolderReport {
  return { ...read, tillKeys, checkpoints: count, signedUpTo, standing }
}

function rowProblem(
  line: JournalLine,
  before: ChainLink,
  beside: ReadonlyMap<string, string>,
): string | undefined {
  const problem = chainProblem(line, before)
  if (problem !== undefined || line.texts === '') return problem
  const text = beside.get(line.texts)
  const words = text === undefined ? undefined : readTextLine(text)
  if (words === undefined) return undefined
  return words?.epoch === line.epoch && words.seq === line.seq ? undefined : 'has words of another row'
}

const MOST_KEYS = 1_000

interface CheckpointNote {
  text: string
  signatures: readonly NoteSignature[]
  checkpoint: Checkpoint
}

/** A note with the checkpoint that it holds; undefined where it is none. */
function readCheckpointNote(note: string): CheckpointNote | undefined {
  const read = readNote(note)
  const checkpoint = read && readCheckpoint(read.text)
  return read && checkpoint ? { ...read, checkpoint } : undefined
}

interface Claims {
  notes: readonly (CheckpointNote | undefined)[]
  standing: ReadonlyMap<string, Standing | undefined>
  meaning: JournalMeaning
}

function checkCheckpoints(
  dir: string,
  { notes, standing, meaning }: Claims,
): { count: number; signedUpTo: JournalPosition; problems: string[] } {
  const listed = readListed(dir, KEYS_FILE)
    .split('\n')
    .filter(line => line !== '')
  const keys = [...new Set(listed.slice(0, MOST_KEYS))]
  const known = keys.flatMap(line => readKeyLine(line) ?? [])
  const problems = [
    ...(listed.length > MOST_KEYS ? [`${KEYS_FILE}: has more keys than any till and its centrals`] : []),
    ...(known.length < keys.length ? [`${KEYS_FILE}: a line is no key`] : []),
  ]
  // A key counts because the journal names it; what somebody puts into the list beside it makes no till.
  for (const line of keys)
    if (!meaning.mayName(line)) problems.push(`${KEYS_FILE}: the journal does not name ${line}`)
  let before: JournalPosition = { epoch: 0, seq: 0 }
  let signedUpTo = before
  for (const note of notes) {
    if (!note) {
      problems.push(`${CHECKPOINTS_FILE}: a note cannot be read`)
      continue
    }
    const { checkpoint } = note
    const place = placeOf(checkpoint.place)
    const held = standing.get(place)
    const faults = [
      ...checkpointFaults(checkpoint, before, held),
      // Where the journal does not reach there is no key to hold it against.
      ...(held === undefined || isSignedByTill(note, held) ? [] : ['it is not signed by the till']),
      ...note.signatures
        .filter(signature => !isSigned(note.text, signature, known))
        .map(({ name }) => `the signature of ${name} is not its own`),
    ]
    problems.push(...faults.map(fault => `checkpoint ${place}: ${fault}`))
    if (faults.length === 0) signedUpTo = checkpoint.place
    before = checkpoint.place
  }
  return { count: notes.length, signedUpTo, problems }
}

function checkpointFaults(
  { till, hash, before, receipts, posted, voided }: Checkpoint,
  last: JournalPosition,
  held: Standing | undefined,
): string[] {
  const isSummed = held?.receipts === receipts && held.posted === posted && held.voided === voided
  return [
    ...(held === undefined ? ['the journal does not reach it'] : []),
    ...(held !== undefined && held.till !== till ? ['it is of another till'] : []),
    ...(held !== undefined && held.hash !== hash ? ['the journal has another row there'] : []),
    ...(held !== undefined && !isSummed ? ['its sums are not those of the receipts up to it'] : []),
    ...(placeOf(before) === placeOf(last) ? [] : [`it follows ${placeOf(before)}, which is not here`]),
  ]
}

/** Whether the key that the till had at that row signed the note: that very key, whatever others are called. */
function isSignedByTill(
  { text, signatures }: { text: string; signatures: readonly NoteSignature[] },
  held: Standing | undefined,
): boolean {
  const key = held?.tillKey ? readKeyLine(held.tillKey) : null
  return key !== null && signatures.some(signature => isSigned(text, signature, [key]))
}

/** Whether one of these keys made a signature. Ids are short, so two keys may share one. */
function isSigned(
  text: string,
  { name, id, signature }: NoteSignature,
  keys: readonly VerifierKey[],
): boolean {
  return keys
    .filter(key => key.name === name && key.id === id)
    .some(key => verify(null, Buffer.from(text), nativePublicKey(key.publicKey), signature))
}
