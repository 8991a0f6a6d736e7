/** Central's command line, and the schema steps that it and the receiver start from. */
import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { enrol } from '../../central/city/enrol.ts'
import { administer } from '../../central/cli/admin.ts'
import { positionOf } from '../../central/journal/position.ts'
import { takeRange } from '../../central/posting/receive.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import { centralSteps, migrateCentral, versionOf } from '../../db/central/migrate.ts'
import { openPostgres } from '../../db/central/open.ts'
import { DAY_MS } from '../../shared/time.ts'
import {
  account,
  Counter,
  OTHER_TILL,
  openCounter,
  SET_UP,
  TILL,
  water,
} from '../support/central/central-shop.ts'
import { freshDatabase, itOnPostgres, postgresForFile } from '../support/central/postgres.ts'
import { newTillKey } from '../support/central/signed.ts'
import { addTill, Pen } from '../support/central/till-journal.ts'
import { freshDir } from '../support/data-folder.ts'
import { runNode } from '../support/run/child.ts'

const postgres = postgresForFile()
const NOW_MS = Date.UTC(2026, 10, 21)

async function desk(db: CentralDb) {
  return async (...words: string[]): Promise<{ code: number; said: string }> => {
    const lines: string[] = []
    const code = await administer({ db, nowMs: NOW_MS, say: line => lines.push(line) }, words)
    return { code, said: lines.join('\n') }
  }
}

itOnPostgres('a till is enrolled by the code that was shown, listed with its lag, and revoked', async () => {
  const db = await postgres.central()
  const run = await desk(db)
  const { said } = await run('enrol', 'Window', '1')
  const code = said.slice(0, 14)
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  const { publicKey } = newTillKey()
  const input = { protocol: 1 as const, code, tillId: TILL, tillCode: 'W1', publicKey }
  expect(await enrol(db, input, { nowMs: NOW_MS - 7_200_000 })).toMatchObject({ ok: true })
  expect((await run('tills')).said).toMatch(
    /W1 +held 0\/0, nothing held +heard of 2 hours ago +0 in suspense, 0 alarms/,
  )
  expect(await run('revoke', TILL)).toMatchObject({ code: 0 })
  expect((await run('tills')).said).toContain('revoked')
  expect(await run('revoke', TILL)).toMatchObject({ code: 1 })
  expect(await run('sell')).toMatchObject({ code: 2, said: expect.stringContaining('gl-export DATE') })
})

itOnPostgres(
  'a code that nobody used is good for a week, is listed by a name that tells nothing, and is taken back',
  async () => {
    const db = await postgres.central()
    const run = await desk(db)
    const { publicKey } = newTillKey()
    const made = async (note: string) => (await run('enrol', note)).said.slice(0, 14)
    const enrolled = (code: string, nowMs: number) =>
      enrol(db, { protocol: 1, code, tillId: TILL, tillCode: 'W1', publicKey }, { nowMs })
    const [late, taken, used] = [await made('late'), await made('taken'), await made('used')]
    const nameOf = async (note: string) =>
      new RegExp(`^(\\w{8}) .* ${note}$`, 'm').exec((await run('codes')).said)?.[1] ?? ''
    expect(await enrolled(late, NOW_MS + 7 * DAY_MS + 1)).toEqual({ ok: false, code: 'CODE_NOT_VALID' })
    expect(await run('withdraw-code', await nameOf('taken'))).toMatchObject({ code: 0 })
    expect(await enrolled(taken, NOW_MS)).toEqual({ ok: false, code: 'CODE_NOT_VALID' })
    expect(await enrolled(used, NOW_MS + 7 * DAY_MS)).toMatchObject({ ok: true })
    // The answer may have been lost, however long ago.
    expect(await enrolled(used, NOW_MS + 30 * DAY_MS)).toMatchObject({ ok: true })
    expect(await run('withdraw-code', await nameOf('used'))).toMatchObject({ code: 1 })
    const { said } = await run('codes')
    expect(said).toMatch(/^\w{8} {2}good {7}made 0 minutes ago {4}late$/m)
    expect(said).toMatch(/^\w{8} {2}withdrawn {2}made 0 minutes ago {4}taken$/m)
    expect(said).toMatch(new RegExp(`^\\w{8} {2}used {7}made 0 minutes ago {2}${TILL} {2}used$`, 'm'))
  },
)

