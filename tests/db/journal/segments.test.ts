/** The pieces of a journal folder. */
import { readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { finishedNotes, notesIn } from '../../../db/journal-folder/checkpoints.ts'
import {
  isFull,
  LINES_PER_SEGMENT,
  readListed,
  readSegments,
  type Segment,
  writeSegment,
} from '../../../db/journal-folder/segments.ts'
import { MOST_BODY } from '../../../shared/ledger/chain.ts'
import { readNote, signatureLine } from '../../../shared/ledger/signed-note.ts'
import { freshDir } from '../../support/data-folder.ts'

const VECTORS = join(import.meta.dirname, '../../fixtures/journal-vectors')

describe('a full piece of a journal folder', () => {
  it('is packed, takes the place of its unpacked beginning, and reads the same', () => {
    const dir = freshDir()
    const [first] = readSegments(VECTORS)
    if (!first) throw new Error('There are no vectors')
    writeSegment(dir, { ...first, lines: first.lines.slice(0, 1), texts: [] }, false)
    expect(readdirSync(join(dir, 'journal'))).toEqual(['1-000000001.jsonl'])
    const lines = Array.from({ length: LINES_PER_SEGMENT }, () => first.lines[0] ?? '')
    writeSegment(dir, { ...first, lines, texts: first.texts }, true)
    expect(readdirSync(join(dir, 'journal')).toSorted()).toEqual([
      '1-000000001.jsonl.gz',
      '1-000000001.texts.jsonl.gz',
    ])
    expect([...readSegments(dir)]).toEqual([{ ...first, lines, texts: first.texts }])
  })

  it('of lines as long as there can be is one that is read again', () => {
    const longest = 'x'.repeat(MOST_BODY + 1_000)
    const [first] = readSegments(VECTORS)
    if (!first) throw new Error('There are no vectors')
    const segment: Segment = { ...first, lines: [first.lines[0] ?? ''], texts: [] }
    let characters = 0
    while (!isFull(segment, characters)) {
      segment.lines.push(longest)
      characters += longest.length
    }
    const dir = freshDir()
    writeSegment(dir, segment, true)
    const [read] = readSegments(dir)
    expect([read?.faults, read?.lines.length]).toEqual([[], segment.lines.length])
  })

  it('of more lines than a piece has is not even taken apart, words neither', () => {
    const dir = freshDir()
    const [first] = readSegments(VECTORS)
    if (!first) throw new Error('There are no vectors')
    writeSegment(dir, first, false)
    const texts = join(dir, 'journal', '1-000000001.texts.jsonl')
    rmSync(texts)
    writeFileSync(`${texts}.gz`, gzipSync(Buffer.alloc(2_000_000, '\n')))
    const [read] = readSegments(dir)
    expect([read?.faults, read?.texts]).toEqual([['1-000000001.texts.jsonl.gz: has too many lines'], []])
  })

  it('with a line that is longer than any is not taken apart either', () => {
    const dir = freshDir()
    const [first] = readSegments(VECTORS)
    if (!first) throw new Error('There are no vectors')
    writeSegment(dir, first, false)
    const lines = join(dir, 'journal', '1-000000001.jsonl')
    rmSync(lines)
    writeFileSync(`${lines}.gz`, gzipSync(`[${'[],'.repeat(4_000_000)}[]]\n`))
    const [read] = readSegments(dir)
    expect(read?.lines).toEqual([])
    expect(read?.faults[0]).toBe('1-000000001.jsonl.gz: has a line that is longer than any')
  })

  it('has no note that is longer than any', () => {
    const dir = freshDir()
    const signature = signatureLine({ name: 'till', id: '00000000', signature: new Uint8Array(64) })
    writeFileSync(join(dir, 'checkpoints.txt'), `${'a\n'.repeat(100_000)}\n${signature}\n`)
    const [note = ''] = notesIn(readListed(dir, 'checkpoints.txt'))
    expect(readNote(note)).toBeNull()
    expect(readNote(note.slice(-1_000))).not.toBeNull()
    expect(finishedNotes(dir)).toEqual([note])
  })

  it('is told from a list that is larger than any', () => {
    const dir = freshDir()
    writeFileSync(join(dir, 'keys.txt'), '')
    truncateSync(join(dir, 'keys.txt'), 3 * 1024 ** 3)
    expect(() => readListed(dir, 'keys.txt')).toThrow('keys.txt is larger than any such file')
  })
})
