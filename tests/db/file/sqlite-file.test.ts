/** Files in which no money is: made, brought up to date, and set aside as they are where they are of no use. */
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openOrSetAside } from '../../../db/file/sqlite-file.ts'
import { openSyncStore } from '../../../db/sync/open.ts'
import { openWorkspace } from '../../../db/workspace/workspace.ts'
import { AT_MS, emptyDataDir } from '../../support/accounts-file.ts'
import { fixturePath, isFixtureMissing } from '../../support/run/fixtures.ts'

const FORMAT = { applicationId: 0x54707465, steps: ['CREATE TABLE note (words TEXT NOT NULL) STRICT'] }
const LATER = { ...FORMAT, steps: [...FORMAT.steps, 'ALTER TABLE note ADD COLUMN at INTEGER'] }

const pathIn = (dir: string): string => join(dir, 'notes.sqlite')

function changedBy(path: string, sql: string): void {
  const { connection } = openOrSetAside(path, FORMAT, AT_MS)
  connection.exec(sql)
  connection.close()
}

function spoilt(path: string, at: number, byte: number): void {
  openOrSetAside(path, FORMAT, AT_MS).connection.close()
  const bytes = readFileSync(path)
  bytes[at] = byte
  writeFileSync(path, bytes)
}

/** What a program that was killed in the middle of a change leaves beside its file. */
function hotJournal(path: string): void {
  const other = join(emptyDataDir(), 'other.sqlite')
  const file = new Database(other)
  file.pragma('journal_mode = DELETE')
  file.exec('CREATE TABLE page (bytes BLOB)')
  file.pragma('cache_size = 2')
  file.exec('BEGIN; INSERT INTO page VALUES (zeroblob(40000))')
  copyFileSync(`${other}-journal`, path)
  file.exec('ROLLBACK')
  file.close()
}

/** Files of SQLite's own tests, each damaged or a stranger's. */
const strangers = (): string[] =>
  ['integrity-fails', 'open-error', 'seed'].flatMap(folder =>
    readdirSync(fixturePath(`sqlite-corrupt/${folder}`)).map(name => join(folder, name)),
  )

describe('a file in which no money is', () => {
  it('of an earlier version keeps what it holds', () => {
    const path = pathIn(emptyDataDir())
    const first = openOrSetAside(path, FORMAT, AT_MS)
    first.connection.prepare('INSERT INTO note VALUES (?)').run('kept')
    first.connection.close()
    const { connection, setAside } = openOrSetAside(path, LATER, AT_MS)
    expect(setAside).toBeNull()
    expect(connection.prepare('SELECT words, at FROM note').all()).toEqual([{ words: 'kept', at: null }])
    connection.close()
  })

  it('that somebody had analyzed is as good as before', () => {
    const path = pathIn(emptyDataDir())
    changedBy(path, "INSERT INTO note VALUES ('kept'); ANALYZE")
    const { connection, setAside } = openOrSetAside(path, FORMAT, AT_MS)
    expect([setAside, connection.prepare('SELECT words FROM note').pluck().all()]).toEqual([null, ['kept']])
    connection.close()
  })

  it.each<[string, (path: string) => void]>([
    ['of a newer version', path => openOrSetAside(path, LATER, AT_MS).connection.close()],
    [
      'of another program',
      path => openOrSetAside(path, { ...FORMAT, applicationId: 7 }, AT_MS).connection.close(),
    ],
    ['of this version without its table', path => changedBy(path, 'DROP TABLE note')],
    ['of this version with another table', path => changedBy(path, 'CREATE TABLE hidden (a INTEGER) STRICT')],
    ['whose schema has a form of the future', path => spoilt(path, 47, 9)],
    ['whose writing has a form of the future', path => spoilt(path, 18, 3)],
    ['of no version', path => new Database(path).exec('CREATE TABLE other (a TEXT)').close()],
    ['that is text', path => writeFileSync(path, 'Dear diary, '.repeat(40))],
    ['that is empty', path => writeFileSync(path, '')],
  ])('%s is set aside as it is, and a new one begins', (_what, make) => {
    const path = pathIn(emptyDataDir())
    make(path)
    const before = readFileSync(path)
    const { connection, setAside } = openOrSetAside(path, FORMAT, AT_MS)
    expect(setAside).toBe(`${path}.set-aside-${AT_MS}`)
    expect(readFileSync(setAside ?? '').equals(before)).toBe(true)
    expect(connection.prepare('SELECT * FROM note').all()).toEqual([])
    connection.close()
  })

  it('that is no file at all, a folder or a pipe, goes aside, and nobody waits for it', () => {
    for (const make of [
      (path: string) => mkdirSync(path),
      (path: string) => execFileSync('mkfifo', [path]),
    ]) {
      const path = pathIn(emptyDataDir())
      make(path)
      const { connection, setAside } = openOrSetAside(path, FORMAT, AT_MS)
      expect(existsSync(setAside ?? '')).toBe(true)
      expect(connection.prepare('SELECT * FROM note').all()).toEqual([])
      connection.close()
      // A second one in the same instant does not take the name of the first.
      rmSync(path)
      make(path)
      const again = openOrSetAside(path, FORMAT, AT_MS)
      expect(again.setAside).not.toBe(setAside)
      again.connection.close()
    }
  })

  it.each(['-wal', '-journal'])('beside which a pipe lies as its %s goes aside with it', end => {
    const path = pathIn(emptyDataDir())
    openOrSetAside(path, FORMAT, AT_MS).connection.close()
    execFileSync('mkfifo', [path + end])
    const { connection, setAside } = openOrSetAside(path, FORMAT, AT_MS)
    expect(existsSync(`${setAside}${end}`)).toBe(true)
    connection.close()
  })

  it.each<[string, string, (path: string) => void]>([
    ['a text', '-journal', path => writeFileSync(path, 'Dear diary, '.repeat(100))],
    ['a journal of a stranger', '-journal', path => hotJournal(path)],
    ['a link', '-shm', path => symlinkSync('/etc/hostname', path)],
    ['a link that leads nowhere', '-wal', path => symlinkSync('/nowhere/at-all', path)],
    ['another that leads nowhere', '-journal', path => symlinkSync('/nowhere/at-all', path)],
  ])('beside which %s lies as its %s goes aside with it', (_what, end, make) => {
    const path = pathIn(emptyDataDir())
    openOrSetAside(path, FORMAT, AT_MS).connection.close()
    make(path + end)
    const { connection, setAside } = openOrSetAside(path, FORMAT, AT_MS)
    expect(lstatSync(`${setAside}${end}`, { throwIfNoEntry: false })).toBeDefined()
    expect(lstatSync(path + end, { throwIfNoEntry: false })?.isSymbolicLink()).not.toBe(true)
    expect(connection.prepare('SELECT * FROM note').all()).toEqual([])
    connection.close()
  })

  it('goes aside with its write-ahead log: what was committed last is there, where somebody looks for it', () => {
    const [from, to] = [pathIn(emptyDataDir()), pathIn(emptyDataDir())]
    const { connection } = openOrSetAside(from, LATER, AT_MS)
    connection.prepare('INSERT INTO note VALUES (?, ?)').run('last words', 1)
    for (const end of ['', '-wal']) copyFileSync(from + end, to + end)
    connection.close()
    const { connection: next, setAside } = openOrSetAside(to, FORMAT, AT_MS)
    next.close()
    expect(existsSync(`${setAside}-wal`)).toBe(true)
    const aside = new Database(setAside ?? '', { readonly: true })
    expect(aside.prepare('SELECT words FROM note').pluck().all()).toEqual(['last words'])
    aside.close()
  })
})

