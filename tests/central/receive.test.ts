/** Ranges of a till's journal at central: in order, once, whole, and never over what is held. */
import { CompiledQuery } from 'kysely'
import { expect } from 'vitest'
import { receiptStatesSince, sessionChecks } from '../../central/accounts/feeds.ts'
import { revoke } from '../../central/city/enrol.ts'
import { positionOf } from '../../central/journal/position.ts'
import { takeRange } from '../../central/posting/receive.ts'
import { suspenseLines } from '../../central/posting/suspense.ts'
import type { CentralTable } from '../../db/central/bulk.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import { openPostgres } from '../../db/central/open.ts'
import type { Position, Range } from '../../shared/central/protocol.ts'
import type { ChainLink } from '../../shared/ledger/chain.ts'
import { journalLine } from '../../shared/ledger/chain.ts'
import {
  account,
  billAccounts,
  Counter,
  openCounter,
  SESSION,
  SET_UP,
  TILL,
  water,
} from '../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'
import { ACTOR, lineIn, linkOf, Pen } from '../support/central/till-journal.ts'

const postgres = postgresForFile()
const NOW = { nowMs: 1_800_000_000_000 }

const countOf = async (db: CentralDb, table: CentralTable): Promise<number> =>
  (
    await db.kysely
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n

const lastOf = ({ rows }: Range): ChainLink => {
  const last = rows.at(-1)
  if (!last) throw new Error('The range is empty')
  return linkOf(last)
}

const positionAfter = (range: Range) => ({ ok: true, position: lastOf(range) })

/** Pushes what is good, and gives what central holds then. */
async function positionTaken(db: CentralDb, range: Range): Promise<Position> {
  const taken = await takeRange(db, range, NOW)
  if (!taken.ok) throw new Error(`It was refused: ${taken.code}`)
  return taken.position
}

async function shop(): Promise<{ db: Awaited<ReturnType<typeof postgres.central>>; counter: Counter }> {
  const db = await postgres.central()
  await billAccounts(db, [account(1), account(2)])
  const counter = await openCounter(db)
  return { db, counter }
}

const itemOpen = async (db: CentralDb, itemId: string): Promise<number | undefined> =>
  (
    await db.kysely
      .selectFrom('account_item')
      .select('open_cents')
      .where('item_id', '=', itemId)
      .executeTakeFirst()
  )?.open_cents

const WATER_OF_1 = account(1).items[0]?.itemId ?? ''

itOnPostgres(
  'the same range again gives the same answer and changes nothing, also when it goes on',
  async () => {
    const { db, counter } = await shop()
    counter.receipt([water(1, 1_000)])
    const first = counter.pen.take()
    expect(await takeRange(db, first, NOW)).toEqual(positionAfter(first))
    expect(await takeRange(db, first, NOW)).toEqual(positionAfter(first))
    counter.receipt([water(1, 500)])
    const longer = counter.pen.from(2)
    expect(await takeRange(db, longer, NOW)).toEqual(positionAfter(longer))
    expect(await takeRange(db, longer, NOW)).toEqual(positionAfter(longer))
    expect(await takeRange(db, first, NOW)).toEqual(positionAfter(longer))
    expect(await itemOpen(db, WATER_OF_1)).toBe(2_500)
    expect(await countOf(db, 'receipt')).toBe(2)
    expect(await countOf(db, 'alarm')).toBe(0)
  },
)

itOnPostgres('what is missing before a range is asked for, and nothing is taken', async () => {
  const { db, counter } = await shop()
  const held = counter.pen.take()
  await takeRange(db, held, NOW)
  counter.receipt([water(1, 1_000)])
  counter.receipt([water(1, 1_000)])
  const { position } = await positionOf(db, TILL)
  expect(await takeRange(db, counter.pen.from(held.rows.length + 2), NOW)).toEqual({
    ok: false,
    code: 'GAP',
    position,
  })
  expect(await countOf(db, 'receipt')).toBe(0)
  expect(await takeRange(db, counter.pen.take(), NOW)).toMatchObject({ ok: true })
})

itOnPostgres(
  'another row at a place that is held is refused, and one alarm stays however often it comes',
  async () => {
    const { db, counter } = await shop()
    counter.receipt([water(1, 1_000)])
    const taken = counter.pen.take()
    await takeRange(db, taken, NOW)
    const seq = taken.rows.length
    const held = lastOf(taken)
    const other = new Counter(counter.pen.fork(seq - 1), 1)
    other.receipt([water(1, 4_000)])
    const fork = other.pen.take()
    expect(await takeRange(db, fork, NOW)).toEqual({ ok: false, code: 'FORK', ...held })
    expect(await takeRange(db, fork, NOW)).toEqual({ ok: false, code: 'FORK', ...held })
    other.receipt([water(1, 500)])
    expect(await takeRange(db, other.pen.take(), NOW)).toEqual({ ok: false, code: 'FORK', ...held })
    expect(await itemOpen(db, WATER_OF_1)).toBe(3_000)
    const alarms = await db.kysely.selectFrom('alarm').selectAll().orderBy('alarm_no').execute()
    expect(alarms.map(({ kind, seq, held_hash }) => ({ kind, seq, held_hash }))).toEqual([
      { kind: 'fork', seq, held_hash: held.hash },
      { kind: 'fork', seq, held_hash: held.hash },
    ])
    expect(await positionOf(db, TILL)).toMatchObject({ position: held, alarms: 2 })
    counter.receipt([water(1, 250)])
    expect(await takeRange(db, counter.pen.take(), NOW)).toMatchObject({ ok: true })
  },
)

itOnPostgres('a range that is not one piece of a chain is refused, and nothing of it is kept', async () => {
  const { db, counter } = await shop()
  const range = counter.pen.take()
  range.rows.splice(1, 1)
  expect(await takeRange(db, range, NOW)).toMatchObject({ ok: false, code: 'CHAIN_BROKEN', seq: 3 })
  expect(await countOf(db, 'journal')).toBe(0)
})

itOnPostgres('nothing is taken from a till that is unknown or revoked', async () => {
  const { db, counter } = await shop()
  const range = counter.pen.take()
  const stranger = { ...range, tillId: '019aa000-0000-7000-8000-00000000eeee' }
  expect(await takeRange(db, stranger, NOW)).toMatchObject({ ok: false, code: 'CHAIN_BROKEN' })
  const other = new Pen(stranger.tillId)
  other.write('till.set-up', { ...SET_UP, code: 'W9' })
  expect(await takeRange(db, other.take(), NOW)).toEqual({ ok: false, code: 'NOT_ENROLLED' })
  expect(await revoke(db, TILL, NOW)).toBe(true)
  expect(await takeRange(db, range, NOW)).toEqual({ ok: false, code: 'REVOKED' })
  expect(await countOf(db, 'journal')).toBe(0)
})

itOnPostgres(
  'two connections that push the same range at once post it once and get the same answer',
  async () => {
    const { db, counter } = await shop()
    for (let no = 0; no < 40; no += 1) counter.receipt([water((no % 2) + 1, 100)])
    const range = counter.pen.take()
    const other = await openPostgres(db.url, { connections: 2 })
    const answers = await Promise.all([
      takeRange(db, range, NOW),
      takeRange(other, range, NOW),
      takeRange(db, range, NOW),
      takeRange(other, range, NOW),
    ]).finally(() => other.close())
    for (const answer of answers) expect(answer).toEqual(positionAfter(range))
    expect(await itemOpen(db, WATER_OF_1)).toBe(2_000)
    expect(await countOf(db, 'receipt')).toBe(40)
  },
)

itOnPostgres(
  'tills that post to the same accounts at once wait for each other, and nothing is lost',
  async () => {
    const { db } = await shop()
    const tills = await Promise.all(
      [3, 4, 5, 6].map(no => openCounter(db, `019aa000-0000-7000-8000-00000000ee0${no}`, no)),
    )
    const pushes = tills.map(async (counter, till) => {
      for (let range = 0; range < 5; range += 1) {
        // Half of them in the other order, which is how two that lock as they go come to wait for each other.
        const order = till % 2 === 0 ? [1, 2] : [2, 1]
        for (const no of order) counter.receipt([water(no, 10)])
        expect(await takeRange(db, counter.pen.take(), NOW)).toMatchObject({ ok: true })
      }
    })
    await Promise.all(pushes)
    expect(await itemOpen(db, WATER_OF_1)).toBe(4_000 - 4 * 5 * 10)
    expect(await suspenseLines(db)).toEqual([])
  },
)

itOnPostgres('a connection that is cut in the middle of a range leaves nothing of it', async () => {
  const { db, counter } = await shop()
  counter.receipt([water(1, 1_000)])
  const range = counter.pen.take()
  // The till's own row is held by somebody else, so that the range waits in the middle of its transaction.
  const blocker = await openPostgres(db.url, { connections: 1 })
  const cut = await openPostgres(db.url, { connections: 1 })
  const pushed = await blocker.kysely.transaction().execute(async tx => {
    await tx.selectFrom('account').selectAll().forUpdate().execute()
    const waiting = takeRange(cut, range, NOW).then(
      () => 'taken',
      () => 'cut',
    )
    const stuck = CompiledQuery.raw(
      "SELECT count(pg_terminate_backend(pid)) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
    )
    let ended = 0
    while (ended === 0) {
      const { rows } = await db.kysely.executeQuery<{ n: number }>(stuck)
      ended = rows[0]?.n ?? 0
    }
    return waiting
  })
  await Promise.all([blocker.close(), cut.close()])
  expect(pushed).toBe('cut')
  expect(await countOf(db, 'journal')).toBe(0)
  expect(await takeRange(db, range, NOW)).toEqual(positionAfter(range))
  expect(await itemOpen(db, WATER_OF_1)).toBe(3_000)
})

itOnPostgres(
  'a till restored from a backup begins a new epoch: the same receipt counts once, another is an exception',
  async () => {
    const { db, counter } = await shop()
    const opened = counter.pen.from(1).rows.length
    const same = counter.receipt([water(1, 1_000)])
    const other = counter.receipt([water(1, 700)])
    const follows = await positionTaken(db, counter.pen.take())
    const again = new Counter(counter.pen.fork(follows.seq), 2)
    again.pen.beginEpoch()
    expect(again.pen.epoch).toBe(2)
    again.receipt([water(1, 1_000)], { receiptId: same })
    again.receipt([water(1, 900)], { receiptId: other })
    const fresh = again.receipt([water(1, 300)])
    again.void(other, 900)
    const range = again.pen.take()
    expect(range.rows.map(row => lineIn(row).prevHash)[0]).toBe(follows.hash)
    expect(await takeRange(db, range, NOW)).toEqual(positionAfter(range))
    expect(await takeRange(db, range, NOW)).toEqual(positionAfter(range))
    expect(await itemOpen(db, WATER_OF_1)).toBe(4_000 - 1_000 - 700 - 300)
    const { states } = await receiptStatesSince(db, { tillId: TILL })
    expect(
      Object.fromEntries(states.map(({ receiptId, state, reason }) => [receiptId, `${state} ${reason}`])),
    ).toEqual({
      [same]: 'posted null',
      [other]: 'exception other-content',
      [fresh]: 'posted null',
    })
    const kept = await db.kysely
      .selectFrom('receipt')
      .select(['receipt_id', 'total_cents', 'state'])
      .orderBy('receipt_no')
      .execute()
    expect(kept).toContainEqual({ receipt_id: other, total_cents: 700, state: 'posted' })
    const alarms = await db.kysely.selectFrom('alarm').select(['kind', 'epoch']).execute()
    expect(alarms).toEqual([{ kind: 'other-content', epoch: 2 }])
    // The epoch before is over: what goes on there comes from a second till with the same key.
    counter.receipt([water(1, 50)])
    expect(await takeRange(db, counter.pen.take(), NOW)).toMatchObject({
      ok: false,
      code: 'SUPERSEDED',
      epoch: 2,
      machine: ACTOR,
    })
    expect(await takeRange(db, counter.pen.from(1, opened), NOW)).toEqual(positionAfter(range))
  },
)

itOnPostgres('a new epoch waits until the end of the one before is there', async () => {
  const { db, counter } = await shop()
  const held = await positionTaken(db, counter.pen.take())
  counter.receipt([water(1, 1_000)])
  const end = counter.pen.take()
  const again = counter.pen.fork(lastOf(end).seq)
  again.beginEpoch()
  const begun = again.take()
  const gap = { ok: false, code: 'GAP', position: held }
  // As when central was restored from a backup between the two ranges.
  expect(await takeRange(db, begun, NOW)).toEqual(gap)
  expect(await takeRange(db, end, NOW)).toEqual(positionAfter(end))
  expect(await takeRange(db, begun, NOW)).toEqual(positionAfter(begun))
  expect(await takeRange(db, begun, NOW)).toEqual(positionAfter(begun))
})

itOnPostgres('central’s own sums of a session agree with the till’s, or say where they do not', async () => {
  const { db, counter } = await shop()
  counter.receipt([water(1, 1_000)], { cents: 2_000 })
  const given = counter.receipt([water(2, 500)])
  counter.void(given, 500)
  counter.close(11_000, 10_990)
  await takeRange(db, counter.pen.take(), NOW)
  const session = { kind: 'session', sessionId: SESSION, number: 'W1-Z1' }
  expect(await sessionChecks(db, { tillId: TILL })).toEqual([{ ...session, agrees: true, differences: [] }])
})

itOnPostgres(
  'a till that says it has come to something else than central holds is listed with the difference',
  async () => {
    const { db, counter } = await shop()
    counter.receipt([water(1, 1_000)])
    counter.receipt([water(1, 400)])
    counter.close(11_400)
    // What comes after the close in the same range is not in what it states.
    counter.receipt([water(1, 300)])
    const range = counter.pen.take()
    await takeRange(db, range, NOW)
    const [check] = await sessionChecks(db, { tillId: TILL })
    expect(check?.differences.filter(({ what }) => what.endsWith('since set-up'))).toEqual([])
    const other = await shop()
    other.counter.receipt([water(1, 1_000)])
    other.counter.forget(250)
    other.counter.close(11_000)
    await takeRange(other.db, other.counter.pen.take(), NOW)
    expect((await sessionChecks(other.db, { tillId: TILL }))[0]?.differences).toEqual([
      { what: 'posted since set-up', tillCents: 750, centralCents: 1_000 },
    ])
  },
)

itOnPostgres('a session that is closed twice in one range is taken, and told', async () => {
  const { db, counter } = await shop()
  counter.receipt([water(1, 1_000)])
  counter.close(11_000)
  counter.close(11_000)
  expect(await takeRange(db, counter.pen.take(), NOW)).toMatchObject({ ok: true })
  expect(await sessionChecks(db, { tillId: TILL })).toHaveLength(1)
  expect(await db.kysely.selectFrom('alarm').select('kind').execute()).not.toEqual([])
})

itOnPostgres.each([
  ['that points at nothing', { prevHash: '' }],
  ['that says another hash than it points at', { prevHash: 'ab'.repeat(32) }],
])('an epoch %s is never taken', async (_what, changes) => {
  const { db, counter } = await shop()
  await positionTaken(db, counter.pen.take())
  counter.pen.beginEpoch()
  const range = counter.pen.take()
  const [row] = range.rows
  if (row) row.line = journalLine({ ...lineIn(row), ...changes })
  expect(await takeRange(db, range, NOW)).toMatchObject({ ok: false, code: 'CHAIN_BROKEN' })
})

itOnPostgres(
  'a session that was closed without a receipt that central holds is listed with the difference',
  async () => {
    const { db, counter } = await shop()
    counter.receipt([water(1, 1_000)])
    counter.receipt([water(1, 400)])
    counter.close(11_000)
    await takeRange(db, counter.pen.take(), NOW)
    const [check] = await sessionChecks(db, { tillId: TILL, businessDate: '2026-11-20' })
    expect(check).toMatchObject({ agrees: false })
    expect(check?.differences).toEqual([
      { what: 'expected cash', tillCents: 11_000, centralCents: 11_400 },
      { what: 'over or short cash', tillCents: 0, centralCents: -400 },
    ])
    expect(await sessionChecks(db, { tillId: TILL, businessDate: '2026-11-21' })).toEqual([])
  },
)
