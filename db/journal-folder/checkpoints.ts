/** The signed notes of a folder: what a till had come to at single rows, each following the one before. */
import { lstatSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChainLink } from '../../shared/ledger/chain.ts'
import type { JournalPosition } from '../../shared/ledger/journal-position.ts'
import {
  type Checkpoint,
  checkpointText,
  MOST_NOTE,
  type NoteSignature,
  noteText,
  readCheckpoint,
  readNote,
} from '../../shared/ledger/signed-note.ts'
import { moveFlushed } from '../file/flush.ts'
import type { Head } from '../ledger/writer.ts'
import type { Standing } from './meaning.ts'
import { CHECKPOINTS_FILE, readListed } from './segments.ts'

/** The notes of a file: each text, an empty line, its signatures; an empty line between two. */
export function notesIn(text: string): string[] {
  const parts = text === '' ? [] : text.split(/\n\n(?=tillproof\/checkpoint\/)/)
  return parts.map((note, index) => (index < parts.length - 1 ? `${note}\n` : note))
}

/** Notes as a file has them: an empty line between two. */
export const joinNotes = (notes: readonly string[]): string =>
  notes.map(note => (note.endsWith('\n\n') ? note.slice(0, -1) : note)).join('\n')

/** How the lines of a note begin, in order. */
const BEGINNINGS = [
  ...[
    'tillproof/checkpoint/v1',
    'till ',
    'place ',
    'hash ',
    'before ',
    'receipts ',
    'posted ',
    'voided ',
    'at ',
  ],
  ...['why ', ''],
]

/** Whether a note was cut off while it was written: it ends in the middle of a line, or before any signature. */
function isTorn(note: string): boolean {
  if (note.length > MOST_NOTE) return false
  const lines = note.split('\n')
  const rest = lines.pop() ?? ''
  const beginning = (at: number): string => BEGINNINGS[at] ?? '— '
  if (!lines.every((line, at) => line.startsWith(beginning(at)))) return false
  if (rest === '') return lines.length <= BEGINNINGS.length
  const next = beginning(lines.length)
  return rest.startsWith(next) || next.startsWith(rest)
}

/** The notes of a folder but for a last one that was never finished: the program ended while it was written. */
export function finishedNotes(dir: string): string[] {
  const notes = notesIn(readListed(dir, CHECKPOINTS_FILE))
  const last = notes.at(-1)
  return last !== undefined && !readNote(last) && isTorn(last) ? notes.slice(0, -1) : notes
}

/** Whether every note of a folder can be read: what was altered is evidence, and nothing is written over it. */
export function hasReadableNotes(dir: string): boolean {
  const found = lstatSync(join(dir, CHECKPOINTS_FILE), { throwIfNoEntry: false })
  if (found && !found.isFile()) return false
  return finishedNotes(dir).every(note => readCheckpoint(readNote(note)?.text ?? '') !== null)
}

/** The head that each note of a folder signs; undefined for one that cannot be read. */
export function signedNotes(dir: string): (Head | undefined)[] {
  return finishedNotes(dir).map(note => {
    const read = readCheckpoint(readNote(note)?.text ?? '')
    return read ? { tillId: read.till, ...read.place, hash: read.hash } : undefined
  })
}

/** Place of the last checkpoint of a folder; 0/0 where it has none. */
export function lastCheckpoint(dir: string): JournalPosition {
  const note = finishedNotes(dir).at(-1)
  const read = note === undefined ? null : readNote(note)
  return (read && readCheckpoint(read.text)?.place) ?? { epoch: 0, seq: 0 }
}

/** What a folder's journal has come to at its head, as it is signed; undefined where it has no row. */
export function checkpointOf(
  { head, standing }: { head: ChainLink; standing: Standing | undefined },
  order: Pick<Checkpoint, 'before' | 'at' | 'why'>,
): Checkpoint | undefined {
  if (!standing) return undefined
  const { till, receipts, posted, voided } = standing
  return {
    till,
    place: { epoch: head.epoch, seq: head.seq },
    hash: head.hash,
    receipts,
    posted,
    voided,
    ...order,
  }
}

/**
 * Adds a checkpoint to those of a folder, on the disk before anybody is told of it. The file is made anew beside the old
 * one: what somebody linked to its name is not written through.
 */
export function appendCheckpoint(
  dir: string,
  checkpoint: Checkpoint,
  sign: (text: string) => NoteSignature,
): void {
  const text = checkpointText(checkpoint)
  const path = join(dir, CHECKPOINTS_FILE)
  const made = `${path}.new`
  rmSync(made, { force: true })
  writeFileSync(made, joinNotes([...finishedNotes(dir), noteText(text, [sign(text)])]), {
    mode: 0o600,
    flag: 'wx',
  })
  moveFlushed(made, path)
}
