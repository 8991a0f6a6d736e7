/** A till whose clock ran ahead: its money is booked and carried under the day on which it came, and somebody is told. */
import { expect, it } from 'vitest'
import { alarmLines } from '../../central/journal/alarms.ts'
import { bookedOn } from '../../central/posting/books/booked-day.ts'
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
  // Until somebody has looked there is one alarm, however much more comes.
  of.counter.receipt([water(2, 500)])
  await of.push()
  expect(await alarmLines(of.db, { all: true })).toHaveLength(1)
  await of.carry(TODAY)
  of.counter.void(receiptId, 1_000)
  await of.push()
  expect(await of.booked(TODAY)).toEqual({ [CASH_GL]: -500, [WATER_GL]: 500 })
  expect(await of.carry(TODAY)).toMatchObject([{ detail_count: 1, total_cents: -1_000 }])
})

it.each([
  ['2026-11-19', '2026-11-19', undefined],
  ['2026-11-20', '2026-11-20', undefined],
  ['2026-11-21', '2026-11-21', undefined],
  ['2026-11-22', '2026-11-22', false],
  ['2026-11-27', '2026-11-27', false],
  ['2026-11-28', '2026-11-20', true],
  ['2027-11-20', '2026-11-20', true],
])('a day of %s that comes on November 20 is booked as %s', (stated, booked, isMoved) => {
  const fact = { seq: 7, businessDate: stated } as Fact
  const { facts, ahead } = bookedOn([fact], '2026-11-20' as BusinessDate)
  expect(facts.map(({ businessDate }) => businessDate)).toEqual([booked])
  expect(ahead?.isMoved).toBe(isMoved)
})

it('what a bank is said to have credited next year is booked on the day on which that came', () => {
  const credited = { kind: 'deposit.credited', seq: 7, businessDate: '2026-11-20' } as const
  const fact = { ...credited, body: { creditDate: NEXT_YEAR } } as Fact<'deposit.credited'>
  const { facts, ahead } = bookedOn([fact], '2026-11-20' as BusinessDate)
  expect(facts).toMatchObject([{ businessDate: '2026-11-20', body: { creditDate: '2026-11-20' } }])
  expect(ahead).toEqual({ seq: 7, businessDate: NEXT_YEAR, isMoved: true })
})
