/**
 * Lives of one central, which is put back from backups, beside a billing system that reads every file once. It keeps what
 * it has read, and what it said of each line.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { takeAckFile } from '../../../central/carrier/ack-file.ts'
import { BUILT_IN_ACK } from '../../../central/carrier/acknowledgement.ts'
import { type CarrierNow, carrierNow, switchCarrier } from '../../../central/carrier/carrier-state.ts'
import { filesDelivered } from '../../../central/carrier/delivered.ts'
import { type KeptDetail, keptIn, readKept } from '../../../central/carrier/kept-copies.ts'
import { carryDate } from '../../../central/carrier/payment-file.ts'
import { takeRange } from '../../../central/posting/receive.ts'
import { type Resolution, type ResolveResult, resolveSuspense } from '../../../central/posting/resolve.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import { openMemory } from '../../../db/central/open.ts'
import type { PostingRow, ReceiptStateRow } from '../../../db/central/schema.ts'
import type { AccountWithItems } from '../../../shared/account.ts'
import { CSV, DAY, NOW_MS, TODAY } from './carrier-shop.ts'
import { account, billAccounts, type Counter, itemId, openCounter, TILL } from './central-shop.ts'

type Memory = CentralDb & { connection: Database.Database }
type Verdict = 'accepted' | 'rejected'
type Line = Pick<KeptDetail, 'receipt_id' | 'line_no'>

/** The same bill under other items: what was paid of the old ones cannot be taken back. */
export function billedAnew(no: number): AccountWithItems {
  const before = account(no)
  return { ...before, items: before.items.map((item, at) => ({ ...item, itemId: itemId(no, 5 + at) })) }
}

export class CarrierLives {
  readonly counter: Counter
  readonly #folder = mkdtempSync(join(tmpdir(), 'tillproof-lives-'))
  readonly #read = new Map<number, KeptDetail[]>()
  readonly #said = new Map<string, Verdict>()
  #db: Memory
  #nowMs = NOW_MS
  #bills = 100

  private constructor(db: Memory, counter: Counter) {
    this.#db = db
    this.counter = counter
  }

  /** Accounts 1 to 6, of which 3 is closed. */
  static async open({ carrier = true } = {}): Promise<CarrierLives> {
    const db = await openMemory()
    await billAccounts(
      db,
      [1, 2, 3, 4, 5, 6].map(no => account(no, no === 3 ? 'closed' : 'open')),
    )
    const lives = new CarrierLives(db, await openCounter(db))
    if (carrier) await lives.switchOn()
    await lives.push()
    return lives
  }

  async close(): Promise<void> {
    await this.#db.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #tick(): number {
    this.#nowMs += 1_000
    return this.#nowMs
  }

