/** Where `done` is another disk, a file is copied there and taken away. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { expect, it, vi } from 'vitest'
import { watchFolder } from '../../central/watched-folder.ts'
import { openMemory } from '../../db/central/open.ts'
import { freshDir } from '../support/data-folder.ts'

vi.mock(import('node:fs'), async original => {
  const real = await original()
  const renameSync: typeof real.renameSync = (from, to) => {
    if (String(to).includes('/done/')) throw Object.assign(new Error('Another disk'), { code: 'EXDEV' })
    real.renameSync(from, to)
  }
  return { ...real, renameSync, default: { ...real, renameSync } }
})

it('as a whole, with its words, and once', async () => {
  const [db, dir] = [await openMemory(), freshDir()]
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'accounts.csv'), 'a,b')
  const watch = watchFolder({
    db,
    dir,
    folder: 'accounts',
    clock: () => 1,
    log: pino({ level: 'silent' }),
    schedule: () => () => undefined,
    take: async () => ({ ok: true, result: 'taken' }),
  })
  for (let look = 0; look < 3; look += 1) await watch.look()
  await watch.stop()
  await db.close()
  expect(readdirSync(dir).sort()).toEqual(['done', 'refused'])
  expect(readdirSync(join(dir, 'done')).sort()).toEqual(['accounts.csv', 'accounts.csv.result.txt'])
  expect(readFileSync(join(dir, 'done', 'accounts.csv'), 'utf8')).toBe('a,b')
})
