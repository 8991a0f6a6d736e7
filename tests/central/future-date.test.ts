/** A till whose clock ran ahead: its money is booked and carried under the day on which it came, and somebody is told. */
import { expect, it } from 'vitest'
import { alarmLines } from '../../central/journal/alarms.ts'
import { bookedOn } from '../../central/posting/booked-day.ts'
import type { Fact } from '../../shared/ledger/facts.ts'
import type { BusinessDate } from '../../shared/time.ts'
import { CarrierShop, TODAY } from '../support/central/carrier-shop.ts'
import { CASH_GL, TILL, WATER_GL, water } from '../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'

const postgres = postgresForFile()
const NEXT_YEAR = '2027-11-20' as BusinessDate

itOnPostgres('money of next year is carried today, once, and there is an alarm', async () => {
  const of = await CarrierShop.open(await postgres.central())
  await of.push()
  of.counter.pen.day = NEXT_YEAR
  const receiptId = of.counter.receipt([water(1, 1_000)])
  await of.push()
  expect(await of.booked(NEXT_YEAR)).toEqual({})
  expect(await of.booked(TODAY)).toEqual({ [CASH_GL]: -1_000, [WATER_GL]: 1_000 })
  expect(await of.carry(TODAY)).toMatchObject([{ detail_count: 1, total_cents: 1_000 }])
  expect(await of.heard()).toEqual([[receiptId, 'acknowledged', 'P1-1', null]])
  expect(await alarmLines(of.db, { all: false })).toMatchObject([
    {
      tillId: TILL,
      kind: 'future-date',
      detail: expect.stringContaining(`${NEXT_YEAR}, booked under ${TODAY}`),
    },
  ])
  of.counter.void(receiptId, 1_000)
  await of.push()
  expect(await of.booked(TODAY)).toEqual({})
  expect(await of.carry(TODAY)).toMatchObject([{ detail_count: 1, total_cents: -1_000 }])
})

it.each([
  ['2026-11-19', '2026-11-19', false],
  ['2026-11-20', '2026-11-20', false],
  // Midnight comes to the till's clock before it comes to central's.
  ['2026-11-21', '2026-11-21', false],
  ['2026-11-22', '2026-11-20', true],
  ['2027-11-20', '2026-11-20', true],
])('a day of %s that comes on November 20 is booked as %s', (stated, booked, isAhead) => {
  const fact = { seq: 7, businessDate: stated } as Fact
  const { facts, ahead } = bookedOn([fact], '2026-11-20' as BusinessDate)
  expect(facts.map(({ businessDate }) => businessDate)).toEqual([booked])
  expect(ahead !== undefined).toBe(isAhead)
})
