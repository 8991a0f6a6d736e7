import { sql } from 'kysely'
import { expect } from 'vitest'
import { accountsSince } from '../../central/accounts/feeds.ts'
import { lastTimeBefore } from '../../central/accounts/watched-accounts.ts'
import { administer } from '../../central/cli/admin.ts'
import { ACCOUNT_LIMITS } from '../../shared/account.ts'
import {
  bill,
  fileOf,
  HEADER,
  HOUR_MS,
  owed,
  pays,
  push,
  row,
  take,
  totalOwed,
  WRITTEN_MS,
} from '../support/central/account-files.ts'
import { account, openCounter, TILL } from '../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'

const postgres = postgresForFile()
itOnPostgres(
  'a CSV file is read as the till reads it, and once more changes nothing and tells the tills nothing',
  async () => {
    const db = await postgres.central()
    await openCounter(db)
    expect(await take(db, bill(1, 2, 3))).toMatchObject({ accounts: 3, added: 3, changed: 0, badCount: 0 })
    expect(await owed(db, 2)).toEqual({ water: 4_000, sewer: 2_500, credit: 0 })
    const all = await accountsSince(db, { tillId: TILL }, { nowMs: WRITTEN_MS })
    expect(all.accounts).toHaveLength(3)
    expect(await take(db, bill(1, 2, 3))).toMatchObject({ accounts: 3, added: 0, changed: 0, unchanged: 3 })
    expect(await take(db, [...bill(1, 2), row(3, 'water', '41.00')])).toMatchObject({
      changed: 1,
      unchanged: 2,
    })
    const news = await accountsSince(db, { tillId: TILL, cursor: all.cursor }, { nowMs: WRITTEN_MS })
    expect(news.accounts).toMatchObject([{ account: { number: '10-3' }, items: [{ openCents: 4_100 }] }])
  },
)

itOnPostgres('bad rows are listed with their lines and keep back their own account alone', async () => {
  const db = await postgres.central()
  const lines = [
    ...bill(1),
    row(2, 'water', 'ten'),
    row(2, 'sewer', '1.00'),
    ',No number,,,water,2026-12-01,5.00,,',
    row(3, 'water', '2.00'),
  ]
  const taken = await take(db, lines)
  expect(taken).toMatchObject({ accounts: 2, badCount: 3 })
  expect(taken.bad.map(bad => bad.line)).toEqual([6, 4, 5])
  expect(taken.bad[1]?.why).toMatch(/^Amount Due: This is not an amount/)
  expect(await owed(db, 2)).toEqual({ credit: -1 })
})

itOnPostgres('JSON lines pass no text that a table is refused for, nor a till could take', async () => {
  const db = await postgres.central()
  const texts = ['A\u202enn', 'A\u0007nn', 'pays with 4111 1111 1111 1111']
  const spoilt = texts.flatMap((text, at) => [
    { ...account(at + 2), account: { ...account(at + 2).account, name: text } },
    { ...account(at + 5), items: account(at + 5).items.map(item => ({ ...item, service: text })) },
  ])
  const [item] = account(8).items
  const twice = { ...account(8), items: item ? [item, item] : [] }
  const lines = [account(1), ...spoilt, twice].map(one => JSON.stringify(one))
  expect(await take(db, lines)).toMatchObject({ accounts: 1, badCount: spoilt.length + 1 })
})

itOnPostgres(
  'accounts that the file lacks are kept, or closed where that is asked for and the file is sure of it',
  async () => {
    const db = await postgres.central()
    await take(db, bill(1, 2, 3))
    expect(await take(db, bill(1))).toMatchObject({ closed: 0 })
    const unsure = await take(db, [...bill(1), ',No number,,,water,2026-12-01,5.00,,'], { missing: 'close' })
    expect(unsure).toMatchObject({ closed: 0, nothingClosed: true })
    expect(await take(db, [...bill(1), row(2, 'water', 'ten')], { missing: 'close' })).toMatchObject({
      closed: 1,
    })
    const open = await db.kysely
      .selectFrom('account')
      .select('number')
      .where('status', '=', 'open')
      .orderBy('number')
      .execute()
    expect(open.map(one => one.number)).toEqual(['10-1', '10-2'])
    expect(await take(db, bill(3), { missing: 'keep' })).toMatchObject({ changed: 1 })
  },
)

