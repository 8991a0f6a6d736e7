/** The real central of a city, worked by its own commands, and what a billing system does with its payment files. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { keptIn } from '../../../central/carrier/kept-copies.ts'
import { administer } from '../../../central/cli/admin.ts'
import { makeApp } from '../../../central/http/app.ts'
import { positionOf } from '../../../central/journal/position.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import { openMemory } from '../../../db/central/open.ts'
import { silentLog } from '../../../electron/backend/runtime/log.ts'
import type { Fetch } from '../../../electron/backend/sync/client.ts'
import { parseImportedAmount } from '../../../shared/money.ts'
import { businessDateOf } from '../../../shared/time.ts'
import { CENTRAL_OWN } from '../../support/central/till-journal.ts'
import { START_MS } from '../../support/clock.ts'
import type { BilledFile } from './billing.ts'

type Memory = CentralDb & { connection: Database.Database }

const TIME_ZONE = 'America/Chicago'

/** A line of a receipt as one payment file has it. */
export interface CarriedLine {
  fileNo: number
  detailNo: string
  receipt: string
  lineNo: string
  accountNumber: string
  /** Below zero for a payment that is taken back. */
  cents: number
}

export type Verdict = 'accepted' | 'rejected'

export class CityCentral {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tillproof-city-'))
  readonly #clock: () => number
  #db: Memory
  #app: ReturnType<typeof makeApp>

  private constructor(db: Memory, clock: () => number) {
    this.#db = db
    this.#clock = clock
    this.#app = this.#appOver(db)
    mkdirSync(this.#out)
  }

  static async open(clock: () => number): Promise<CityCentral> {
    return new CityCentral(await openMemory(), clock)
  }

  get #out(): string {
    return join(this.#folder, 'payments')
  }

  readonly reach: Fetch = (url, { signal, ...init }) => {
    signal.throwIfAborted()
    return this.#app.fetch(new Request(url, init))
  }

  async close(): Promise<void> {
    await this.#db.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** One command of its administrator; what it said. */
  async command(...words: string[]): Promise<{ ok: boolean; said: string[] }> {
    const said: string[] = []
    const parts = { db: this.#db, nowMs: this.#clock(), say: (line: string) => said.push(line) }
    const code = await administer(parts, words)
    if (code > 1) throw new Error(`${words.join(' ')}: ${said.join('\n')}`)
    return { ok: code === 0, said }
  }

  async enrolmentCode(): Promise<string> {
    const { said } = await this.command('enrol')
    return said[0]?.split(' ')[0] ?? ''
  }

  /** Whether it took the file. `throughMs`: up to when payments are said to be in its figures. */
  async take({ name, text }: BilledFile, throughMs: number): Promise<boolean> {
    const file = join(this.#folder, name)
    writeFileSync(file, text)
    const moment = new Date(throughMs).toISOString()
    const { said } = await this.command('import-accounts', file, '--payments-through', moment)
    const taken = said.find(line => line.includes(' accounts taken over '))
    if (taken?.includes(' 0 lines left out') === false) throw new Error(said.join('\n'))
    return taken !== undefined
  }

  /** Lines that wait for somebody: till, receipt and line, as the command names them. */
  async waiting(): Promise<string[][]> {
    const { said } = await this.command('suspense')
    return said.map(line => line.split(/\s+/).slice(0, 3))
  }

  /** How far it holds a till's journal. */
  async held(tillId: string): Promise<number> {
    return (await positionOf(this.#db, tillId)).position.seq
  }

  /** What it has posted to an account of these ids since its till is enrolled, less what was undone. */
  posted(ids: readonly string[]): number {
    const sql = `SELECT coalesce(sum(CASE
        WHEN p.state = 'withdrawn' THEN 0
        WHEN p.state = 'reversed' THEN CASE WHEN e.at = 0 THEN -e.cents ELSE 0 END
        WHEN e.at = 0 THEN 0 ELSE e.cents END), 0)
      FROM posting_entry e JOIN posting p
        ON p.till_id = e.till_id AND p.receipt_id = e.receipt_id AND p.line_no = e.line_no
      WHERE e.account_id IN (${ids.map(() => '?').join()})`
    return (
      this.#db.connection
        .prepare<string[], number>(sql)
        .pluck()
        .get(...ids) ?? 0
    )
  }

  /** Writes what is in no payment file yet; the billing system picks it up. `lastFile`: the last one that it has. */
  async carry(lastFile: number): Promise<CarriedLine[]> {
    const days = [businessDateOf(START_MS, TIME_ZONE), businessDateOf(this.#clock(), TIME_ZONE)]
    // A payment is told before it is taken back, also under an earlier date.
    for (const day of [...days, ...days]) {
      const order = ['payment-file', day, '--template', 'csv', '--out', this.#out]
      if ((await this.command(...order)).ok) continue
      await this.delivered(lastFile)
      const { ok, said } = await this.command(...order)
      if (!ok) throw new Error(said.join('\n'))
    }
    return this.#pickUp()
  }

  /** Somebody says up to which number the billing system has the files. */
  async delivered(lastFile: number): Promise<void> {
    const kept = keptIn(this.#out)
    const from = existsSync(kept) ? ['--kept', kept] : []
    await this.command('payment-files-delivered', String(lastFile), ...from)
  }

  #pickUp(): CarriedLine[] {
    const names = readdirSync(this.#out, { withFileTypes: true }).flatMap(one =>
      one.isFile() ? [one.name] : [],
    )
    return names.sort().flatMap(name => {
      const path = join(this.#out, name)
      const rows = readFileSync(path, 'utf8')
        .split('\r\n')
        .map(row => row.split(','))
      rmSync(path)
      const fileNo = Number.parseInt(rows[0]?.[2] ?? '', 10)
      return rows.filter(([mark]) => mark === 'D').map(row => lineOf(fileNo, row))
    })
  }

  async answer(answers: readonly { line: CarriedLine; verdict: Verdict }[]): Promise<void> {
    if (answers.length === 0) return
    const file = join(this.#folder, 'answers.csv')
    const rows = answers.map(
      ({ line: { fileNo, detailNo, lineNo }, verdict }) =>
        `A,${fileNo},F${fileNo}-${detailNo},${lineNo},${verdict},B${fileNo},why`,
    )
    writeFileSync(file, ['H,answers', ...rows, `Z,${rows.length}`, ''].join('\n'))
    await this.command('payment-ack', file)
  }

  backup(): Buffer {
    return this.#db.connection.serialize()
  }

  async restore(backup: Buffer): Promise<void> {
    await this.#db.close()
    this.#db = await openMemory(backup)
    this.#app = this.#appOver(this.#db)
  }

  #appOver(db: CentralDb): ReturnType<typeof makeApp> {
    return makeApp({ db, key: CENTRAL_OWN, clock: this.#clock, log: silentLog() })
  }
}

function lineOf(fileNo: number, row: readonly string[]): CarriedLine {
  const [, detailNo = '', accountNumber = '', amount = '', , receipt = '', lineNo = ''] = row
  const read = parseImportedAmount(amount)
  if (!read.ok) throw new Error(`No amount: ${row.join()}`)
  return { fileNo, detailNo, receipt, lineNo, accountNumber, cents: read.cents }
}
