/** Customers with several ids behind them, of which files still speak: what was paid under each is theirs. */
import { expect } from 'vitest'
import { accountsSince } from '../../central/accounts/feeds.ts'
import { accountIdOf } from '../../db/accounts/named-id.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import type { ReceiptLine } from '../../shared/ledger/receipt.ts'
import {
  EARLY,
  HEADER,
  push,
  recordOf,
  row,
  take,
  told,
  WRITTEN_MS,
} from '../support/central/account-files.ts'
import { accountId, type Counter, openCounter, TILL, water } from '../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'

const postgres = postgresForFile()
const SAME = { number: '10-1', name: 'Customer 1' }
const CLOSED = { status: 'closed' } as const

async function opened(...rows: string[]): Promise<{ db: CentralDb; counter: Counter }> {
  const db = await postgres.central()
  const counter = await openCounter(db)
  await take(db, rows, EARLY)
  return { db, counter }
}

/** Paid under the id that the account's number made. */
const named = (line: ReceiptLine): ReceiptLine =>
  line.kind === 'account' ? { ...line, accountId: accountIdOf('10-1') } : line

itOnPostgres(
  'what is held under the id of a number goes with its account to another id, and is asked for again once it is void',
  async () => {
    const { db, counter } = await opened(recordOf(1), recordOf(2))
    const receiptId = counter.receipt([named(water(1, 1_000))])
    await push(db, counter, WRITTEN_MS)
    expect((await told(db))['10-1']).toBe(5_500)
    const night = [recordOf(51, SAME), recordOf(2)]
    for (let nights = 0; nights < 2; nights += 1) {
      await take(db, night, EARLY)
      expect(await told(db)).toEqual({ '10-1': 5_500, '10-2': 6_500 })
    }
    counter.void(receiptId, 1_000)
    await push(db, counter, WRITTEN_MS + 1)
    expect(await told(db)).toEqual({ '10-1': 6_500, '10-2': 6_500 })
  },
)

itOnPostgres.each([
  ['somebody else', [recordOf(7, { number: '10-1', name: 'Next tenant' })]],
  ['nobody', []],
])(
  'a closed record of an earlier id says every night who goes on, also once %s has the number',
  async (_who, others) => {
    const { db, counter } = await opened(recordOf(1))
    const past = recordOf(1, CLOSED)
    await take(db, [recordOf(51, SAME), past], EARLY)
    await take(db, [recordOf(51, { ...SAME, number: '10-9' }), past, ...others], EARLY)
    counter.receipt([water(1, 1_000)])
    await push(db, counter, WRITTEN_MS)
    expect((await told(db))['10-9']).toBe(5_500)
  },
)

itOnPostgres(
  'what was paid under each of several closed records is the open one’s, in whatever order they stand',
  async () => {
    const { db, counter } = await opened(recordOf(51, SAME))
    counter.receipt([water(51, 1_000)])
    await push(db, counter, WRITTEN_MS)
    const past = [recordOf(51, { ...SAME, ...CLOSED }), recordOf(1, CLOSED)]
    for (const rows of [
      [recordOf(61, SAME), ...past],
      [...past.toReversed(), recordOf(61, SAME)],
    ]) {
      await take(db, rows, EARLY)
      expect(await told(db)).toEqual({ '10-1': 5_500 })
    }
  },
)

itOnPostgres('a table that names a number which an account has lost means a new customer', async () => {
  const { db, counter } = await opened(recordOf(1), recordOf(2))
  counter.receipt([named(water(1, 1_000))])
  await push(db, counter, WRITTEN_MS)
  await take(db, [recordOf(1, { ...SAME, number: '10-9' })], EARLY)
  for (let nights = 0; nights < 2; nights += 1) {
    await take(db, [HEADER, row(1, 'water', '40.00')], EARLY)
    expect(await told(db)).toEqual({ '10-1': 4_000, '10-2': 6_500, '10-9': 5_500 })
  }
  counter.receipt([named(water(1, 500))])
  await push(db, counter, WRITTEN_MS + 1)
  expect(await told(db)).toEqual({ '10-1': 4_000, '10-2': 6_500, '10-9': 5_000 })
})

itOnPostgres(
  'an owner’s second account that is closed under the first one’s number stays another, named beside it or not',
  async () => {
    const acme = { name: 'Acme' }
    const first = recordOf(1, { ...SAME, ...acme })
    for (const beside of [[], [first]]) {
      const { db, counter } = await opened(first, recordOf(2, acme))
      await take(db, [recordOf(2, { ...acme, ...CLOSED, number: '10-1' }), ...beside], EARLY)
      counter.receipt([water(2, 1_000)])
      await push(db, counter, WRITTEN_MS)
      expect((await told(db))['10-1']).toBe(6_500)
    }
  },
)