itOnPostgres(
  'the code of a till that was revoked is free once somebody says so, whatever it sent',
  async () => {
    const db = await postgres.central()
    const run = await desk(db)
    const counter = await openCounter(db)
    counter.receipt([water(1, 1_000)])
    await takeRange(db, counter.pen.take(), { nowMs: NOW_MS })
    const { publicKey } = newTillKey()
    const { code: tillCode = '' } =
      (await db.kysely.selectFrom('enrolled_till').select('code').executeTakeFirst()) ?? {}
    const next = async () => {
      const code = (await run('enrol')).said.slice(0, 14)
      return enrol(db, { protocol: 1, code, tillId: OTHER_TILL, tillCode, publicKey }, { nowMs: NOW_MS })
    }
    expect(await run('free-code', TILL)).toMatchObject({ code: 1 })
    await run('revoke', TILL)
    expect(await next()).toEqual({ ok: false, code: 'TILL_CODE_TAKEN' })
    expect(await run('free-code', TILL)).toMatchObject({ code: 0 })
    expect(await next()).toMatchObject({ ok: true })
    expect(await run('free-code', TILL)).toMatchObject({ code: 1 })
  },
)

itOnPostgres(
  'a till that was set up under another code than it enrolled under is told by an alarm, once',
  async () => {
    const db = await postgres.central()
    const pen = new Pen(TILL)
    await addTill(db, TILL, 2)
    pen.write('till.set-up', SET_UP)
    for (let times = 0; times < 2; times += 1)
      expect(await takeRange(db, pen.take(), { nowMs: NOW_MS })).toMatchObject({ ok: true })
    expect((await (await desk(db))('alarms')).said).toMatch(
      /till-code at 1\/1, .* It is enrolled as W2, and was set up as W1/,
    )
  },
)

itOnPostgres('accounts come from a file, and suspense is listed and resolved', async () => {
  const db = await postgres.central()
  const run = await desk(db)
  const counter = await openCounter(db)
  const receiptId = counter.receipt([water(1, 1_000)])
  await takeRange(db, counter.pen.take(), { nowMs: NOW_MS })
  const file = join(freshDir(), 'accounts.jsonl')
  const lines = [account(1), account(2)].map(one => JSON.stringify(one))
  writeFileSync(file, [...lines, '', 'nonsense', '{"account":{}}', lines[1]].join('\r\n'))
  utimesSync(file, NOW_MS / 1_000, NOW_MS / 1_000)
  const taken = await run('import-accounts', file)
  expect(taken.code).toBe(1)
  expect(taken.said).toMatch(/line 4: is not JSON\nline 5: .*\n3 accounts taken over .*, 2 lines left out\n/)
  expect((await run('suspense')).said).toMatch(/W1-1 line 1 +10\.00 for 10-1 +suspense unknown-account/)
  expect(await run('resolve', TILL, receiptId, '1')).toEqual({ code: 0, said: 'Settled' })
  expect((await run('suspense')).said).toBe('')
  expect(await run('resolve', TILL, receiptId, '1')).toMatchObject({
    code: 1,
    said: expect.stringMatching(/^Not settled: nothing waits/),
  })
  expect((await run('gl-export', '2026-11-20')).said).toContain('2026-11-20,999-9999,0.00,10.00')
  expect(await run('gl-export', 'yesterday')).toMatchObject({ code: 2 })
})

