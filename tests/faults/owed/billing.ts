/** The city's billing system: what it has charged, what it has heard was paid, and the files that it writes. */
import { accountIdOf, namedId } from '../../../db/accounts/named-id.ts'
import { cents, plainCents } from '../../../shared/money.ts'
import { type BusinessDate, daysLater } from '../../../shared/time.ts'

export const ACCOUNTS = [1, 2, 3] as const
const BILLED = 6_500
const FIRST_DUE = '2026-12-01' as BusinessDate
const WATER_GL = '400-1000'

export type FileKind = 'balances' | 'items' | 'records'

/** By account. */
export type Figures = ReadonlyMap<number, number>

export interface BilledFile {
  name: string
  text: string
  madeAtMs: number
  /** What had been billed to each account by then. */
  billed: Figures
}

export const numberOf = (no: number): string => `10-${no}`

export class Billing {
  readonly #billed = new Map<number, number>(ACCOUNTS.map(no => [no, BILLED]))
  readonly #heard = new Map<number, number>()
  readonly #closed = new Set<number>()
  /** Its bills have other items each time. */
  #bills = 0
  #files = 0

  get billed(): Figures {
    return new Map(this.#billed)
  }

  bill(no: number, more: number): void {
    this.#bills += 1
    this.#billed.set(no, (this.#billed.get(no) ?? 0) + more)
  }

  /** It hears that so much was paid, or given back where that is below zero. */
  hear(no: number, paid: number): void {
    this.#heard.set(no, (this.#heard.get(no) ?? 0) + paid)
  }

  hearAll(paid: Figures): void {
    for (const no of ACCOUNTS) this.#heard.set(no, paid.get(no) ?? 0)
  }

  setClosed(no: number, isClosed: boolean): void {
    if (isClosed) this.#closed.add(no)
    else this.#closed.delete(no)
  }

  isClosed(no: number): boolean {
    return this.#closed.has(no)
  }

  make(kind: FileKind, madeAtMs: number): BilledFile {
    this.#files += 1
    const isRecords = kind === 'records'
    const lines = isRecords ? ACCOUNTS.map(no => this.#record(no)) : this.#table(kind)
    const name = `accounts-${this.#files}.${isRecords ? 'jsonl' : 'csv'}`
    return { name, text: [...lines, ''].join('\n'), madeAtMs, billed: this.billed }
  }

  #table(kind: FileKind): string[] {
    const header = kind === 'balances' ? 'Balance' : 'Service,Due,Amount'
    const rows = ACCOUNTS.flatMap(no => this.#rowsOf(no, kind))
    return [`Account,Name,Status,${header},Credit,Run`, ...rows.map(row => `${row},${this.#files}`)]
  }

  #rowsOf(no: number, kind: FileKind): string[] {
    const { due, credit } = this.#figuresOf(no)
    const who = `${numberOf(no)},Customer ${no},${this.#statusOf(no)}`
    const money = (amount: number) => plainCents(cents(amount))
    if (kind === 'balances') return [`${who},${money(due)},${money(credit)}`]
    return this.#itemsOf(due).map(
      ({ service, dueDate, open }) => `${who},${service},${dueDate},${money(open)},${money(credit)}`,
    )
  }

  /** An account as a billing system with ids of its own writes it. */
  #record(no: number): string {
    const accountId = recordIdOf(no)
    const { due, credit } = this.#figuresOf(no)
    const account = {
      ...{ accountId, number: numberOf(no), name: `Customer ${no}`, address: '', phones: [] },
      ...{ status: this.#statusOf(no), cashOnly: false, creditCents: credit, note: '', asOfMs: 0 },
    }
    const items = this.#itemsOf(due).map(({ service, dueDate, open }, at) => ({
      itemId: namedId('item', `record ${no} ${service} ${this.#bills}`),
      ...{ accountId, service, serviceOrder: at, isPenalty: false, dueDate },
      ...{ openCents: open, glAccount: WATER_GL },
    }))
    return JSON.stringify({ account, items })
  }

  #itemsOf(due: number) {
    const dueDate = daysLater(FIRST_DUE, this.#bills)
    const water = Math.ceil(due / 2)
    // What is paid stands in no bill.
    const open = [
      { service: 'water', dueDate, open: water },
      { service: 'sewer', dueDate, open: due - water },
    ].filter(item => item.open > 0)
    return open.length > 0 ? open : [{ service: 'water', dueDate, open: 0 }]
  }

  #statusOf(no: number): 'open' | 'closed' {
    return this.isClosed(no) ? 'closed' : 'open'
  }

  #figuresOf(no: number): { due: number; credit: number } {
    const open = (this.#billed.get(no) ?? 0) - (this.#heard.get(no) ?? 0)
    return { due: Math.max(0, open), credit: Math.max(0, -open) }
  }
}

const recordIdOf = (no: number): string => namedId('account', `record ${no}`)

/** Under which ids tills may know an account. */
export const idsOf = (no: number): string[] => [accountIdOf(numberOf(no)), recordIdOf(no)]
