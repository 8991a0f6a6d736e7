/** A number has one account, and an item too, whatever ids a billing system gives them and however often it changes its mind. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { accountsSince } from '../../central/accounts/feeds.ts'
import { takeAckFile } from '../../central/carrier/ack-file.ts'
import { BUILT_IN_ACK } from '../../central/carrier/acknowledgement.ts'
import { switchCarrier } from '../../central/carrier/carrier-state.ts'
import { carryDate } from '../../central/carrier/payment-file.ts'
import { resolveSuspense } from '../../central/posting/resolve.ts'
import { accountIdOf } from '../../db/accounts/named-id.ts'
import { cents } from '../../shared/money.ts'
import {
  bill,
  EARLY,
  HOUR_MS,
  pays,
  push,
  recordOf,
  take,
  told,
  WRITTEN_MS,
} from '../support/central/account-files.ts'
import { ackText, CSV, DAY, freshFolder } from '../support/central/carrier-shop.ts'
import { account, accountId, itemId, openCounter, TILL, water } from '../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'

const postgres = postgresForFile()

itOnPostgres(
  'a table that names accounts by number is about those that bear the numbers, and closes none of them',
  async () => {
    const db = await postgres.central()
    const counter = await openCounter(db)
    await take(db, [recordOf(1), recordOf(2), recordOf(3)], EARLY)
    counter.receipt([water(1, 1_000)])
    await push(db, counter, WRITTEN_MS)
    const taken = await take(db, bill(1, 2), { ...EARLY, missing: 'close' })
    expect(taken).toMatchObject({ accounts: 2, added: 0, closed: 1, badCount: 0 })
    expect(await told(db)).toEqual({ '10-1': 5_500, '10-2': 6_500, '10-3': 'closed 6500' })
  },
)

itOnPostgres('an account that was named after its number is the one that gets an id of its own', async () => {
  const db = await postgres.central()
  const counter = await openCounter(db)
  await take(db, bill(1, 2), EARLY)
  const paid = counter.receipt([pays(1, [['water', 1_000]])])
  await push(db, counter, WRITTEN_MS)
  const records = [recordOf(1), recordOf(2)]
  expect(await take(db, records, { ...EARLY, missing: 'close' })).toMatchObject({ added: 2, closed: 0 })
  expect(await told(db)).toEqual({ '10-1': 5_500, '10-2': 6_500 })
  // What tills take and give back under the earlier id is the same customer's.
  counter.receipt([pays(2, [['water', 500]])])
  counter.void(paid, 1_000)
  await push(db, counter, WRITTEN_MS + 1)
  expect(await told(db)).toEqual({ '10-1': 6_500, '10-2': 6_000 })
  expect(await take(db, bill(1, 2), EARLY)).toMatchObject({ added: 0, badCount: 0 })
  expect(await told(db)).toEqual({ '10-1': 6_500, '10-2': 6_000 })
})

itOnPostgres(
  'a number goes over from an account that is closed, wherever in the file that stands; of two that are open the first has it',
  async () => {
    const db = await postgres.central()
    await openCounter(db)
    await take(db, [recordOf(1), recordOf(2), recordOf(3)], EARLY)
    const renumbered = [recordOf(1, { number: '10-2' }), recordOf(2, { status: 'closed' }), recordOf(3)]
    expect(await take(db, renumbered, EARLY)).toMatchObject({ badCount: 0 })
    expect(await told(db)).toEqual({ '10-2': 6_500, '10-3': 6_500 })
    const swapped = [recordOf(1, { number: '10-3' }), recordOf(3, { number: '10-2' })]
    expect(await take(db, swapped, EARLY)).toMatchObject({ badCount: 0 })
    const both = [recordOf(1, { number: '10-3' }), recordOf(4, { number: '103' })]
    const taken = await take(db, both, EARLY)
    expect(taken.bad).toEqual([{ line: 2, why: 'Account number 103 belongs to another account' }])
    // Nobody says what becomes of the one that has it.
    const alone = await take(db, [recordOf(5, { number: '10-2' })], EARLY)
    expect(alone.bad).toEqual([{ line: 1, why: 'Account number 10-2 belongs to another account' }])
    // Closed by the very file, since it does not name it, it makes room.
    await take(db, [recordOf(5, { number: '10-2' }), recordOf(1, { number: '10-3' })], {
      ...EARLY,
      missing: 'close',
    })
    expect(await told(db)).toEqual({ '10-2': 6_500, '10-3': 6_500 })
  },
)

itOnPostgres(
  'an item goes over to another account: both are told, and of two that have it the later row is left out',
  async () => {
    const db = await postgres.central()
    await openCounter(db)
    await take(db, [recordOf(1), recordOf(2)], EARLY)
    const { cursor } = await accountsSince(db, { tillId: TILL }, { nowMs: WRITTEN_MS })
    const [moved] = account(1).items
    const two = account(2)
    const items = [...two.items, { ...moved, accountId: accountId(2) }]
    await take(db, [JSON.stringify({ ...two, items })], EARLY)
    const page = await accountsSince(db, { tillId: TILL, cursor }, { nowMs: WRITTEN_MS })
    expect(page.accounts.map(one => one.account.number).sort()).toEqual(['10-1', '10-2'])
    expect(await told(db)).toEqual({ '10-1': 2_500, '10-2': 10_500 })
    const taken = await take(db, [recordOf(1), JSON.stringify({ ...two, items })], EARLY)
    expect(taken.bad).toEqual([
      { line: 2, why: `Item ${itemId(1, 1)} belongs to another account of this file` },
    ])
  },
)

itOnPostgres('a void of what paid an item that is another account’s by now owes it to its own', async () => {
  const db = await postgres.central()
  const counter = await openCounter(db)
  await take(db, [recordOf(1), recordOf(2)], EARLY)
  const paid = counter.receipt([water(1, 1_000)])
  await push(db, counter, WRITTEN_MS - 2 * HOUR_MS)
  const [moved, stays] = account(1).items
  const one = { ...account(1), items: [stays] }
  const items = [...account(2).items, { ...moved, accountId: accountId(2), openCents: cents(3_000) }]
  await take(db, [JSON.stringify(one), JSON.stringify({ ...account(2), items })], EARLY)
  expect(await told(db)).toEqual({ '10-1': 2_500, '10-2': 9_500 })
  counter.void(paid, 1_000)
  await push(db, counter, WRITTEN_MS)
  expect(await told(db)).toEqual({ '10-1': 3_500, '10-2': 9_500 })
})

itOnPostgres(
  'a void of what was credited to another account is told to whose receipt it was, whatever number that has by now',
  async () => {
    const db = await postgres.central()
    const counter = await openCounter(db)
    await take(db, [recordOf(1, { status: 'closed' }), recordOf(2)], EARLY)
    const receiptId = counter.receipt([water(1, 1_000)])
    await push(db, counter, WRITTEN_MS)
    const to = { tillId: TILL, receiptId, lineNo: 1, accountNumber: '10-2', timeZone: 'UTC' }
    expect(await resolveSuspense(db, to, { nowMs: WRITTEN_MS })).toMatchObject({ ok: true })
    await take(db, [recordOf(1, { number: '10-9' }), recordOf(2)], EARLY)
    const { cursor } = await accountsSince(db, { tillId: TILL }, { nowMs: WRITTEN_MS })
    counter.void(receiptId, 1_000)
    await push(db, counter, WRITTEN_MS + 1)
    const page = await accountsSince(db, { tillId: TILL, cursor }, { nowMs: WRITTEN_MS })
    expect(page.accounts.map(one => one.account.number).sort()).toEqual(['10-2', '10-9'])
  },
)

itOnPostgres(
  'what was paid under the earlier id is the later one’s: rejected, it waits, and is in no figures',
  async () => {
    const db = await postgres.central()
    await switchCarrier(db, { on: true, timeZone: 'UTC' })
    const counter = await openCounter(db)
    await take(db, bill(1), EARLY)
    const receiptId = counter.receipt([pays(1, [['water', 1_000]])])
    await push(db, counter, WRITTEN_MS)
    const folder = freshFolder()
    await carryDate(db, { businessDate: DAY, template: CSV, folder, nowMs: WRITTEN_MS })
    await take(db, [recordOf(1)], EARLY)
    expect(await told(db)).toEqual({ '10-1': 5_500 })
    const file = join(folder, 'answers')
    writeFileSync(file, ackText(['1,W1-1,1,rejected,,frozen']))
    await takeAckFile(db, file, { template: BUILT_IN_ACK, nowMs: WRITTEN_MS })
    expect(await told(db)).toEqual({ '10-1': 5_500 })
    counter.void(receiptId, 1_000)
    await push(db, counter, WRITTEN_MS + 1)
    expect(await told(db)).toEqual({ '10-1': 6_500 })
  },
)

itOnPostgres(
  'a payment under the number of an account that has an id of its own waits, and is asked for by nobody',
  async () => {
    const db = await postgres.central()
    const counter = await openCounter(db)
    await take(db, [recordOf(1)], EARLY)
    expect(accountIdOf('10-1')).not.toBe(accountId(1))
    counter.receipt([pays(1, [['water', 1_000]])])
    await push(db, counter, WRITTEN_MS)
    expect(await told(db)).toEqual({ '10-1': 5_500 })
  },
)

itOnPostgres(
  'a closed record of the number, wherever it stands, inherits nothing of who is the customer today',
  async () => {
    const db = await postgres.central()
    const counter = await openCounter(db)
    await take(db, bill(1), EARLY)
    counter.receipt([pays(1, [['water', 1_000]])])
    await push(db, counter, WRITTEN_MS)
    const former = recordOf(7, { number: '10-1', status: 'closed' })
    for (const file of [
      [former, recordOf(1)],
      [recordOf(1), former],
    ]) {
      expect(await take(db, file, EARLY)).toMatchObject({ badCount: 0 })
      expect(await told(db)).toEqual({ '10-1': 5_500 })
    }
  },
)

itOnPostgres('other ids for all accounts are the same customers, and what they paid is theirs', async () => {
  const db = await postgres.central()
  const counter = await openCounter(db)
  await take(db, [recordOf(1), recordOf(2)], EARLY)
  counter.receipt([water(1, 1_000)])
  await push(db, counter, WRITTEN_MS)
  const renamed = (no: number) => recordOf(no + 50, { number: `10-${no}`, name: `Customer ${no}` })
  for (const missing of ['keep', 'close'] as const) {
    expect(await take(db, [renamed(1), renamed(2)], { ...EARLY, missing })).toMatchObject({ badCount: 0 })
    expect(await told(db)).toEqual({ '10-1': 5_500, '10-2': 6_500 })
  }
})

itOnPostgres('numbers that go round over a thousand rows are right in the end', async () => {
  const db = await postgres.central()
  await openCounter(db)
  const all = Array.from({ length: 1_002 }, (_, at) => at + 1)
  await take(
    db,
    all.map(no => recordOf(no)),
    EARLY,
  )
  const next = (no: number): number => ({ 1: 1_002, 1002: 500, 500: 1 })[no] ?? no
  const taken = await take(
    db,
    all.map(no => recordOf(no, { number: `10-${next(no)}` })),
    EARLY,
  )
  expect(taken.bad).toEqual([])
})

itOnPostgres('a whole city that moves on by one number is right in the end', async () => {
  const db = await postgres.central()
  const all = Array.from({ length: 1_100 }, (_, at) => at + 1)
  const cityOf = (numberOf: (no: number) => number) =>
    all.map(no => recordOf(no, { number: `10-${numberOf(no)}` }))
  await take(
    db,
    cityOf(no => no),
    EARLY,
  )
  const taken = await take(
    db,
    cityOf(no => (no % all.length) + 1),
    EARLY,
  )
  expect(taken).toMatchObject({ bad: [], accounts: all.length })
})

itOnPostgres(
  'of two that are open the one that had the number has it, however far down the file names it',
  async () => {
    const db = await postgres.central()
    await openCounter(db)
    await take(db, [recordOf(1, { status: 'closed' })], EARLY)
    const between = Array.from({ length: 1_001 }, (_, at) => recordOf(at + 100))
    const file = [recordOf(2, { number: '10-1' }), ...between, recordOf(1)]
    const { bad } = await take(db, file, EARLY)
    expect(bad).toEqual([{ line: 1, why: 'Account number 10-1 belongs to another account' }])
    expect((await told(db))['10-1']).toBe(6_500)
    // One that the file does not name at all makes room.
    await take(db, [recordOf(3), recordOf(1, { status: 'closed' })], EARLY)
    const next = await take(db, [recordOf(4, { number: '10-1' }), ...between, recordOf(3)], EARLY)
    expect(next.bad).toEqual([])
  },
)

itOnPostgres(
  'an item that goes over to another account leaves what was paid for it where that was paid',
  async () => {
    const db = await postgres.central()
    const counter = await openCounter(db)
    await take(db, [recordOf(1), recordOf(2)], EARLY)
    const paid = counter.receipt([water(1, 1_000)])
    await push(db, counter, WRITTEN_MS)
    expect(await told(db)).toEqual({ '10-1': 5_500, '10-2': 6_500 })
    const [own, other] = [account(1), account(2)]
    const items = [
      ...own.items.slice(0, 1).map(item => ({ ...item, accountId: accountId(2) })),
      ...other.items,
    ]
    // The file says nothing of the account that had it.
    for (let again = 0; again < 2; again += 1) {
      await take(db, [JSON.stringify({ ...other, items })], EARLY)
      expect(await told(db)).toEqual({ '10-1': 1_500, '10-2': 10_500 })
    }
    counter.void(paid, 1_000)
    await push(db, counter, WRITTEN_MS + 1)
    expect(await told(db)).toEqual({ '10-1': 2_500, '10-2': 10_500 })
  },
)

itOnPostgres.each([
  ['of which one is not named', [], 'keep'],
  ['of which one cannot be read', ['{"account":{"accountId":'], 'close'],
] as const)(
  'two accounts of one owner stay two where one is given the other’s number: %s',
  async (_what, first, missing) => {
    const db = await postgres.central()
    const counter = await openCounter(db)
    const owner = { name: 'Acme LLC' }
    await take(db, [recordOf(1, owner), recordOf(2, owner), recordOf(3)], EARLY)
    counter.receipt([water(1, 1_000)])
    await push(db, counter, WRITTEN_MS)
    const rows = [...first, recordOf(2, { ...owner, number: '10-1' }), recordOf(3)]
    const { bad } = await take(db, rows, { ...EARLY, missing })
    expect(bad.at(-1)?.why).toBe('Account number 10-1 belongs to another account')
    expect(await told(db)).toEqual({ '10-1': 5_500, '10-2': 6_500, '10-3': 6_500 })
  },
)

itOnPostgres('a number is free only once whoever had it has got another', async () => {
  const db = await postgres.central()
  await openCounter(db)
  await take(db, [recordOf(1), recordOf(2), recordOf(3)], EARLY)
  // The third keeps its number, so the first keeps its own, and the second too.
  const rows = [recordOf(1, { number: '10-3' }), recordOf(2, { number: '10-1' }), recordOf(3)]
  for (let night = 0; night < 2; night += 1) {
    const { bad } = await take(db, rows, EARLY)
    expect(bad.map(({ line }) => line).toSorted()).toEqual([1, 2])
    expect(await told(db)).toEqual({ '10-1': 6_500, '10-2': 6_500, '10-3': 6_500 })
  }
  const bearers = await db.kysely
    .selectFrom('account')
    .select(['account_id', 'number'])
    .orderBy('account_id')
    .execute()
  expect(bearers.map(({ number }) => number)).toEqual(['10-1', '10-2', '10-3'])
})
