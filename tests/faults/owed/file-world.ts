/** A till whose city brings its accounts by files, and a pencil that only adds up bills and what customers handed over. */
import { accountIdOf } from '../../../db/accounts/named-id.ts'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { cents, plainCents } from '../../../shared/money.ts'
import { type BusinessDate, daysLater } from '../../../shared/time.ts'
import { HOUR_MS, SECOND_MS } from '../../support/clock.ts'
import { approvalBy, cash, liftLimits, openDrawer, receiptInput } from '../../support/desk.ts'
import { clientOf } from '../../support/screens.ts'
import { type OpenTill, openTestTill } from '../../support/till.ts'

export const NUMBERS = [1, 2, 3] as const
export type FileKind = 'balances' | 'items'
const BILLED = 6_500
const DAYS_EACH = 8
const FIRST_DUE = '2026-12-01' as BusinessDate

interface BilledFile {
  text: string
  madeAtMs: number
  /** What had been billed to each account by then. */
  billed: ReadonlyMap<number, number>
}

interface Taken {
  receiptId: string
  no: number
  cents: number
  voided: boolean
}

interface Desk {
  till: OpenTill
  cashier: TillClient
  supervisor: TillClient
}

const deskOf = async (till: OpenTill): Promise<Desk> => ({
  till,
  cashier: await clientOf(till, 'cashier'),
  supervisor: await clientOf(till, 'supervisor'),
})

/** A till with a drawer that takes whatever comes. */
async function openDesk(): Promise<Desk> {
  const till = await openTestTill()
  await liftLimits(await clientOf(till, 'administrator'))
  const desk = await deskOf(till)
  await openDrawer(desk.cashier)
  return desk
}

/** The till and those who sit at it; one for several days, each with accounts of its own. */
export class FileCity {
  #desk: Desk
  #days = 0

  private constructor(desk: Desk) {
    this.#desk = desk
  }

  static async open(): Promise<FileCity> {
    return new FileCity(await openDesk())
  }

  get till(): OpenTill {
    return this.#desk.till
  }

  get cashier(): TillClient {
    return this.#desk.cashier
  }

  get supervisor(): TillClient {
    return this.#desk.supervisor
  }

  async restart(): Promise<void> {
    await this.till.restart()
    this.#desk = await deskOf(this.till)
  }

  /** `lateMs`: by how much the time that is stated of a file is later than the one at which it was made. */
  async newDay(lateMs: number): Promise<FileWorld> {
    this.#days += 1
    // No drawer stays open for weeks.
    if (this.#days % DAYS_EACH === 0) {
      await this.till.close()
      this.#desk = await openDesk()
    }
    const world = new FileWorld(this, `F${this.#days}`, lateMs)
    world.make('items')
    await world.read(0)
    return world
  }
}

export class FileWorld {
  readonly #city: FileCity
  readonly #prefix: string
  readonly #lateMs: number
  readonly #billed = new Map<number, number>(NUMBERS.map(no => [no, BILLED]))
  readonly #files: BilledFile[] = []
  readonly #readFiles = new Set<BilledFile>()
  readonly #taken: Taken[] = []
  /** What the file that was read last says was billed. */
  #told: ReadonlyMap<number, number> = new Map()
  #bills = 0

  constructor(city: FileCity, prefix: string, lateMs: number) {
    this.#city = city
    this.#prefix = prefix
    this.#lateMs = lateMs
  }

  async pay(no: number, amount: number): Promise<void> {
    const accountId = accountIdOf(`${this.#prefix}-${no}`)
    const line = { kind: 'account' as const, accountId, cents: cents(amount), overrides: [] }
    const { receiptId } = await this.#city.cashier.receipt.post(receiptInput([line], [cash(cents(amount))]))
    this.#taken.push({ receiptId, no, cents: amount, voided: false })
    this.#pass()
  }

