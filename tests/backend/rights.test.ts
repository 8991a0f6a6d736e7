/** Nobody else of the machine reads a data folder, whatever made it and whatever rights it was given. */
import { chmodSync, lstatSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openTillFor } from '../../electron/backend/open-till.ts'
import { freshDir } from '../support/data-folder.ts'
import { sampleFolder } from '../support/template.ts'

const modesIn = (dir: string) =>
  new Map(readdirSync(dir).map(name => [name, lstatSync(join(dir, name)).mode & 0o777]))

async function opened(dir: string) {
  const till = openTillFor(dir)
  onTestFinished(async () => void ('close' in till && (await till.close())))
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
