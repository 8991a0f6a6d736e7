/** A city goes live: what its billing system knew before is booked, and neither taken off an account nor carried. */
import { expect } from 'vitest'
import { accountsSince } from '../../central/accounts/feeds.ts'
import { enrol } from '../../central/city/enrol.ts'
import { makeCode } from '../../central/city/enrolment-codes.ts'
import { accountIdOf } from '../../db/accounts/named-id.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import { PROTOCOL } from '../../shared/central/protocol.ts'
import { CENTRAL_KEYS, keyLine, tillKeyName } from '../../shared/ledger/signed-note.ts'
import {
  bill,
  HEADER,
  HOUR_MS,
  pays,
  push,
  row,
  take,
  totalOwed,
  WRITTEN_MS,
} from '../support/central/account-files.ts'
import { CarrierShop, TODAY } from '../support/central/carrier-shop.ts'
import { accountLine, Counter, TILL, WATER_GL, water } from '../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'
import { addTill, Pen, PUBLIC_KEY } from '../support/central/till-journal.ts'

const postgres = postgresForFile()
const LATER = WRITTEN_MS + HOUR_MS

/** A till that took receipts before it was enrolled, and said that the billing system knew them up to a place. */
async function goneLive(db: CentralDb, knownThrough: (counter: Counter) => number): Promise<Counter> {
  await addTill(db, TILL)
  const counter = new Counter(new Pen(TILL))
  counter.open()
  const known = { known_epoch: 1, known_seq: knownThrough(counter) }
  await db.kysely.updateTable('enrolled_till').set(known).where('till_id', '=', TILL).execute()
  return counter
}

const seqOf = (counter: Counter): number => counter.pen.head.seq
const enrolled = ({ pen }: Counter) =>
  pen.write('till.enrolled', {
    address: 'https://billing.example.gov',
    utilityName: 'Alder Creek',
    tillKey: keyLine(tillKeyName(TILL), PUBLIC_KEY),
    centralKey: keyLine(`${CENTRAL_KEYS}alder-creek`, PUBLIC_KEY),
    approvedBy: null,
  })

const states = async (db: CentralDb) =>
  (await db.kysely.selectFrom('posting').select(['state']).orderBy('receipt_id').execute()).map(
    ({ state }) => state,
  )

itOnPostgres(
  'what the files contain is taken off nothing, whatever became of its items, and its void is owed again',
  async () => {
    const db = await postgres.central()
    const paid: string[] = []
    const counter = await goneLive(db, of => {
      paid.push(of.receipt([pays(1, [['water', 4_000]])]), of.receipt([pays(2, [['sewer', 500]])]))
      of.void(of.receipt([pays(2, [['water', 700]])]), 700)
      // An account that is not there any more.
      of.receipt([accountLine(9, [[null, 300, WATER_GL]])])
      return seqOf(of)
    })
    // By these figures water of account 1 is paid, and of sewer of account 2 so much as was paid.
    const file = [HEADER, row(1, 'sewer', '25.00'), row(2, 'water', '40.00'), row(2, 'sewer', '20.00')]
    await take(db, file)
    counter.receipt([pays(2, [['water', 1_000]])])
    await push(db, counter, LATER)
    expect([await totalOwed(db, 1), await totalOwed(db, 2)]).toEqual([2_500, 5_000])
    expect(await states(db)).toEqual(['posted', 'posted', 'withdrawn', 'posted', 'posted'])
    counter.void(paid[0] ?? '', 4_000)
    counter.void(paid[1] ?? '', 500)
    await push(db, counter, LATER + 1)
    const { accounts } = await accountsSince(db, { tillId: TILL }, { nowMs: LATER + 1 })
    const told = accounts.map(({ account, items }) => [
      account.number,
      items.reduce((all, item) => all + item.openCents, 0) - account.creditCents,
    ])
    expect(Object.fromEntries(told)).toEqual({ '10-1': 6_500, '10-2': 5_500 })
    // And the same by the next file, which does not know of the voids.
    await take(db, file)
    expect([await totalOwed(db, 1), await totalOwed(db, 2)]).toEqual([2_500, 5_500])
  },
)

