import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { claimFolder, strangersIn } from '../../../db/ledger/folder.ts'
import { freshDir } from '../../support/data-folder.ts'
import { opened } from '../../support/opened-folder.ts'
import { sampleFolder } from '../../support/template.ts'

/** Of a till that central does not know. */
function namedAsDraft(path: string): void {
  renameSync(path, `${path}.new`)
  for (const name of [`${path}.head`, join(path, '..', 'signing.key')]) rmSync(name, { force: true })
  // Nothing else tells that there was a till.
  for (const name of ['papers', 'uploads', 'checkpoints.txt'])
    rmSync(join(path, '..', name), { recursive: true, force: true })
}

function movedAside(path: string): void {
  renameSync(path, `${path}.old`)
  rmSync(`${path}.head`)
}

describe.skipIf(process.platform === 'win32')('a data folder', () => {
  it.each([
    ['missing', 'is missing; it had', (path: string) => rmSync(path)],
    ['emptied', 'is not a database', (path: string) => truncateSync(path, 0)],
    ['overwritten', 'is not a database', (path: string) => writeFileSync(path, Buffer.alloc(8_192))],
    ['there as it was before only', 'is missing but', (path: string) => renameSync(path, `${path}.before`)],
    ['moved aside by hand', 'is missing but', movedAside],
    ['named as a draft by hand', 'is a ledger with rows in it', namedAsDraft],
    [
      'missing, and its note cut short',
      'is missing but',
      (path: string) => {
        rmSync(path)
        truncateSync(`${path}.head`, 0)
      },
    ],
  ])('whose ledger is %s is told what became of it, and never to begin anew', async (_what, words, harm) => {
    const dir = await sampleFolder()
    harm(join(dir, 'ledger.sqlite'))
    expect(await opened(dir)).toMatchObject({
      unavailable: { problem: 'damaged', detail: expect.stringContaining(words) },
    })
  })

  it.each([
    ['ledger.sqlite.bak'],
    ['ledger.sqlite-journal'],
    ['ledger.sqlite3'],
    ['ledger.sqlite.new', 'ledger.sqlite.new-journal'],
    ['ledger.sqlite', 'owner.lock', 'owner.json'],
    ['owner.json', 'owner.lock-held-by-theirs'],
    ['owner.json'],
    ['owner.lock'],
    ['accounts.sqlite'],
    ['accounts.sqlite.new-wal'],
    ['till.key'],
    ['logs'],
    ['tillproof-first-start.txt'],
    ['.bashrc'],
    ['.git'],
  ])('of somebody else keeps every byte, whatever is called as ours: %s', async (...names) => {
    const dir = freshDir()
    for (const name of names) writeFileSync(join(dir, name), 'of somebody else')
    expect(await opened(dir)).toHaveProperty('unavailable')
    expect(readdirSync(dir).sort()).toEqual([...names].sort())
    for (const name of names) expect(readFileSync(join(dir, name), 'utf8')).toBe('of somebody else')
  })

  it.each([
    ['ledger.sqlite.new', 'ledger.sqlite.new-journal'],
    ['owner.json.new'],
    ['owner.lock', 'owner.json', 'ledger.sqlite.new-wal'],
  ])('of a first start that was broken off goes on, with what it had made: %s', async (...names) => {
    const dir = freshDir()
    claimFolder(dir)
    for (const name of names) writeFileSync(join(dir, name), '')
    expect(await opened(dir)).not.toHaveProperty('unavailable')
    expect(strangersIn(dir)).toEqual([])
    expect(readdirSync(dir)).not.toContain('tillproof-first-start.txt')
  })

  it('of which not even the mark was whole goes on', async () => {
    const dir = freshDir()
    for (const begun of ['A till is beg', `A till${'\0'.repeat(80)}`, '\0'.repeat(60)]) {
      const marked = join(dir, String(begun.length))
      mkdirSync(marked, { mode: 0o700 })
      writeFileSync(join(marked, 'tillproof-first-start.txt'), begun)
      expect(await opened(marked)).not.toHaveProperty('unavailable')
    }
  })

  it.each([
    [['.fseventsd', '.Trash-1000', 'System Volume Information']],
    [['RECYCLER', 'Icon\r', '.AppleDouble']],
  ])('in which only a system put something is as good as empty: %s', async names => {
    const dir = freshDir()
    for (const name of names) writeFileSync(join(dir, name), '')
    expect(await opened(dir)).not.toHaveProperty('unavailable')
  })

  it.each(['owner.json.new', 'till.key.new'])(
    'in which a folder is in the way says which: %s',
    async name => {
      const dir = await sampleFolder()
      rmSync(join(dir, 'till.key'), { force: true })
      mkdirSync(join(dir, name))
      const words = `${join(dir, name)} is no file of this program. Take it away.`
      expect(await opened(dir)).toMatchObject({ unavailable: { problem: 'foreign', detail: words } })
    },
  )

  it('of a till keeps what somebody put under the names that it writes to', async () => {
    const dir = await sampleFolder()
    rmSync(join(dir, 'accounts.sqlite'))
    const names = ['owner.json', 'owner.json.new', 'owner.lock', 'accounts.sqlite.new']
    for (const name of names) writeFileSync(join(dir, name), 'of somebody else')
    expect(await opened(dir)).not.toHaveProperty('unavailable')
    for (const name of names) {
      const aside = readdirSync(dir).filter(other => other.startsWith(`${name}.set-aside-`))
      expect(aside.map(other => readFileSync(join(dir, other), 'utf8'))).toEqual(['of somebody else'])
    }
  })

  it.each(['sync.sqlite', 'till.key', 'papers', 'letters.txt'])(
    'that bears the mark of a first start, and what no first start makes, is none: %s',
    async name => {
      const dir = freshDir()
      claimFolder(dir)
      writeFileSync(join(dir, name), 'of before')
      const names = readdirSync(dir)
      expect(await opened(dir)).toMatchObject({
        unavailable: { problem: 'foreign', detail: expect.stringContaining(name) },
      })
      expect(readdirSync(dir)).toEqual(names)
    },
  )

  it('takes no file away that is called as its mark and is none', async () => {
    const dir = await sampleFolder()
    const path = join(dir, 'tillproof-first-start.txt')
    writeFileSync(path, 'of somebody else')
    await opened(dir)
    expect(readFileSync(path, 'utf8')).toBe('of somebody else')
  })

  it.runIf(process.platform === 'linux')(
    'that cannot be made is refused in words, also where a system keeps none',
    async () => {
      for (const dir of ['/proc/nothing', '/proc/nothing/at/all'])
        expect(await opened(dir)).toMatchObject({
          unavailable: { problem: 'no-permission', detail: expect.stringContaining('cannot be made') },
        })
    },
  )

  it('with things of others is refused on every platform', async () => {
    const dir = freshDir()
    writeFileSync(join(dir, 'letters.docx'), 'of somebody else')
    vi.spyOn(process, 'platform', 'get').mockReturnValue('win32')
    onTestFinished(() => void vi.restoreAllMocks())
    expect(await opened(dir)).toMatchObject({ unavailable: { problem: 'foreign' } })
  })

  it('that is a link to a disk which is not there is refused in words', async () => {
    const dir = join(freshDir(), 'till')
    symlinkSync('/nowhere/at/all', dir)
    expect(await opened(dir)).toMatchObject({
      unavailable: { problem: 'no-permission', detail: expect.stringContaining('cannot be made') },
    })
  })
})