describe('what lies behind a sound header', () => {
  it('is looked at: a file with a bad page goes aside before a payment meets it', () => {
    const path = pathIn(emptyDataDir())
    const { connection } = openOrSetAside(path, FORMAT, AT_MS)
    for (let row = 0; row < 400; row += 1)
      connection.prepare('INSERT INTO note VALUES (?)').run('x'.repeat(80))
    connection.close()
    const bytes = readFileSync(path)
    bytes.fill(0xab, 2 * 4_096, 3 * 4_096)
    writeFileSync(path, bytes)
    const again = openOrSetAside(path, FORMAT, AT_MS)
    expect(again.setAside).toBe(`${path}.set-aside-${AT_MS}`)
    expect(readFileSync(again.setAside ?? '').equals(bytes)).toBe(true)
    expect(again.connection.prepare('SELECT count(*) FROM note').pluck().get()).toBe(0)
    again.connection.close()
  })

  it.each(['-wal', '-journal'])('a %s that lost its file is not taken for that of the new one', end => {
    const path = pathIn(emptyDataDir())
    writeFileSync(path + end, 'left behind')
    const { connection, setAside } = openOrSetAside(path, FORMAT, AT_MS)
    expect(setAside).not.toBeNull()
    expect(readFileSync(`${setAside}${end}`, 'utf8')).toBe('left behind')
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok')
    connection.close()
  })
})

describe.skipIf(isFixtureMissing('sqlite-corrupt/manifest.json'))(
  'damaged and foreign files that SQLite itself is tested with',
  () => {
    it.each(['workspace.sqlite', 'sync.sqlite'])('in the place of %s are set aside as they are', name => {
      const files = strangers()
      expect(files.length).toBeGreaterThan(10)
      for (const file of files) {
        const dir = emptyDataDir()
        const path = join(dir, name)
        const bytes = readFileSync(fixturePath(`sqlite-corrupt/${file}`))
        writeFileSync(path, bytes)
        const setAside =
          name === 'sync.sqlite'
            ? openSyncStore(dir, AT_MS).alarms()[0]?.detail
            : openWorkspace(dir, AT_MS).setAside
        expect(setAside, file).toBe(`${path}.set-aside-${AT_MS}`)
        expect(readFileSync(`${path}.set-aside-${AT_MS}`).equals(bytes), file).toBe(true)
      }
    })
  },
)
