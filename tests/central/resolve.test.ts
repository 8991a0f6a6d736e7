/** The ways out of suspense, for money without a home and for what a void could not take back. */
import { expect } from 'vitest'
import { receiptStatesSince } from '../../central/accounts/feeds.ts'
import { changeCitySetting } from '../../central/city/city-settings.ts'
import { administer } from '../../central/cli/admin.ts'
import { glOfDate } from '../../central/posting/books/gl-journal.ts'
import { takeRange } from '../../central/posting/receive.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import { ACCOUNT_LIMITS } from '../../shared/account.ts'
import type { BusinessDate } from '../../shared/time.ts'
import {
  account,
  accountId,
  accountLine,
  billAccounts,
  CASH_GL,
  type Counter,
  CREDIT_GL,
  itemId,
  openCounter,
  SEWER_GL,
  TILL,
  WATER_GL,
  water,
} from '../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'

const postgres = postgresForFile()
const SOLD = Date.UTC(2026, 10, 20, 16)
const DECIDED = SOLD + 3 * 86_400_000
const SUSPENSE_GL = '999-9999'
const LOSS_GL = '600-6000'
const DAYS = ['2026-11-20', '2026-11-23'] as BusinessDate[]

interface Desk {
  db: CentralDb
  counter: Counter
  run(...words: string[]): Promise<{ code: number; said: string }>
  /** What the till hears of the receipt. */
  state(receiptId: string): Promise<unknown>
  /** Debits less credits of both days by GL account, without those that come to nothing. */
  gl(): Promise<Record<string, number>>
  owed(no: number): Promise<number[]>
}

async function desk(): Promise<Desk> {
  const db = await postgres.central()
  await billAccounts(db, [account(1), account(2), account(3, 'closed')])
  const counter = await openCounter(db)
  return {
    db,
    counter,
    run: async (...words) => {
      const said: string[] = []
      const code = await administer({ db, nowMs: DECIDED, say: line => said.push(line) }, words)
      return { code, said: said.join('\n') }
    },
    state: async receiptId => {
      const { states } = await receiptStatesSince(db, { tillId: TILL })
      const found = states.find(state => state.receiptId === receiptId)
      return found && [found.state, found.reason]
    },
    gl: async () => {
      const lines = (await Promise.all(DAYS.map(day => glOfDate(db, day)))).flat()
      const net = new Map<string, number>()
      for (const line of lines)
        net.set(line.glAccount, (net.get(line.glAccount) ?? 0) + line.debitCents - line.creditCents)
      expect([...net.values()].reduce((all, cents) => all + cents, 0)).toBe(0)
      for (const day of DAYS) {
        const ofDay = await glOfDate(db, day)
        expect(
          ofDay.reduce((all, line) => all + line.debitCents - line.creditCents, 0),
          day,
        ).toBe(0)
      }
      return Object.fromEntries([...net].filter(([, cents]) => cents !== 0).sort())
    },
    owed: async no => {
      const items = await db.kysely
        .selectFrom('account_item')
        .select(['service', 'open_cents', 'item_no'])
        .where('account_id', '=', accountId(no))
        .orderBy('item_no')
        .execute()
      return items.map(item => item.open_cents)
    },
  }
}

const push = async ({ db, counter }: Desk): Promise<void> => {
  expect(await takeRange(db, counter.pen.take(), { nowMs: SOLD })).toMatchObject({ ok: true })
}

/** Paid 10.00 of water and 5.00 of sewer, then the water went from the bill, then the receipt was voided. */
async function couldNotGoBack(on: Desk): Promise<string> {
  const line = accountLine(1, [
    [itemId(1, 1), 1_000, WATER_GL],
    [itemId(1, 2), 500, SEWER_GL],
  ])
  const receiptId = on.counter.receipt([line])
  await push(on)
  const { account: kept, items } = account(1)
  await billAccounts(on.db, [{ account: kept, items: items.slice(1) }], 2)
  on.counter.void(receiptId, 1_500)
  await push(on)
  expect(await on.state(receiptId)).toEqual(['exception', 'unknown-item'])
  expect(await on.gl()).toEqual({ [SUSPENSE_GL]: 1_500, [WATER_GL]: -1_000, [SEWER_GL]: -500 })
  return receiptId
}

const ZONE = ['--time-zone', 'UTC']

