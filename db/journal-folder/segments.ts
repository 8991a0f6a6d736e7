/** The files of a journal folder: its lines in pieces of five thousand, packed once a piece is full. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { MOST_BODY, MOST_TEXT, readJournalLine } from '../../shared/ledger/chain.ts'
import type { JournalPosition } from '../../shared/ledger/journal-position.ts'
import { flushFile } from '../file/flush.ts'
import { makeFolder } from '../file/make-folder.ts'

/** Lines in one piece at most. */
export const LINES_PER_SEGMENT = 5_000
/** Characters after which a piece takes no further line: the longest possible one still leaves it below MOST_BYTES. */
const CHARACTERS_PER_SEGMENT = 32 * 1024 ** 2
/** Beyond all pieces that there are, which hold some kilobytes a line; a packed file can swell to any size. */
const MOST_BYTES = 128 * 1024 ** 2

/** Bytes of a list of keys, or of all checkpoints of twenty years. */
const MOST_LISTED = 64 * 1024 ** 2

export const JOURNAL_FOLDER = 'journal'
export const KEYS_FILE = 'keys.txt'
export const CHECKPOINTS_FILE = 'checkpoints.txt'

const SEGMENT = /^([1-9]\d*)-(\d{9})\.jsonl(?:\.gz)?$/
const SEGMENT_NAME = /^([1-9]\d*-\d{9})\.jsonl(?:\.gz)?$/

/** `1-000000001`: the epoch and the first place of a piece. */
const stemOf = ({ epoch, seq }: JournalPosition): string => `${epoch}-${String(seq).padStart(9, '0')}`

export interface Segment extends JournalPosition {
  lines: string[]
  /** Text lines, by the place of the line that they stand beside. */
  texts: string[]
}

/** Whether a piece of so many characters takes no further line. */
export const isFull = ({ lines }: Pick<Segment, 'lines'>, characters: number): boolean =>
  lines.length === LINES_PER_SEGMENT || characters >= CHARACTERS_PER_SEGMENT

/** A piece as it was read. */
export interface ReadSegment extends Segment {
  /** What in its files is no whole line of text. */
  faults: string[]
}

function writeLines(path: string, lines: readonly string[], isPacked: boolean): void {
  const bytes = Buffer.from(lines.map(line => `${line}\n`).join(''))
  const target = isPacked ? `${path}.gz` : path
  writeFileSync(target, isPacked ? gzipSync(bytes) : bytes, { mode: 0o600 })
  flushFile(target, 'r+')
  // A piece that has grown full leaves its unpacked beginning behind.
  if (isPacked) rmSync(path, { force: true })
}

/** Writes a piece; one that is full is packed, since it is never written again. */
export function writeSegment(dir: string, segment: Segment, isPacked: boolean): void {
  makeFolder(join(dir, JOURNAL_FOLDER))
  const path = join(dir, JOURNAL_FOLDER, stemOf(segment))
  writeLines(`${path}.jsonl`, segment.lines, isPacked)
  if (segment.texts.length > 0) writeLines(`${path}.texts.jsonl`, segment.texts, isPacked)
}

/** Of the longest line: its body in JSON within JSON, where a sign may take two bytes more than in the body itself. */
const MOST_LINE_BYTES = 4 * (MOST_BODY + MOST_TEXT)

/**
 * What is wrong with the lines of a piece. Looked for in the bytes: a hundred million empty lines, or one line of as many
 * empty lists, some kilobytes when they are packed, would take all memory once they are read.
 */
function lineFault(bytes: Buffer): string | undefined {
  let from = 0
  for (let count = 0; count <= LINES_PER_SEGMENT; count += 1) {
    const end = bytes.indexOf(0x0a, from)
    if ((end < 0 ? bytes.length : end) - from > MOST_LINE_BYTES) return 'has a line that is longer than any'
    if (end < 0) return undefined
    from = end + 1
  }
  return 'has too many lines'
}

