/** Account files in a city whose payments are carried by files: what the billing system had accepted when it wrote them is in them. */
import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { FileOptions } from '../../../central/accounts/account-entries.ts'
import { takeAccountFile } from '../../../central/accounts/account-file.ts'
import { takenLabels } from '../../../central/accounts/labels.ts'
import { takeAckFile } from '../../../central/carrier/ack-file.ts'
import { BUILT_IN_ACK } from '../../../central/carrier/acknowledgement.ts'
import { switchCarrier } from '../../../central/carrier/carrier-state.ts'
import { carryDate } from '../../../central/carrier/payment-file.ts'
import { takeRange } from '../../../central/posting/receive.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import { bill, fileOf, HEADER, HOUR_MS, owed, pays, row } from '../../support/central/account-files.ts'
import { ackText, CSV, DAY, freshFolder } from '../../support/central/carrier-shop.ts'
import { type Counter, openCounter } from '../../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../../support/central/postgres.ts'

const postgres = postgresForFile()
/** The evening of a city: when the last payments are taken in, and what comes after. */
const INTAKE_MS = Date.UTC(2026, 10, 20, 18)
const MINUTE_MS = 60_000

class Evening {
  readonly db: CentralDb
  readonly counter: Counter
  readonly #folder = freshFolder()
  #imports = 0

  private constructor(db: CentralDb, counter: Counter) {
    this.db = db
    this.counter = counter
  }

  static async begin(carrier = true): Promise<Evening> {
    const db = await postgres.central()
    if (carrier) await switchCarrier(db, { on: true, timeZone: 'UTC' })
    const evening = new Evening(db, await openCounter(db))
    await evening.accounts(bill(1), INTAKE_MS - 5 * HOUR_MS, {
      isExact: true,
      paymentsThroughMs: INTAKE_MS - 5 * HOUR_MS,
    })
    return evening
  }

  accounts(
    lines: string[],
    writtenMs: number,
    options: Partial<FileOptions> = {},
    nowMs = writtenMs + MINUTE_MS,
  ) {
    this.#imports += 1
    const importId = `evening-${this.#imports}`
    return takeAccountFile(this.db, fileOf(lines, { writtenMs }), {
      importId,
      timeZone: 'UTC',
      nowMs,
      ...options,
    })
  }

  async push(nowMs: number): Promise<void> {
    expect(await takeRange(this.db, this.counter.pen.take(), { nowMs })).toMatchObject({ ok: true })
  }

