/** The GL journal up to the bank: what the bank credits leaves the accounts of cash and checks, and nothing else does. */
import { sql } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import { administer } from '../../../central/cli/admin.ts'
import { glOfDate } from '../../../central/posting/books/gl-journal.ts'
import { takeRange } from '../../../central/posting/receive.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import { openMemory } from '../../../db/central/open.ts'
import { openLedgerReadOnly } from '../../../db/ledger/till.ts'
import { cents } from '../../../shared/money.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import { CASH_GL, type Counter, id, openCounter, SESSION } from '../../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../../support/central/postgres.ts'
import { addTill, rangesOf } from '../../support/central/till-journal.ts'
import { liveDays } from '../../support/random-life/days.ts'
import { runSeed } from '../../support/run/seed.ts'
import { openTestTill } from '../../support/till.ts'

const postgres = postgresForFile()
const NOW = { nowMs: Date.UTC(2026, 10, 27) }
const CHECK_GL = '100-1020'
const BANK_GL = '100-1000'
const OTHER_BANK_GL = '100-1007'
const BANK = id('ba4c', 1)
const CREDITED = '2026-11-24' as BusinessDate

const pieces = (amount: number) => [
  { valueCents: cents(1), kind: 'coin' as const, pieces: amount, bundles: 0, cents: cents(amount) },
]

/** A bag of 200.00 in cash and checks of 30.00 and 12.50; the verifier and the bank find what they find. */
function bankDeposit({ pen }: Counter, no: number, found: { verified: number; credited: number }): void {
  const depositId = id('de90', no)
  const step = { differenceCents: cents(0), reason: '' }
  const paper = (amount: number) => ({
    ...{ tender: 'check' as const, receiptId: null, tenderNo: null, reference: '', routingNumber: null },
    cents: cents(amount),
  })
  pen.write('deposit.made-up', {
    ...{
      depositId,
      depositNo: no,
      number: `W1-D${no}`,
      bankAccount: {
        bankAccountId: BANK,
        name: 'Main',
        bankName: 'Bank',
        routingNumber: '071000013',
        accountNumber: '4410',
      },
      bagNumber: `B${no}`,
      dueAtMs: 0,
    },
    ...{
      pieces: pieces(20_000),
      cashCents: cents(20_000),
      itemsCents: cents(4_250),
      totalCents: cents(24_250),
    },
    sessions: [{ sessionId: SESSION, partNo: no, cashCents: cents(20_000), itemsCents: cents(4_250) }],
    items: [paper(3_000), paper(1_250)],
  })
  const verified = { verifierId: id('ca54', 2), pieces: pieces(found.verified), itemCount: 2 }
  pen.write('deposit.verified', { depositId, ...verified, cents: cents(found.verified + 4_250), ...step })
  pen.write('deposit.sealed', { depositId, bagNumber: `B${no}`, sealNumber: `S${no}` })
  const hands = { carrier: 'Courier', signatureName: 'T. Boone' }
  pen.write('deposit.released', { depositId, ...hands, pieces: pieces(found.verified) })
  const slip = { slipNumber: `L${no}`, bankDate: '2026-11-21' as BusinessDate }
  pen.write('deposit.validated', { depositId, ...slip, cents: cents(found.credited), ...step })
  pen.write('deposit.credited', { depositId, creditDate: CREDITED, cents: cents(found.credited), ...step })
}

const glOf = async (db: CentralDb, date: BusinessDate) =>
  Object.fromEntries(
    (await glOfDate(db, date)).map(line => [line.glAccount, [line.debitCents, line.creditCents]]),
  )

itOnPostgres.each([
  ['in one range', 100],
  ['fact by fact', 1],
])(
  'a deposit that the bank credits moves cash and checks to the bank’s GL account, %s',
  async (_how, most) => {
    const db = await postgres.central()
    const counter = await openCounter(db)
    bankDeposit(counter, 1, { verified: 20_000, credited: 24_250 })
    const { rows, ...range } = counter.pen.take()
    for (let at = 0; at < rows.length; at += most)
      expect(await takeRange(db, { ...range, rows: rows.slice(at, at + most) }, NOW)).toMatchObject({
        ok: true,
      })
    expect(await glOf(db, CREDITED)).toEqual({
      [BANK_GL]: [24_250, 0],
      [CASH_GL]: [0, 20_000],
      [CHECK_GL]: [0, 4_250],
    })
    expect(await glOf(db, '2026-11-20' as BusinessDate)).toEqual({})
  },
)

itOnPostgres(
  'what was carried out is what leaves the books; what the bank finds otherwise is over or short',
  async () => {
    const db = await postgres.central()
    const counter = await openCounter(db)
    const said: string[] = []
    const set = (...words: string[]) =>
      administer({ db, nowMs: 0, say: line => said.push(line) }, ['set', ...words])
    expect(await set(`bankGlAccount/${BANK}`, OTHER_BANK_GL)).toBe(0)
    expect(await set('suspenseGlAccount', '999-0000')).toBe(0)
    bankDeposit(counter, 1, { verified: 19_000, credited: 23_245 })
    bankDeposit(counter, 2, { verified: 20_000, credited: 24_260 })
    await takeRange(db, counter.pen.take(), NOW)
    // Without settings of its own this till has nowhere else for differences: 0.05 short, 0.10 over.
    expect(await glOf(db, CREDITED)).toEqual({
      [OTHER_BANK_GL]: [47_505, 0],
      [CASH_GL]: [0, 39_000],
      [CHECK_GL]: [0, 8_500],
      '999-0000': [5, 10],
    })
  },
)

