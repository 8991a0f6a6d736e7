/** Nobody else of the machine reads a data folder, whatever made it and whatever rights it was given. */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  linkSync,
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
import { describe, expect, it, onTestFinished } from 'vitest'
import { openBackend } from '../../../electron/backend/open-backend.ts'
import { openTillFor } from '../../../electron/backend/open-till.ts'
import { silentLog } from '../../../electron/backend/runtime/log.ts'
import { newId } from '../../../shared/id.ts'
import { freshDir } from '../../support/data-folder.ts'
import { opened } from '../../support/opened-folder.ts'
import { sampleFolder } from '../../support/template.ts'

const modesIn = (dir: string) =>
  new Map(readdirSync(dir).map(name => [name, lstatSync(join(dir, name)).mode & 0o777]))

async function openedBackend(dir: string) {
  const till = openTillFor(dir)
  if ('unavailable' in till) throw till.unavailable
  return till
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
    ['ledger.sqlite-wal', 'a letter', 'is not of this program'],
    ['ledger.sqlite-wal', 'me', 'is not of this program'],
  ])(
    'in which somebody’s file is called as what lies beside a ledger is refused: %s',
    async (name, text, words) => {
      const dir = await sampleFolder()
      const path = join(dir, name)
      writeFileSync(path, text)
      expect(await opened(dir)).toMatchObject({
        unavailable: { problem: 'foreign', detail: expect.stringContaining(words) },
      })
      expect(readFileSync(path, 'utf8')).toBe(text)
    },
  )

  it('whose files were made read-only, as a copy from a read-only disk has them, is its user’s again', async () => {
    const dir = await sampleFolder()
    const names = [
      'owner.lock',
      'owner.json',
      'ledger.sqlite',
      'ledger.sqlite.head',
      'sync.sqlite',
      'workspace.sqlite',
    ]
    await (await openedBackend(dir)).close()
    for (const name of ['ledger.sqlite-journal', 'owner.lock-journal', 'ledger.sqlite.rebuild.lock']) {
      writeFileSync(join(dir, name), '')
      names.push(name)
    }
    for (const name of names) if (existsSync(join(dir, name))) chmodSync(join(dir, name), 0o400)
    expect(await opened(dir)).not.toHaveProperty('unavailable')
    const modes = modesIn(dir)
    for (const name of names) if (modes.has(name)) expect([name, modes.get(name)]).toEqual([name, 0o600])
  })

  it('whose log is a link leads nowhere', async () => {
    const dir = await sampleFolder()
    const other = freshDir()
    writeFileSync(join(other, 'tillproof.log'), 'mine')
    symlinkSync(other, join(dir, 'logs'))
    expect(await opened(dir)).toMatchObject({
      unavailable: { problem: 'foreign', detail: expect.stringContaining('logs is a link') },
    })
    expect(readFileSync(join(other, 'tillproof.log'), 'utf8')).toBe('mine')
  })

  it('that was cut off in its first seconds, with its indexes begun and no more, opens with all that it had', async () => {
    const dir = await sampleFolder()
    await (await openedBackend(dir)).close()
    for (const name of ['ledger', 'accounts', 'sync', 'workspace'])
      writeFileSync(join(dir, `${name}.sqlite-shm`), Buffer.alloc(3))
    expect(await opened(dir)).not.toHaveProperty('unavailable')
    expect(readdirSync(dir).filter(name => name.includes('set-aside'))).toEqual([])
  })

  it('leaves the rights of what only begins as its files do, and of what has a name elsewhere', async () => {
    const dir = await sampleFolder()
    const other = join(freshDir(), 'other')
    writeFileSync(other, 'of somebody else')
    for (const path of [other, join(dir, 'accounts.sqlite-notes.txt'), join(dir, 'ledger.sqlite-2024')]) {
      writeFileSync(path, 'of somebody else')
      chmodSync(path, 0o644)
    }
    linkSync(other, join(dir, 'sync.sqlite.set-aside-1'))
    await opened(dir)
    for (const path of [other, join(dir, 'accounts.sqlite-notes.txt'), join(dir, 'ledger.sqlite-2024')])
      expect(lstatSync(path).mode & 0o777).toBe(0o644)
  })

  it.each(['owner.lock', 'till.key', 'ledger.sqlite.head'])(
    'in which a file has a name elsewhere too is refused before anything is changed: %s',
    async name => {
      const dir = await sampleFolder()
      const other = join(freshDir(), 'other')
      writeFileSync(other, 'of somebody else')
      chmodSync(other, 0o644)
      rmSync(join(dir, name), { force: true })
      linkSync(other, join(dir, name))
      expect(await opened(dir)).toHaveProperty('unavailable')
      expect([lstatSync(other).mode & 0o777, readFileSync(other, 'utf8')]).toEqual([
        0o644,
        'of somebody else',
      ])
    },
  )

  it.runIf(process.getuid?.() === 0)(
    'of another user is not started by an administrator: its user could not start it any more',
    async () => {
      const dir = await sampleFolder()
      for (const name of [...readdirSync(dir), '.']) chownSync(join(dir, name), 65_534, 65_534)
      const before = readdirSync(dir)
      expect(await opened(dir)).toMatchObject({
        unavailable: { problem: 'no-permission', detail: expect.stringContaining('as that user') },
      })
      expect(readdirSync(dir)).toEqual(before)
    },
  )

  it('whose log was cut short by a power cut, or has nothing written in it, opens', async () => {
    for (const begun of [
      Buffer.alloc(0),
      Buffer.alloc(4_096),
      Buffer.from([0x37, 0x7f]),
      Buffer.from([0x37, 0x7f, 6, 0x83]),
    ]) {
      const dir = await sampleFolder()
      writeFileSync(join(dir, 'ledger.sqlite-wal'), begun)
      expect(await opened(dir)).not.toHaveProperty('unavailable')
    }
  })

  it.each(['ledger.sqlite', 'till.key', 'sync.sqlite', 'ledger.sqlite.head'])(
    'in which a file is a link to another place is refused: %s',
    async name => {
      const dir = await sampleFolder()
      const other = join(freshDir(), 'elsewhere')
      writeFileSync(join(dir, 'till.key'), Buffer.alloc(32))
      writeFileSync(join(dir, 'sync.sqlite'), '')
      writeFileSync(join(dir, 'ledger.sqlite.head'), '')
      renameSync(join(dir, name), other)
      symlinkSync(other, join(dir, name))
      expect(await opened(dir)).toMatchObject({
        unavailable: { problem: 'foreign', detail: expect.stringContaining('is a link') },
      })
    },
  )

  it('opens without a log, and waits for nobody, where a pipe is called as one', async () => {
    const dir = await sampleFolder()
    mkdirSync(join(dir, 'logs'))
    execFileSync('mkfifo', [join(dir, 'logs', 'tillproof.log')])
    expect(await opened(dir)).not.toHaveProperty('unavailable')
  })

  it('of everybody is nobody’s to begin a till in', async () => {
    const dir = freshDir()
    chmodSync(dir, 0o1777)
    expect(await opened(dir)).toMatchObject({ unavailable: { problem: 'no-permission' } })
    expect(lstatSync(dir).mode & 0o7777).toBe(0o1777)
  })

  it('of a group keeps what else its rights say', async () => {
    const dir = freshDir()
    chmodSync(dir, 0o2775)
    expect(await opened(dir)).not.toHaveProperty('unavailable')
    expect(lstatSync(dir).mode & 0o7777).toBe(0o2755)
  })

  it.runIf(process.getuid?.() === 0)(
    'of another user is not begun in, by an administrator neither',
    async () => {
      const dir = freshDir()
      chownSync(dir, 65_534, 65_534)
      expect(await opened(dir)).toMatchObject({
        unavailable: { problem: 'no-permission', detail: expect.stringContaining('another user') },
      })
      expect(readdirSync(dir)).toEqual([])
    },
  )

  it('with a name that no system takes is refused in words', async () => {
    const dir = join(freshDir(), 'x'.repeat(300))
    expect(await opened(dir)).toMatchObject({ unavailable: { problem: 'no-permission' } })
  })

  it.each(['workspace.sqlite', 'sync.sqlite'])(
    'in which another program has %s to itself says so',
    async name => {
      const dir = await sampleFolder()
      await (await openedBackend(dir)).close()
      const other = new Database(join(dir, name))
      onTestFinished(() => void other.close())
      other.pragma('locking_mode = EXCLUSIVE')
      other.exec('BEGIN EXCLUSIVE')
      expect(() => openTillFor(dir)).toThrow(new RegExp(`in-use: .*${name}`))
    },
  )

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
