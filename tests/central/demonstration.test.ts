/** Central without a database: PGlite in a folder of its own, one program at a time. */
import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { positionOf } from '../../central/journal/position.ts'
import { takeRange } from '../../central/posting/receive.ts'
import { openCentral } from '../../central/settings.ts'
import { openDemonstration } from '../../db/central/open.ts'
import { LedgerUnavailable } from '../../db/file/problem.ts'
import { account, billAccounts, openCounter, TILL, water } from '../support/central/central-shop.ts'
import { freshDir } from '../support/data-folder.ts'

it('a demonstration takes ranges as PostgreSQL does, keeps them, and shares its folder with nobody', {
  timeout: 60_000,
}, async () => {
  const dir = freshDir()
  const first = await openDemonstration(dir, 0)
  expect(first.demonstration).toBe(true)
  await billAccounts(first, [account(1)])
  const counter = await openCounter(first)
  counter.receipt([water(1, 1_000)])
  const range = counter.pen.take()
  const taken = await takeRange(first, range, { nowMs: 0 })
  expect(taken).toMatchObject({ ok: true, position: { epoch: 1, seq: range.rows.length } })
  await expect(openDemonstration(dir, 0)).rejects.toThrow(LedgerUnavailable)
  const settings = { databaseUrl: undefined, dataDir: dir }
  await expect(openCentral(settings, { nowMs: 0, onLost: () => undefined })).rejects.toThrow(
    /takes one program at a time.*Stop that one first/s,
  )
  await first.close()
  const second = await openDemonstration(dir, 0)
  expect((await positionOf(second, TILL)).position).toEqual(taken.ok && taken.position)
  expect(await takeRange(second, range, { nowMs: 0 })).toEqual(taken)
  await second.close()
})

it.skipIf(process.platform === 'win32')(
  'a demonstration’s database is its owner’s alone, and leaves the rest of its folder as it is',
  { timeout: 60_000 },
  async () => {
    const dir = freshDir()
    chmodSync(dir, 0o1777)
    mkdirSync(join(dir, 'lost+found'))
    // Of a first start that was killed.
    mkdirSync(join(dir, 'pglite.new', 'base'), { recursive: true })
    writeFileSync(join(dir, 'pglite.new', 'PG_VERSION'), '1')
    await (await openDemonstration(dir, 0)).close()
    expect(statSync(dir).mode & 0o7777).toBe(0o1777)
    expect(statSync(join(dir, 'pglite')).mode & 0o777).toBe(0o700)
    await (await openDemonstration(dir, 0)).close()
  },
)

it('what is called as its database and is none is somebody’s: refused in words, and left', {
  timeout: 60_000,
}, async () => {
  for (const name of ['pglite', 'pglite/PG_VERSION']) {
    const dir = freshDir()
    mkdirSync(join(dir, name, '..'), { recursive: true })
    if (name === 'pglite') mkdirSync(join(dir, name, 'mine'), { recursive: true })
    else writeFileSync(join(dir, name), 'mine')
    await expect(openDemonstration(dir, 0)).rejects.toThrow(/pglite cannot be used: /)
    expect(existsSync(join(dir, name === 'pglite' ? 'pglite/mine' : name))).toBe(true)
  }
})

it('a folder that cannot be used is said, with its reason', async () => {
  const plain = join(freshDir(), 'plain')
  writeFileSync(plain, '')
  for (const dataDir of [plain, '/proc/nothing/at/all'])
    await expect(
      openCentral({ databaseUrl: undefined, dataDir }, { nowMs: 0, onLost: () => undefined }),
    ).rejects.toThrow(/^The folder .* cannot be used/)
})
