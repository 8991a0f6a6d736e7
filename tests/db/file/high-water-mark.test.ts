/** The note of the last row, beside a ledger that runs. */
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openTillFor } from '../../../electron/backend/open-till.ts'
import { ownCommand } from '../../../electron/backend/request/pins.ts'
import { newId } from '../../../shared/id.ts'
import { freshDir, sampleDir } from '../../support/data-folder.ts'
import { opened } from '../../support/opened-folder.ts'

function openedTill(dir: string) {
  const till = openTillFor(dir)
  if ('unavailable' in till) throw till.unavailable
  return till
}

const row = (till: ReturnType<typeof openedTill>): void =>
  ownCommand(till, 'till', 'note', tx => tx.append('person.signed-out', { personId: newId() }))

it.each<[what: string, harm: (path: string) => void]>([
  ['is taken away', path => rmSync(path)],
  ['is emptied', path => truncateSync(path)],
  ['has something added', path => appendFileSync(path, 'and more')],
  [
    'has a folder in its place',
    path => {
      rmSync(path)
      mkdirSync(path)
    },
  ],
  [
    'has somebody’s file in its place, by a second name',
    path => {
      rmSync(path)
      linkSync(join(path, '..', '..', 'letter.txt'), path)
    },
  ],
])(
  'that %s while the till runs is there again at its end, and an older ledger put back is told',
  async (_what, harm) => {
    for (const later of [true, false]) {
      const parent = freshDir()
      const dir = join(parent, 'till')
      cpSync(await sampleDir(), dir, { recursive: true })
      const path = join(dir, 'ledger.sqlite')
      const letter = join(parent, 'letter.txt')
      writeFileSync(letter, 'Dear mother,')
      await openedTill(dir).close()
      copyFileSync(path, join(parent, 'older'))
      const before = openedTill(dir)
      row(before)
      await before.close()
      const till = openedTill(dir)
      harm(`${path}.head`)
      if (later) row(till)
      await till.close()
      expect(readFileSync(letter, 'utf8')).toBe('Dear mother,')
      copyFileSync(join(parent, 'older'), path)
      for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true })
      expect(await opened(dir)).toMatchObject({
        unavailable: { problem: 'damaged', detail: expect.stringContaining('on record') },
      })
    }
  },
)

it('of a till whose folder was moved away is written along with it, and in no folder that lies there now', async () => {
  for (const later of [true, false]) {
    const parent = freshDir()
    const dir = join(parent, 'till')
    cpSync(await sampleDir(), dir, { recursive: true })
    await openedTill(dir).close()
    cpSync(dir, join(parent, 'other'), { recursive: true })
    const till = openedTill(dir)
    row(till)
    renameSync(dir, join(parent, 'moved'))
    renameSync(join(parent, 'other'), dir)
    const note = readFileSync(join(dir, 'ledger.sqlite.head'), 'utf8')
    if (later) row(till)
    await till.close()
    expect(readFileSync(join(dir, 'ledger.sqlite.head'), 'utf8')).toBe(note)
    expect(readdirSync(dir).filter(name => name.includes('set-aside'))).toEqual([])
    for (const there of [dir, join(parent, 'moved')])
      expect(await opened(there)).not.toHaveProperty('unavailable')
  }
})

describe('a data folder that is put back while its till runs', () => {
  const away: [what: string, change: (dir: string, copy: string) => void][] = [
    [
      'from a copy, in the place of the one that was removed',
      (dir, copy) => {
        rmSync(dir, { recursive: true })
        cpSync(copy, dir, { recursive: true })
      },
    ],
    ['by being moved to another disk', dir => rmSync(dir, { recursive: true })],
    [
      'but for its note',
      (dir, copy) => {
        rmSync(join(dir, 'ledger.sqlite'))
        copyFileSync(join(copy, 'ledger.sqlite'), join(dir, 'ledger.sqlite'))
      },
    ],
  ]

  it.each(away)('%s takes nothing more: it would be gone with the program', async (_what, change) => {
    const parent = freshDir()
    const dir = join(parent, 'till')
    const copy = join(parent, 'copy')
    cpSync(await sampleDir(), dir, { recursive: true })
    await openedTill(dir).close()
    cpSync(dir, copy, { recursive: true })
    const till = openedTill(dir)
    row(till)
    // The note follows the answer.
    await new Promise(setImmediate)
    change(dir, copy)
    const { seq } = till.ledger.head
    expect(() => row(till)).toThrow(expect.objectContaining({ problem: 'moved' }))
    expect(till.ledger.head.seq).toBe(seq)
    await till.close()
  })

  it('is told at the next start: what was on record since the copy is not there', async () => {
    const parent = freshDir()
    const dir = join(parent, 'till')
    const copy = join(parent, 'copy')
    cpSync(await sampleDir(), dir, { recursive: true })
    const first = openedTill(dir)
    row(first)
    await first.close()
    cpSync(dir, copy, { recursive: true })
    const till = openedTill(dir)
    row(till)
    await new Promise(setImmediate)
    rmSync(dir, { recursive: true })
    cpSync(copy, dir, { recursive: true })
    await till.close()
    expect(await opened(dir)).toMatchObject({
      unavailable: { problem: 'damaged', detail: expect.stringContaining('on record') },
    })
  })
})
