/** All rows of one account, put together. */

import {
  type Account,
  type AccountItem,
  type AccountWithItems,
  accountWithItemsField,
} from '../../shared/account.ts'
import { MOST_AMOUNT } from '../../shared/fields.ts'
import { add, cents, negate, ZERO } from '../../shared/money.ts'
import { own } from '../../shared/own.ts'
import type { ImportField, ImportReason } from '../../shared/rules/account/account-file.ts'
import { accountIdOf, itemIdOf } from '../accounts/named-id.ts'
import type { StagedRow } from '../accounts/pull/staging.ts'
import type { AccountCells, ItemCells, ReadRow, RowReader } from './row-values.ts'

export interface RowFault {
  line: number
  column: string
  reason: ImportReason
}

export type Assembled = { ok: true; account: AccountWithItems } | { ok: false; faults: RowFault[] }

/**
 * Makes one account of its rows, in the order of the file. One bad row keeps back all of them: an account
 * that is missing one of its items would show a balance that is too low. The rows that are kept back only
 * for that say `account-has-bad-row`.
 */
export function assembleAccount(rows: readonly StagedRow[], reader: RowReader, asOfMs: number): Assembled {
  const read = rows.map(row => ({ line: row.line, row: reader.read(row.cells) }))
  const faults = read.flatMap(({ line, row }) =>
    row.ok ? [] : [{ line, column: row.column, reason: row.reason }],
  )
  const merged = new AccountMerge()
  for (const { line, row } of read) {
    const fault = row.ok ? merged.take(row.values, line) : null
    if (fault !== null) faults.push({ line, column: reader.columnOf(fault.field), reason: fault.reason })
  }
  if (faults.length === 0) {
    const account = merged.finish(asOfMs)
    const misfit = misfitOf(account)
    if (misfit === undefined) return { ok: true, account }
    const line = merged.lineOf(account.items[misfit.itemAt ?? -1]) ?? rows[0]?.line ?? 0
    faults.push({ line, column: reader.columnOf(misfit.field), reason: misfit.reason })
  }
  return { ok: false, faults: [...faults, ...keptBack(read, faults)].sort((a, b) => a.line - b.line) }
}

/** What does not fit, and where it stands; no field where it is the row as a whole. */
interface Misfit {
  field: ImportField | null
  reason: ImportReason
}

const MISFITS: Readonly<Record<string, Misfit>> = {
  items: { field: null, reason: 'too-many-items' },
  openCents: { field: 'amount', reason: 'wrong-money' },
  creditCents: { field: 'credit', reason: 'wrong-money' },
  glAccount: { field: 'glAccount', reason: 'wrong-gl-account' },
}

/** What of an account neither the till nor central could take: it would hold up every account behind it. */
function misfitOf(account: AccountWithItems) {
  const { error } = accountWithItemsField.safeParse(account)
  const [issue] = error?.issues ?? []
  if (issue === undefined) return undefined
  const itemAt = issue.path.find(part => typeof part === 'number')
  const { field, reason } = own(MISFITS, String(issue.path.at(-1))) ?? {
    field: null,
    reason: 'too-long' as const,
  }
  return { itemAt, field, reason }
}

function keptBack(read: readonly { line: number; row: ReadRow }[], faults: readonly RowFault[]): RowFault[] {
  const faulty = new Set(faults.map(fault => fault.line))
  return read
    .filter(({ line }) => !faulty.has(line))
    .map(({ line }) => ({ line, column: '', reason: 'account-has-bad-row' }))
}

class AccountMerge {
  #cells: AccountCells | null = null
  readonly #items = new Map<string, { item: ItemCells; line: number }>()
  #creditCents = ZERO

  take({ account, item }: { account: AccountCells; item: ItemCells | null }, line: number): Misfit | null {
    const known = this.#cells
    const conflict = known === null ? null : conflictOf(known, account)
    if (conflict !== null) return { field: conflict, reason: 'conflicting-account-data' }
    this.#cells = known === null ? account : filled(known, account)
    return item === null ? null : this.#takeItem(item, line)
  }

