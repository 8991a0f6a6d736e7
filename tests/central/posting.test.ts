/** What becomes of receipts at central: posted to accounts, in suspense with a reason, undone exactly, and booked. */

import { expect } from 'vitest'
import { accountsSince, receiptStatesSince } from '../../central/accounts/feeds.ts'
import { glCsv, glOfDate } from '../../central/posting/books/gl-journal.ts'
import { takeRange } from '../../central/posting/receive.ts'
import { resolveSuspense } from '../../central/posting/resolve.ts'
import { suspenseLines } from '../../central/posting/suspense.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import type { ReceiptLine } from '../../shared/ledger/receipt.ts'
import { cents } from '../../shared/money.ts'
import type { BusinessDate } from '../../shared/time.ts'
import {
  account,
  accountId,
  accountLine,
  billAccounts,
  CASH_GL,
  type Counter,
  CREDIT_GL,
  id,
  itemId,
  openCounter,
  SESSION,
  SEWER_GL,
  TILL,
  WATER_GL,
  water,
} from '../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'

const postgres = postgresForFile()
const NOW = { nowMs: 1_800_000_000_000 }
const SUSPENSE_GL = '999-9999'
const DAY = '2026-11-20' as BusinessDate

async function shop(): Promise<{ db: CentralDb; counter: Counter }> {
  const db = await postgres.central()
  await billAccounts(db, [account(1), account(2), account(3, 'closed')])
  const counter = await openCounter(db)
  return { db, counter }
}

const push = async (db: CentralDb, counter: Counter): Promise<void> => {
  expect(await takeRange(db, counter.pen.take(), NOW)).toMatchObject({ ok: true })
}

const figuresOf = async (db: CentralDb, no: number) => {
  const items = await db.kysely
    .selectFrom('account_item')
    .select('open_cents')
    .where('account_id', '=', accountId(no))
    .orderBy('item_no')
    .execute()
  const { credit_cents: credit } = await db.kysely
    .selectFrom('account')
    .select('credit_cents')
    .where('account_id', '=', accountId(no))
    .executeTakeFirstOrThrow()
  return [...items.map(item => item.open_cents), credit]
}

const stateOf = async (db: CentralDb, receiptId: string) =>
  (await receiptStatesSince(db, { tillId: TILL })).states.find(state => state.receiptId === receiptId)

/** Debits and credits of a day, which always come to the same. */
async function ledgerOf(db: CentralDb, date = DAY): Promise<Record<string, [debit: number, credit: number]>> {
  const lines = await glOfDate(db, date)
  const debits = lines.reduce((total, line) => total + line.debitCents, 0)
  expect(lines.reduce((total, line) => total + line.creditCents, 0)).toBe(debits)
  return Object.fromEntries(lines.map(line => [line.glAccount, [line.debitCents, line.creditCents]]))
}

itOnPostgres(
  'a payment goes to its items by its allocation, and what is beyond them to the credit',
  async () => {
    const { db, counter } = await shop()
    const paid = accountLine(1, [
      [itemId(1, 1), 4_000, WATER_GL],
      [itemId(1, 2), 1_000, SEWER_GL],
      [null, 250, CREDIT_GL],
    ])
    const receiptId = counter.receipt([paid], { cents: 6_000 })
    await push(db, counter)
    expect(await figuresOf(db, 1)).toEqual([0, 1_500, 250])
    expect(await stateOf(db, receiptId)).toMatchObject({ state: 'posted', reference: 'P1-1', reason: null })
    expect(await ledgerOf(db)).toEqual({
      [CASH_GL]: [6_000, 750],
      [WATER_GL]: [0, 4_000],
      [SEWER_GL]: [0, 1_000],
      [CREDIT_GL]: [0, 250],
    })
    expect(
      glCsv(await glOfDate(db, DAY))
        .split('\r\n')
        .slice(0, 2),
    ).toEqual(['business_date,gl_account,debit,credit', '2026-11-20,100-1010,60.00,7.50'])
  },
)

itOnPostgres('what cash is rounded by goes to the account that the receipt names', async () => {
  const { db, counter } = await shop()
  for (const [no, amount, glAccount] of [
    [1, 3, '449-0001'],
    [2, -2, '449-0002'],
  ] as const)
    counter.receipt([water(no, 1_000)], { cents: 1_000 + amount, rounding: { cents: amount, glAccount } })
  await push(db, counter)
  expect(await ledgerOf(db)).toEqual({
    [CASH_GL]: [2_001, 0],
    [WATER_GL]: [0, 2_000],
    '449-0001': [0, 3],
    '449-0002': [2, 0],
  })
})