itOnPostgres(
  'alarms are listed and cleared, stay on record, and come again when it happens again',
  async () => {
    const db = await postgres.central()
    const run = await desk(db)
    const counter = await openCounter(db)
    const fork = new Counter(counter.pen.fork(2))
    await takeRange(db, counter.pen.take(), { nowMs: NOW_MS - 3_600_000 })
    fork.receipt([water(1, 100)])
    const forked = fork.pen.take()
    const tryAgain = () => takeRange(db, forked, { nowMs: NOW_MS - 60_000 })
    expect(await tryAgain()).toMatchObject({ code: 'FORK' })
    await tryAgain()
    const listed = await run('alarms')
    expect(listed.said).toMatch(
      /^\S+ 1 {2}W1 {2}fork at 1\/3, 1 minute ago {2}Another row is held here {2}held \w{64}, sent \w{64}$/,
    )
    expect((await run('tills')).said).toMatch(
      /held 1\/4, newest of 4 facts \d+ days old {2}heard of 1 minute ago {2}0 in suspense, 1 alarms/,
    )
    expect((await positionOf(db, TILL)).alarms).toBe(1)
    expect(await run('clear-alarm', TILL, '1', 'Disk', 'was', 'copied')).toMatchObject({ code: 0 })
    expect(await run('alarms')).toEqual({ code: 0, said: '' })
    expect((await positionOf(db, TILL)).alarms).toBe(0)
    expect((await run('alarms', '--all')).said).toMatch(/cleared: Disk was copied$/)
    expect(await run('clear-alarm', TILL, '1')).toMatchObject({ code: 1 })
    await tryAgain()
    expect((await run('alarms')).said).toMatch(/^\S+ 2 {2}W1 {2}fork/)
  },
)

itOnPostgres('words that cannot be meant are answered in words, with 2', async () => {
  const db = await postgres.central()
  const run = await desk(db)
  const wrong = [
    [],
    ['sell'],
    ['toString'],
    ['revoke'],
    ['revoke', 'W1'],
    ['tills', 'all'],
    ['tills', '--all'],
    ['alarms', 'W1'],
    ['clear-alarm', TILL],
    ['clear-alarm', TILL, '0'],
    ['clear-alarm', "'; DROP TABLE alarm; --", '1'],
    ['suspense', 'now'],
    ['gl-export'],
  ]
  for (const words of wrong) {
    const { code, said } = await run(...words)
    expect([code, said.includes('central clear-alarm TILL-ID NO')], words.join(' ')).toEqual([2, true])
  }
})

it('options that central does not have are answered in words, with 2', async () => {
  for (const args of [
    ['--nothing', 'tills'],
    ['--port', 'x', 'tills'],
  ]) {
    const { code, stderr } = await runNode('central/cli/admin.ts', args)
    expect([code, stderr.includes('central tills')], args.join(' ')).toEqual([2, true])
  }
})

itOnPostgres('a database is brought from one schema to the next, once, with what is in it', async () => {
  const url = await freshDatabase(postgres.cluster())
  const db = await openPostgres(url)
  const steps = centralSteps()
  const last = steps.at(-1)?.version ?? 0
  await openCounter(db)
  const next = {
    version: last + 1,
    sql: 'ALTER TABLE enrolled_till ADD COLUMN site TEXT;\nUPDATE enrolled_till SET site = code;\n',
  }
  const other = await openPostgres(url)
  await Promise.all([migrateCentral(db, [...steps, next]), migrateCentral(other, [...steps, next])])
  expect(await versionOf(db)).toBe(last + 1)
  const { rows } = await sql`SELECT site FROM enrolled_till`.execute(db.kysely)
  expect(rows).toEqual([{ site: 'W1' }])
  const broken = { version: last + 2, sql: 'DROP TABLE enrolled_till;\nSELECT nothing FROM nowhere;\n' }
  await expect(migrateCentral(db, [...steps, next, broken])).rejects.toThrow(/nowhere/)
  expect(await versionOf(db)).toBe(last + 1)
  expect((await sql`SELECT 1 FROM enrolled_till`.execute(db.kysely)).rows).toHaveLength(1)
  await expect(openPostgres(url)).rejects.toThrow(/this program knows/)
  await Promise.all([db.close(), other.close()])
})

itOnPostgres('the journal at central is never changed and never deleted from', async () => {
  const db = await postgres.central()
  const counter = await openCounter(db)
  await takeRange(db, counter.pen.take(), { nowMs: NOW_MS })
  await expect(sql`UPDATE journal SET at = 0`.execute(db.kysely)).rejects.toThrow(/append-only/)
  await expect(sql`DELETE FROM journal`.execute(db.kysely)).rejects.toThrow(/append-only/)
})
