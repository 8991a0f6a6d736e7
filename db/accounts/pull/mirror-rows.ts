/** Accounts as they are written into the mirror, one by one, with the find index told of each. */
import {
  type Account,
  type AccountItem,
  accountNumberKey,
  type KeptAccount,
} from '../../../shared/account.ts'
import type { FindIndexUpdate } from '../find-index.ts'
import {
  type AccountRow,
  accountHash,
  accountOf,
  asOfPositionOf,
  type ItemRow,
  itemOf,
  type Reading,
} from '../rows.ts'
import type { AccountsWriter } from '../writer.ts'

const BY_KEY = 'SELECT * FROM account WHERE number_key = ?'
const BY_ID = 'SELECT * FROM account WHERE account_id = ?'
const ITEMS = 'SELECT * FROM account_item WHERE account_seq = ? ORDER BY item_no'
const INSERT_ACCOUNT =
  'INSERT INTO account (account_id, number, number_key, name, address, phones, status, cash_only, credit_cents, note, as_of_ms, as_of_epoch, as_of_seq, pull_no, row_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
const UPDATE_ACCOUNT =
  'UPDATE account SET account_id = ?, number = ?, number_key = ?, name = ?, address = ?, phones = ?, status = ?, cash_only = ?, credit_cents = ?, note = ?, as_of_ms = ?, as_of_epoch = ?, as_of_seq = ?, pull_no = ?, row_hash = ? WHERE seq = ?'
const INSERT_ITEM = 'INSERT INTO account_item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'
const DELETE_ITEMS = 'DELETE FROM account_item WHERE account_seq = ?'
const DELETE_ACCOUNT = 'DELETE FROM account WHERE seq = ?'

export type Put = 'added' | 'changed' | 'unchanged'

/** Inside the transaction of whoever owns the writer. */
export class MirrorRows {
  readonly #writer: AccountsWriter
  readonly #index: FindIndexUpdate
  readonly #pullNo: number | undefined

  /** `pullNo` is the reading of central that meets these accounts; none for a file, which leaves it as it was. */
  constructor(writer: AccountsWriter, index: FindIndexUpdate, pullNo?: number) {
    this.#writer = writer
    this.#index = index
    this.#pullNo = pullNo
  }

  byNumber(number: string): AccountRow | undefined {
    return this.#writer.prepared<AccountRow>(BY_KEY).get(accountNumberKey(number))
  }

  byId(accountId: string): AccountRow | undefined {
    return this.#writer.prepared<AccountRow>(BY_ID).get(accountId)
  }

  /** Adds an account; gives its place. */
  add({ account, items, asOfPosition }: KeptAccount): number {
    const values = accountValues(account, items, { asOfPosition, pullNo: this.#pullNo ?? 0 })
    const { lastInsertRowid } = this.#writer.prepared(INSERT_ACCOUNT).run(...values)
    const seq = Number(lastInsertRowid)
    this.#insertItems(seq, items)
    this.#index.added(seq)
    return seq
  }

  /** Makes a stored account the same as the one given, items included. */
  replace(known: AccountRow, next: KeptAccount): Exclude<Put, 'added'> {
    const { account, items, asOfPosition } = next
    const reading = { asOfPosition, pullNo: this.#pullNo ?? known.pull_no }
    if (accountHash(account, items, reading) === known.row_hash) return 'unchanged'
    this.#index.changed(known, account)
    const values = accountValues(account, items, reading)
    this.#writer.prepared(UPDATE_ACCOUNT).run(...values, known.seq)
    this.#writer.prepared(DELETE_ITEMS).run(known.seq)
    this.#insertItems(known.seq, items)
    return 'changed'
  }

  /** Closes a stored account; what it owes stays as it is. */
  close(known: AccountRow): void {
    const account: Account = { ...accountOf(known), status: 'closed' }
    this.replace(known, { account, items: this.#itemsOf(known), asOfPosition: asOfPositionOf(known) })
  }

  remove(known: AccountRow): void {
    this.#index.removed(known)
    this.#writer.prepared(DELETE_ITEMS).run(known.seq)
    this.#writer.prepared(DELETE_ACCOUNT).run(known.seq)
  }

  #itemsOf(row: AccountRow): AccountItem[] {
    return this.#writer
      .prepared<ItemRow>(ITEMS)
      .all(row.seq)
      .map(item => itemOf(item, row.account_id))
  }

  #insertItems(seq: number, items: readonly AccountItem[]): void {
    const insert = this.#writer.prepared(INSERT_ITEM)
    for (const [i, item] of items.entries()) {
      const { itemId, service, serviceOrder, isPenalty, dueDate, openCents, glAccount } = item
      insert.run(seq, i + 1, itemId, service, serviceOrder, isPenalty ? 1 : 0, dueDate, openCents, glAccount)
    }
  }
}

function accountValues(account: Account, items: readonly AccountItem[], reading: Reading): unknown[] {
  const { asOfPosition, pullNo } = reading
  return [
    account.accountId,
    account.number,
    accountNumberKey(account.number),
    account.name,
    account.address,
    JSON.stringify(account.phones),
    account.status,
    account.cashOnly ? 1 : 0,
    account.creditCents,
    account.note,
    account.asOfMs,
    asOfPosition.epoch,
    asOfPosition.seq,
    pullNo,
    accountHash(account, items, reading),
  ]
}
