/** A till with a line to a fake central, whose time only passes when a test says so. */

import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { newestFirst } from '../../../db/ledger/journal.ts'
import type { Scheduler } from '../../../electron/backend/sync/scheduler.ts'
import type { Sync } from '../../../electron/backend/sync/sync.ts'
import { newId, newSalt } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import { openDrawerOf } from '../../transports/at-the-desk.ts'
import { START_MS } from '../clock.ts'
import { approvalBy, pay } from '../desk.ts'
import { clientOf } from '../screens.ts'
import { type OpenTill, openTestTill } from '../till.ts'
import { CODE, FakeCentral } from './fake-central.ts'

/** Time that stands still, and chance that is what it was told to be. */
export class TestScheduler implements Scheduler {
  /** The clock on the wall, which may be set. */
  wallMs = START_MS
  luck = 0.5
  #nowMs = 1_000
  #sleepers: { at: number; wake: () => void }[] = []

  now = (): number => this.wallMs
  monotonic = (): number => this.#nowMs
  random = (): number => this.luck
  yield = async (): Promise<void> => undefined
  pack = async (text: string): Promise<Uint8Array> => gzipSync(text)

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      this.#sleepers.push({ at: this.#nowMs + ms, wake: resolve })
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  advance(ms: number): void {
    this.#nowMs += ms
    const due = this.#sleepers.filter(({ at }) => at <= this.#nowMs)
    this.#sleepers = this.#sleepers.filter(({ at }) => at > this.#nowMs)
    for (const { wake } of due) wake()
  }
}

const newestReceipt = newestFirst.where('kind', '=', 'receipt.posted').limit(1)

export interface LineTill {
  till: OpenTill
  central: FakeCentral
  scheduler: TestScheduler
  sync(): Sync
  /** Takes turns until nothing is left to do at once, waiting through short pauses. */
  settle(): Promise<void>
}

export const ADDRESS = 'https://billing.example.gov'
/** Longer than the pause to gather facts, shorter than the one between looks for news. */
const SHORT_MS = 1_000
const MOST_TURNS = 500

/** Takes turns until nothing is left to do at once, waiting through short pauses. */
export async function settleLine(sync: Sync, scheduler: TestScheduler): Promise<void> {
  for (let turns = 0; turns < MOST_TURNS; turns += 1) {
    const restMs = await sync.turn()
    if (restMs === undefined || restMs > SHORT_MS) return
    scheduler.advance(restMs)
  }
  throw new Error(`The line does not come to rest: ${sync.connection}`)
}

interface LineTillOptions {
  enrolled?: boolean
  /** What is done to the data folder before the till is opened. */
  prepare?: (dataDir: string) => void
}

export async function openLineTill({ enrolled = true, prepare }: LineTillOptions = {}): Promise<LineTill> {
  const central = new FakeCentral()
  const scheduler = new TestScheduler()
  const till = await openTestTill({ line: { fetch: central.fetch, scheduler }, ...(prepare && { prepare }) })
  const sync = () => till.backend.sync
  const settle = () => settleLine(sync(), scheduler)
  const lineTill = { till, central, scheduler, sync, settle }
  if (enrolled) await enrol(lineTill)
  return lineTill
}

export async function enrol({ till }: Pick<LineTill, 'till'>): Promise<void> {
  await (await clientOf(till, 'administrator')).sync.enrol({
    address: ADDRESS,
    code: CODE,
    approval: approvalBy('supervisor'),
  })
}

/** States receipts like the last one posted, in one transaction; a day's queue in a moment. */
export function queueReceipts({ till }: Pick<LineTill, 'till'>, count: number): void {
  const { ledger, clock } = till.backend
  const last = ledger.reader.all(newestReceipt)[0]
  if (!last) throw new Error('There is no receipt to go by')
  const body = JSON.parse(last.body)
  const command = {
    commandId: newId(),
    commandHash: 'a'.repeat(64),
    actorId: last.actor_id,
    at: clock(),
    businessDate: last.business_date,
  }
  ledger.write(command, tx => {
    for (let no = body.receiptNo + 1; no <= body.receiptNo + count; no += 1)
      tx.append(
        'receipt.posted',
        { ...body, receiptId: newId(), receiptNo: no, number: `W1-${String(no).padStart(6, '0')}` },
        {
          businessDate: last.business_date as BusinessDate,
          words: { texts: JSON.parse(last.text_line ?? '{}').texts, salt: newSalt() },
        },
      )
  })
}

/** A drawer with one payment in cash. */
export async function withReceipt({ till }: Pick<LineTill, 'till'>) {
  const { client } = await openDrawerOf(till, 'cashier')
  return { client, receipt: await pay(client, cents(5_000)) }
}

const seqsOf = (line: LineTill): number[] => line.central.held.map(row => row.seq)
const allSeqs = (line: LineTill): number[] =>
  Array.from({ length: line.till.backend.ledger.head.seq }, (_, at) => at + 1)

/** Central holds what the till holds: every fact, once, in order. */
export function expectWhole(line: LineTill): void {
  const { epoch, seq, hash } = line.till.backend.ledger.head
  expect(line.central.position).toEqual({ epoch, seq, hash })
  expect(seqsOf(line)).toEqual(allSeqs(line))
}
