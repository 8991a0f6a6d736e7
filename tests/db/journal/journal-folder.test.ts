/** The journal as a folder: written, read back byte by byte, and caught where a byte of it is another. */

import { generateKeyPairSync, sign } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { checkJournalFolder, type FolderRow } from '../../../db/journal-folder/check.ts'
import { appendCheckpoint, lastCheckpoint, notesIn } from '../../../db/journal-folder/checkpoints.ts'
import { keysOf } from '../../../db/journal-folder/export.ts'
import { LINES_PER_SEGMENT, readSegments, writeSegment } from '../../../db/journal-folder/segments.ts'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import type { JournalTableRow } from '../../../db/ledger/schema.ts'
import { openLedgerReadOnly } from '../../../db/ledger/till.ts'
import { canonical } from '../../../shared/ledger/canonical.ts'
import {
  GENESIS_HASH,
  hashText,
  type JournalLine,
  journalLine,
  readJournalLine,
} from '../../../shared/ledger/chain.ts'
import {
  checkpointText,
  keyLine,
  noteText,
  readCheckpoint,
  readKeyLine,
  readNote,
  tillKeyName,
} from '../../../shared/ledger/signed-note.ts'
import { freshDir } from '../../support/data-folder.ts'
import { fullDay } from '../../support/full-day.ts'
import { runNode } from '../../support/run/child.ts'
import { openTestTill } from '../../support/till.ts'

/** Keys of RFC 8032's tests 1 and 2; lines, texts and notes that three other programs wrote and checked. */
const VECTORS = join(import.meta.dirname, '../../fixtures/journal-vectors')
const HASHES = ['efd3a15e', '0753eed7', '6f4bb525', '85998534']

const textOf = (dir: string, name: string): string => readFileSync(join(dir, name), 'utf8')

function copyOf(dir: string): string {
  const copy = join(freshDir(), 'copy')
  cpSync(dir, copy, { recursive: true })
  return copy
}

/** A copy in which one file was changed. */
function changed(dir: string, name: string, change: (text: string) => string): string {
  const copy = copyOf(dir)
  writeFileSync(join(copy, name), change(textOf(copy, name)))
  return copy
}