itOnPostgres(
  'a page says that it contains what the billing system knew, before the till has sent it',
  async () => {
    const db = await postgres.central()
    const counter = await goneLive(db, of => {
      of.receipt([pays(1, [['water', 1_000]])])
      return seqOf(of)
    })
    await take(db, bill(1))
    const page = await accountsSince(db, { tillId: TILL }, { nowMs: LATER })
    expect(page.asOfPosition).toEqual({ epoch: 1, seq: seqOf(counter) })
    expect(page.accounts.map(({ account }) => account.accountId)).toEqual([accountIdOf('10-1')])
  },
)

itOnPostgres('nothing of it is carried, and what came after it is', async () => {
  const of = await CarrierShop.open(await postgres.central())
  await of.push()
  const known = { known_epoch: 1, known_seq: seqOf(of.counter) + 1 }
  await of.db.kysely.updateTable('enrolled_till').set(known).execute()
  of.counter.receipt([water(1, 1_000)])
  of.counter.receipt([water(2, 500)])
  await of.push()
  expect([...(await of.carry()), ...(await of.carry(TODAY))]).toMatchObject([
    { detail_count: 1, total_cents: 500 },
  ])
})

itOnPostgres('a till that says that more was known than it had taken by then is not believed', async () => {
  const db = await postgres.central()
  const counter = await goneLive(db, () => 1_000_000)
  await take(db, bill(1))
  enrolled(counter)
  counter.receipt([pays(1, [['water', 1_000]])])
  await push(db, counter, LATER)
  expect(await totalOwed(db, 1)).toBe(5_500)
})

itOnPostgres('what a till stated of another central before says nothing of this one', async () => {
  const db = await postgres.central()
  await addTill(db, TILL)
  const counter = new Counter(new Pen(TILL))
  counter.open()
  // A trial, before the city goes live.
  enrolled(counter)
  counter.receipt([pays(1, [['water', 1_000]])])
  const { epoch } = counter.pen
  const seq = seqOf(counter)
  const said = { known_epoch: epoch, known_seq: seq, head_epoch: epoch, head_seq: seq }
  await db.kysely.updateTable('enrolled_till').set(said).where('till_id', '=', TILL).execute()
  // By its figures that was paid.
  await take(db, [HEADER, row(1, 'water', '30.00'), row(1, 'sewer', '25.00')])
  enrolled(counter)
  counter.receipt([pays(1, [['sewer', 500]])])
  await push(db, counter, LATER)
  expect(await totalOwed(db, 1)).toBe(5_000)
})

itOnPostgres(
  'a first try whose answer was lost says nothing of what came after it, a trial elsewhere among that',
  async () => {
    const db = await postgres.central()
    const counter = new Counter(new Pen(TILL))
    counter.open()
    const placeOf = () => ({ epoch: 1, seq: seqOf(counter) })
    const tries = async (knownThrough: { epoch: number; seq: number }, no: number) => {
      const bytes = Uint8Array.from({ length: 12 }, (_, at) => at + no)
      const code = await makeCode(db, { nowMs: LATER, bytes, note: '' })
      const till = { tillId: TILL, tillCode: 'W1', publicKey: PUBLIC_KEY }
      const input = { protocol: PROTOCOL, code, ...till, knownThrough, head: placeOf() } as const
      expect(await enrol(db, input, { nowMs: LATER })).toMatchObject({ ok: true })
    }
    await tries(placeOf(), 1)
    enrolled(counter)
    counter.receipt([pays(1, [['water', 1_000]])])
    await take(db, [HEADER, row(1, 'water', '30.00'), row(1, 'sewer', '25.00')])
    const known = placeOf()
    await tries(known, 2)
    enrolled(counter)
    await push(db, counter, LATER)
    expect(await totalOwed(db, 1)).toBe(5_500)
  },
)
