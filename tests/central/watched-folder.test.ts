/** A folder into which the billing system puts its files: whole files, in order, each once, whatever ends in between. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { watchAccounts } from '../../central/accounts/watched-accounts.ts'
import { centralSettings } from '../../central/settings.ts'
import {
  type FileOutcome,
  type FolderWatch,
  type WatchedFile,
  watchFolder,
} from '../../central/watched-folder.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import { openMemory } from '../../db/central/open.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'
import { freshDir } from '../support/data-folder.ts'
import { kill, lineOf, startNode } from '../support/run/child.ts'

const postgres = postgresForFile()
const NOW_MS = Date.UTC(2026, 10, 21)

interface Desk {
  dir: string
  db: CentralDb
  /** Names in the order in which they were taken. */
  taken: string[]
  watch: FolderWatch
  log: string[]
  /** What the clock's next ring is set to run, and how long that is. */
  rings: { run: () => void; ms: number }[]
}

type Take = (file: WatchedFile, signal: AbortSignal) => Promise<FileOutcome>
const fine: Take = async file => ({ ok: true, result: `${file.byteCount} bytes` })

async function desk(take: Take = fine, before?: Pick<Desk, 'dir' | 'db'>): Promise<Desk> {
  const db = before?.db ?? (await openMemory())
  const dir = before?.dir ?? freshDir()
  const taken: string[] = []
  const log: string[] = []
  const rings: Desk['rings'] = []
  const watch = watchFolder({
    db,
    dir,
    folder: 'accounts',
    clock: () => NOW_MS,
    log: pino({}, { write: (line: string) => log.push(line) }),
    schedule: (run, ms) => {
      rings.push({ run, ms })
      return () => undefined
    },
    take: async (file, signal) => {
      taken.push(file.name)
      return take(file, signal)
    },
  })
  // The first look is its own.
  await watch.look()
  onTestFinished(async () => {
    await watch.stop()
    if (!before) await db.close()
  })
  return { dir, db, taken, watch, log, rings }
}

/** Writes a file with a time of its own, so that writing twice in one millisecond is seen. */
let written = 0
function put({ dir }: Pick<Desk, 'dir'>, name: string, text = name): void {
  written += 1
  writeFileSync(join(dir, name), text)
  utimesSync(join(dir, name), written, written)
}

const lines = (dir: string, folder: string, name: string): string[] =>
  readFileSync(join(dir, folder, `${name}.result.txt`), 'utf8').split('\n')

it('a file is taken once it has stopped growing, and lies in done with what came of it', async () => {
  const on = await desk()
  put(on, 'accounts.csv', 'half')
  await on.watch.look()
  expect(on.taken).toEqual([])
  put(on, 'accounts.csv', 'half and half')
  await on.watch.look()
  expect(on.taken).toEqual([])
  await on.watch.look()
  expect(on.taken).toEqual(['accounts.csv'])
  expect(readdirSync(on.dir).sort()).toEqual(['done', 'refused'])
  expect(lines(on.dir, 'done', 'accounts.csv')).toEqual([
    'accounts.csv',
    expect.stringMatching(/^SHA-256 [0-9a-f]{64}$/),
    '13 bytes',
    '',
  ])
})

it('a trigger file says that a file is whole, and goes with it', async () => {
  const on = await desk()
  put(on, 'accounts.csv')
  put(on, 'accounts.csv.done')
  await on.watch.look()
  expect(on.taken).toEqual(['accounts.csv'])
  expect(readdirSync(on.dir).sort()).toEqual(['done', 'refused'])
})

