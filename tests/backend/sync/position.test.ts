import { describe, expect, it } from 'vitest'
import { knownVersions } from '../../../shared/ledger/facts.ts'
import { cents } from '../../../shared/money.ts'
import { answering, unreachable } from '../../support/central/fake-central.ts'
import { enrol, expectWhole, type LineTill, openLineTill, withReceipt } from '../../support/central/line.ts'
import { START_MS } from '../../support/clock.ts'
import { pay } from '../../support/desk.ts'
import { clientOf, screenOf } from '../../support/screens.ts'
import { closedSessionOf } from '../../transports/at-the-desk.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** As the board counts them, which is as many as the list of receipts shows one by one. */
async function heldOnBoard(line: LineTill): Promise<number> {
  const lead = await clientOf(line.till, 'lead')
  const receipts = await lead.receipt.find({})
  const held = receipts.filter(
    ({ postingState }) => postingState === 'held' || postingState === 'sent',
  ).length
  const { drawers } = await lead.session.board()
  expect(drawers.flatMap(({ session }) => session?.heldCount ?? [])).toEqual([held])
  return held
}

describe('What central holds', () => {
  it('is asked once a day', async () => {
    const line = await openLineTill()
    await line.settle()
    const asks = () => line.central.asked.filter(path => path === 'GET /v1/position').length
    const before = asks()
    for (let hours = 0; hours < 23; hours += 1) {
      line.scheduler.advance(DAY_MS / 24)
      await line.settle()
    }
    expect(asks()).toBe(before)
    line.scheduler.advance(DAY_MS / 24)
    await line.settle()
    expect(asks()).toBe(before + 1)
  })

  it('is asked again once a drawer was closed', async () => {
    const line = await openLineTill()
    await line.settle()
    await closedSessionOf(line.till, 'cashier')
    const before = line.central.asked.length
    line.scheduler.advance(line.sync().restMs)
    await line.settle()
    expect(line.central.asked.slice(before, before + 2)).toEqual(['GET /v1/position', 'POST /v1/push'])
    expectWhole(line)
  })

  it('is sent again from there when central was restored from an old backup', async () => {
    const line = await openLineTill()
    const { client } = await withReceipt(line)
    await line.settle()
    const rows = line.central.held.length
    await pay(client, cents(1_000))
    await pay(client, cents(2_000))
    await line.settle()
    line.central.restoreTo(rows)
    await pay(client, cents(3_000))
    line.scheduler.advance(line.sync().restMs)
    await line.sync().turn()
    const restored = { kind: 'central-restored', seq: rows }
    expect(line.sync().store.alarms()).toMatchObject([restored])
    await line.settle()
    expectWhole(line)
    expect(line.sync().store.alarms()).toEqual([])
    expect((await client.till.state()).sync.counts).toMatchObject({ held: 0, posted: 4 })
  })

  it('is asked at once where central does not know how far it has told, though the till has nothing to send', async () => {
    const line = await openLineTill()
    const { client } = await withReceipt(line)
    await line.settle()
    expect((await client.till.state()).sync.counts).toMatchObject({ held: 0, posted: 1 })
    line.central.restoreTo(0)
    // No key is pressed and no receipt taken: only the news are asked, as ever.
    line.scheduler.advance(line.sync().restMs)
    await line.settle()
    expectWhole(line)
    expect(line.central.asked.filter(asked => asked === 'POST /v1/push').length).toBeGreaterThan(1)
  })

  it('makes receipts held again that it once said were posted', async () => {
    const line = await openLineTill()
    const { client, receipt } = await withReceipt(line)
    await line.settle()
    line.central.restoreTo(0)
    await client.sync.tryNow()
    await line.sync().turn()
    expect((await client.receipt.get({ receiptId: receipt.receiptId })).posting).toEqual({
      state: 'held',
      reference: null,
      reason: null,
      atMs: null,
    })
    expect((await client.till.state()).sync.counts).toMatchObject({ held: 1, posted: 0 })
    await line.settle()
    expectWhole(line)
  })

  it('is never remembered from the run before', async () => {
    const line = await openLineTill()
    const { client } = await withReceipt(line)
    await line.settle()
    line.central.restoreTo(0)
    await line.till.restart()
    expect((await client.till.state()).sync.connection).toBe('connecting')
    await line.settle()
    expectWhole(line)
  })

  it('says how many receipts of a drawer the board calls held; until it is heard, what was told of each does', async () => {
    const line = await openLineTill()
    const { client } = await withReceipt(line)
    expect(await heldOnBoard(line)).toBe(1)
    await line.settle()
    expect(await heldOnBoard(line)).toBe(0)
    await pay(client, cents(1_000))
    expect(await heldOnBoard(line)).toBe(1)
    line.central.faults.push(unreachable)
    line.scheduler.advance(line.sync().restMs)
    await line.sync().turn()
    await line.till.restart()
    expect(await heldOnBoard(line)).toBe(1)
    line.central.restoreTo(0)
    await line.sync().turn()
    expect(await heldOnBoard(line)).toBe(2)
    await line.settle()
    expect(await heldOnBoard(line)).toBe(0)
  })

  it('halts the line where it is something else than this till wrote, until a person or the next day', async () => {
    const line = await openLineTill()
    const { client } = await withReceipt(line)
    await line.settle()
    line.central.forge()
    await client.sync.tryNow()
    await line.sync().turn()
    expect(line.sync().connection).toBe('halted')
    expect(line.sync().store.alarms()).toMatchObject([{ kind: 'fork', detail: 'f'.repeat(64) }])
    const asked = line.central.asked.length
    await pay(client, cents(1_000))
    line.scheduler.advance(DAY_MS - 1)
    await line.sync().turn()
    expect(line.central.asked).toHaveLength(asked)
    line.scheduler.advance(1)
    await line.sync().turn()
    expect(line.central.asked).toHaveLength(asked + 1)
    expect(line.sync().connection).toBe('halted')
  })

  it('halts the line where central refuses a range as a fork', async () => {
    const line = await openLineTill()
    await withReceipt(line)
    await line.sync().turn()
    line.central.faults.push(answering('FORK', 409, { epoch: 1, seq: 7, hash: 'd'.repeat(64) }))
    await line.sync().turn()
    expect(line.sync().store.alarms()).toMatchObject([{ kind: 'fork', epoch: 1, seq: 7 }])
    expect(line.sync().connection).toBe('halted')
  })

  it('waits without an alarm where central cannot read a fact yet, and goes on once it can', async () => {
    const line = await openLineTill()
    await line.settle()
    const { 'receipt.posted': _, ...older } = knownVersions()
    line.central.kinds = older
    line.scheduler.advance(DAY_MS)
    const { client } = await withReceipt(line)
    await line.settle()
    expect((await client.till.state()).sync.connection).toBe('outdated')
    expect(line.sync().store.alarms()).toEqual([])
    expect(line.central.held.map(({ kind }) => kind)).toContain('session.opened')
    expect(line.central.held.map(({ kind }) => kind)).not.toContain('receipt.posted')
    expect(await heldOnBoard(line)).toBe(1)
    // What central tells is read all the same: a balance there must not grow old here.
    line.scheduler.advance(HOUR_MS)
    const asked = line.central.asked.length
    await line.settle()
    expect(line.central.asked.slice(asked).some(path => path.startsWith('GET /v1/receipts'))).toBe(true)
    await pay(client, cents(1_000))
    line.central.kinds = knownVersions()
    line.scheduler.advance(HOUR_MS)
    await line.settle()
    expect((await client.till.state()).sync.connection).toBe('up-to-date')
    expectWhole(line)
  })

  it('waits as well where central says only when asked that it cannot read a fact', async () => {
    const line = await openLineTill()
    const { client } = await withReceipt(line)
    line.central.always = (asked, answer) =>
      asked.path === '/v1/push'
        ? answering('UNKNOWN_FACT', 422, { kind: 'receipt.posted', version: 1 })(asked, answer)
        : answer()
    await line.settle()
    expect((await client.till.state()).sync.connection).toBe('outdated')
    expect(line.sync().store.alarms()).toEqual([])
    line.central.always = undefined
    line.scheduler.advance(HOUR_MS)
    await line.settle()
    expectWhole(line)
  })

  it('halts the line where a later epoch of this till is at central, and says since when and where', async () => {
    const line = await openLineTill()
    await line.settle()
    line.scheduler.advance(DAY_MS)
    const { client } = await withReceipt(line)
    line.central.always = (asked, answer) =>
      asked.path === '/v1/push'
        ? answering('SUPERSEDED', 409, { epoch: 2, sinceMs: START_MS, machine: 'new' })(asked, answer)
        : answer()
    await line.settle()
    expect(line.sync().store.alarms()).toMatchObject([
      { kind: 'superseded', epoch: 1, detail: `2 ${START_MS} new` },
    ])
    expect((await client.till.state()).sync.connection).toBe('halted')
    await pay(client, cents(1_000))
    expect(await heldOnBoard(line)).toBe(2)
  })

  it('halts the line where it is more than this till has, which was restored from a backup', async () => {
    const line = await openLineTill()
    await withReceipt(line)
    await line.settle()
    line.central.run()
    line.sync().tryNow()
    await line.sync().turn()
    const { seq } = line.central.position
    expect(line.sync().store.alarms()).toMatchObject([{ kind: 'behind', epoch: 1, seq }])
    const supervisor = (await screenOf(line.till, 'supervisor')).client
    expect((await supervisor.sync.status()).connection).toBe('halted')
  })

  it('halts the line where this till was revoked, and goes on once it is enrolled again', async () => {
    const line = await openLineTill()
    await line.settle()
    const { client } = await withReceipt(line)
    line.central.revoked = true
    line.scheduler.advance(line.sync().restMs)
    await line.sync().turn()
    expect(line.sync().store.alarms()).toMatchObject([{ kind: 'revoked' }])
    expect((await client.till.state()).sync.connection).toBe('halted')
    await enrol(line)
    await line.settle()
    expect(line.sync().store.alarms()).toEqual([])
    expectWhole(line)
  })
})