itOnPostgres(
  'of an account that a file names twice the later row counts, also where the earlier one waits',
  async () => {
    const { db } = await opened(recordOf(1), recordOf(2))
    const between = Array.from({ length: 1_001 }, (_, at) => recordOf(at + 100))
    const waits = recordOf(2, { number: '10-1', name: 'Earlier' })
    const file = [waits, ...between, recordOf(2, { name: 'Later' }), recordOf(1, { number: '10-9' })]
    await take(db, file, EARLY)
    const { accounts } = await accountsSince(db, { tillId: TILL, limit: 5_000 }, { nowMs: WRITTEN_MS })
    const second = accounts.find(one => one.account.accountId === accountId(2))
    expect([second?.account.name, second?.account.number]).toEqual(['Later', '10-2'])
  },
)

itOnPostgres('an id that is gone is told no later than who goes on', async () => {
  const { db } = await opened(recordOf(61))
  const { cursor } = await accountsSince(db, { tillId: TILL }, { nowMs: WRITTEN_MS })
  await take(db, [recordOf(21, { number: '10-61', name: 'Customer 61' })], EARLY)
  const page = await accountsSince(db, { tillId: TILL, cursor, limit: 1 }, { nowMs: WRITTEN_MS })
  expect([page.gone, page.accounts]).toEqual([[{ accountId: accountId(61), heirId: accountId(21) }], []])
})

itOnPostgres.each([
  ['renewed first', ['renewed', 'second', 'first']],
  ['renewed last', ['second', 'first', 'renewed']],
  ['the other way', ['first', 'second', 'renewed']],
])(
  'a former tenant’s record takes nothing from the present one, who gets another id: %s',
  async (_what, order) => {
    const tenant = { number: '10-1', name: 'Next tenant' }
    const { db, counter } = await opened(recordOf(1))
    await take(db, [recordOf(1, CLOSED), recordOf(2, tenant)], EARLY)
    counter.receipt([water(2, 1_000)])
    await push(db, counter, WRITTEN_MS)
    const rows: Record<string, string> = {
      first: recordOf(1, CLOSED),
      second: recordOf(2, { ...tenant, ...CLOSED }),
      renewed: recordOf(3, tenant),
    }
    for (let nights = 0; nights < 2; nights += 1) {
      await take(
        db,
        order.map(name => rows[name] ?? ''),
        EARLY,
      )
      expect(await told(db)).toEqual({ '10-1': 5_500 })
    }
    counter.receipt([water(2, 500)])
    await push(db, counter, WRITTEN_MS + 1)
    expect(await told(db)).toEqual({ '10-1': 5_000 })
  },
)

itOnPostgres('of two former tenants of a number the later one has it, every night', async () => {
  const { db } = await opened(recordOf(1))
  await take(db, [recordOf(1, CLOSED), recordOf(2, { number: '10-1', name: 'Next tenant' })], EARLY)
  const both = [recordOf(2, { ...CLOSED, number: '10-1', name: 'Next tenant' }), recordOf(1, CLOSED)]
  for (const rows of [both, both.toReversed(), both]) {
    await take(db, rows, EARLY)
    const { accounts } = await accountsSince(db, { tillId: TILL }, { nowMs: WRITTEN_MS })
    expect(accounts.map(({ account }) => account.accountId)).toEqual([accountId(2)])
  }
})

itOnPostgres('records that name each other as who goes on hold nothing up', async () => {
  const { db } = await opened(recordOf(1))
  const moved = recordOf(1, { ...CLOSED, number: '10-7' })
  const alias = JSON.parse(recordOf(1, { ...CLOSED, number: '10-7' }))
  alias.account.accountId = accountIdOf('10-1')
  alias.items = []
  expect((await take(db, [moved, JSON.stringify(alias)], EARLY)).badCount).toBe(0)
})

itOnPostgres('a number that is lost again makes another new customer each time', async () => {
  const { db } = await opened(recordOf(1))
  const ids = new Set<string>()
  for (const no of [2, 3]) {
    await take(db, [recordOf(no - 1, { ...SAME, number: `10-${no + 7}` })], EARLY)
    await take(db, [HEADER, row(1, 'water', '40.00')], EARLY)
    const { accounts } = await accountsSince(db, { tillId: TILL }, { nowMs: WRITTEN_MS })
    ids.add(accounts.find(({ account }) => account.number === '10-1')?.account.accountId ?? '')
    // The new customer gets an id of the billing system's own.
    await take(db, [recordOf(no, SAME)], EARLY)
  }
  expect(ids.size).toBe(2)
})