describe('a journal folder that other programs made', () => {
  it('is read as they read it: keys, lines, words, checkpoints and both signatures', () => {
    const rows: FolderRow[] = []
    expect(checkJournalFolder(VECTORS, row => rows.push(row))).toMatchObject({
      facts: 4,
      withoutTexts: 0,
      checkpoints: 2,
      problems: [],
    })
    expect(rows.map(({ hash }) => hash.slice(0, 8))).toEqual(HASHES)
    expect(rows.flatMap(({ line }) => (line.texts === '' ? [] : line.texts.slice(0, 8)))).toEqual([
      '12176503',
    ])
  })

  it('comes out again byte by byte when it is written anew', () => {
    const out = freshDir()
    for (const segment of readSegments(VECTORS)) writeSegment(out, segment, false)
    for (const name of readdirSync(join(VECTORS, 'journal')))
      expect(textOf(out, `journal/${name}`), name).toBe(textOf(VECTORS, `journal/${name}`))
    const notes = notesIn(textOf(VECTORS, 'checkpoints.txt')).map(note => {
      const { text, signatures } = readNote(note) ?? { text: '', signatures: [] }
      const checkpoint = readCheckpoint(text)
      if (!checkpoint) throw new Error(`Not a checkpoint: ${text}`)
      return noteText(checkpointText(checkpoint), signatures)
    })
    expect(notes.join('\n')).toBe(textOf(VECTORS, 'checkpoints.txt'))
    const keys = textOf(VECTORS, 'keys.txt').trimEnd().split('\n')
    expect(
      keys.map(line => {
        const key = readKeyLine(line)
        return key && keyLine(key.name, key.publicKey)
      }),
    ).toEqual(keys)
    expect(keys.map(line => readKeyLine(line)?.id)).toEqual(['7b37e6ea', 'b4ef7785'])
  })

  const FIRST = 'journal/1-000000001.jsonl'
  const TEXTS = 'journal/1-000000001.texts.jsonl'
  it.each<[what: string, spoil: () => string, said: RegExp]>([
    ['an amount', () => changed(VECTORS, FIRST, text => text.replace(/7684/, '7685')), /does not follow/],
    ['a line left out', () => changed(VECTORS, FIRST, text => text.replace(/\n.*\n/, '\n')), /missing/],
    ['a space', () => changed(VECTORS, FIRST, text => text.replace(',"at"', ', "at"')), /no journal line/],
    ['the last lines cut', () => changed(VECTORS, FIRST, text => text.replace(/\n.*\n$/, '\n')), /./],
    ['a payer’s name', () => changed(VECTORS, TEXTS, text => text.replace('Lee', 'Lea')), /words of no row/],
    [
      'a key that is no base64',
      () => changed(VECTORS, 'keys.txt', text => text.replace('+Ad', '+A')),
      /no key/,
    ],
    ['a key', () => changed(VECTORS, 'keys.txt', text => text.replace('+Ad', '+Ae')), /no key|not its own/],
    [
      'a sum in a checkpoint',
      () => changed(VECTORS, 'checkpoints.txt', text => text.replace('posted 7684', 'posted 7000')),
      /not its own/,
    ],
    [
      'a checkpoint taken out',
      () => changed(VECTORS, 'checkpoints.txt', text => notesIn(text).at(-1) ?? ''),
      /follows 1\/3/,
    ],
  ])('is found out where %s is another', (_what, spoil, said) => {
    const { problems } = checkJournalFolder(spoil())
    expect(problems.join('\n')).toMatch(said)
  })

  it('says how many facts have no words where the words were withheld, and is sound all the same', () => {
    const copy = copyOf(VECTORS)
    rmSync(join(copy, TEXTS))
    expect(checkJournalFolder(copy)).toMatchObject({ withoutTexts: 1, problems: [] })
  })

  it('says what lies among the pieces and is none, and a piece without a line', () => {
    const copy = copyOf(VECTORS)
    writeFileSync(join(copy, 'journal', 'notes.txt'), 'hello')
    writeFileSync(join(copy, 'journal', '3-000000001.jsonl'), '')
    expect(checkJournalFolder(copy).problems).toEqual([
      'journal/notes.txt: is no part of a journal folder',
      '3-000000001: no line is in it',
    ])
  })

  it('says where a file ends in a line that was never finished', () => {
    const copy = changed(VECTORS, 'journal/2-000000001.jsonl', text => `${text}{"actorId":"0`)
    expect(checkJournalFolder(copy)).toMatchObject({
      facts: 4,
      problems: ['2-000000001.jsonl: ends in the middle of a line'],
    })
  })

  /** A note of the vectors with other text, signed by a key that nobody named, which is put into the list. */
  function signedByStranger(change: (text: string) => string): string {
    const copy = copyOf(VECTORS)
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')
    const [mine = ''] = textOf(VECTORS, 'keys.txt').split('\n')
    const line = keyLine(readKeyLine(mine)?.name ?? '', raw)
    const key = readKeyLine(line)
    const notes = notesIn(textOf(copy, 'checkpoints.txt')).map(note => {
      const text = change(readNote(note)?.text ?? '')
      const signature = sign(null, Buffer.from(text), privateKey)
      return noteText(text, [{ name: key?.name ?? '', id: key?.id ?? '', signature }])
    })
    writeFileSync(join(copy, 'checkpoints.txt'), notes.join('\n'))
    writeFileSync(join(copy, 'keys.txt'), `${line}\n`)
    return copy
  }

  it.each<[string, (text: string) => string, RegExp]>([
    ['the same notes', text => text, /does not name[\s\S]*not signed by the till/],
    ['other sums', text => text.replace('posted 7684', 'posted 7000'), /sums are not those/],
    ['another till', text => text.replace(/till 01a2/, 'till 01a3'), /of another till/],
  ])('believes no key that only its list names: %s', (_what, change, said) => {
    expect(checkJournalFolder(signedByStranger(change)).problems.join('\n')).toMatch(said)
  })

  /** The genuine lines of the first piece. */
  function genuineLines(): JournalLine[] {
    const [first] = readSegments(VECTORS)
    return first?.lines.flatMap(text => readJournalLine(text) ?? []) ?? []
  }

  /** Somebody's journal in the place of the vectors' first epoch: chained anew, signed with a key of their own. */
  function forged(change: (lines: JournalLine[], mine: string) => JournalLine[], signedUpTo: number): string {
    const dir = freshDir()
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')
    const [first] = readSegments(VECTORS)
    const genuine = genuineLines()
    const name = tillKeyName(genuine[0]?.tillId ?? '')
    const mine = keyLine(name, raw)
    let prevHash = GENESIS_HASH
    const lines = change(genuine, raw).map((line, index) => {
      const text = journalLine({ ...line, seq: index + 1, prevHash })
      prevHash = hashText(text)
      return text
    })
    writeSegment(
      dir,
      { epoch: 1, seq: 1, lines, texts: first?.texts ?? [] },
      lines.length === LINES_PER_SEGMENT,
    )
    writeFileSync(join(dir, 'keys.txt'), `${mine}\n`)
    const sums = { receipts: 1, posted: 1, voided: 0, before: { epoch: 0, seq: 0 }, at: 0, why: 'export' }
    const hash = hashText(lines[signedUpTo - 1] ?? '')
    const place = { epoch: 1, seq: signedUpTo }
    const text = checkpointText({ till: genuine[0]?.tillId ?? '', place, hash, ...sums })
    const signature = sign(null, Buffer.from(text), privateKey)
    const id = readKeyLine(mine)?.id ?? ''
    writeFileSync(join(dir, 'checkpoints.txt'), noteText(text, [{ name, id, signature }]))
    return dir
  }

  const cheaper = (line: JournalLine): JournalLine => ({ ...line, body: line.body.replaceAll('7684', '1') })
  const withKey = (line: JournalLine, key: string): JournalLine => {
    return { ...line, body: canonical({ ...(JSON.parse(line.body) as object), publicKey: key }) }
  }
  const enrolled = (line: JournalLine, tillKey: string): JournalLine => {
    return { ...line, kind: 'till.enrolled', body: canonical({ tillKey }) }
  }

  it.each<[string, () => string, RegExp]>([
    [
      'whose till is set up a second time',
      () =>
        forged(([, ...rest], mine) => {
          const [genuine] = genuineLines()
          return genuine ? [withKey(genuine, mine), ...rest.map(cheaper), genuine] : []
        }, 3),
      /sets up a till that was set up before/,
    ],
  ])('is not believed %s', (_what, make, said) => {
    expect(checkJournalFolder(make()).problems.join('\n')).toMatch(said)
  })

  it('whose till enrolled with another key is proved only once that one has signed, and both are shown', async () => {
    const dir = forged(([, ...rest], mine) => {
      const [genuine] = genuineLines()
      const [key = ''] = textOf(VECTORS, 'keys.txt').split('\n')
      return genuine ? [withKey(genuine, mine), ...rest.map(cheaper), enrolled(genuine, key)] : []
    }, 3)
    const said = await runNode('electron/cli.ts', ['verify', '--journal', dir])
    expect(said.code).toBe(1)
    expect(said.stdout).toContain('after 1/3 is signed by nobody')
    expect(said.stdout).toMatch(/key from 1\/1[\s\S]*key from 1\/4/)
  })

  it('whose last rows are under no checkpoint is not proved, and which they are is said', async () => {
    const dir = forged(([first, ...rest], mine) => {
      if (!first) return []
      return [withKey(first, mine), ...rest.map(cheaper), ...rest.slice(-1)]
    }, 3)
    expect(checkJournalFolder(dir)).toMatchObject({ problems: [], signedUpTo: { epoch: 1, seq: 3 } })
    const said = await runNode('electron/cli.ts', ['verify', '--journal', dir])
    expect(said.code).toBe(1)
    expect(said.stdout).toContain('after 1/3 is signed by nobody')
  })

  it('shows every key that was in force, with the row from which on it was', async () => {
    const said = await runNode('electron/cli.ts', ['verify', '--journal', VECTORS])
    expect(said.code).toBe(0)
    expect(said.stdout).toMatch(/key from 1\/1 +tillproof\/till\//)
  })

  it.each<[string, (dir: string) => void, RegExp]>([
    [
      'words without a piece',
      dir => writeFileSync(join(dir, 'journal/9-000000001.texts.jsonl'), 'x\n'),
      /9-0/,
    ],
    [
      'a piece under another name',
      dir => renameSync(join(dir, FIRST), join(dir, 'journal/1-000000002.jsonl')),
      /begins with another row|no part/,
    ],
    [
      'a piece whose name begins with nought',
      dir => writeFileSync(join(dir, 'journal/01-000000001.jsonl'), ''),
      /no part/,
    ],
    ['a file beside the pieces', dir => writeFileSync(join(dir, 'verified.txt'), 'All good'), /verified.txt/],
    [
      'a packed file that swells',
      dir => {
        rmSync(join(dir, FIRST))
        writeFileSync(join(dir, `${FIRST}.gz`), gzipSync(Buffer.alloc(200 * 1024 ** 2, '\n')))
      },
      /cannot be read/,
    ],
  ])('says that %s belongs to nothing', (_what, spoil, said) => {
    const copy = copyOf(VECTORS)
    spoil(copy)
    expect(checkJournalFolder(copy).problems.join('\n')).toMatch(said)
  })

  it('says that nothing is proved where no checkpoint is there', async () => {
    const copy = copyOf(VECTORS)
    rmSync(join(copy, 'checkpoints.txt'))
    const said = await runNode('electron/cli.ts', ['verify', '--journal', copy])
    expect(said.code).toBe(1)
    expect(said.stdout).toContain('no checkpoint is signed')
  })

  it('goes on after a note that was never finished', () => {
    const dir = freshDir()
    const whole = textOf(VECTORS, 'checkpoints.txt')
    writeFileSync(join(dir, 'checkpoints.txt'), whole.slice(0, -60))
    expect(lastCheckpoint(dir)).toEqual({ epoch: 1, seq: 3 })
    const note = readNote(notesIn(whole).at(-1) ?? '')
    const checkpoint = readCheckpoint(note?.text ?? '')
    const [first] = note?.signatures ?? []
    if (!checkpoint || !first) throw new Error('There is no second note')
    appendCheckpoint(dir, checkpoint, () => first)
    const notes = notesIn(textOf(dir, 'checkpoints.txt'))
    expect(notes.map(text => readNote(text) !== null)).toEqual([true, true])
    expect(notes[0]).toBe(notesIn(whole)[0])
  })
})

describe('npm run ledger -- export-journal', () => {
  const cli = (...args: string[]) => runNode('electron/cli.ts', args)

  // Its commands are programs of their own, a dozen of them.
  it('writes the day of a running till, and the folder proves itself', { timeout: 60_000 }, async () => {
    const till = await openTestTill()
    await fullDay(till)
    const out = join(freshDir(), 'binder')
    expect(await cli('export-journal', '--data', till.dataDir, '--out', out)).toMatchObject({ code: 0 })
    const said = await cli('verify', '--journal', out)
    expect(said).toMatchObject({ code: 0 })
    expect(said.stdout).toContain('checkpoints     1')
    const ledger = openLedgerReadOnly(till.dataDir)
    const rows = ledger.prepare<[], JournalTableRow>('SELECT * FROM journal ORDER BY epoch, seq').all()
    const keys = keysOf(ledger)
    ledger.close()
    const read: { line: JournalLine; hash: string; text: string | null }[] = []
    expect(checkJournalFolder(out, row => read.push(row))).toMatchObject({ facts: rows.length, problems: [] })
    expect(read.map(({ hash, text }) => [hash, text])).toEqual(rows.map(row => [row.hash, row.text_line]))
    expect(read.filter(({ text }) => text !== null).length).toBeGreaterThan(0)
    expect(textOf(out, 'keys.txt').trimEnd().split('\n')).toEqual(keys)
    // A note that was altered is evidence: nothing is signed over it, and it stays.
    const notes = textOf(till.dataDir, 'checkpoints.txt')
    const altered = [
      notes.replace('\u2014 ', '- '),
      notes.replace(/(\u2014 \S+) .*/, '$1 AAAA'),
      notes.replace(/place .*/, 'place 9/9'),
      'evidence, with no line feed',
    ]
    for (const text of altered) {
      writeFileSync(join(till.dataDir, 'checkpoints.txt'), text)
      const refused = await cli('export-journal', '--data', till.dataDir, '--out', join(freshDir(), 'binder'))
      expect(refused, text).toMatchObject({ code: 1 })
      expect(textOf(till.dataDir, 'checkpoints.txt')).toBe(text)
    }
    writeFileSync(join(till.dataDir, 'checkpoints.txt'), notes)
    // What is signed is what the lines come to, whatever stands in a table.
    const tables = new Database(join(till.dataDir, LEDGER_FILE))
    tables.exec('UPDATE till SET total_posted_cents = total_posted_cents + 1')
    tables.close()
    // A second one follows the first: what came between cannot be taken out unseen.
    expect(await cli('export-journal', '--data', till.dataDir, '--out', out)).toMatchObject({ code: 1 })
    const second = join(freshDir(), 'binder')
    expect(await cli('export-journal', '--data', till.dataDir, '--out', second)).toMatchObject({ code: 0 })
    expect(checkJournalFolder(second)).toMatchObject({ checkpoints: 2, problems: [] })
    // A ledger that lacks what was on record is not signed either.
    const path = join(till.dataDir, LEDGER_FILE)
    const older = new Database(path)
    older.exec('DROP TRIGGER journal_is_never_deleted')
    older.exec('DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)')
    older.close()
    const cut = await cli('export-journal', '--data', till.dataDir, '--out', join(freshDir(), 'binder'))
    expect(cut).toMatchObject({ code: 1, stdout: expect.stringContaining('DIFFERS') })
    const forged = changed(out, `journal/${readdirSync(join(out, 'journal'))[0]}`, text => {
      const [line = ''] = text.split('\n')
      const { body, ...rest } = JSON.parse(line) as JournalLine
      return text.replace(line, journalLine({ ...rest, at: 1, body: JSON.stringify(body) }))
    })
    expect((await cli('verify', '--journal', forged)).code).toBe(1)
  })
})
