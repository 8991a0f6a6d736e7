/** Nobody else of the machine reads a data folder, whatever made it and whatever rights it was given. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
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
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { claimFolder, strangersIn } from '../../../db/ledger/folder.ts'
import { openBackend } from '../../../electron/backend/open-backend.ts'
import { openTillFor } from '../../../electron/backend/open-till.ts'
import { silentLog } from '../../../electron/backend/runtime/log.ts'
import { newId } from '../../../shared/id.ts'
import { freshDir } from '../../support/data-folder.ts'
import { sampleFolder } from '../../support/template.ts'

const modesIn = (dir: string) =>
  new Map(readdirSync(dir).map(name => [name, lstatSync(join(dir, name)).mode & 0o777]))

async function opened(dir: string) {
  const till = openTillFor(dir)
  onTestFinished(async () => void ('close' in till && (await till.close())))
  return till
}

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
  it('that others could read is its owner’s alone from the start on', async () => {
    const dir = await sampleFolder()
    for (const name of readdirSync(dir)) {
      const path = join(dir, name)
      chmodSync(path, lstatSync(path).isDirectory() ? 0o755 : 0o644)
    }
    const before = process.umask(0o022)
    onTestFinished(() => void process.umask(before))
    await opened(dir)
    const loose = [...modesIn(dir)].filter(([name, mode]) => name !== 'signing.key' && (mode & 0o077) !== 0)
    expect(loose).toEqual([])
    expect(modesIn(dir).get('ledger.sqlite-wal')).toBe(0o600)
    // A key that others could have read is said, not tidied away.
    expect((modesIn(dir).get('signing.key') ?? 0) & 0o077).not.toBe(0)
  })

  it('that is new is made so, byte by byte', async () => {
    const dir = join(freshDir(), 'till')
    const before = process.umask(0o022)
    onTestFinished(() => void process.umask(before))
    await opened(dir)
    expect([...modesIn(dir)].filter(([, mode]) => (mode & 0o077) !== 0)).toEqual([])
  })

  it('in which others may write is closed to them, or refused in words where things of others lie in it', async () => {
    const ours = await sampleFolder()
    chmodSync(ours, 0o777)
    expect(await opened(ours)).not.toHaveProperty('unavailable')
    expect(lstatSync(ours).mode & 0o777).toBe(0o755)
    const anybodys = freshDir()
    writeFileSync(join(anybodys, 'notes.txt'), 'of somebody else')
    chmodSync(anybodys, 0o777)
    const refused = await opened(anybodys)
    expect(refused).toMatchObject({
      unavailable: { problem: 'no-permission', detail: expect.stringContaining(`chmod go-w ${anybodys}`) },
    })
    expect(readdirSync(anybodys)).toEqual(['notes.txt'])
  })

  it('of somebody else keeps its rights and what lies in it, whatever it is called', async () => {
    const dir = freshDir()
    const photo = join(dir, 'uploads', '2026', 'photo.jpg')
    mkdirSync(join(dir, 'uploads', '2026'), { recursive: true })
    mkdirSync(join(dir, 'papers'))
    writeFileSync(photo, 'a photo')
    writeFileSync(join(dir, 'ledger.sqlite'), 'a ledger of mine')
    for (const name of readdirSync(dir)) chmodSync(join(dir, name), 0o755)
    const till = await opened(dir)
    expect(till).toHaveProperty('unavailable')
    expect([...modesIn(dir)].filter(([name]) => name !== 'logs' && !name.startsWith('owner'))).toEqual([
      ['ledger.sqlite', 0o755],
      ['papers', 0o755],
      ['uploads', 0o755],
    ])
    rmSync(join(dir, 'ledger.sqlite'))
    expect(await opened(dir)).toMatchObject({
      unavailable: { problem: 'foreign', detail: expect.stringContaining('name an empty folder') },
    })
    expect(readFileSync(photo, 'utf8')).toBe('a photo')
  })

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
    ['owner.json.new', 'till.key.new'],
    ['owner.lock', 'owner.json', 'accounts.sqlite.new'],
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
    writeFileSync(join(dir, 'tillproof-first-start.txt'), 'A till is beg')
    expect(await opened(dir)).not.toHaveProperty('unavailable')
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
      const dir = freshDir()
      claimFolder(dir)
      mkdirSync(join(dir, name))
      const words = `${join(dir, name)} is no file of this program. Take it away.`
      expect(await opened(dir)).toMatchObject({ unavailable: { problem: 'foreign', detail: words } })
    },
  )

  it('of a till keeps what somebody put under the names that it writes to', async () => {
    const dir = await sampleFolder()
    rmSync(join(dir, 'accounts.sqlite'))
    const names = ['owner.json', 'owner.lock', 'accounts.sqlite.new']
    for (const name of names) writeFileSync(join(dir, name), 'of somebody else')
    expect(await opened(dir)).not.toHaveProperty('unavailable')
    for (const name of names) {
      const aside = readdirSync(dir).filter(other => other.startsWith(`${name}.set-aside-`))
      expect(aside.map(other => readFileSync(join(dir, other), 'utf8'))).toEqual(['of somebody else'])
    }
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

  it('whose accounts were moved away as told opens, whatever log of theirs was left', async () => {
    const dir = await sampleFolder()
    const path = join(dir, 'accounts.sqlite')
    const writer = new Database(path)
    writer.exec('CREATE TABLE of_before (x); INSERT INTO of_before VALUES (1)')
    copyFileSync(`${path}-wal`, `${path}-kept`)
    writer.close()
    rmSync(path)
    renameSync(`${path}-kept`, `${path}-wal`)
    const till = await opened(dir)
    expect(till).not.toHaveProperty('unavailable')
    expect('accounts' in till && till.accounts.accountCount()).toBe(0)
    expect(readdirSync(dir).some(name => name.startsWith('accounts.sqlite.set-aside-'))).toBe(true)
  })

  it.runIf(process.getuid?.() !== 0)('with a key that cannot be read is refused in words', async () => {
    const dir = await sampleFolder()
    chmodSync(join(dir, 'till.key'), 0)
    expect(await opened(dir)).toMatchObject({ unavailable: { problem: 'no-permission' } })
  })

  it('with a key that is a link to itself is refused in words', async () => {
    const dir = await sampleFolder()
    rmSync(join(dir, 'till.key'), { force: true })
    symlinkSync('till.key', join(dir, 'till.key'))
    expect(await opened(dir)).toHaveProperty('unavailable')
  })

  it('that is a link to a disk which is not there is refused in words', async () => {
    const dir = join(freshDir(), 'till')
    symlinkSync('/nowhere/at/all', dir)
    expect(await opened(dir)).toMatchObject({
      unavailable: { problem: 'no-permission', detail: expect.stringContaining('cannot be made') },
    })
  })

  it('opens at once after a start that failed at its very last step', async () => {
    const dir = await sampleFolder()
    const first = () => {
      throw new Error('Nothing can be caught up')
    }
    expect(() => openBackend({ dataDir: dir, log: silentLog(), first })).toThrow('Nothing can be caught up')
    expect(await opened(dir)).not.toHaveProperty('unavailable')
  })

  it('opens again after a kill, which leaves the beginning of a journal beside its lock', async () => {
    const dir = await sampleFolder()
    const left = Buffer.alloc(512)
    left.writeUInt32BE(0x17a25a1c, 12)
    left.writeUInt32BE(512, 20)
    writeFileSync(join(dir, 'owner.lock-journal'), left)
    expect(await opened(dir)).not.toHaveProperty('unavailable')
  })

  it('keeps no file that was handed over for an import once the program is gone, however it went', async () => {
    const dir = await sampleFolder()
    const left = join(dir, 'uploads', newId())
    mkdirSync(left, { recursive: true })
    writeFileSync(join(left, 'accounts.csv'), 'half')
    await opened(dir)
    expect(existsSync(left)).toBe(false)
  })

  it.each([
    ['ledger.sqlite.head', 'is larger than such a note'],
    ['till.key', 'is not the key that this till made'],
  ])('with another %s than any is refused in words, and not read', async (name, words) => {
    const dir = await sampleFolder()
    writeFileSync(join(dir, name), '')
    truncateSync(join(dir, name), 3 * 1024 ** 3)
    expect(await opened(dir)).toMatchObject({
      unavailable: { problem: 'damaged', detail: expect.stringContaining(words) },
    })
  })

  it.each(['-wal', '-shm'])(
    'is refused, and nobody’s file taken away, with one beside its lock: %s',
    async end => {
      const dir = await sampleFolder()
      const path = join(dir, `owner.lock${end}`)
      writeFileSync(path, 'mine')
      expect(await opened(dir)).toMatchObject({ unavailable: { problem: 'foreign' } })
      expect(readFileSync(path, 'utf8')).toBe('mine')
    },
  )

  it.runIf(process.getuid?.() !== 0)(
    'with a ledger that this program may not read is refused in words',
    async () => {
      const dir = await sampleFolder()
      chmodSync(join(dir, 'ledger.sqlite'), 0)
      expect(await opened(dir)).toMatchObject({ unavailable: { problem: 'no-permission' } })
    },
  )

  it('lends its rights to nothing that a link leads to', async () => {
    const dir = await sampleFolder()
    const other = join(freshDir(), 'other')
    writeFileSync(other, 'of somebody else')
    chmodSync(other, 0o644)
    symlinkSync(other, join(dir, 'owner.note'))
    await opened(dir)
    expect(lstatSync(other).mode & 0o777).toBe(0o644)
  })
})