itOnPostgres('what waits is listed with how long it waits', async () => {
  const on = await desk()
  await couldNotGoBack(on)
  on.counter.receipt([water(77, 900)])
  await push(on)
  const { said } = await on.run('suspense')
  expect(said.split('\n')).toEqual([
    expect.stringMatching(/ 1 {2}W1-1 line 1 {2}15\.00 for 10-1 {2}not-reversed unknown-item for 3 days$/),
    expect.stringMatching(/ 1 {2}W1-2 line 1 {2}9\.00 for 10-77 {2}suspense unknown-account for 3 days$/),
  ])
})

itOnPostgres('what could not be taken back is taken back once it is there again', async () => {
  const on = await desk()
  const receiptId = await couldNotGoBack(on)
  expect(await on.run('resolve', TILL, receiptId, '1', ...ZONE)).toEqual({
    code: 1,
    said: 'Not settled: the account does not have this item',
  })
  await billAccounts(on.db, [account(1)], 3)
  expect(await on.run('resolve', TILL, receiptId, '1', ...ZONE)).toEqual({ code: 0, said: 'Settled' })
  expect(await on.owed(1)).toEqual([5_000, 3_000])
  expect(await on.state(receiptId)).toEqual(['reversed', null])
  expect(await on.gl()).toEqual({})
  expect((await on.run('resolve', TILL, receiptId, '1', ...ZONE)).code).toBe(1)
})

itOnPostgres('what could not be taken back is charged to an account, which then owes it', async () => {
  const on = await desk()
  const receiptId = await couldNotGoBack(on)
  expect((await on.run('resolve', TILL, receiptId, '1', '10-3', ...ZONE)).said).toContain(
    'the account is closed',
  )
  expect((await on.run('resolve', TILL, receiptId, '1', '4711', ...ZONE)).said).toContain('no such account')
  expect((await on.run('resolve', TILL, receiptId, '1', '10 2', '--note', 'Same owner', ...ZONE)).code).toBe(
    0,
  )
  expect(await on.owed(2)).toEqual([4_000, 2_500, 1_000, 500])
  expect(await on.state(receiptId)).toEqual(['reversed', null])
  expect(await on.gl()).toEqual({})
  const kept = await on.db.kysely.selectFrom('resolution').selectAll().execute()
  expect(kept).toMatchObject([
    { receipt_id: receiptId, line_no: 1, at: DECIDED, way: 'charged', target: '10-2', note: 'Same owner' },
  ])
  expect((await on.run('suspense')).said).toBe('')
})

itOnPostgres('an account that has as many items as one may have is charged no more', async () => {
  const on = await desk()
  const receiptId = await couldNotGoBack(on)
  const [item] = account(2).items
  if (!item) throw new Error('An account has items')
  const items = Array.from({ length: ACCOUNT_LIMITS.items }, (_, at) => ({
    ...item,
    itemId: itemId(2, 100 + at),
  }))
  await billAccounts(on.db, [{ ...account(2), items }], 9)
  const said = await on.run('resolve', TILL, receiptId, '1', '10-2', ...ZONE)
  expect(said).toMatchObject({ code: 1, said: expect.stringContaining('as many open items') })
  expect(await on.owed(2)).toHaveLength(ACCOUNT_LIMITS.items)
})

itOnPostgres('what could not be taken back is written off as a loss', async () => {
  const on = await desk()
  const receiptId = await couldNotGoBack(on)
  expect((await on.run('resolve', TILL, receiptId, '1', '--write-off', LOSS_GL, ...ZONE)).code).toBe(0)
  expect(await on.state(receiptId)).toEqual(['reversed', null])
  // The customer keeps what was paid off the bill, the money went back, and the city bears it.
  expect(await on.gl()).toEqual({ [LOSS_GL]: 1_500, [WATER_GL]: -1_000, [SEWER_GL]: -500 })
  expect(await on.owed(1)).toEqual([2_500])
})

itOnPostgres(
  'money without a home is written off, and a void of it later turns everything round',
  async () => {
    const on = await desk()
    const receiptId = on.counter.receipt([water(77, 900), accountLine(2, [[null, 100, CREDIT_GL]])])
    await push(on)
    expect((await on.run('resolve', TILL, receiptId, '1', '--write-off', LOSS_GL, ...ZONE)).code).toBe(0)
    expect(await on.state(receiptId)).toEqual(['posted', null])
    expect(await on.gl()).toEqual({ [CASH_GL]: 1_000, [LOSS_GL]: -900, [CREDIT_GL]: -100 })
    on.counter.void(receiptId, 1_000)
    await push(on)
    expect(await on.state(receiptId)).toEqual(['reversed', null])
    expect(await on.gl()).toEqual({})
  },
)

