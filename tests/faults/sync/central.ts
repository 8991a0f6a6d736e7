/** The real receiver of a simulation, its copies, and what a receiver would be whose ids expire. */

import type Database from 'better-sqlite3'
import { revoke } from '../../../central/city/enrol.ts'
import { makeCode } from '../../../central/city/enrolment-codes.ts'
import { type CentralApp, makeApp } from '../../../central/http/app.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import { openMemory } from '../../../db/central/open.ts'
import { silentLog } from '../../../electron/backend/runtime/log.ts'
import { account, billAccounts } from '../../support/central/central-shop.ts'
import { CENTRAL_OWN } from '../../support/central/till-journal.ts'
import { START_MS } from '../../support/clock.ts'
import type { CentralEnd, Forgotten } from './checks.ts'
import type { VirtualTime } from './time.ts'

export interface CentralOptions {
  /** The control: ids of receipts are forgotten after so long. */
  forgetAfterMs?: number | undefined
  /** Bytes of a body at most: small ones make many ranges. */
  bodyBytes: number
}

export const ACCOUNTS = 6
/** Cents open on each of them. */
export const BILLED_EACH = 6_500
const CLOSED = 5

/** Bills the accounts that every simulation begins with. */
export async function billSimulated(db: CentralDb): Promise<void> {
  const list = Array.from({ length: ACCOUNTS }, (_, at) =>
    account(at + 1, at + 1 === CLOSED ? 'closed' : 'open'),
  )
  await billAccounts(db, list)
}

/** The receiver over one database; how that is copied and put back is the database's own matter. */
export abstract class SimCentral<D extends CentralDb = CentralDb> {
  clockOffMs = 0
  protected readonly options: CentralOptions
  readonly #time: VirtualTime
  #db: D
  #app: CentralApp
  #codes = 0

  protected constructor(db: D, time: VirtualTime, options: CentralOptions) {
    this.#time = time
    this.options = options
    this.#db = db
    this.#app = this.#start()
  }

  protected get db(): D {
    return this.#db
  }

  /** Goes on over another database. */
  protected set db(db: D) {
    this.#db = db
    this.#app = this.#start()
  }

  deliver(request: Request): Promise<Response> {
    return this.#app.fetch(request)
  }

  /** Puts a copy on the shelf. */
  abstract copy(): Promise<void>

  /** Goes back to one of its copies; those made after it stay on the shelf. False where there is none. */
  abstract restore(below: (most: number) => number): Promise<boolean>

  /** What it holds now; good until the next request. */
  abstract look(): Promise<CentralEnd>

  abstract close(): Promise<void>

  code(tillId: string): Promise<string> {
    this.#codes += 1
    const bytes = new Uint8Array(12).map((_, at) => (this.#codes >> (at * 5)) & 31)
    return makeCode(this.#db, { nowMs: this.now(), bytes, note: '', tillId })
  }

  revoke(tillId: string): Promise<boolean> {
    return revoke(this.#db, tillId, { nowMs: this.now() })
  }

  async receiptIds(tillId: string): Promise<string[]> {
    const receipts = this.#db.kysely.selectFrom('receipt').select('receipt_id')
    return (await receipts.where('till_id', '=', tillId).execute()).map(row => row.receipt_id)
  }

  protected now(): number {
    return START_MS + this.#time.nowMs + this.clockOffMs
  }

  #start(): CentralApp {
    const { bodyBytes } = this.options
    return makeApp({
      db: this.#db,
      key: CENTRAL_OWN,
      clock: () => this.now(),
      log: silentLog(),
      limits: { bodyBytes },
    })
  }
}

type Memory = CentralDb & { connection: Database.Database }
interface Copy {
  bytes: Buffer
  forgotten: Forgotten[]
}

let template: Promise<Buffer> | undefined
async function makeTemplate(): Promise<Buffer> {
  const db = await openMemory()
  await billSimulated(db)
  const bytes = db.connection.serialize()
  await db.close()
  return bytes
}

/** On SQLite in memory: quick enough for thousands of seeds. */
export class MemoryCentral extends SimCentral<Memory> {
  #forgotten: Forgotten[] = []
  #copies: Copy[] = []

  static async open(time: VirtualTime, options: CentralOptions): Promise<MemoryCentral> {
    template ??= makeTemplate()
    return new MemoryCentral(await openMemory(await template), time, options)
  }

  override deliver(request: Request): Promise<Response> {
    this.#forget()
    return super.deliver(request)
  }

  async copy(): Promise<void> {
    this.#copies.push({ bytes: this.db.connection.serialize(), forgotten: [...this.#forgotten] })
  }

  async restore(below: (most: number) => number): Promise<boolean> {
    const copy = this.#copies[below(Math.max(1, this.#copies.length))]
    if (!copy) return false
    await this.db.close()
    this.db = await openMemory(copy.bytes)
    this.#forgotten = [...copy.forgotten]
    return true
  }

  async look(): Promise<CentralEnd> {
    return { connection: this.db.connection, forgotten: this.#forgotten }
  }

  close(): Promise<void> {
    return this.db.close()
  }

  #forget(): void {
    const { forgetAfterMs } = this.options
    if (forgetAfterMs === undefined) return
    const { connection } = this.db
    const before = this.now() - forgetAfterMs
    const old = 'SELECT till_id, receipt_id FROM receipt_state WHERE at < ?'
    const postings = connection
      .prepare<[number], Forgotten>(
        `SELECT till_id, receipt_id, state, cents FROM posting WHERE (till_id, receipt_id) IN (${old})`,
      )
      .all(before)
    this.#forgotten.push(...postings)
    for (const table of ['posting_entry', 'posting', 'receipt_state'])
      connection.prepare(`DELETE FROM ${table} WHERE (till_id, receipt_id) IN (${old})`).run(before)
  }
}