/** Complete lines of a file, packed or not; what follows the last line feed was never finished. */
function readLines(path: string): { lines: string[]; faults: string[] } {
  const packed = `${path}.gz`
  const isPacked = existsSync(packed)
  if (!existsSync(path) && !isPacked) return { lines: [], faults: [] }
  const name = basename(isPacked ? packed : path)
  // A pipe or a device would be read for ever.
  if (!statSync(isPacked ? packed : path).isFile()) return { lines: [], faults: [`${name}: is no file`] }
  if (isPacked && existsSync(path))
    return { lines: [], faults: [`${name}: stands there packed and unpacked`] }
  try {
    if (statSync(isPacked ? packed : path).size > MOST_BYTES)
      return { lines: [], faults: [`${name}: is larger than any piece`] }
    const bytes = isPacked
      ? gunzipSync(readFileSync(packed), { maxOutputLength: MOST_BYTES })
      : readFileSync(path)
    const fault = lineFault(bytes)
    if (fault !== undefined) return { lines: [], faults: [`${name}: ${fault}`] }
    const lines = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).split('\n')
    const rest = lines.pop()
    return { lines, faults: rest === '' ? [] : [`${name}: ends in the middle of a line`] }
  } catch {
    return { lines: [], faults: [`${name}: cannot be read as text`] }
  }
}

function isNamedAfter({ epoch, seq }: JournalPosition, first: string | undefined): boolean {
  const line = first === undefined ? null : readJournalLine(first)
  // What is no journal line is told of where lines are read.
  return line === null || (line.epoch === epoch && line.seq === seq)
}

/** The pieces of a folder in the order of the journal. Texts may be missing: removed, or withheld. */
export function* readSegments(dir: string): Generator<ReadSegment> {
  const places = readdirSync(join(dir, JOURNAL_FOLDER))
    .flatMap(name => {
      const [, epoch, seq] = SEGMENT.exec(name) ?? []
      if (epoch === undefined || seq === undefined) return []
      return { epoch: Number.parseInt(epoch, 10), seq: Number.parseInt(seq, 10) }
    })
    .toSorted((a, b) => a.epoch - b.epoch || a.seq - b.seq)
  for (const place of places) {
    const path = join(dir, JOURNAL_FOLDER, stemOf(place))
    const read = readLines(`${path}.jsonl`)
    const beside = readLines(`${path}.texts.jsonl`)
    yield {
      ...place,
      lines: read.lines,
      texts: beside.lines,
      faults: [
        ...read.faults,
        ...beside.faults,
        ...(read.lines.length === 0 ? [`${stemOf(place)}: no line is in it`] : []),
        ...(isNamedAfter(place, read.lines[0]) ? [] : [`${stemOf(place)}: begins with another row`]),
      ],
    }
  }
}

/** Lines of a text file of the folder; none where it is not there. Throws RangeError for one that is too large. */
export function readListed(dir: string, name: string): string {
  const path = join(dir, name)
  const file = statSync(path, { throwIfNoEntry: false })
  if (!file?.isFile()) return ''
  if (file.size > MOST_LISTED) throw new RangeError(`${name} is larger than any such file`)
  return readFileSync(path, 'utf8')
}

const TEXTS = /^(\d+-\d{9})\.texts\.jsonl(?:\.gz)?$/
const PARTS: ReadonlySet<string> = new Set([JOURNAL_FOLDER, KEYS_FILE, CHECKPOINTS_FILE])

/**
 * Names in a folder that are no part of it, words without their piece among them: what nobody reads must not lie there as
 * if it were proved.
 */
export function strayNames(dir: string): string[] {
  const names = readdirSync(join(dir, JOURNAL_FOLDER))
  const pieces = names.flatMap(name => SEGMENT_NAME.exec(name)?.[1] ?? [])
  const isPart = (name: string) => SEGMENT_NAME.test(name) || pieces.includes(TEXTS.exec(name)?.[1] ?? '')
  return [
    ...readdirSync(dir).filter(name => !PARTS.has(name)),
    ...names.filter(name => !isPart(name)).map(name => `${JOURNAL_FOLDER}/${name}`),
  ]
}