it('files are taken in the order in which they were written, whatever their names; what is still being sent, and what is no file, is left', async () => {
  const on = await desk()
  for (const name of ['b.csv', 'a.csv', 'c.csv', 'd.csv.tmp', '.hidden', 'e.csv.filepart']) put(on, name)
  put(on, 'empty.csv', '')
  mkdirSync(join(on.dir, 'folder.csv'))
  symlinkSync('/etc/hostname', join(on.dir, 'link.csv'))
  await on.watch.look()
  await on.watch.look()
  expect(on.taken).toEqual(['b.csv', 'a.csv', 'c.csv'])
  expect(readdirSync(join(on.dir, 'done'))).toHaveLength(6)
})

it('the same bytes are never taken twice, whatever they are called', async () => {
  const on = await desk()
  put(on, 'monday.csv', 'same')
  await on.watch.look()
  await on.watch.look()
  put(on, 'tuesday.csv', 'same')
  put(on, 'monday.csv', 'same')
  await on.watch.look()
  await on.watch.look()
  expect(on.taken).toEqual(['monday.csv'])
  expect(lines(on.dir, 'refused', 'tuesday.csv')[2]).toBe(
    'This file was taken already, as monday.csv, at 2026-11-21T00:00:00.000Z',
  )
  put(on, 'monday.csv', 'other')
  await on.watch.look()
  await on.watch.look()
  expect(on.taken).toEqual(['monday.csv', 'monday.csv'])
  expect(readdirSync(join(on.dir, 'done')).filter(name => !name.endsWith('.txt'))).toHaveLength(2)
})

it('a file that is refused lies in refused with why, and may come again', async () => {
  let isWell = false
  const on = await desk(async () =>
    isWell ? { ok: true, result: 'taken' } : { ok: false, why: 'No account number' },
  )
  for (const well of [false, true]) {
    isWell = well
    put(on, 'accounts.csv')
    await on.watch.look()
    await on.watch.look()
  }
  expect(lines(on.dir, 'refused', 'accounts.csv')[2]).toBe('No account number')
  expect(lines(on.dir, 'done', 'accounts.csv')[2]).toBe('taken')
})

it('while the database is away a file stays where it is, and those after it wait', async () => {
  let away = true
  const on = await desk(async () => {
    if (away) throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
    return { ok: true, result: 'taken' }
  })
  for (const name of ['a.csv', 'b.csv']) put(on, name)
  await on.watch.look()
  await on.watch.look()
  expect(on.taken).toEqual(['a.csv'])
  away = false
  await on.watch.look()
  expect(on.taken).toEqual(['a.csv', 'a.csv', 'b.csv'])
  expect(readdirSync(join(on.dir, 'refused'))).toEqual([])
})

it('a fault of ours is logged, and the file put aside, so that it stops nothing', async () => {
  const on = await desk(async file => {
    if (file.name === 'a.csv') throw new Error('a fault of ours')
    return { ok: true, result: 'taken' }
  })
  for (const name of ['a.csv', 'b.csv']) put(on, name)
  await on.watch.look()
  await on.watch.look()
  expect(lines(on.dir, 'refused', 'a.csv')[2]).toMatch(/its log says what/)
  expect(on.log.join()).toContain('a fault of ours')
  expect(existsSync(join(on.dir, 'done', 'b.csv'))).toBe(true)
})

it('a file that is written to while it is taken is taken once more as a whole', async () => {
  const on = await desk(async file => {
    if (on.taken.length === 1) appendFileSync(file.path, ' and more')
    return { ok: true, result: `${file.byteCount} bytes` }
  })
  put(on, 'accounts.csv', 'first')
  await on.watch.look()
  await on.watch.look()
  expect(existsSync(join(on.dir, 'accounts.csv'))).toBe(true)
  await on.watch.look()
  await on.watch.look()
  expect(on.taken).toHaveLength(2)
  expect(lines(on.dir, 'done', 'accounts.csv')[2]).toBe('14 bytes')
})