itOnPostgres('a line may wait a second time, and is settled a second time', async () => {
  const on = await desk()
  const receiptId = on.counter.receipt([water(77, 900)])
  await push(on)
  expect((await on.run('resolve', TILL, receiptId, '1', '10-2', ...ZONE)).code).toBe(0)
  // The billing system gave the credit out meanwhile.
  await billAccounts(on.db, [account(2)], 4)
  on.counter.void(receiptId, 900)
  await push(on)
  expect(await on.state(receiptId)).toEqual(['exception', 'changed-item'])
  expect((await on.run('resolve', TILL, receiptId, '1', '10-2', ...ZONE)).code).toBe(0)
  expect(await on.owed(2)).toEqual([4_000, 2_500, 900])
  expect(await on.state(receiptId)).toEqual(['reversed', null])
  expect(await on.gl()).toEqual({})
})

const OTHER_GL = '999-0000'
const moveSuspense = async ({ db }: Desk): Promise<void> =>
  expect(await changeCitySetting(db, 'suspenseGlAccount', OTHER_GL)).toBeNull()

itOnPostgres.each([
  ['posted', [], (on: Desk) => billAccounts(on.db, [account(77)], 3), { [CASH_GL]: 900, [WATER_GL]: -900 }],
  ['credited', ['10-2'], async () => undefined, { [CASH_GL]: 900, [WATER_GL]: -900 }],
  ['written off', ['--write-off', LOSS_GL], async () => undefined, { [CASH_GL]: 900, [LOSS_GL]: -900 }],
])(
  'money that waits is %s out of where it was booked, whatever stands for suspense since',
  async (_way, words, meanwhile, booked) => {
    const on = await desk()
    const receiptId = on.counter.receipt([water(77, 900)])
    await push(on)
    await moveSuspense(on)
    await meanwhile(on)
    expect(await on.run('resolve', TILL, receiptId, '1', ...words, ...ZONE)).toEqual({
      code: 0,
      said: 'Settled',
    })
    expect(await on.gl()).toEqual(booked)
    on.counter.void(receiptId, 900)
    await push(on)
    expect(await on.gl()).toEqual({})
  },
)

itOnPostgres.each([
  ['taken back', [], (on: Desk) => billAccounts(on.db, [account(1)], 3), {}],
  ['charged', ['10-2'], async () => undefined, {}],
  [
    'written off',
    ['--write-off', LOSS_GL],
    async () => undefined,
    { [LOSS_GL]: 1_500, [WATER_GL]: -1_000, [SEWER_GL]: -500 },
  ],
])(
  'what a void could not take back is %s out of where it was booked',
  async (_way, words, meanwhile, booked) => {
    const on = await desk()
    const receiptId = await couldNotGoBack(on)
    await moveSuspense(on)
    await meanwhile(on)
    expect((await on.run('resolve', TILL, receiptId, '1', ...words, ...ZONE)).code).toBe(0)
    expect(await on.gl()).toEqual(booked)
  },
)

itOnPostgres('words that cannot be meant are answered in words, with 2, and settle nothing', async () => {
  const on = await desk()
  const receiptId = await couldNotGoBack(on)
  const wrong = [
    [],
    [TILL, receiptId],
    [TILL, receiptId, 'one'],
    ['till', receiptId, '1'],
    [TILL, "'; DROP TABLE posting; --", '1'],
    [TILL, receiptId, '1', '10-2', '--write-off', LOSS_GL],
    [TILL, receiptId, '1', '--write-off', ' '],
    [TILL, receiptId, '1', '--time-zone', 'Mars'],
    [TILL, receiptId, '1', '10-2', 'more'],
  ]
  for (const words of wrong) {
    const { code, said } = await on.run('resolve', ...words)
    expect([code, said.includes('central resolve TILL-ID')], words.join(' ')).toEqual([2, true])
  }
  expect((await on.run('suspense')).said).toContain('not-reversed')
})