  /** Where an item stood. */
  lineOf(item: AccountItem | undefined): number | undefined {
    return item && this.#items.get(keyOf(item))?.line
  }

  finish(asOfMs: number): AccountWithItems {
    const cells = this.#cells
    if (cells === null) throw new RangeError('An account needs a row')
    const accountId = accountIdOf(cells.number)
    const account: Account = {
      accountId,
      number: cells.number,
      name: cells.name ?? '',
      address: cells.address ?? '',
      phones: cells.phones ?? [],
      status: cells.status ?? 'open',
      cashOnly: cells.cashOnly ?? false,
      creditCents: add(cells.creditCents ?? ZERO, this.#creditCents),
      note: cells.note ?? '',
      asOfMs,
    }
    return { account, items: inOrder([...this.#items.values()].map(({ item }) => openItem(accountId, item))) }
  }

  #takeItem(item: ItemCells, line: number): Misfit | null {
    // Beyond what an account may have no more is added: it is refused as it is, and a sum beyond all sums would be a fault.
    if (item.cents < 0 && this.#creditCents <= MOST_AMOUNT)
      this.#creditCents = add(this.#creditCents, negate(item.cents))
    if (item.cents <= 0) return null
    const key = keyOf(item)
    if (this.#items.has(key)) return { field: null, reason: 'duplicate-item' }
    this.#items.set(key, { item, line })
    return null
  }
}

const keyOf = ({
  service,
  dueDate,
  isPenalty,
}: Pick<ItemCells, 'service' | 'dueDate' | 'isPenalty'>): string =>
  JSON.stringify([service, dueDate, isPenalty])

/** What every row of an account says alike, and which field of the file says it. */
const SHARED_CELLS = [
  ['number', 'number'],
  ['name', 'name'],
  ['address', 'address'],
  ['phones', 'phone'],
  ['status', 'status'],
  ['cashOnly', 'cashOnly'],
  ['creditCents', 'credit'],
  ['note', 'note'],
] as const satisfies readonly (readonly [keyof AccountCells, ImportField])[]

/** The first field of which two rows say different things; an empty cell says nothing. */
function conflictOf(known: AccountCells, next: AccountCells): ImportField | null {
  const differing = SHARED_CELLS.find(([cell]) => {
    const [a, b] = [known[cell], next[cell]]
    return a !== undefined && b !== undefined && String(a) !== String(b)
  })
  return differing?.[1] ?? null
}

function filled(known: AccountCells, next: AccountCells): AccountCells {
  return {
    number: known.number,
    name: known.name ?? next.name,
    address: known.address ?? next.address,
    phones: known.phones ?? next.phones,
    status: known.status ?? next.status,
    cashOnly: known.cashOnly ?? next.cashOnly,
    creditCents: known.creditCents ?? next.creditCents,
    note: known.note ?? next.note,
  }
}

function openItem(accountId: string, item: ItemCells): AccountItem {
  const { service, serviceOrder, isPenalty, dueDate, isDated, glAccount } = item
  // The day of the file is not the item's: tomorrow's file says the same item again.
  const itemId = itemIdOf({ accountId, service, dueDate: isDated ? dueDate : null, isPenalty })
  return {
    itemId,
    accountId,
    service,
    serviceOrder,
    isPenalty,
    dueDate,
    openCents: cents(item.cents),
    glAccount,
  }
}

/** One order whatever the order of the rows, so that the same items make the same hash. */
function inOrder(items: readonly AccountItem[]): AccountItem[] {
  const orderOf = (item: AccountItem): string =>
    `${item.dueDate} ${item.isPenalty ? 0 : 1} ${String(item.serviceOrder).padStart(3, '0')} ${item.service}`
  const keyed = items.map(item => ({ key: orderOf(item), item }))
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ item }) => item)
}