it('a program that ends between taking and moving moves when it starts again, and takes nothing twice', async () => {
  const first = await desk()
  put(first, 'accounts.csv', 'text')
  await first.watch.look()
  await first.watch.look()
  const row = await first.db.kysely.selectFrom('taken_file').selectAll().executeTakeFirstOrThrow()
  // As it was left by a program that was killed there.
  await first.db.kysely.updateTable('taken_file').set({ moved: 0 }).execute()
  put(first, 'accounts.csv', 'text')
  const second = await desk(fine, first)
  await second.watch.look()
  expect(second.taken).toEqual([])
  expect(readdirSync(join(first.dir, 'done')).filter(name => !name.endsWith('.txt'))).toHaveLength(2)
  expect(await first.db.kysely.selectFrom('taken_file').selectAll().execute()).toEqual([row])
})

it('it looks every minute, one look after the other, and no more once it is stopped', async () => {
  const on = await desk()
  await expect.poll(() => on.rings.length).toBe(1)
  expect(on.rings[0]?.ms).toBe(60_000)
  on.rings[0]?.run()
  await expect.poll(() => on.rings.length).toBe(2)
  await on.watch.stop()
  on.rings[1]?.run()
  put(on, 'accounts.csv')
  await on.watch.look()
  await on.watch.look()
  expect(on.taken).toEqual([])
})

it('a stop ends what is in hand, and leaves the file for next time', async () => {
  const on = await desk(async (_file, signal) => {
    await new Promise((_done, failed) => signal.addEventListener('abort', () => failed(signal.reason)))
    return { ok: true, result: 'never' }
  })
  put(on, 'accounts.csv')
  await on.watch.look()
  const looking = on.watch.look()
  await expect.poll(() => on.taken).toEqual(['accounts.csv'])
  await on.watch.stop()
  await looking
  expect(existsSync(join(on.dir, 'accounts.csv'))).toBe(true)
})

const HEADER = 'Account,Name,Service,Due Date,Amount Due'
const rowsOf = (count: number): string =>
  [HEADER, ...Array.from({ length: count }, (_, no) => `10-${no + 1},Customer,water,2026-12-01,40.00`)].join(
    '\n',
  )

