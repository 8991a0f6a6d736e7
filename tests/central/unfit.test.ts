/** A receipt that can be booked nowhere: it is kept and told of, and the till's line goes on. */
import { expect, it } from 'vitest'
import { alarmLines } from '../../central/journal/alarms.ts'
import { openMemory } from '../../db/central/open.ts'
import { type Fact, type FactKind, lackOf, readBody } from '../../shared/ledger/facts.ts'
import type { ReceiptLine } from '../../shared/ledger/receipt.ts'
import { cents } from '../../shared/money.ts'
import { receiptLack } from '../../shared/rules/receipt/receipt-lack.ts'
import { CarrierShop, DAY } from '../support/central/carrier-shop.ts'
import { accountLine, CASH_GL, itemId, WATER_GL, water } from '../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'

const postgres = postgresForFile()
const MOST = cents(Number.MAX_SAFE_INTEGER)

const OTHER_SESSION = '019aa000-0000-7000-8000-00000000d002'
const opening = (figures: { leftCents: number; fundChangeCents: number; overShortCents: number }) => ({
  difference: {
    leftCents: cents(figures.leftCents),
    fundChangeCents: cents(figures.fundChangeCents),
    overShortCents: cents(figures.overShortCents),
    overShortGlAccount: '500-9000',
    reason: 'As it is',
    approvedBy: OTHER_SESSION,
  },
})

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

itOnPostgres(
  'that is stated again after a restore is told once, and its account is not told of it',
  async () => {
    const of = await CarrierShop.open(await postgres.central())
    await of.push()
    const line = accountLine(1, [part(1_000), part(-900)])
    const receiptId = of.counter.receipt([line])
    await of.push()
    const told = async () => (await of.db.kysely.selectFrom('account_dirty').selectAll().execute()).length
    const before = await told()
    of.counter.pen.beginEpoch()
    of.counter.receipt([line], { receiptId })
    await of.push()
    expect(await told()).toBe(before)
    expect(await alarmLines(of.db, { all: true })).toHaveLength(1)
  },
)

itOnPostgres('an opening that lacks is not booked, and is told', async () => {
  const of = await CarrierShop.open(await postgres.central())
  await of.push()
  const { difference } = opening({ leftCents: 9_000, fundChangeCents: 11_000, overShortCents: -10_000 })
  of.counter.openSession(OTHER_SESSION, 2, difference)
  const sound = of.counter.receipt([water(2, 500)])
  await of.push()
  expect(await of.booked(DAY)).toEqual({ [CASH_GL]: -500, [WATER_GL]: 500 })
  expect((await of.heard()).find(([id]) => id === sound)?.[1]).toBe('acknowledged')
  const alarms = await alarmLines(of.db, { all: false })
  expect(alarms.map(({ kind, detail }) => [kind, detail.slice(detail.indexOf(': it ') + 2)])).toEqual([
    ['unfit', expect.stringMatching(/nearer to what was left, and is not booked$/)],
  ])
})

const SUBJECT = '019aa000-0000-7000-8000-00000000d003'

/** Each figure fits its field; what follows from them fits no table. */
const NO_ROWS: [what: string, kind: FactKind, body: object][] = [
  [
    'a drawer counted below any figure',
    'session.closed',
    {
      sessionId: SUBJECT,
      drawerId: SUBJECT,
      countId: SUBJECT,
      zNo: 9,
      zNumber: 'W1-Z9',
      openingCents: 10_000,
      till: { receipts: 0, postedCents: 0, voidedCents: 0 },
      balances: [{ tender: 'cash', expectedCents: 0, countedCents: -MOST, overShortCents: 0 }],
      reason: '',
      approvedBy: null,
      overShortGlAccount: '500-9000',
      leftCents: 10_000,
      leftPieces: [],
      leavingPieces: [],
      handToId: null,
      banks: [],
    },
  ],
  [
    'a safe that was expected below any figure',
    'safe.counted',
    {
      safeCountId: SUBJECT,
      pieces: [],
      cents: MOST,
      expectedCents: -MOST,
      differences: [],
      reason: '',
      witnessId: SUBJECT,
    },
  ],
  [
    'an exchange of coins that are worth nothing',
    'movement.exchanged',
    {
      movementId: SUBJECT,
      movementNo: 9,
      number: 'W1-M9',
      sessionId: SUBJECT,
      keeperId: SUBJECT,
      given: [{ valueCents: 0, kind: 'coin', pieces: 1, bundles: 0, cents: 0 }],
      taken: [],
      cents: 0,
    },
  ],
]

it.each(NO_ROWS)('%s is kept and told, and stops nothing', async (_what, kind, body) => {
  const of = await CarrierShop.open(await openMemory())
  await of.push()
  readBody(kind, 1, JSON.stringify(body))
  of.counter.pen.write(kind, body as never)
  const sound = of.counter.receipt([water(2, 500)])
  await of.push()
  expect((await of.heard()).find(([id]) => id === sound)?.[1]).toBe('acknowledged')
  const unfit = (await alarmLines(of.db, { all: false })).filter(alarm => alarm.kind === 'unfit')
  expect(unfit.map(({ detail }) => detail)).toEqual([expect.stringContaining('cannot be counted')])
  await of.db.close()
})

it('figures that cannot be added up are no fault, but a lack', () => {
  const rounding = { cents: MOST, glAccount: WATER_GL }
  const fact = { kind: 'receipt.posted', body: body({ rounding }) } as unknown as Fact
  expect(lackOf(fact)).toBe('has figures that cannot be added up')
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
