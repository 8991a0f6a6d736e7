import { describe, expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import { answering, lostReply, saying, twice, unreachable } from '../../support/central/fake-central.ts'
import { enrol, expectWhole, openLineTill, queueReceipts, withReceipt } from '../../support/central/line.ts'
import { pay } from '../../support/desk.ts'
import { clientOf } from '../../support/screens.ts'

const YEAR_MS = 365 * 86_400_000

describe('A receipt on its way to billing', () => {
  it('is held, then acknowledged, then posted under the number that billing gave it', async () => {
    const line = await openLineTill({ enrolled: false })
    const { client, receipt } = await withReceipt(line)
    const { receiptId } = receipt
    expect((await client.receipt.get({ receiptId })).posting.state).toBe('held')
    expect((await client.till.state()).sync).toMatchObject({
      connection: 'alone',
      counts: { held: 1, posted: 0 },
    })
    await enrol(line)
    await line.sync().turn()
    await line.sync().turn()
    expect((await client.receipt.get({ receiptId })).posting.state).toBe('posted')
    await line.settle()
    expect((await client.receipt.get({ receiptId })).posting).toMatchObject({
      state: 'posted',
      reference: 'B-1',
    })
    expect((await client.receipt.find({})).map(row => row.postingState)).toEqual(['posted'])
    expect((await client.till.state()).sync).toEqual({
      connection: 'up-to-date',
      counts: { held: 0, sent: 0, acknowledged: 0, posted: 1, exceptions: 0 },
    })
    expectWhole(line)
  })

  it('is shown as sent while its range is under way', async () => {
    const line = await openLineTill()
    const { client, receipt } = await withReceipt(line)
    await line.sync().turn()
    const { promise, resolve } = Promise.withResolvers<void>()
    line.central.faults.push(async (_, answer) => {
      await promise
      return answer()
    })
    const turning = line.sync().turn()
    await new Promise(setImmediate)
    expect((await client.receipt.get({ receiptId: receipt.receiptId })).posting.state).toBe('sent')
    expect((await client.till.state()).sync.counts).toMatchObject({ held: 0, sent: 1 })
    resolve()
    await turning
    await line.settle()
    expectWhole(line)
  })

  it('goes a moment after it was posted, with the facts that come with it', async () => {
    const line = await openLineTill()
    await line.settle()
    const { client } = await withReceipt(line)
    expect(line.sync().restMs).toBe(400)
    line.scheduler.advance(399)
    expect(await line.sync().turn()).toBe(1)
    await pay(client, cents(1_000))
    const ranges = line.central.pushed.length
    line.scheduler.advance(1)
    await line.sync().turn()
    expect(line.central.pushed.length).toBe(ranges + 1)
    expectWhole(line)
  })

  it('is an exception with its reason where billing knows no such account', async () => {
    const line = await openLineTill()
    const { client, receipt } = await withReceipt(line)
    const view = await client.receipt.get({ receiptId: receipt.receiptId })
    for (const paid of view.lines)
      if (paid.kind === 'account') line.central.unknownAccounts.add(paid.accountNumber)
    await line.settle()
    const posting = { state: 'exception', reason: 'unknown-account', reference: null }
    expect((await client.receipt.get({ receiptId: receipt.receiptId })).posting).toMatchObject(posting)
    expect((await client.till.state()).sync.counts).toMatchObject({ posted: 0, exceptions: 1 })
    const lead = await clientOf(line.till, 'lead')
    const shown = { number: receipt.number, reason: 'unknown-account', cashierName: 'M. Alvarez' }
    expect(await lead.sync.exceptions()).toMatchObject([{ ...shown, totalCents: 5_000 }])
    // What lies in an open drawer is nobody's else.
    const administrator = await clientOf(line.till, 'administrator')
    expect(await administrator.sync.exceptions()).toMatchObject([{ ...shown, totalCents: null }])
  })
})

describe('A bad line', () => {
  it.each([
    ['the reply is lost', lostReply],
    ['the request comes twice', twice],
    ['the network is down', unreachable],
    ['central is down', answering('FAULT', 500)],
    ['a gateway answers in its place', saying('<h1>502 Bad Gateway</h1>', 502)],
    ['a portal answers for it', saying('<h1>Please sign in</h1>')],
    ['the answer is cut short', saying('{"position":{"epoch":1,"se')],
    ['the answer is of another protocol', saying('{"position":{"epoch":"one"}}')],
  ])('loses nothing and doubles nothing when %s', async (_, fault) => {
    const line = await openLineTill()
    await withReceipt(line)
    for (let at = 0; at < 6; at += 1) {
      line.central.faults.push(fault)
      await line.sync().turn()
      line.scheduler.advance(line.sync().restMs)
      await line.sync().turn()
      line.scheduler.advance(line.sync().restMs)
    }
    await line.settle()
    expectWhole(line)
    expect(line.sync().connection).toBe('up-to-date')
    expect(line.sync().store.lastError()).toBeUndefined()
  })

  it('is asked what central holds after every error, before anything is sent', async () => {
    const line = await openLineTill()
    await withReceipt(line)
    await line.sync().turn()
    line.central.faults.push(lostReply)
    await line.sync().turn()
    line.scheduler.advance(line.sync().restMs)
    await line.settle()
    expect(line.central.asked.slice(1, 5)).toEqual([
      'GET /v1/position',
      'POST /v1/push',
      'GET /v1/position',
      'GET /v1/receipts',
    ])
    expect(line.central.pushed).toHaveLength(1)
  })

  it('is tried again after growing pauses of a minute at most, for ever', async () => {
    const line = await openLineTill()
    line.central.always = unreachable
    line.scheduler.luck = 0.999_999
    const pauses: number[] = []
    for (let at = 0; at < 300; at += 1) {
      await line.sync().turn()
      pauses.push(line.sync().restMs)
      line.scheduler.advance(line.sync().restMs)
    }
    expect(pauses.slice(0, 8).map(Math.round)).toEqual([
      999, 1_999, 3_999, 7_999, 15_999, 31_999, 59_999, 59_999,
    ])
    expect(Math.max(...pauses)).toBeLessThanOrEqual(60_000)
    expect(line.sync().connection).toBe('offline')
    line.central.always = undefined
    await line.settle()
    expectWhole(line)
  })

  it('is tried again after growing pauses too where central only says what it holds', async () => {
    const line = await openLineTill()
    await line.settle()
    line.scheduler.luck = 1
    line.central.always = (asked, answer) =>
      asked.path === '/v1/position' ? answer() : answering('FAULT', 500)(asked, answer)
    await withReceipt(line)
    const pauses: number[] = []
    for (let tries = 0; tries < 8; tries += 1) {
      line.scheduler.advance(line.sync().restMs)
      while ((await line.sync().turn()) === 0);
      pauses.push(line.sync().restMs)
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
    line.central.always = undefined
    line.scheduler.advance(60_000)
    await line.settle()
    expectWhole(line)
    expect(line.sync().store.lastError()).toBeUndefined()
  })

  it('is left alone as long as central asks for, and no receipt cuts that short', async () => {
    const line = await openLineTill()
    line.scheduler.luck = 0
    line.central.faults.push(answering('BUSY', 503, { retryAfterMs: 5_000 }, { 'retry-after': '90' }))
    await line.sync().turn()
    expect(line.sync().restMs).toBe(90_000)
    await withReceipt(line)
    expect(line.sync().restMs).toBe(90_000)
    const asked = line.central.asked.length
    line.scheduler.advance(89_999)
    await line.sync().turn()
    expect(line.central.asked).toHaveLength(asked)
    line.scheduler.advance(1)
    await line.settle()
    expectWhole(line)
  })

  it('is tried at once when a person asks for it', async () => {
    const line = await openLineTill()
    line.central.faults.push(answering('BUSY', 503, { retryAfterMs: 3_000_000 }))
    await line.sync().turn()
    const { client } = await withReceipt(line)
    await client.sync.tryNow()
    await line.settle()
    expectWhole(line)
  })

  it('gives a request up that is not answered within a minute', async () => {
    const line = await openLineTill()
    line.central.faults.push(() => new Promise(() => undefined))
    const { promise: over, resolve } = Promise.withResolvers<void>()
    line.central.faults[0] = () =>
      new Promise((_, reject) => {
        void over.then(() => reject(new Error('aborted')))
      })
    const turning = line.sync().turn()
    await new Promise(setImmediate)
    line.scheduler.advance(60_000)
    await new Promise(setImmediate)
    resolve()
    await turning
    expect(line.sync().store.lastError()).toMatchObject({ code: 'TIMED_OUT' })
  })

  it('does not care for a clock that jumps by years', async () => {
    const line = await openLineTill()
    await line.settle()
    for (const jump of [10 * YEAR_MS, -25 * YEAR_MS, 5 * YEAR_MS]) {
      line.scheduler.wallMs += jump
      await withReceipt(line)
      await line.settle()
      expectWhole(line)
    }
  })

  it('is no line when central takes nothing of what it accepts', async () => {
    const line = await openLineTill()
    await withReceipt(line)
    await line.sync().turn()
    const nothing = { position: { epoch: 0, seq: 0, hash: '' } }
    line.central.always = saying(JSON.stringify(nothing))
    await line.sync().turn()
    expect(line.sync().connection).toBe('offline')
    expect(line.sync().store.lastError()).toMatchObject({ code: 'NOT_UNDERSTOOD' })
  })
})

describe('A backlog', () => {
  it('gives way to whoever works at the till, and to nobody once they have gone', async () => {
    const line = await openLineTill({ enrolled: false })
    await withReceipt(line)
    queueReceipts(line, 2_000)
    await enrol(line)
    await line.sync().turn()
    line.central.always = ({ path }, answer) => {
      if (path === '/v1/push') line.scheduler.advance(300)
      return answer()
    }
    line.scheduler.advance(line.sync().restMs)
    expect(await line.sync().turn()).toBe(300)
    line.scheduler.advance(10_000)
    expect(await line.sync().turn()).toBe(0)
    line.central.always = undefined
    await line.settle()
    expectWhole(line)
  })

  it('goes without a pause once the program is ending', async () => {
    const line = await openLineTill({ enrolled: false })
    await withReceipt(line)
    queueReceipts(line, 2_000)
    await enrol(line)
    line.central.always = (_, answer) => {
      line.scheduler.advance(100)
      return answer()
    }
    await line.sync().turn()
    await line.sync().turn()
    expect(line.sync().restMs).toBeGreaterThan(0)
    await line.sync().close()
    expectWhole(line)
  })

  it('of 2,000 receipts goes in ranges of 500 facts at most, with progress, and is posted', async () => {
    const line = await openLineTill({ enrolled: false })
    await withReceipt(line)
    queueReceipts(line, 2_000)
    const auditor = await clientOf(line.till, 'auditor')
    await enrol(line)
    const total = line.till.backend.ledger.head.seq
    await line.sync().turn()
    const done: number[] = []
    while (line.sync().connection === 'sending') {
      const { counts, details } = await auditor.sync.status()
      expect(details?.backlog.total).toBe(total)
      expect(counts.held + counts.acknowledged + counts.posted).toBe(2_001)
      done.push(details?.backlog.done ?? -1)
      await line.sync().turn()
    }
    expect(done.slice(0, 4)).toEqual([0, 500, 1_000, 1_500])
    expect(Math.max(...line.central.pushed.map(range => range.rows.length))).toBe(500)
    await line.settle()
    expectWhole(line)
    const { counts, details } = await auditor.sync.status()
    expect(counts).toEqual({ held: 0, sent: 0, acknowledged: 0, posted: 2_001, exceptions: 0 })
    expect(details).toMatchObject({ lagMs: null, backlog: { done: 0, total: 0 }, lastError: null })
  })

  it('goes in smaller ranges where central turns large ones down', async () => {
    const line = await openLineTill({ enrolled: false })
    await withReceipt(line)
    queueReceipts(line, 300)
    await enrol(line)
    await line.sync().turn()
    const tooLarge = answering('BODY_TOO_LARGE', 413)
    line.central.always = (asked, answer) => (asked.body.length > 9_000 ? tooLarge(asked, answer) : answer())
    await line.settle()
    expectWhole(line)
    expect(Math.max(...line.central.pushed.map(range => range.rows.length))).toBeLessThan(250)
  })
})