const HOMELESS: [reason: string, line: ReceiptLine][] = [
  ['unknown-account', water(77, 1_000)],
  ['closed-account', water(3, 1_000)],
  ['unknown-item', accountLine(1, [[itemId(1, 9), 1_000, WATER_GL]])],
  ['unknown-item', accountLine(1, [[itemId(2, 1), 1_000, WATER_GL]])],
  ['changed-item', water(1, 4_001)],
  [
    'changed-item',
    accountLine(1, [
      [itemId(1, 1), 3_000, WATER_GL],
      [itemId(1, 1), 1_001, WATER_GL],
    ]),
  ],
]

itOnPostgres.each(HOMELESS)(
  '%s: the money waits in suspense, and what follows is posted',
  async (reason, line) => {
    const { db, counter } = await shop()
    const receiptId = counter.receipt([line, water(2, 100)])
    const after = counter.receipt([water(1, 500)])
    await push(db, counter)
    expect(await stateOf(db, receiptId)).toMatchObject({ state: 'exception', reference: null, reason })
    expect(await stateOf(db, after)).toMatchObject({ state: 'posted' })
    expect(await suspenseLines(db)).toMatchObject([
      { receiptId, lineNo: 1, reason, cents: line.cents, state: 'suspense' },
    ])
    expect(await figuresOf(db, 1)).toEqual([3_500, 2_500, 0])
    expect(await figuresOf(db, 2)).toEqual([3_900, 2_500, 0])
    const all = line.cents + 600
    expect(await ledgerOf(db)).toEqual({
      [CASH_GL]: [all, 0],
      [SUSPENSE_GL]: [0, line.cents],
      [WATER_GL]: [0, 600],
    })
  },
)

itOnPostgres.each([
  ['in the same range', false],
  ['in a later range', true],
])('a void undoes exactly what was posted and what waited, %s', async (_when, later) => {
  const { db, counter } = await shop()
  const before = [await figuresOf(db, 1), await figuresOf(db, 2)]
  const paid = accountLine(1, [
    [itemId(1, 1), 4_000, WATER_GL],
    [null, 250, CREDIT_GL],
  ])
  const receiptId = counter.receipt([paid, water(77, 900)], { cents: 6_000 })
  if (later) await push(db, counter)
  counter.pen.day = '2026-11-21' as BusinessDate
  counter.void(receiptId, 5_150, 850)
  await push(db, counter)
  expect([await figuresOf(db, 1), await figuresOf(db, 2)]).toEqual(before)
  expect(await stateOf(db, receiptId)).toMatchObject({ state: 'reversed', reason: null })
  expect(await suspenseLines(db)).toEqual([])
  const [sold, back] = [await ledgerOf(db), await ledgerOf(db, counter.pen.day)]
  expect(sold[CASH_GL]).toEqual([6_000, 850])
  for (const [gl, [debit, credit]] of Object.entries(sold)) expect(back[gl], gl).toEqual([credit, debit])
})

itOnPostgres(
  'what was posted to an item that is gone cannot go back there, and waits for somebody',
  async () => {
    const { db, counter } = await shop()
    const receiptId = counter.receipt([water(1, 1_000)])
    await push(db, counter)
    const withoutWater = account(1)
    await billAccounts(db, [{ ...withoutWater, items: withoutWater.items.slice(1) }], 2)
    counter.void(receiptId, 1_000)
    counter.receipt([water(2, 100)])
    await push(db, counter)
    expect(await stateOf(db, receiptId)).toMatchObject({ state: 'exception', reason: 'unknown-item' })
    expect(await suspenseLines(db)).toMatchObject([{ receiptId, state: 'not-reversed', cents: 1_000 }])
    expect(await ledgerOf(db)).toMatchObject({ [SUSPENSE_GL]: [1_000, 0] })
  },
)

