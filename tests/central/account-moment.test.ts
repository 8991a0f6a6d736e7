/** Up to when payments are in the figures of a file of accounts, whatever copies and clocks say. */
import { expect } from 'vitest'
import type { FileOptions } from '../../central/accounts/account-entries.ts'
import { takeAccountFile } from '../../central/accounts/account-file.ts'
import {
  bill,
  fileOf,
  HEADER,
  HOUR_MS,
  LATER_MS,
  owed,
  pays,
  push,
  row,
  take,
  WRITTEN_MS,
} from '../support/central/account-files.ts'
import { openCounter } from '../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'

const postgres = postgresForFile()

itOnPostgres(
  'a copy of a file says nothing newer than the file did, whatever its time of change',
  async () => {
    const db = await postgres.central()
    const counter = await openCounter(db)
    let copies = 0
    const copied = (writtenMs: number, options: Partial<FileOptions> = {}) => {
      copies += 1
      const file = fileOf(bill(1), { writtenMs })
      return takeAccountFile(db, file, {
        importId: `copy-${copies}`,
        timeZone: 'UTC',
        nowMs: LATER_MS,
        ...options,
      })
    }
    expect(await copied(WRITTEN_MS)).toMatchObject({ paymentsThroughMs: WRITTEN_MS })
    counter.receipt([pays(1, [['water', 1_000]])])
    await push(db, counter, WRITTEN_MS + HOUR_MS)
    // Copied, and by the time of day from its change on, too.
    for (const options of [{}, { paymentsThroughMs: WRITTEN_MS + 2 * HOUR_MS }]) {
      const taken = await copied(WRITTEN_MS + 24 * HOUR_MS, options)
      expect(taken).toMatchObject({ paymentsThroughMs: WRITTEN_MS })
      expect(await owed(db, 1)).toEqual({ water: 3_000, sewer: 2_500, credit: 0 })
    }
    // Whoever names the very moment is believed.
    const exact = { paymentsThroughMs: WRITTEN_MS + 2 * HOUR_MS, isExact: true }
    await copied(WRITTEN_MS, exact)
    expect(await owed(db, 1)).toEqual({ water: 4_000, sewer: 2_500, credit: 0 })
  },
)

itOnPostgres('a copy of a file before the newest undoes no payment either', async () => {
  const db = await postgres.central()
  const counter = await openCounter(db)
  const asOf = (paymentsThroughMs: number) => ({ paymentsThroughMs, isExact: false })
  await take(db, bill(1), asOf(WRITTEN_MS))
  await take(db, bill(1, 2), asOf(WRITTEN_MS + HOUR_MS))
  // Nothing was paid since, so that it says the same by either moment.
  await take(db, bill(1), asOf(WRITTEN_MS + 3 * HOUR_MS))
  counter.receipt([pays(1, [['water', 1_000]])])
  await push(db, counter, WRITTEN_MS + 2 * HOUR_MS)
  await take(db, [HEADER, row(1, 'water', '30.00')], asOf(WRITTEN_MS + 4 * HOUR_MS))
  for (const said of [{ paymentsThroughMs: undefined, isExact: false }, asOf(WRITTEN_MS + 5 * HOUR_MS)])
    await expect(take(db, bill(1), said)).rejects.toThrow(/the same as one before/)
  expect(await owed(db, 1)).toEqual({ water: 3_000, credit: 0 })
  await take(db, bill(1), { paymentsThroughMs: WRITTEN_MS, isExact: true })
  expect(await owed(db, 1)).toEqual({ water: 3_000, sewer: 2_500, credit: 0 })
})

itOnPostgres('a file whose time lies ahead is refused, and switches no refusal off', async () => {
  const db = await postgres.central()
  const ahead = WRITTEN_MS + 24 * HOUR_MS
  const nowMs = WRITTEN_MS + HOUR_MS
  const file = fileOf(bill(1), { writtenMs: ahead })
  const options = { importId: 'ahead', timeZone: 'UTC', nowMs }
  await expect(takeAccountFile(db, file, options)).rejects.toThrow(/its time lies ahead/)
  const stated = { ...options, paymentsThroughMs: ahead }
  await expect(takeAccountFile(db, file, stated)).rejects.toThrow(/its time lies ahead/)
  expect((await db.kysely.selectFrom('account_file').selectAll().execute()).length).toBe(0)
})

