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

it('of a till whose folder was moved away is written along with it, and into no folder of another till', async () => {
  const parent = freshDir()
  const dir = join(parent, 'till')
  cpSync(await sampleDir(), dir, { recursive: true })
  await openedTill(dir).close()
  const till = openedTill(dir)
  row(till)
  renameSync(dir, join(parent, 'moved'))
  const others = JSON.stringify({ tillId: newId(), epoch: 1, seq: 2, hash: 'of another till', file: '' })
  mkdirSync(dir)
  writeFileSync(join(dir, 'ledger.sqlite.head'), others)
  expect(() => row(till)).toThrow(expect.objectContaining({ problem: 'moved' }))
  await till.close()
  expect(readFileSync(join(dir, 'ledger.sqlite.head'), 'utf8')).toBe(others)
  expect(readdirSync(dir)).toEqual(['ledger.sqlite.head'])
  expect(await opened(join(parent, 'moved'))).not.toHaveProperty('unavailable')
})

it('of another till that lies in the folder now is left there', async () => {
  const dir = await sampleDir()
  const till = openedTill(dir)
  const path = join(dir, 'ledger.sqlite.head')
  await new Promise(setImmediate)
  rmSync(path)
  const others = JSON.stringify({ tillId: newId(), epoch: 1, seq: 2, hash: 'of another till', file: '' })
  writeFileSync(path, others)
  await till.close()
  expect(readFileSync(path, 'utf8')).toBe(others)
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
      'while it was moved aside',
      (dir, copy) => {
        renameSync(dir, `${dir}.old`)
        cpSync(copy, dir, { recursive: true })
      },
    ],
    ['but for its lock', dir => rmSync(join(dir, 'owner.lock'))],
    ['but for its log', dir => rmSync(join(dir, 'ledger.sqlite-wal'))],
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

  it('loses nothing where the ledger alone was put back as it was: its log stays, and is taken by the next start', async () => {
    const dir = await sampleDir()
    await openedTill(dir).close()
    const path = join(dir, 'ledger.sqlite')
    const till = openedTill(dir)
    row(till)
    const { seq } = till.ledger.head
    copyFileSync(path, `${path}.quarantined`)
    rmSync(path)
    renameSync(`${path}.quarantined`, path)
    expect(() => row(till)).toThrow(expect.objectContaining({ problem: 'moved' }))
    await till.close()
    const again = openedTill(dir)
    expect(again.ledger.head.seq).toBe(seq)
    await again.close()
  })

  it.each([
    ['removed', false],
    ['moved aside', true],
  ])(
    'where its own was %s is told at the next start: what was on record since is not there',
    async (_what, isMovedAside) => {
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
      if (isMovedAside) renameSync(dir, join(parent, 'old'))
      else rmSync(dir, { recursive: true })
      cpSync(copy, dir, { recursive: true })
      await till.close()
      expect(await opened(dir)).toMatchObject({
        unavailable: { problem: 'damaged', detail: expect.stringContaining('on record') },
      })
    },
  )
})