itOnPostgres(
  'suspense is resolved by trying again once the account is there, or by crediting another',
  async () => {
    const { db, counter } = await shop()
    const late = counter.receipt([water(5, 1_000)])
    const wrong = counter.receipt([water(77, 900)])
    await push(db, counter)
    const { cursor } = await receiptStatesSince(db, { tillId: TILL })
    const first = { tillId: TILL, receiptId: late, lineNo: 1, timeZone: 'UTC' }
    expect(await resolveSuspense(db, first, NOW)).toEqual({ ok: false, reason: 'unknown-account' })
    await billAccounts(db, [account(5)], 2)
    expect(await resolveSuspense(db, first, NOW)).toEqual({ ok: true })
    expect(await resolveSuspense(db, first, NOW)).toEqual({ ok: false, reason: 'not-in-suspense' })
    const other = { ...first, receiptId: wrong, accountNumber: '10 2' }
    expect(await resolveSuspense(db, { ...other, accountNumber: '4711' }, NOW)).toMatchObject({
      reason: 'unknown-account',
    })
    expect(await resolveSuspense(db, other, NOW)).toEqual({ ok: true })
    expect(await figuresOf(db, 5)).toEqual([3_000, 2_500, 0])
    expect(await figuresOf(db, 2)).toEqual([4_000, 2_500, 900])
    const { states } = await receiptStatesSince(db, { tillId: TILL, cursor })
    expect(states.map(({ receiptId, state, reference }) => [receiptId, state, reference])).toEqual([
      [late, 'posted', 'P1-1'],
      [wrong, 'posted', 'P1-2'],
    ])
    expect((await ledgerOf(db, '2027-01-15' as BusinessDate))[SUSPENSE_GL]).toEqual([1_900, 0])
    counter.void(wrong, 900)
    await push(db, counter)
    expect(await figuresOf(db, 2)).toEqual([4_000, 2_500, 0])
  },
)

itOnPostgres('money without a receipt is booked too: paid in, paid out, over and short', async () => {
  const { db, counter } = await shop()
  const pay = (direction: 'in' | 'out', amount: number, no: number): void => {
    const number = { movementId: id('303e', no), movementNo: no, number: `W1-M${no}`, sessionId: SESSION }
    const why = { category: 'Petty cash', glAccount: '100-1090', reason: 'Stamps', documentNumber: '' }
    counter.pen.write('movement.paid', {
      ...number,
      ...why,
      direction,
      cents: cents(amount),
      pieces: [],
      approvedBy: null,
    })
  }
  pay('in', 5_000, 1)
  pay('out', 300, 2)
  counter.close(14_700, 14_690)
  await push(db, counter)
  expect(await ledgerOf(db)).toEqual({
    [CASH_GL]: [5_000, 310],
    '100-1090': [300, 5_000],
    '500-9000': [10, 0],
  })
})

itOnPostgres('what a drawer has less at its opening than was left in it is booked at once', async () => {
  const { db, counter } = await shop()
  counter.close(10_000)
  counter.openSession(id('5e55', 2), 2, {
    leftCents: cents(12_000),
    fundChangeCents: cents(0),
    overShortCents: cents(-2_000),
    overShortGlAccount: '500-9000',
    reason: 'A twenty is missing',
    approvedBy: id('9e50', 3),
  })
  await push(db, counter)
  expect(await ledgerOf(db)).toEqual({ [CASH_GL]: [0, 2_000], '500-9000': [2_000, 0] })
})

itOnPostgres(
  'accounts come to tills as they change, each once, with how far the till’s own payments are in them',
  async () => {
    const { db, counter } = await shop()
    const all = await accountsSince(db, { tillId: TILL, limit: 2 }, NOW)
    expect(all.accounts.map(({ account: { number } }) => number)).toEqual(['10-1', '10-2'])
    expect(all).toMatchObject({ done: false, left: 1 })
    const rest = await accountsSince(db, { tillId: TILL, cursor: all.cursor }, NOW)
    expect(rest).toMatchObject({ done: true, left: 0, accounts: [{ account: { status: 'closed' } }] })
    counter.receipt([water(1, 1_000)])
    const pushed = counter.pen.take()
    await takeRange(db, pushed, NOW)
    const changed = await accountsSince(db, { tillId: TILL, cursor: rest.cursor }, NOW)
    expect(changed.accounts).toMatchObject([
      {
        account: { accountId: accountId(1), creditCents: 0 },
        items: [{ openCents: 3_000, service: 'water' }, { openCents: 2_500 }],
      },
    ])
    expect(changed.asOfPosition).toEqual({ epoch: 1, seq: pushed.rows.length })
    expect(await accountsSince(db, { tillId: TILL, cursor: changed.cursor }, NOW)).toMatchObject({
      accounts: [],
      cursor: changed.cursor,
    })
  },
)

itOnPostgres(
  'a cursor of another life of this database begins again: central was restored from a backup',
  async () => {
    const { db, counter } = await shop()
    counter.receipt([water(1, 1_000)])
    await push(db, counter)
    await accountsSince(db, { tillId: TILL }, NOW)
    for (const cursor of ['3.0123456789abcdef', '900.0123456789abcdef', 'nonsense', '-1.x']) {
      expect((await accountsSince(db, { tillId: TILL, cursor }, NOW)).accounts).toHaveLength(3)
      expect((await receiptStatesSince(db, { tillId: TILL, cursor })).states).toHaveLength(1)
    }
  },
)