itOnPostgres(
  'a file that was broken off is the same file the next time, whatever was paid meanwhile',
  async () => {
    const db = await postgres.central()
    const counter = await openCounter(db)
    const many = bill(...Array.from({ length: 1_200 }, (_, at) => at + 1))
    const unsaid = { paymentsThroughMs: undefined, isExact: false }
    const stop = new AbortController()
    const looked = { importId: 'broken', timeZone: 'UTC', nowMs: LATER_MS, signal: stop.signal, ...unsaid }
    const file = fileOf(many)
    const taking = takeAccountFile(db, file, looked)
    await expect
      .poll(async () => (await db.kysely.selectFrom('account_file').selectAll().execute()).length)
      .toBe(1)
    stop.abort()
    await taking.catch(() => undefined)
    counter.receipt([pays(1, [['water', 1_000]])])
    await push(db, counter, WRITTEN_MS + HOUR_MS)
    expect(
      await takeAccountFile(db, file, { importId: 'again', timeZone: 'UTC', nowMs: LATER_MS }),
    ).toMatchObject({
      paymentsThroughMs: WRITTEN_MS,
    })
  },
)

itOnPostgres(
  'another file is refused where payments were posted since, and nobody says its moment',
  async () => {
    const db = await postgres.central()
    const counter = await openCounter(db)
    const unsaid = { paymentsThroughMs: undefined, isExact: false }
    await take(db, bill(1, 2), unsaid)
    await take(db, bill(1, 2, 3), unsaid)
    counter.receipt([pays(1, [['water', 1_000]])])
    await push(db, counter, WRITTEN_MS + HOUR_MS)
    await expect(take(db, bill(1), unsaid)).rejects.toThrow(/cannot be told up to when/)
    expect(await owed(db, 1)).toEqual({ water: 3_000, sewer: 2_500, credit: 0 })
    await take(db, [HEADER, row(1, 'water', '30.00')], { paymentsThroughMs: WRITTEN_MS + 2 * HOUR_MS })
    expect(await owed(db, 1)).toEqual({ water: 3_000, credit: 0 })
    // Nothing was posted since.
    const next = [HEADER, row(1, 'water', '30.00'), row(2, 'water', '1.00')]
    await takeAccountFile(db, fileOf(next, { writtenMs: WRITTEN_MS + 3 * HOUR_MS }), {
      ...{ importId: 'next', timeZone: 'UTC', nowMs: LATER_MS },
      ...unsaid,
    })
  },
)

itOnPostgres(
  'a file that is older than the newest undoes nothing of it, unless somebody names its very moment',
  async () => {
    const db = await postgres.central()
    await openCounter(db)
    const unstated = (lines: string[], writtenMs: number, options: Partial<FileOptions> = {}) => {
      const importId = `older-${writtenMs}-${lines.length}`
      return takeAccountFile(db, fileOf(lines, { writtenMs }), {
        ...{ importId, timeZone: 'UTC', nowMs: LATER_MS },
        ...options,
      })
    }
    await unstated(bill(1), WRITTEN_MS)
    const older = [HEADER, row(1, 'water', '90.00')]
    for (const options of [{}, { paymentsThroughMs: WRITTEN_MS - 2 * HOUR_MS }])
      await expect(unstated(older, WRITTEN_MS - HOUR_MS, options)).rejects.toThrow(/older than the last one/)
    // Of one evening: the same time of day, and written before.
    await unstated([...bill(1), row(1, 'trash', '1.00')], WRITTEN_MS + 5_000, {
      paymentsThroughMs: WRITTEN_MS,
    })
    await expect(unstated(older, WRITTEN_MS + 1_000, { paymentsThroughMs: WRITTEN_MS })).rejects.toThrow(
      /older than the last one/,
    )
    expect(await owed(db, 1)).toEqual({ water: 4_000, sewer: 2_500, trash: 100, credit: 0 })
    await unstated(older, WRITTEN_MS - HOUR_MS, { paymentsThroughMs: WRITTEN_MS - HOUR_MS, isExact: true })
    expect(await owed(db, 1)).toEqual({ water: 9_000, credit: 0 })
  },
)