itOnPostgres('accounts come in from a folder, with their bad rows beside them', async () => {
  const db = await postgres.central()
  const dir = join(freshDir(), 'in')
  const watch = watchAccounts({
    db,
    dir,
    clock: () => NOW_MS,
    log: pino({ level: 'silent' }),
    missing: 'close',
    timeZone: 'UTC',
    schedule: () => () => undefined,
  })
  onTestFinished(() => watch.stop())
  await watch.look()
  writeFileSync(join(dir, '1.csv'), `${rowsOf(3)}\n10-4,Customer,water,2026-12-01,ten`)
  writeFileSync(join(dir, '2.csv'), 'This is no file of accounts')
  for (const name of ['1.csv', '2.csv']) utimesSync(join(dir, name), NOW_MS / 1_000, NOW_MS / 1_000)
  await watch.look()
  await watch.look()
  expect(lines(dir, 'done', '1.csv').slice(2)).toEqual([
    expect.stringMatching(/^line 5: Amount Due: /),
    expect.stringMatching(/^3 accounts taken over \(3 new.*1 lines left out$/),
    expect.stringMatching(/^Payments up to /),
    '',
  ])
  expect(lines(dir, 'refused', '2.csv')[2]).toMatch(/No column holds|no account/i)
})

itOnPostgres(
  'a central that is killed in the middle of a file takes it from its start, and has every account once',
  { timeout: 120_000 },
  async () => {
    const db = await postgres.central()
    const dir = join(freshDir(), 'in')
    mkdirSync(dir)
    writeFileSync(join(dir, 'accounts.csv'), rowsOf(20_000))
    writeFileSync(join(dir, 'accounts.csv.done'), '')
    const args = ['--port', '0', '--database', db.url, '--accounts-in', dir, '--data', freshDir()]
    const counted = async (): Promise<number> => {
      const { count } = await db.kysely
        .selectFrom('account')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return count
    }
    const first = startNode('central/main.ts', args)
    await lineOf(first, /listens on (\S+)/)
    await expect.poll(counted, { timeout: 30_000, interval: 5 }).toBeGreaterThan(0)
    await kill(first)
    expect(await counted()).toBeLessThan(20_000)
    const second = startNode('central/main.ts', args)
    await lineOf(second, /listens on (\S+)/)
    await expect.poll(() => existsSync(join(dir, 'done', 'accounts.csv')), { timeout: 60_000 }).toBe(true)
    expect(await counted()).toBe(20_000)
    expect(lines(dir, 'done', 'accounts.csv')[2]).toMatch(/^20000 accounts taken over/)
    expect(readdirSync(dir).sort()).toEqual(['.reading', 'done', 'refused'])
    await expect.poll(() => readdirSync(join(dir, '.reading'))).toEqual([])
  },
)

it('what is said about the folder of accounts must make sense before central starts', () => {
  expect(centralSettings([], {}).accounts).toBeUndefined()
  const env = { TILLPROOF_CENTRAL_ACCOUNTS_IN: '/srv/in', TILLPROOF_CENTRAL_ACCOUNTS_MISSING: 'close' }
  expect(centralSettings(['--accounts-payments-through', '18:00'], env).accounts).toMatchObject({
    dir: '/srv/in',
    missing: 'close',
    paymentsThrough: '18:00',
  })
  for (const bad of [
    ['--accounts-missing', 'burn'],
    ['--accounts-payments-through', '25:00'],
    ['--time-zone', 'Mars'],
  ])
    expect(() => centralSettings(['--accounts-in', 'x', ...bad], {})).toThrow(
      /keep or close|time of day|time zone/,
    )
})

it('words about a file are written over nothing, through no link, and in one line each', async () => {
  const of = await desk()
  const outside = join(freshDir(), 'outside.txt')
  writeFileSync(outside, 'Dear mother,')
  mkdirSync(join(of.dir, 'done'), { recursive: true })
  const name = 'a\nSHA-256 forged.csv'
  symlinkSync(outside, join(of.dir, 'done', `${name}.result.txt`))
  symlinkSync(join(of.dir, 'nowhere'), join(of.dir, 'done', name))
  writeFileSync(join(of.dir, name), 'number,balance')
  await of.watch.look()
  await of.watch.look()
  expect(of.taken).toEqual([name])
  expect(readFileSync(outside, 'utf8')).toBe('Dear mother,')
  const told = readdirSync(join(of.dir, 'done')).find(
    one => one.endsWith('.result.txt') && one !== `${name}.result.txt`,
  )
  const lines = readFileSync(join(of.dir, 'done', told ?? ''), 'utf8').split('\n')
  expect(lines[1]).toMatch(/^SHA-256 [0-9a-f]{64}$/)
})

it('what cannot be moved stops nothing behind it, is taken once, and moves when it can', async () => {
  const on = await desk()
  const elsewhere = freshDir()
  rmSync(join(on.dir, 'done'), { recursive: true })
  symlinkSync(elsewhere, join(on.dir, 'done'))
  const long = `a${'ü'.repeat(120)}.csv`
  for (const name of [long, 'b.csv']) put(on, name)
  for (let look = 0; look < 3; look += 1) await on.watch.look()
  expect(on.taken).toEqual([long, 'b.csv'])
  expect(readdirSync(elsewhere)).toEqual([])
  expect(on.log.join('')).toMatch(/is a link, or no folder/)
  rmSync(join(on.dir, 'done'))
  mkdirSync(join(on.dir, 'done'))
  await on.watch.look()
  expect(on.taken).toEqual([long, 'b.csv'])
  const [moved = '', words] = readdirSync(join(on.dir, 'done')).sort()
  expect(moved).toMatch(/^aü{100,}\.csv$/)
  expect(words).toBe(`${moved}.result.txt`)
  expect(lines(on.dir, 'done', moved)[0]).toBe(long)
})
