/** One row of an import: what it says of the account and which item it holds, or which cell is wrong. */
import { ACCOUNT_LIMITS } from '../../shared/account.ts'
import type { Cents } from '../../shared/money.ts'
import type { ImportField, ImportReason } from '../../shared/rules/account/account-file.ts'
import type { BusinessDate } from '../../shared/time.ts'
import {
  type Read,
  readCredit,
  readDate,
  readFlag,
  readMoney,
  readNumber,
  readOrder,
  readStatus,
  readText,
} from './cell-values.ts'
import type { MappedHeader } from './header-mapping.ts'

/** What a row says of its account; undefined where the cell is empty or the file has no such column. */
export interface AccountCells {
  number: string
  name: string | undefined
  address: string | undefined
  phones: string[] | undefined
  status: 'open' | 'closed' | undefined
  cashOnly: boolean | undefined
  creditCents: Cents | undefined
  note: string | undefined
}

export interface ItemCells {
  service: string
  serviceOrder: number
  isPenalty: boolean
  dueDate: BusinessDate
  /** False where the row names no day, and the file's own stands in its place. */
  isDated: boolean
  glAccount: string
  /** Negative for a credit. */
  cents: Cents
}

export interface RowValues {
  account: AccountCells
  /** Null for a row that only describes its account. */
  item: ItemCells | null
}

export type ReadRow = { ok: true; values: RowValues } | { ok: false; column: string; reason: ImportReason }

export interface RowDefaults {
  /** For items of a file that has no column for the due date. */
  dueDate: BusinessDate
  glAccount: string
}

const KNOWN_ORDER = new Map([
  ['balance', 0],
  ['water', 1],
  ['sewer', 2],
  ['trash', 3],
])
const OTHER_ORDER = 9

class CellRefused extends Error {
  readonly column: string
  readonly reason: ImportReason

  constructor(column: string, reason: ImportReason) {
    super(reason)
    this.column = column
    this.reason = reason
  }
}

/** Reads rows of one file under its mapping. */
export class RowReader {
  readonly #mapped: MappedHeader
  readonly #defaults: RowDefaults

  constructor(mapped: MappedHeader, defaults: RowDefaults) {
    this.#mapped = mapped
    this.#defaults = defaults
  }

  /** Where the account number stands. */
  get numberColumn(): number {
    return this.#mapped.columns.number[0] ?? 0
  }

  /** The header text of a field's column; empty where it has none. */
  columnOf(field: ImportField | null): string {
    const at = field === null ? undefined : this.#mapped.columns[field][0]
    return at === undefined ? '' : (this.#mapped.header[at] ?? '')
  }

  /** The first wrong cell, in the order of the fields, decides the reason. */
  read(cells: readonly string[]): ReadRow {
    try {
      if (cells.length !== this.#mapped.header.length) throw new CellRefused('', 'wrong-column-count')
      return { ok: true, values: { account: this.#account(cells), item: this.#item(cells) } }
    } catch (error) {
      if (!(error instanceof CellRefused)) throw error
      return { ok: false, column: error.column, reason: error.reason }
    }
  }

  #account(cells: readonly string[]): AccountCells {
    const text = (field: ImportField, most: number) =>
      this.#value(cells, field, cell => readText(cell, most)) || undefined
    const given = <T>(field: ImportField, read: (cell: string) => Read<T>) =>
      this.#cell(cells, field).trim() === '' ? undefined : this.#value(cells, field, read)
    return {
      number: this.#value(cells, 'number', readNumber),
      name: text('name', ACCOUNT_LIMITS.name),
      address: this.#address(cells),
      phones: this.#phones(cells),
      status: given('status', readStatus),
      cashOnly: given('cashOnly', readFlag),
      creditCents: given('credit', readCredit),
      note: text('note', ACCOUNT_LIMITS.note),
    }
  }

  #item(cells: readonly string[]): ItemCells | null {
    const isItem = this.#mapped.columns.amount.length > 0
    const field = isItem ? 'amount' : 'balance'
    const cents = this.#value(cells, field, readMoney)
    if (cents === null) {
      if (isItem && !this.#hasItemCells(cells)) return null
      throw this.#refused(field, 'missing-amount')
    }
    const service = isItem ? this.#service(cells) : 'balance'
    const order = this.#value(cells, 'serviceOrder', readOrder)
    const glAccount = this.#value(cells, 'glAccount', cell => readText(cell, 40))
    return {
      cents,
      service,
      serviceOrder: order ?? KNOWN_ORDER.get(service) ?? OTHER_ORDER,
      isPenalty: this.#value(cells, 'penalty', readFlag) || /\b(late|penalty)\b/.test(service),
      ...this.#due(cells, cents),
      glAccount: glAccount || this.#defaults.glAccount,
    }
  }

  /** A row that names a service or a day means an item, and then its amount is missing. */
  #hasItemCells(cells: readonly string[]): boolean {
    return (['service', 'dueDate'] as const).some(field => this.#cell(cells, field).trim() !== '')
  }

  #service(cells: readonly string[]): string {
    const text = this.#value(cells, 'service', cell => readText(cell, 40))
    return text === '' ? 'balance' : text.toLowerCase()
  }

  #due(cells: readonly string[], cents: Cents): Pick<ItemCells, 'dueDate' | 'isDated'> {
    const date = this.#value(cells, 'dueDate', readDate)
    if (date !== null) return { dueDate: date, isDated: true }
    // What owes nothing needs no day, and a file without the column has one day for all.
    if (cents <= 0 || this.#mapped.columns.dueDate.length === 0)
      return { dueDate: this.#defaults.dueDate, isDated: false }
    throw this.#refused('dueDate', 'missing-due-date')
  }

  #address(cells: readonly string[]): string | undefined {
    const parts = this.#mapped.columns.address.map(at =>
      this.#text(cells[at] ?? '', at, ACCOUNT_LIMITS.address),
    )
    const address = parts.filter(part => part !== '').join(', ')
    if (address.length > ACCOUNT_LIMITS.address) throw this.#refused('address', 'too-long')
    return address || undefined
  }

  #phones(cells: readonly string[]): string[] | undefined {
    const lists = this.#mapped.columns.phone.map(at =>
      (cells[at] ?? '').split(/[;|/]/).map(phone => this.#text(phone, at, ACCOUNT_LIMITS.phone)),
    )
    const phones = [...new Set(lists.flat().filter(phone => phone !== ''))]
    if (phones.length > ACCOUNT_LIMITS.phones) throw this.#refused('phone', 'too-many')
    return phones.length === 0 ? undefined : phones
  }

  #value<T>(cells: readonly string[], field: ImportField, read: (cell: string) => Read<T>): T {
    const result = read(this.#cell(cells, field))
    if (!result.ok) throw this.#refused(field, result.reason)
    return result.value
  }

  #text(cell: string, at: number, most: number): string {
    const result = readText(cell, most)
    if (!result.ok) throw new CellRefused(this.#mapped.header[at] ?? '', result.reason)
    return result.value
  }

  #cell(cells: readonly string[], field: ImportField): string {
    const at = this.#mapped.columns[field][0]
    return at === undefined ? '' : (cells[at] ?? '')
  }

  #refused(field: ImportField, reason: ImportReason): CellRefused {
    return new CellRefused(this.columnOf(field), reason)
  }
}