  switchOn = (): Promise<void> => switchCarrier(this.#db, { on: true, timeZone: 'UTC' })

  async bill(...accounts: AccountWithItems[]): Promise<void> {
    this.#bills += 1
    await billAccounts(this.#db, accounts, this.#bills)
  }

  backup = (): Buffer => this.#db.connection.serialize()

  async restore(backup: Buffer): Promise<void> {
    await this.#db.close()
    this.#db = await openMemory(backup)
  }

  /** What this central does not have yet, or so many rows of it. */
  async push(most = Number.POSITIVE_INFINITY): Promise<void> {
    const held = this.#one<{ seq: number | null }>('SELECT max(seq) AS seq FROM journal')?.seq ?? 0
    const last = this.counter.pen.head.seq
    if (held === last) return
    const range = this.counter.pen.from(held + 1, Math.min(last, held + most))
    const taken = await takeRange(this.#db, range, { nowMs: this.#tick() })
    if (!taken.ok) throw new Error(JSON.stringify(taken))
  }

  /** The billing system picks every file up as soon as it is there. */
  async carry(): Promise<void> {
    // A payment is told before it is taken back, also under an earlier date.
    for (const businessDate of [DAY, TODAY, DAY, TODAY]) {
      const order = { businessDate, template: CSV, folder: this.#folder, nowMs: this.#tick() }
      for (const { file_no: no, name } of await carryDate(this.#db, order)) {
        rmSync(join(this.#folder, name), { force: true })
        this.#read.set(no, readKept(keptIn(this.#folder), no)?.details ?? [])
      }
    }
  }

  get lastFile(): number {
    return Math.max(0, ...this.#read.keys())
  }

  saidDelivered = (): Promise<number> =>
    filesDelivered(this.#db, { upTo: this.lastFile, kept: [keptIn(this.#folder)], nowMs: this.#tick() })

  /** As if nobody had kept what was delivered. */
  forgetTold(): void {
    this.#db.connection.exec('DELETE FROM delivered_detail')
  }

  resolve(receiptId: string, to: Partial<Resolution> = {}): Promise<ResolveResult> {
    const line = { tillId: TILL, receiptId, lineNo: 1, timeZone: 'UTC' }
    return resolveSuspense(this.#db, { ...line, ...to }, { nowMs: this.#tick() })
  }

  /** The billing system’s answer to every line of a file: the one that it gave before, if it did. */
  async answer(fileNo: number, decide: (detail: KeptDetail) => Verdict = () => 'accepted'): Promise<void> {
    const lines = [...Map.groupBy(this.#read.get(fileNo) ?? [], keyOf).values()]
    const rows = lines.flatMap(([detail]) => {
      if (!detail) return []
      const known = this.#said.get(`${fileNo} ${keyOf(detail)}`)
      const verdict = known ?? (this.#isThere(detail) ? decide(detail) : 'rejected')
      this.#said.set(`${fileNo} ${keyOf(detail)}`, verdict)
      return [`A,${fileNo},F${fileNo}-${detail.detail_no},${detail.line_no},${verdict},B${fileNo},why`]
    })
    const file = join(this.#folder, 'answers.csv')
    writeFileSync(file, ['H,answers', ...rows, `Z,${rows.length}`, ''].join('\n'))
    const outcome = await takeAckFile(this.#db, file, { template: BUILT_IN_ACK, nowMs: this.#tick() })
    if (!outcome.ok) throw new Error(outcome.why)
  }

  /** It takes nothing back that it never took. */
  #isThere({ kind, account_id: accountId, ...line }: KeptDetail): boolean {
    const taken = [...this.#read].flatMap(([no, details]) =>
      details.filter(
        one =>
          one.account_id === accountId &&
          keyOf(one) === keyOf(line) &&
          this.#said.get(`${no} ${keyOf(one)}`) === 'accepted',
      ),
    )
    return kind === 'posted' || taken.some(one => one.kind === 'posted')
  }

  async answerAll(decide?: (detail: KeptDetail) => Verdict): Promise<void> {
    for (const no of [...this.#read.keys()].sort((a, b) => a - b)) await this.answer(no, decide)
  }

  /** By line and account, what the billing system has of all that it did not reject; nothing where that is zero. */
  told(): Record<string, number> {
    const taken = [...this.#read].flatMap(([no, details]) =>
      details.filter(detail => this.#said.get(`${no} ${keyOf(detail)}`) !== 'rejected'),
    )
    return sumsOf(taken.map(detail => ({ ...detail, accountId: detail.account_id })))
  }

  /** The same as it is booked here. */
  booked(): Record<string, number> {
    const sql = `SELECT e.receipt_id, e.line_no, e.account_id AS accountId, e.cents FROM posting_entry e JOIN posting p
      ON p.till_id = e.till_id AND p.receipt_id = e.receipt_id AND p.line_no = e.line_no WHERE p.state <> 'reversed'`
    return sumsOf(this.#db.connection.prepare<[], Line & { accountId: string; cents: number }>(sql).all())
  }

  /** Lines that wait for somebody. */
  open(): Pick<PostingRow, 'receipt_id' | 'line_no' | 'state'>[] {
    const sql = `SELECT receipt_id, line_no, state FROM posting WHERE state IN ('suspense', 'not-reversed')
      ORDER BY receipt_id, line_no`
    return this.#db.connection.prepare<[], Pick<PostingRow, 'receipt_id' | 'line_no' | 'state'>>(sql).all()
  }

  states(): ReceiptStateRow['state'][] {
    const sql = 'SELECT state FROM receipt_state ORDER BY receipt_id'
    return this.#db.connection.prepare<[], ReceiptStateRow['state']>(sql).pluck().all()
  }

  owed(itemOf: string): number | undefined {
    return this.#db.connection
      .prepare<[string], number>('SELECT open_cents FROM account_item WHERE item_id = ?')
      .pluck()
      .get(itemOf)
  }

  now = (): Promise<CarrierNow> => carrierNow(this.#db)

  #one<T>(sql: string): T | undefined {
    return this.#db.connection.prepare<[], T>(sql).get()
  }
}

const keyOf = ({ receipt_id: receiptId, line_no: lineNo }: Line): string => `${receiptId}/${lineNo}`

function sumsOf(rows: readonly (Line & { accountId: string; cents: number })[]): Record<string, number> {
  const sums = new Map<string, number>()
  for (const row of rows) {
    const key = `${keyOf(row)} ${row.accountId}`
    sums.set(key, (sums.get(key) ?? 0) + row.cents)
  }
  return Object.fromEntries([...sums].filter(([, cents]) => cents !== 0).sort(([a], [b]) => (a < b ? -1 : 1)))
}
