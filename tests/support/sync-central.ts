/** The real receiver on SQLite in memory, its copies, and what a receiver would be whose ids expire. */
import type Database from 'better-sqlite3'
import { type CentralApp, makeApp } from '../../central/app.ts'
import { makeCode, revoke } from '../../central/enrol.ts'
import { type CentralDb, openMemory } from '../../db/central/open.ts'
import { silentLog } from '../../electron/backend/log.ts'
import { account, billAccounts } from './central-shop.ts'
import { START_MS } from './clock.ts'
import type { VirtualTime } from './sync-time.ts'

type Memory = CentralDb & { connection: Database.Database }
/** A posting that central has forgotten, for the control. */
export interface Forgotten {
  till_id: string
  receipt_id: string
  state: string
  cents: number
}
interface Copy {
  bytes: Buffer
  forgotten: Forgotten[]
}
export interface CentralOptions {
  /** The control: ids of receipts are forgotten after so long. */
  forgetAfterMs?: number | undefined
  /** Bytes of a body at most: small ones make many ranges. */
  bodyBytes: number
}

export const ACCOUNTS = 6
const CLOSED = 5

let template: Promise<Buffer> | undefined
async function makeTemplate(): Promise<Buffer> {
  const db = await openMemory()
  const list = Array.from({ length: ACCOUNTS }, (_, at) =>
    account(at + 1, at + 1 === CLOSED ? 'closed' : 'open'),
  )
  await billAccounts(db, list)
  const bytes = db.connection.serialize()
  await db.close()
  return bytes
}

export class SimCentral {
  #db: Memory
  #app: CentralApp
  forgotten: Forgotten[] = []
  clockOffMs = 0
  readonly #time: VirtualTime
  readonly #options: CentralOptions
  #copies: Copy[] = []
  #codes = 0

  private constructor(db: Memory, time: VirtualTime, options: CentralOptions) {
    this.#time = time
    this.#options = options
    this.#db = db
    this.#app = this.#start()
  }

  static async open(time: VirtualTime, options: CentralOptions): Promise<SimCentral> {
    template ??= makeTemplate()
    return new SimCentral(await openMemory(await template), time, options)
  }

  get connection(): Database.Database {
    return this.#db.connection
  }

  readonly deliver = (request: Request): Promise<Response> => {
    this.#forget()
    return this.#app.fetch(request)
  }

  copy(): void {
    this.#copies.push({ bytes: this.connection.serialize(), forgotten: [...this.forgotten] })
  }

  /** Goes back to one of its copies; those made after it stay on the shelf. False where there is none. */
  async restore(below: (most: number) => number): Promise<boolean> {
    const copy = this.#copies[below(Math.max(1, this.#copies.length))]
    if (!copy) return false
    await this.#db.close()
    this.#db = await openMemory(copy.bytes)
    this.forgotten = [...copy.forgotten]
    this.#app = this.#start()
    return true
  }

  code(): Promise<string> {
    this.#codes += 1
    const bytes = new Uint8Array(12).map((_, at) => (this.#codes >> (at * 5)) & 31)
    return makeCode(this.#db, { nowMs: this.#now(), bytes, note: '' })
  }

  revoke(tillId: string): Promise<boolean> {
    return revoke(this.#db, tillId, { nowMs: this.#now() })
  }

  close(): Promise<void> {
    return this.#db.close()
  }

  #now = (): number => START_MS + this.#time.nowMs + this.clockOffMs

  #start(): CentralApp {
    const { bodyBytes } = this.#options
    return makeApp({ db: this.#db, clock: this.#now, log: silentLog(), limits: { bodyBytes } })
  }

  #forget(): void {
    const { forgetAfterMs } = this.#options
    if (forgetAfterMs === undefined) return
    const before = this.#now() - forgetAfterMs
    const old = 'SELECT till_id, receipt_id FROM receipt_state WHERE at < ?'
    const postings = this.connection
      .prepare<[number], Forgotten>(
        `SELECT till_id, receipt_id, state, cents FROM posting WHERE (till_id, receipt_id) IN (${old})`,
      )
      .all(before)
    this.forgotten.push(...postings)
    for (const table of ['posting_entry', 'posting', 'receipt_state'])
      this.connection.prepare(`DELETE FROM ${table} WHERE (till_id, receipt_id) IN (${old})`).run(before)
  }
}