  async void(at: number): Promise<void> {
    const standing = this.#taken.filter(one => !one.voided)
    const one = standing[at % Math.max(1, standing.length)]
    if (!one) return
    const approval = approvalBy('supervisor')
    const { receiptId } = one
    await this.#city.cashier.receipt.void({
      commandId: newId(),
      receiptId,
      reason: 'Wrong account',
      approval,
    })
    one.voided = true
    this.#pass()
  }

  /** A new bill: its items are others, and the account owes more by so much. */
  bill(no: number, more: number): void {
    this.#bills += 1
    this.#billed.set(no, (this.#billed.get(no) ?? 0) + more)
  }

  /** The billing system writes a file; it has heard of everything that the till took by then. */
  make(kind: FileKind): void {
    this.#pass()
    const rows = NUMBERS.map(no => this.#rowsOf(no, kind))
    const header =
      kind === 'balances' ? 'Account,Name,Balance,Credit,Run' : 'Account,Name,Service,Due,Amount,Credit,Run'
    const text = [header, ...rows.flat().map(row => `${row},${this.#files.length}`), ''].join('\n')
    this.#files.push({ text, madeAtMs: this.#city.till.clock.now(), billed: new Map(this.#billed) })
    this.#pass()
  }

  /** Reads one of the files that were made: the last one, or an earlier one once more. */
  async read(back: number): Promise<void> {
    const file = this.#files.at(-1 - (back % this.#files.length))
    if (!file) return
    const content = new File([file.text], 'accounts.csv', { type: 'text/csv' })
    const nowMs = this.#city.till.clock.now()
    // Whoever reads one once more has it from a copy, which is as old as the copying.
    const madeAtMs = this.#readFiles.has(file) ? nowMs : Math.min(file.madeAtMs + this.#lateMs, nowMs)
    this.#readFiles.add(file)
    const { account } = this.#city.supervisor
    const { uploadId, asOfMs } = await account.previewImport({ fileName: 'accounts.csv', content, madeAtMs })
    const options = {
      mapping: {},
      mode: 'all-or-nothing',
      missingAccounts: 'keep',
      paymentsThroughMs: asOfMs,
    } as const
    const running = await account.runImport({ ...options, uploadId })
    let next = await running.next()
    while (!next.done) next = await running.next()
    if (next.value.badRowCount > 0) throw new Error(`Bad rows: ${JSON.stringify(next.value.badRows)}`)
    this.#told = file.billed
    this.#pass()
  }

  wait(): void {
    this.#city.till.clock.advance(HOUR_MS)
  }

  restart(): Promise<void> {
    return this.#city.restart()
  }

  /** What the Window asks. */
  async shown(no: number): Promise<number> {
    const { balanceCents } = await this.#city.cashier.account.get({
      accountId: accountIdOf(`${this.#prefix}-${no}`),
    })
    return balanceCents
  }

  /** What a pencil says: the bills that are known here, less what was handed over and not given back. */
  owed(no: number): number {
    return (this.#told.get(no) ?? 0) - this.#paid(no)
  }

  #paid(no: number): number {
    const standing = this.#taken.filter(one => one.no === no && !one.voided)
    return standing.reduce((all, one) => all + one.cents, 0)
  }

  #rowsOf(no: number, kind: FileKind): string[] {
    const open = (this.#billed.get(no) ?? 0) - this.#paid(no)
    const credit = plainCents(cents(Math.max(0, -open)))
    const due = Math.max(0, open)
    const who = `${this.#prefix}-${no},Customer ${no}`
    if (kind === 'balances') return [`${who},${plainCents(cents(due))},${credit}`]
    const water = Math.ceil(due / 2)
    const day = daysLater(FIRST_DUE, this.#bills)
    return [
      `${who},water,${day},${plainCents(cents(water))},${credit}`,
      `${who},sewer,${day},${plainCents(cents(due - water))},${credit}`,
    ]
  }

  #pass(): void {
    this.#city.till.clock.advance(SECOND_MS)
  }
}
