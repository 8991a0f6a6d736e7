/** A counter whose payments are carried to the billing system by files, and the billing system's answers. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { receiptStatesSince } from '../../../central/accounts/feeds.ts'
import { type AckOutcome, takeAckFile } from '../../../central/carrier/ack-file.ts'
import { BUILT_IN_ACK } from '../../../central/carrier/acknowledgement.ts'
import { switchCarrier } from '../../../central/carrier/carrier-state.ts'
import type { Disk } from '../../../central/carrier/file-on-disk.ts'
import { carryDate, type WrittenFile } from '../../../central/carrier/payment-file.ts'
import { BUILT_IN_TEMPLATES } from '../../../central/carrier/template/built-in-templates.ts'
import type { PaymentTemplate } from '../../../central/carrier/template/template.ts'
import { glOfDate } from '../../../central/posting/books/gl-journal.ts'
import { takeRange } from '../../../central/posting/receive.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import { account, billAccounts, type Counter, openCounter, TILL } from './central-shop.ts'

export const NOW_MS = Date.UTC(2026, 10, 21, 6)
/** The business date that central books under at `NOW_MS`. */
export const TODAY = '2026-11-21' as BusinessDate
export const DAY = '2026-11-20' as BusinessDate

function csvTemplate(): PaymentTemplate {
  const template = BUILT_IN_TEMPLATES.csv
  if (!template) throw new Error('There is no template csv')
  return template
}
export const CSV = csvTemplate()

export function freshFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tillproof-carrier-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(one => one.isFile())
    .map(({ name }) => name)
    .sort()

export class CarrierShop {
  readonly db: CentralDb
  readonly counter: Counter
  readonly folder = freshFolder()
  #cursor = ''

  private constructor(db: CentralDb, counter: Counter) {
    this.db = db
    this.counter = counter
  }

  /** Accounts 1 to 6 with bills, 3 of them closed; the carrier is on unless it is said otherwise. */
  static async open(db: CentralDb, { carrier = true } = {}): Promise<CarrierShop> {
    await billed(db, carrier)
    return new CarrierShop(db, await openCounter(db))
  }

  async push(): Promise<void> {
    expect(await takeRange(this.db, this.counter.pen.take(), { nowMs: NOW_MS })).toMatchObject({ ok: true })
  }

  carry(businessDate = DAY, disk?: Disk): Promise<WrittenFile[]> {
    return this.carryFrom(this.db, { businessDate, ...(disk && { disk }) })
  }

  /** What another database of the same central carries into the same folder. */
  carryFrom(db: CentralDb, order: { businessDate?: BusinessDate; disk?: Disk } = {}): Promise<WrittenFile[]> {
    return carryDate(db, { businessDate: DAY, template: CSV, folder: this.folder, nowMs: NOW_MS, ...order })
  }

  /** Every record of a file, as the texts between its commas. */
  read(name: string): string[][] {
    const text = readFileSync(join(this.folder, name), 'utf8')
    return text.split('\r\n').flatMap(line => (line === '' ? [] : [line.split(',')]))
  }

  /** Names of every file in the folder, hidden or not. */
  names(): string[] {
    return filesIn(this.folder)
  }

  /** What the billing system answers: rows without their mark; the trailer counts them. */
  answer(rows: readonly string[], { cut = '' } = {}): Promise<AckOutcome> {
    const file = join(freshFolder(), 'answers.csv')
    const text = ackText(rows)
    writeFileSync(file, cut === '' ? text : text.slice(0, text.indexOf(cut)))
    return takeAckFile(this.db, file, { template: BUILT_IN_ACK, nowMs: NOW_MS })
  }

  /** What the till hears that it has not heard before. */
  async heard(): Promise<
    [receiptId: string, state: string, reference: string | null, reason: string | null][]
  > {
    const cursor = this.#cursor === '' ? undefined : this.#cursor
    const page = await receiptStatesSince(this.db, { tillId: TILL, cursor })
    this.#cursor = page.cursor
    return page.states.map(one => [one.receiptId, one.state, one.reference, one.reason])
  }

  /** Credits less debits by GL account; those that come to nothing are left out. */
  async booked(date: BusinessDate): Promise<Record<string, number>> {
    const lines = await glOfDate(this.db, date)
    expect(lines.reduce((all, line) => all + line.debitCents - line.creditCents, 0)).toBe(0)
    return Object.fromEntries(
      lines.flatMap(line => {
        const net = line.creditCents - line.debitCents
        return net === 0 ? [] : [[line.glAccount, net]]
      }),
    )
  }
}

async function billed(db: CentralDb, carrier: boolean): Promise<void> {
  await billAccounts(
    db,
    [1, 2, 3, 4, 5, 6].map(no => account(no, no === 3 ? 'closed' : 'open')),
  )
  if (carrier) await switchCarrier(db, { on: true, timeZone: 'UTC' })
}

export const ackText = (rows: readonly string[]): string =>
  ['H,answers', ...rows.map(row => `A,${row}`), `Z,${rows.length}`, ''].join('\n')
