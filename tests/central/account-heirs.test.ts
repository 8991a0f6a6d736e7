/** Ids that are gone: a till that has not heard of it yet pays under them, and it is the same customer's. */
import { expect } from 'vitest'
import { accountsSince } from '../../central/accounts/feeds.ts'
import { resolveSuspense } from '../../central/posting/resolve.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import { cents } from '../../shared/money.ts'
import { EARLY, push, recordOf, take, told, WRITTEN_MS } from '../support/central/account-files.ts'
import { accountId, OTHER_TILL, openCounter, TILL, water } from '../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'

const postgres = postgresForFile()
const SAME = { number: '10-1', name: 'Customer 1' }

/** The customer has had three ids by now, and a till has heard of the first. */
async function renamedTwice() {
  const db = await postgres.central()
  const counter = await openCounter(db)
  await take(db, [recordOf(1), recordOf(2)], EARLY)
  const { cursor } = await news(db)
  await take(db, [recordOf(51, SAME), recordOf(2)], EARLY)
  await take(db, [recordOf(61, SAME), recordOf(2)], EARLY)
  expect(await told(db)).toEqual({ '10-1': 6_500, '10-2': 6_500 })
  return { db, counter, cursor }
}

const news = (db: CentralDb, cursor?: string) =>
  accountsSince(db, { tillId: TILL, cursor }, { nowMs: WRITTEN_MS })

itOnPostgres('what is paid under an id that is gone is taken off what its customer owes', async () => {
  const { db, counter } = await renamedTwice()
  const receiptId = counter.receipt([water(1, 1_000)])
  await push(db, counter, WRITTEN_MS)
  expect(await told(db)).toEqual({ '10-1': 5_500, '10-2': 6_500 })
  // The file of the next night has not heard of it either.
  await take(db, [recordOf(61, SAME), recordOf(2)], EARLY)
  expect(await told(db)).toEqual({ '10-1': 5_500, '10-2': 6_500 })
  const settled = { tillId: TILL, receiptId, lineNo: 1, accountNumber: '10-1', timeZone: 'UTC' }
  expect(await resolveSuspense(db, settled, { nowMs: WRITTEN_MS })).toEqual({ ok: true })
  expect(await told(db)).toEqual({ '10-1': 5_500, '10-2': 6_500 })
  counter.void(receiptId, 1_000)
  await push(db, counter, WRITTEN_MS + 1)
  expect(await told(db)).toEqual({ '10-1': 6_500, '10-2': 6_500 })
})

itOnPostgres('and asked for again where it is voided before anybody has settled it', async () => {
  const { db, counter } = await renamedTwice()
  const receiptId = counter.receipt([water(1, 1_000)])
  counter.void(receiptId, 1_000)
  await push(db, counter, WRITTEN_MS)
  expect(await told(db)).toEqual({ '10-1': 6_500, '10-2': 6_500 })
})

itOnPostgres('an account that comes again under its first id is its own once more', async () => {
  const { db, counter } = await renamedTwice()
  await take(db, [recordOf(1), recordOf(2)], EARLY)
  counter.receipt([water(1, 1_000)])
  await push(db, counter, WRITTEN_MS)
  expect(await told(db)).toEqual({ '10-1': 5_500, '10-2': 6_500 })
  expect(await db.kysely.selectFrom('posting').select('state').execute()).toEqual([{ state: 'posted' }])
})

itOnPostgres(
  'a closed account makes room for its customer’s next one, with what is still paid to it',
  async () => {
    const db = await postgres.central()
    const counter = await openCounter(db)
    await take(db, [recordOf(1)], EARLY)
    const both = [recordOf(1, { status: 'closed' }), recordOf(61, SAME)]
    await take(db, both, EARLY)
    counter.receipt([water(1, 1_000)])
    await push(db, counter, WRITTEN_MS)
    expect(await told(db)).toEqual({ '10-1': 5_500 })
    await take(db, both, EARLY)
    expect(await told(db)).toEqual({ '10-1': 5_500 })
  },
)

itOnPostgres('what is paid to an id whose number is somebody else’s is nobody’s, and waits', async () => {
  const db = await postgres.central()
  const counter = await openCounter(db)
  await take(db, [recordOf(1)], EARLY)
  await take(
    db,
    [recordOf(1, { status: 'closed' }), recordOf(61, { number: '10-1', name: 'Next tenant' })],
    EARLY,
  )
  counter.receipt([water(1, 1_000)])
  await push(db, counter, WRITTEN_MS)
  expect(await told(db)).toEqual({ '10-1': 6_500 })
  const waits = await db.kysely.selectFrom('posting').select(['state', 'reason']).execute()
  expect(waits).toEqual([{ state: 'suspense', reason: 'unknown-account' }])
})

itOnPostgres('a till is told which ids are gone, once', async () => {
  const { db, cursor } = await renamedTwice()
  const page = await news(db, cursor)
  expect(page.gone).toEqual(
    expect.arrayContaining([
      { accountId: accountId(1), heirId: accountId(51) },
      { accountId: accountId(51), heirId: accountId(61) },
    ]),
  )
  expect(page.accounts.map(({ account }) => account.accountId)).toEqual([accountId(61)])
  const next = await news(db, page.cursor)
  expect([next.gone, next.accounts, next.left]).toEqual([[], [], 0])
  await openCounter(db, OTHER_TILL, 2)
  const first = await news(db)
  expect(first.accounts.map(({ account }) => account.creditCents)).toEqual([cents(0), cents(0)])
})
