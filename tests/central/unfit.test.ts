/** A receipt that can be booked nowhere: it is kept and told of, and the till's line goes on. */
import { expect, it } from 'vitest'
import { alarmLines } from '../../central/journal/alarms.ts'
import type { ReceiptLine } from '../../shared/ledger/receipt.ts'
import { cents } from '../../shared/money.ts'
import { receiptLack } from '../../shared/rules/receipt/receipt-lack.ts'
import { CarrierShop, DAY } from '../support/central/carrier-shop.ts'
import { accountLine, CASH_GL, itemId, WATER_GL, water } from '../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'

const postgres = postgresForFile()
const MOST = cents(Number.MAX_SAFE_INTEGER)

const part = (cents: number): [string, number, string] => [itemId(1, 1), cents, WATER_GL]

/** A line of 0.01 that says it was spread over more than can be counted. */
function spreadTooFar(): ReceiptLine {
  const line = water(1, 1)
  if (line.kind !== 'account') throw new Error('It is no line of an account')
  return {
    ...line,
    allocations: [1, 2].flatMap(() => line.allocations.map(one => ({ ...one, cents: MOST }))),
  }
}

const UNFIT: [what: string, line: ReceiptLine][] = [
  ['a part below zero', accountLine(1, [part(1_000), part(-900)])],
  ['a part below zero to credit', accountLine(1, [part(1_000), [null, -1, WATER_GL]])],
  ['parts that come to something else', { ...water(1, 1_000), cents: cents(999) }],
  ['parts larger than can be counted', spreadTooFar()],
]

itOnPostgres.each(UNFIT)('with %s', async (_what, line) => {
  const of = await CarrierShop.open(await postgres.central())
  await of.push()
  const unfit = of.counter.receipt([line])
  const sound = of.counter.receipt([water(2, 500)])
  await of.push()
  expect(await of.booked(DAY)).toEqual({ [CASH_GL]: -500, [WATER_GL]: 500 })
  expect(await of.heard()).toEqual([
    [unfit, 'exception', null, null],
    [sound, 'acknowledged', 'P1-1', null],
  ])
  expect(await alarmLines(of.db, { all: false })).toMatchObject([
    { kind: 'unfit', detail: expect.stringMatching(/^Receipt W1-1, .* is not booked$/) },
  ])
  // Nothing of it was booked, so nothing goes back.
  of.counter.void(unfit, line.cents)
  await of.push()
  expect(await of.booked(DAY)).toEqual({ [CASH_GL]: -500, [WATER_GL]: 500 })
  expect((await of.heard()).find(([id]) => id === unfit)?.[1]).toBe('reversed')
  expect(await of.carry(DAY)).toMatchObject([{ detail_count: 1, total_cents: 500 }])
})

const body = (over: object) => ({
  totalCents: cents(1_000),
  tenderedCents: cents(1_200),
  changeCents: cents(200),
  rounding: null,
  lines: [{ cents: cents(1_000), allocations: [{ cents: cents(600) }, { cents: cents(400) }] }],
  tenders: [{ cents: cents(1_200) }],
  ...over,
})

it.each([
  ['all that fits', {}, null],
  ['what was rounded', { rounding: { cents: cents(-2) }, changeCents: cents(202) }, null],
  ['a line without parts', { lines: [{ cents: cents(1_000) }] }, null],
  ['another total', { totalCents: cents(999) }, 'does not add up'],
  ['another sum of tenders', { tenders: [{ cents: cents(1_199) }] }, 'does not add up'],
  ['another change', { changeCents: cents(201) }, 'does not add up'],
  ['a rounding that nobody gave', { rounding: { cents: cents(1) } }, 'does not add up'],
  [
    'parts that come to less',
    { lines: [{ cents: cents(1_000), allocations: [{ cents: cents(999) }] }] },
    'does not add up',
  ],
  [
    'a part below zero',
    { lines: [{ cents: cents(1_000), allocations: [{ cents: cents(1_001) }, { cents: cents(-1) }] }] },
    'pays a part that is below zero, or larger than any receipt',
  ],
])('a receipt with %s', (_what, over, lack) => {
  expect(receiptLack(body(over))).toBe(lack)
})
