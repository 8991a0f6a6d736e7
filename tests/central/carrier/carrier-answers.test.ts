/** The billing system's answers to payment files: into the posting state, to the till, and back to suspense. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { putAccounts } from '../../../central/accounts/changes.ts'
import { rejectedLines } from '../../../central/carrier/carrier-state.ts'
import { changeCitySetting } from '../../../central/city/city-settings.ts'
import { administer } from '../../../central/cli/admin.ts'
import { resolveSuspense } from '../../../central/posting/resolve.ts'
import { suspenseLines } from '../../../central/posting/suspense.ts'
import { ackText, CarrierShop, DAY, freshFolder, NOW_MS, TODAY } from '../../support/central/carrier-shop.ts'
import {
  account,
  accountId,
  accountLine,
  billAccounts,
  CREDIT_GL,
  itemId,
  TILL,
  WATER_GL,
  water,
} from '../../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../../support/central/postgres.ts'

const postgres = postgresForFile()
const SUSPENSE_GL = '999-9999'
const shop = async (): Promise<CarrierShop> => CarrierShop.open(await postgres.central())

const figuresOf = async ({ db }: CarrierShop, no: number): Promise<number[]> => {
  const items = db.kysely
    .selectFrom('account_item')
    .select('open_cents')
    .where('account_id', '=', accountId(no))
  const { credit_cents: credit } = await db.kysely
    .selectFrom('account')
    .select('credit_cents')
    .where('account_id', '=', accountId(no))
    .executeTakeFirstOrThrow()
  return [...(await items.orderBy('item_no').execute()).map(item => item.open_cents), credit]
}

itOnPostgres(
  'a receipt is posted, under the billing system’s reference, once every line is accepted',
  async () => {
    const of = await shop()
    const receiptId = of.counter.receipt([water(1, 1_000), water(2, 500)])
    await of.push()
    expect(await of.heard()).toEqual([[receiptId, 'acknowledged', 'P1-1', null]])
    await of.carry()
    expect(await of.answer(['1,W1-1,1,accepted,B-77,'])).toMatchObject({ taken: { accepted: 1 } })
    expect(await of.heard()).toEqual([])
    expect(await of.answer(['1,P1-1,2,accepted,B-78,'])).toMatchObject({ ok: true })
    expect(await of.heard()).toEqual([[receiptId, 'posted', 'B-77, B-78', null]])
    expect(await of.answer(['1,W1-1,1,accepted,B-77,', '1,P1-1,2,accepted,B-78,'])).toMatchObject({
      taken: { accepted: 0, rejected: 0, again: 2, left: [] },
    })
    expect(await of.heard()).toEqual([])
  },
)

itOnPostgres(
  'a rejected line waits in suspense with its money, and is resolved and carried like any other',
  async () => {
    const of = await shop()
    const parts = accountLine(1, [
      [itemId(1, 1), 4_000, WATER_GL],
      [null, 250, CREDIT_GL],
    ])
    const receiptId = of.counter.receipt([parts, water(2, 500)])
    await of.push()
    await of.carry()
    await of.heard()
    expect(await figuresOf(of, 1)).toEqual([0, 2_500, 250])
    const answer = ['1,W1-1,1,rejected,,Account is frozen', '1,W1-1,2,accepted,B-2,']
    expect(await of.answer(answer)).toMatchObject({ taken: { accepted: 1, rejected: 1, left: [] } })
    expect(await of.heard()).toEqual([[receiptId, 'exception', 'P1-1', 'rejected']])
    expect(await figuresOf(of, 1)).toEqual([4_000, 2_500, 0])
    expect(await of.booked(TODAY)).toEqual({ [WATER_GL]: -4_000, [CREDIT_GL]: -250, [SUSPENSE_GL]: 4_250 })
    expect(await suspenseLines(of.db)).toMatchObject([
      { receiptId, lineNo: 1, reason: 'rejected', cents: 4_250 },
    ])
    expect(await rejectedLines(of.db, 1)).toMatchObject([
      { lineNo: 1, cents: 4_250, said: 'Account is frozen' },
    ])
    expect(await of.answer(answer)).toMatchObject({ taken: { again: 2, rejected: 0 } })
    expect(await of.carry()).toEqual([])

    await changeCitySetting(of.db, 'suspenseGlAccount', '999-0000')
    const line = { tillId: TILL, receiptId, lineNo: 1, timeZone: 'UTC' }
    expect(await resolveSuspense(of.db, line, { nowMs: NOW_MS })).toEqual({ ok: true })
    expect(await of.booked(TODAY)).toEqual({})
    expect(await of.heard()).toEqual([[receiptId, 'acknowledged', 'P1-1', null]])
    expect(await figuresOf(of, 1)).toEqual([0, 2_500, 250])
    expect(await of.carry(TODAY)).toMatchObject([{ file_no: 2, detail_count: 2, total_cents: 4_250 }])
    await of.answer(['2,F2-1,1,OK,B-9,'])
    expect(await of.heard()).toEqual([[receiptId, 'posted', 'B-9, B-2', null]])
  },
)

itOnPostgres('a line that was rejected, resolved, and voided is given back once', async () => {
  const of = await shop()
  const before = await figuresOf(of, 1)
  const receiptId = of.counter.receipt([water(1, 1_000)])
  await of.push()
  await of.carry()
  await of.answer(['1,W1-1,1,rejected,,'])
  const line = { tillId: TILL, receiptId, lineNo: 1, timeZone: 'UTC' }
  await resolveSuspense(of.db, line, { nowMs: NOW_MS })
  await of.carry(TODAY)
  of.counter.void(receiptId, 1_000)
  await of.push()
  expect(await figuresOf(of, 1)).toEqual(before)
  expect(await of.carry()).toMatchObject([{ file_no: 3, detail_count: 1, total_cents: -1_000 }])
  expect(await of.answer(['2,W1-1,1,accepted,B-1,', '3,W1-1,1,accepted,B-2,'])).toMatchObject({
    taken: { accepted: 2, left: [] },
  })
  expect((await of.heard()).at(-1)).toEqual([receiptId, 'reversed', 'P1-1', null])
})

itOnPostgres(
  'a rejected line that is voided, and a voided line whose payment is rejected, take nothing back',
  async () => {
    const of = await shop()
    const rejectedFirst = of.counter.receipt([water(1, 1_000)])
    const voidedFirst = of.counter.receipt([water(2, 700)])
    await of.push()
    await of.carry()
    await of.answer(['1,W1-1,1,rejected,,'])
    of.counter.void(rejectedFirst, 1_000)
    of.counter.void(voidedFirst, 700)
    await of.push()
    await of.answer(['1,W1-2,1,rejected,,'])
    expect(await of.carry()).toEqual([])
    expect(await figuresOf(of, 1)).toEqual([4_000, 2_500, 0])
    expect(await figuresOf(of, 2)).toEqual([4_000, 2_500, 0])
    expect(await suspenseLines(of.db)).toEqual([])
    expect((await of.heard()).map(([, state]) => state)).toEqual(['reversed', 'reversed'])
    const [paid, back] = [await of.booked(DAY), await of.booked(TODAY)]
    expect((paid[WATER_GL] ?? 0) + (back[WATER_GL] ?? 0)).toBe(0)
    expect((paid[SUSPENSE_GL] ?? 0) + (back[SUSPENSE_GL] ?? 0)).toBe(0)
  },
)

itOnPostgres(
  'a reversal that is rejected is owed back: the payment stands, and somebody decides',
  async () => {
    const of = await shop()
    const receiptId = of.counter.receipt([water(1, 1_000)])
    await of.push()
    await of.carry()
    await of.answer(['1,W1-1,1,accepted,B-1,'])
    of.counter.void(receiptId, 1_000)
    await of.push()
    expect(await figuresOf(of, 1)).toEqual([4_000, 2_500, 0])
    expect(await of.carry()).toMatchObject([{ file_no: 2, total_cents: -1_000 }])
    await of.answer(['2,W1-1,1,rejected,,Period is closed'])
    expect(await figuresOf(of, 1)).toEqual([3_000, 2_500, 0])
    expect((await of.heard()).at(-1)).toEqual([receiptId, 'exception', 'B-1', 'rejected'])
    expect(await suspenseLines(of.db)).toMatchObject([
      { state: 'not-reversed', reason: 'rejected', cents: 1_000 },
    ])
    expect(await of.booked(TODAY)).toEqual({ [WATER_GL]: 1_000, [SUSPENSE_GL]: -1_000 })
    await changeCitySetting(of.db, 'suspenseGlAccount', '999-0000')
    const line = { tillId: TILL, receiptId, lineNo: 1, timeZone: 'UTC' }
    expect(await resolveSuspense(of.db, line, { nowMs: NOW_MS })).toEqual({ ok: true })
    expect(await figuresOf(of, 1)).toEqual([4_000, 2_500, 0])
    expect(await of.booked(TODAY)).toEqual({})
    expect(await of.carry(TODAY)).toMatchObject([{ file_no: 3, total_cents: -1_000 }])
  },
)

itOnPostgres(
  'a rejected payment on an account that was billed anew takes nothing off its new figures',
  async () => {
    const of = await shop()
    const receiptId = of.counter.receipt([accountLine(1, [[null, 900, CREDIT_GL]]), water(2, 100)])
    await of.push()
    await of.carry()
    const withoutWater = account(2)
    await billAccounts(of.db, [account(1), { ...withoutWater, items: withoutWater.items.slice(1) }], 2)
    await of.answer(['1,W1-1,1,rejected,,', '1,W1-1,2,rejected,,'])
    expect(await figuresOf(of, 1)).toEqual([4_000, 2_500, 0])
    expect(await suspenseLines(of.db)).toMatchObject([{ receiptId, reason: 'rejected' }, { lineNo: 2 }])
    expect((await of.booked(TODAY))[SUSPENSE_GL]).toBe(1_000)
  },
)

itOnPostgres('a rejected payment whose credit was used meanwhile is owed again to the cent', async () => {
  const of = await shop()
  const withoutWater = { ...account(1), items: account(1).items.slice(1) }
  const credited = of.counter.receipt([accountLine(1, [[null, 500, CREDIT_GL]])])
  await of.push()
  await of.carry()
  await of.answer(['1,W1-1,1,accepted,B-1,'])
  of.counter.receipt([water(1, 1_000)])
  await of.push()
  await of.carry()
  // The billing system has used up the credit, and does not know of the other payment.
  await billAccounts(of.db, [withoutWater], 2)
  expect(await figuresOf(of, 1)).toEqual([2_500, 1_000])
  of.counter.void(credited, 500)
  await of.push()
  expect(await figuresOf(of, 1)).toEqual([2_500, 500])
  await of.answer(['2,W1-2,1,rejected,,'])
  expect(await figuresOf(of, 1)).toEqual([2_500, 500, 0])
})

itOnPostgres('answers that fit no line, or contradict, change nothing and are listed', async () => {
  const of = await shop()
  const receiptId = of.counter.receipt([water(1, 1_000), water(2, 500)])
  await of.push()
  await of.carry()
  await of.answer(['1,W1-1,1,accepted,B-1,'])
  await of.heard()
  const outcome = await of.answer([
    '9,W1-1,1,accepted,B,',
    '1,W1-99,1,accepted,B,',
    '1,W1-1,3,accepted,B,',
    '1,W1-1,1,rejected,,Changed our mind',
    '1,W1-1,2,accepted,B-2,',
    '1,W1-1,2,rejected,,In part',
  ])
  if (!outcome.ok) throw new Error(outcome.why)
  expect(outcome.taken).toMatchObject({ accepted: 0, rejected: 0, again: 0 })
  expect(outcome.taken.left.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6, 7])
  expect(outcome.result).toMatch(/row 5: line 1 of W1-1 was answered the other way before/)
  expect(outcome.result).toMatch(/row 6: line 2 of W1-1 is accepted and rejected/)
  expect(await of.heard()).toEqual([])
  expect(await suspenseLines(of.db)).toEqual([])
  await of.answer(['1,W1-1,2,accepted,B-2,'])
  expect(await of.heard()).toEqual([[receiptId, 'posted', 'B-1, B-2', null]])
})

itOnPostgres('half a file of answers is refused whole', async () => {
  const of = await shop()
  of.counter.receipt([water(1, 1_000), water(2, 500)])
  await of.push()
  await of.carry()
  await of.heard()
  const rows = ['1,W1-1,1,accepted,B-1,', '1,W1-1,2,accepted,B-2,']
  for (const cut of ['Z,', 'A,1,W1-1,2', ',B-2'])
    expect(await of.answer(rows, { cut })).toMatchObject({
      ok: false,
      why: expect.stringContaining('cut off'),
    })
  expect(await of.heard()).toEqual([])
  expect(await of.answer(rows)).toMatchObject({ taken: { accepted: 2 } })
})

itOnPostgres(
  'the command line switches the carrier, makes files, takes answers, and lists them',
  async () => {
    const of = await shop()
    const run = async (...words: string[]): Promise<{ code: number; said: string }> => {
      const lines: string[] = []
      const code = await administer({ db: of.db, nowMs: NOW_MS, say: line => lines.push(line) }, words)
      return { code, said: lines.join('\n') }
    }
    expect(await run('carrier', 'on', 'Mars/Olympus')).toMatchObject({
      code: 1,
      said: expect.stringContaining('no time zone'),
    })
    expect((await run('carrier', 'on', 'America/Chicago')).said).toMatch(/on, in America\/Chicago; 0 details/)
    of.counter.receipt([water(1, 1_000), water(2, 500)])
    await of.push()
    expect((await run('carrier')).said).toMatch(/; 2 details are in no file yet/)
    expect(await run('payment-file', 'today', '--out', of.folder)).toMatchObject({ code: 2 })
    expect(await run('payment-file', DAY)).toMatchObject({
      code: 2,
      said: expect.stringContaining('--out says'),
    })
    const bad = join(freshFolder(), 'template.json')
    writeFileSync(bad, '{}')
    expect(await run('payment-file', DAY, '--out', of.folder, '--template', bad)).toMatchObject({
      code: 1,
      said: expect.stringContaining('cannot be used'),
    })
    const made = await run('payment-file', DAY, '--out', of.folder)
    expect(made).toMatchObject({
      code: 0,
      said: expect.stringContaining('2 details, 15.00, read back and right'),
    })
    expect(of.names()).toEqual(['PAY-20261120-000001.txt'])
    expect((await run('payment-file', DAY, '--out', of.folder)).said).toContain('no file')
    const file = join(freshFolder(), 'answers.csv')
    writeFileSync(file, ackText(['1,W1-1,1,A,B-1,', '1,W1-1,2,R,,Frozen']))
    expect(await run('payment-ack', file)).toMatchObject({
      code: 0,
      said: '1 lines accepted, 1 rejected, 0 known already, 0 left out',
    })
    expect((await run('payment-files')).said).toMatch(
      /^1 +2026-11-20 .*15\.00 +1 accepted, 1 rejected, 0 without/,
    )
    expect((await run('payment-files', '1')).said).toMatch(/W1-1 +5\.00 +Frozen$/)
    writeFileSync(file, 'nonsense')
    expect(await run('payment-ack', file)).toMatchObject({
      code: 1,
      said: expect.stringContaining('was refused'),
    })
  },
)

itOnPostgres(
  'figures that the billing system made before it accepted a payment get it put on top',
  async () => {
    const of = await shop()
    const receipts = [water(1, 1_000), water(2, 700), accountLine(4, [[null, 300, CREDIT_GL]]), water(5, 50)]
    const [, , , voided = ''] = receipts.map(line => of.counter.receipt([line]))
    await of.push()
    await of.carry()
    const billed = async (throughMs: number): Promise<void> => {
      const given = [1, 2, 4, 5].map(no => account(no))
      await putAccounts(of.db, given, { importId: `${throughMs}`, no: 1, throughMs })
    }
    const figures = () => Promise.all([1, 2, 4, 5].map(no => figuresOf(of, no)))
    await billed(NOW_MS + 1)
    expect(await figures()).toEqual([
      [3_000, 2_500, 0],
      [3_300, 2_500, 0],
      [4_000, 2_500, 300],
      [3_950, 2_500, 0],
    ])
    of.counter.void(voided, 50)
    await of.push()
    await of.answer(['1,W1-1,1,accepted,B-1,', '1,W1-2,1,rejected,,'])
    await billed(NOW_MS - 1)
    const before = await figures()
    expect(before).toEqual([
      [3_000, 2_500, 0],
      [4_000, 2_500, 0],
      [4_000, 2_500, 300],
      [4_000, 2_500, 0],
    ])
    await billed(NOW_MS)
    expect(await figures()).toEqual([[4_000, 2_500, 0], ...before.slice(1)])
  },
)

itOnPostgres(
  'a void that could not go back is settled when its payment turns out to be rejected',
  async () => {
    const of = await shop()
    const receiptId = of.counter.receipt([water(1, 1_000)])
    await of.push()
    await of.carry()
    const withoutWater = account(1)
    await billAccounts(of.db, [{ ...withoutWater, items: withoutWater.items.slice(1) }], 2)
    of.counter.void(receiptId, 1_000)
    await of.push()
    expect(await suspenseLines(of.db)).toMatchObject([{ state: 'not-reversed', reason: 'unknown-item' }])
    // What was booked is cleared there, wherever money without a home is booked by now.
    await changeCitySetting(of.db, 'suspenseGlAccount', '999-0000')
    await of.answer(['1,W1-1,1,rejected,,'])
    expect(await suspenseLines(of.db)).toEqual([])
    expect((await of.heard()).at(-1)).toEqual([receiptId, 'reversed', 'P1-1', null])
    const [paid, back] = [await of.booked(DAY), await of.booked(TODAY)]
    expect((paid[SUSPENSE_GL] ?? 0) + (back[SUSPENSE_GL] ?? 0)).toBe(0)
    expect(back['999-0000']).toBeUndefined()
    expect([await of.carry(), await of.carry(TODAY)]).toEqual([[], []])
  },
)

itOnPostgres.each([
  ['first', ['1,W1-1,1,rejected,,', '2,W1-1,1,rejected,,']],
  ['last', ['2,W1-1,1,rejected,,', '1,W1-1,1,rejected,,']],
])(
  'a payment and its reversal that are both rejected come to nothing, the payment %s',
  async (_which, rows) => {
    const of = await shop()
    const receiptId = of.counter.receipt([water(1, 1_000)])
    await of.push()
    await of.carry()
    of.counter.void(receiptId, 1_000)
    await of.push()
    await of.carry()
    for (const row of rows) await of.answer([row])
    expect(await figuresOf(of, 1)).toEqual([4_000, 2_500, 0])
    expect(await suspenseLines(of.db)).toEqual([])
    expect(await of.booked(TODAY)).toEqual({})
    expect((await of.heard()).at(-1)).toEqual([receiptId, 'reversed', 'P1-1', null])
  },
)