itOnPostgres(
  'payments that the file cannot contain are put on top of its figures, and stay undone where they were',
  async () => {
    const db = await postgres.central()
    const counter = await openCounter(db)
    await take(db, bill(1, 2, 3, 4))
    const early = WRITTEN_MS - HOUR_MS
    const late = WRITTEN_MS + HOUR_MS
    counter.receipt([pays(1, [['water', 1_000]])])
    const undone = counter.receipt([pays(3, [['water', 4_000]])])
    await push(db, counter, early)
    counter.receipt([
      pays(2, [
        ['water', 1_500],
        [null, 300],
      ]),
    ])
    const both = counter.receipt([pays(4, [['sewer', 2_500]])])
    counter.void(undone, 4_000)
    counter.void(both, 2_500)
    await push(db, counter, late)
    // The billing system has what was paid until it wrote: account 3 owes no water by its figures.
    const file = [
      HEADER,
      row(1, 'water', '30.00'),
      row(2, 'water', '40.00'),
      row(3, 'sewer', '25.00'),
      row(4, 'sewer', '25.00'),
    ]
    for (const time of ['first', 'second']) {
      const taken = await take(db, file)
      expect(taken, time).toMatchObject({ paymentsThroughMs: WRITTEN_MS })
      expect(await owed(db, 1)).toEqual({ water: 3_000, credit: 0 })
      expect(await owed(db, 2)).toEqual({ water: 2_500, credit: 300 })
      expect(await owed(db, 3)).toEqual({ water: 4_000, sewer: 2_500, credit: 0 })
      expect(await owed(db, 4)).toEqual({ sewer: 2_500, credit: 0 })
    }
    // An earlier moment: what the billing system had not taken in when it wrote.
    await take(db, file, { paymentsThroughMs: early - 1 })
    expect(await owed(db, 1)).toEqual({ water: 2_000, credit: 0 })
    await take(db, file, { paymentsThroughMs: late })
    expect(await owed(db, 2)).toEqual({ water: 4_000, credit: 0 })
  },
)

itOnPostgres(
  'what is owed again, of an account that is full by the file, is owed with its last item',
  async () => {
    const db = await postgres.central()
    const counter = await openCounter(db)
    await take(db, bill(1))
    const paid = counter.receipt([pays(1, [['water', 4_000]])])
    await push(db, counter, WRITTEN_MS - HOUR_MS)
    counter.void(paid, 4_000)
    await push(db, counter, WRITTEN_MS + HOUR_MS)
    const full = Array.from({ length: ACCOUNT_LIMITS.items }, (_, at) => row(1, `meter ${at}`, '1.00'))
    await take(db, [HEADER, ...full])
    expect(Object.keys(await owed(db, 1))).toHaveLength(ACCOUNT_LIMITS.items + 1)
    expect(await totalOwed(db, 1)).toBe(ACCOUNT_LIMITS.items * 100 + 4_000)
  },
)

itOnPostgres(
  'what a later payment has too much for the file’s items waits as a credit; what has no place is an item of its own',
  async () => {
    const db = await postgres.central()
    const counter = await openCounter(db)
    await take(db, bill(1, 2))
    const credit = counter.receipt([pays(2, [[null, 700]])])
    await push(db, counter, WRITTEN_MS - HOUR_MS)
    counter.receipt([pays(1, [['water', 4_000]])])
    counter.void(credit, 700)
    await push(db, counter, WRITTEN_MS + HOUR_MS)
    await take(db, [HEADER, row(1, 'water', '15.00'), row(2, 'water', '40.00')])
    expect(await owed(db, 1)).toEqual({ water: 0, credit: 2_500 })
    expect(await totalOwed(db, 2)).toBe(4_700)
    // The same file again changes nothing.
    await take(db, [HEADER, row(1, 'water', '15.00'), row(2, 'water', '40.00')])
    expect(await totalOwed(db, 2)).toBe(4_700)
  },
)