itOnPostgres(
  'what the safe is found to have more or less than its book is over or short at once',
  async () => {
    const db = await postgres.central()
    const counter = await openCounter(db)
    for (const [no, found] of [9_950, 10_020].entries())
      counter.pen.write('safe.counted', {
        ...{
          safeCountId: id('5afe', no),
          pieces: [],
          differences: [],
          reason: 'Counted',
          witnessId: id('ca54', 2),
        },
        ...{ cents: cents(found), expectedCents: cents(10_000) },
      })
    await takeRange(db, counter.pen.take(), NOW)
    expect(await glOf(db, counter.pen.day)).toEqual({ [CASH_GL]: [20, 50], '999-9999': [50, 20] })
  },
)

itOnPostgres('what the city sets is listed, and nothing else can be set', async () => {
  const db = await postgres.central()
  const said: string[] = []
  const set = (...words: string[]) =>
    administer({ db, nowMs: 0, say: line => said.push(line) }, ['set', ...words])
  expect(await set('utilityName', 'Water', '&', 'Light')).toBe(0)
  expect(await set('bankGlAccount', '100-1001')).toBe(0)
  expect(await set()).toBe(0)
  for (const line of [
    'bankGlAccount          100-1001',
    'suspenseGlAccount      999-9999',
    'utilityName            Water & Light',
  ])
    expect(said.slice(2)).toContain(line)
  const wrong = [
    ['utilityName'],
    ['suspenseGlAccount', ' '],
    ['colour', 'blue'],
    ['bankGlAccount/1', 'x'],
    ['suspenseGlAccount', 'ä'],
  ]
  for (const words of wrong) expect(await set(...words), words.join(' ')).toBe(2)
})

/** What lies in drawers and safe and is on its way to the bank, by GL account, as the till's own tables have it. */
const IN_HAND = `
WITH closed AS (SELECT * FROM drawer_session WHERE state = 'closed'),
lying AS (SELECT drawer_id, left_cents, row_number() OVER (PARTITION BY drawer_id ORDER BY session_no DESC) AS age FROM drawer_session),
before AS (SELECT session_id, lag(left_cents, 1, 0) OVER (PARTITION BY drawer_id ORDER BY session_no) AS cents FROM drawer_session),
bag AS (SELECT * FROM deposit WHERE state IN ('released', 'validated')),
hand AS (
  SELECT 'cash' AS tender, t.opening_cents + t.tendered_cents - t.change_cents + t.paid_in_cents - t.paid_out_cents
    - t.turned_in_cents - t.refunded_cents AS cents
  FROM session_tender t JOIN drawer_session s USING (session_id) WHERE s.state <> 'closed' AND t.tender = 'cash'
  UNION ALL SELECT 'cash', left_cents FROM lying WHERE age = 1 AND left_cents IS NOT NULL
  UNION ALL SELECT 'cash', cents FROM safe_entry
  UNION ALL SELECT 'cash', p.cents FROM bag JOIN deposit_piece p ON p.deposit_id = bag.deposit_id AND p.step = 'verified'
  -- Change funds are not booked by central: no fact says from where they came.
  UNION ALL SELECT 'cash', b.cents - t.opening_cents FROM session_tender t JOIN before b USING (session_id) WHERE t.tender = 'cash'
  UNION ALL
  SELECT t.tender, t.tendered_cents - t.turned_in_cents FROM session_tender t JOIN drawer_session s USING (session_id)
  WHERE s.state <> 'closed' AND t.tender <> 'cash'
  UNION ALL SELECT tender, cents FROM movement_item
  UNION ALL SELECT t.tender, t.counted_cents FROM session_tender t JOIN closed USING (session_id) WHERE t.tender <> 'cash'
  UNION ALL
  SELECT i.tender, -i.cents FROM deposit_item i JOIN deposit d USING (deposit_id) WHERE d.state = 'credited'
)
SELECT y.gl_account AS gl, coalesce(sum(hand.cents), 0) AS cents FROM hand JOIN tender_type y USING (tender) GROUP BY y.gl_account`

it('after random days the books balance on every date, and hold of cash and checks what is still in hand', {
  timeout: 120_000,
}, async () => {
  const till = await openTestTill()
  const { tally } = await liveDays(till, { seed: runSeed(), days: 6 })
  expect(tally.of('credited'), 'deposits that the bank has credited').toBeGreaterThan(0)
  const ledger = openLedgerReadOnly(till.dataDir)
  const db = await openMemory()
  onTestFinished(async () => {
    ledger.close()
    await db.close()
  })
  const ranges = rangesOf(ledger)
  await addTill(db, ranges[0]?.tillId ?? '')
  for (const range of ranges) expect(await takeRange(db, range, NOW)).toMatchObject({ ok: true })
  const { rows: unbalanced } = await sql`SELECT business_date FROM gl_entry GROUP BY business_date
    HAVING sum(debit_cents) <> sum(credit_cents)`.execute(db.kysely)
  expect(unbalanced).toEqual([])
  const inHand = ledger.prepare<[], { gl: string; cents: number }>(IN_HAND).all()
  for (const { gl, cents: found } of inHand) expect(await balanceOf(db, gl), gl).toBe(found)
  expect(inHand.length).toBeGreaterThan(2)
  const atBank = ledger
    .prepare<[], number>("SELECT sum(found_cents) FROM deposit WHERE state = 'credited'")
    .pluck()
    .get()
  expect(await balanceOf(db, BANK_GL)).toBe(atBank)
})

const balanceOf = async (db: CentralDb, gl: string): Promise<number> => {
  const { rows } = await sql<{ cents: number }>`SELECT coalesce(sum(debit_cents - credit_cents), 0) AS cents
    FROM gl_entry WHERE gl_account = ${gl}`.execute(db.kysely)
  return rows[0]?.cents ?? 0
}