  carry(nowMs: number) {
    return carryDate(this.db, { businessDate: DAY, template: CSV, folder: this.#folder, nowMs })
  }

  /** Answers that the billing system wrote at one time, and that were brought to central at another. */
  async answer(rows: string[], { writtenMs, nowMs }: { writtenMs: number; nowMs: number }): Promise<void> {
    const file = join(freshFolder(), 'answers.csv')
    writeFileSync(file, ackText(rows))
    utimesSync(file, writtenMs / 1_000, writtenMs / 1_000)
    expect(await takeAckFile(this.db, file, { template: BUILT_IN_ACK, nowMs })).toMatchObject({
      taken: { left: [] },
    })
  }
}

const WITHOUT_TEN = [HEADER, row(1, 'water', '30.00'), row(1, 'sewer', '25.00')]

itOnPostgres(
  'a payment that was accepted in the evening is in what is exported at night, and taken off once',
  async () => {
    const evening = await Evening.begin()
    evening.counter.receipt([pays(1, [['water', 1_000]])])
    await evening.push(INTAKE_MS - HOUR_MS)
    await evening.carry(INTAKE_MS - HOUR_MS / 2)
    await evening.answer(['1,W1-1,1,accepted,B-1,'], {
      writtenMs: INTAKE_MS + 1_000,
      nowMs: INTAKE_MS + MINUTE_MS,
    })
    // As a watched folder says it: by the time of day at which payments are taken in for the last time.
    const exported = INTAKE_MS + 4 * HOUR_MS
    await evening.accounts(WITHOUT_TEN, exported, { paymentsThroughMs: INTAKE_MS })
    expect(await owed(evening.db, 1)).toEqual({ water: 3_000, sewer: 2_500, credit: 0 })
    // A copy of the file says nothing newer: what is accepted after it was written is not in it.
    evening.counter.receipt([pays(1, [['sewer', 500]])])
    await evening.push(exported + HOUR_MS)
    await evening.carry(exported + HOUR_MS)
    await evening.answer(['2,W1-2,1,accepted,B-2,'], {
      writtenMs: exported + 2 * HOUR_MS,
      nowMs: exported + 2 * HOUR_MS,
    })
    await evening.accounts(WITHOUT_TEN, exported + 9 * HOUR_MS, {
      paymentsThroughMs: INTAKE_MS + 9 * HOUR_MS,
    })
    expect(await owed(evening.db, 1)).toEqual({ water: 3_000, sewer: 2_000, credit: 0 })
  },
)

itOnPostgres(
  'answers that are brought the next morning are as old as they are, and what waits for them is said',
  async () => {
    const evening = await Evening.begin()
    evening.counter.receipt([pays(1, [['water', 1_000]])])
    await evening.push(INTAKE_MS - HOUR_MS)
    await evening.carry(INTAKE_MS - HOUR_MS / 2)
    const exported = INTAKE_MS + 4 * HOUR_MS
    const morning = exported + 10 * HOUR_MS
    const taken = await evening.accounts(WITHOUT_TEN, exported, { paymentsThroughMs: INTAKE_MS })
    expect(takenLabels(taken).join()).toContain('1 lines of payment files are not answered')
    await evening.answer(['1,W1-1,1,accepted,B-1,'], { writtenMs: INTAKE_MS + 1_000, nowMs: morning })
    const again = await evening.accounts(WITHOUT_TEN, exported, { paymentsThroughMs: INTAKE_MS }, morning)
    expect(takenLabels(again).join()).not.toContain('not answered')
    expect(await owed(evening.db, 1)).toEqual({ water: 3_000, sewer: 2_500, credit: 0 })
  },
)

itOnPostgres(
  'a void that is carried, of a payment that was not, counts in no file of before the payment',
  async () => {
    const evening = await Evening.begin(false)
    const madeMs = INTAKE_MS - 2 * HOUR_MS
    const receiptId = evening.counter.receipt([pays(1, [['water', 1_000]])])
    await evening.push(INTAKE_MS - HOUR_MS)
    await switchCarrier(evening.db, { on: true, timeZone: 'UTC' })
    evening.counter.void(receiptId, 1_000)
    await evening.push(INTAKE_MS)
    const older = [...bill(1), row(1, 'trash', '1.00')]
    await evening.accounts(older, madeMs, { paymentsThroughMs: madeMs, isExact: true }, INTAKE_MS + 1)
    expect(await owed(evening.db, 1)).toEqual({ water: 4_000, sewer: 2_500, trash: 100, credit: 0 })
  },
)

itOnPostgres('answers without a time of their own are no older than the file that they answer', async () => {
  const evening = await Evening.begin()
  evening.counter.receipt([pays(1, [['water', 1_000]])])
  await evening.push(INTAKE_MS - HOUR_MS)
  const exported = INTAKE_MS + HOUR_MS
  await evening.carry(exported + MINUTE_MS)
  await evening.answer(['1,W1-1,1,accepted,B-1,'], { writtenMs: 0, nowMs: exported + HOUR_MS })
  await evening.accounts(
    [...bill(1), row(1, 'trash', '1.00')],
    exported,
    { paymentsThroughMs: exported, isExact: true },
    exported + 2 * HOUR_MS,
  )
  expect(await owed(evening.db, 1)).toEqual({ water: 3_000, sewer: 2_500, trash: 100, credit: 0 })
})