itOnPostgres('a file that is none is refused in words, and changes nothing', async () => {
  const db = await postgres.central()
  await take(db, bill(1))
  const said: string[] = []
  const run = (file: string) =>
    administer({ db, nowMs: WRITTEN_MS, say: line => said.push(line) }, [
      'import-accounts',
      file,
      '--missing',
      'close',
    ])
  const bad: [lines: string[], words: RegExp][] = [
    [['hello'], /no account in this file|No column/i],
    [[''], /no account in this file/],
    [['Name,Amount', 'A,1.00'], /No column holds the account number/],
    [['Account,Name', '10-1,A'], /No column holds an amount/],
    [['Account,Account,Amount', '10-1,10-1,1.00'], /same name/],
    [[HEADER], /no account in this file/],
    [['{"nothing":1}', '{"else":2}'], /No account in this file can be read: line 1/],
    [['\u0000\u0001\u0002'], /no text file/],
  ]
  for (const [lines, words] of bad) {
    said.length = 0
    expect(await run(fileOf(lines))).toBe(1)
    expect(said.join('\n')).toMatch(words)
  }
  expect(await run('/nowhere/accounts.csv')).toBe(1)
  expect(said.at(-1)).toMatch(/no such file/)
  const { rows } = await sql`SELECT number FROM account WHERE status = 'open'`.execute(db.kysely)
  expect(rows).toEqual([{ number: '10-1' }])
})

itOnPostgres('the command says what it did, and what it cannot mean', async () => {
  const db = await postgres.central()
  const said: string[] = []
  const run = (...words: string[]) =>
    administer({ db, nowMs: WRITTEN_MS + HOUR_MS, say: line => said.push(line) }, [
      'import-accounts',
      ...words,
    ])
  const file = fileOf(bill(1, 2))
  expect(await run(file, '--payments-through', '18:00', '--time-zone', 'UTC', '--missing', 'close')).toBe(0)
  expect(said[0]).toMatch(
    /^2 accounts taken over \(2 new, 0 changed, 0 as before\), 0 closed, 0 lines left out/,
  )
  expect(said[1]).toContain('2026-11-20T18:00:00.000Z')
  const wrong = [
    [],
    [file, 'more'],
    [file, '--missing', 'burn'],
    [file, '--nothing'],
    [file, '--time-zone', '+2'],
    [file, '--payments-through', 'noon'],
    [file, '--payments-through', '2027-01-01T00:00Z'],
  ]
  for (const words of wrong) expect(await run(...words), words.join(' ')).toBe(2)
  expect(said.at(-1)).toMatch(/still to come[\s\S]*central import-accounts FILE/)
})

itOnPostgres('the last 18:00 before a file was written is one by the clocks of the city', () => {
  const at = (iso: string): number => Date.parse(iso)
  const before = (iso: string, zone: string): string =>
    new Date(lastTimeBefore(at(iso), '18:00', zone)).toISOString()
  expect(before('2026-11-21T03:00Z', 'America/Chicago')).toBe('2026-11-21T00:00:00.000Z')
  expect(before('2026-11-20T23:59Z', 'America/Chicago')).toBe('2026-11-20T00:00:00.000Z')
  expect(before('2026-07-01T23:30Z', 'America/Chicago')).toBe('2026-07-01T23:00:00.000Z')
  expect(() => before('2026-07-01T23:30Z', 'Nowhere/At all')).toThrow(RangeError)
})

itOnPostgres('a file of many pieces comes in whole, and once more changes nothing', async () => {
  const db = await postgres.central()
  const lines = [HEADER]
  for (let no = 1; no <= 5_000; no += 1) lines.push(row(no, 'water', '40.00'), row(no, 'sewer', '25.00'))
  expect(await take(db, lines)).toMatchObject({ added: 5_000 })
  expect(await take(db, lines)).toMatchObject({ unchanged: 5_000 })
})
