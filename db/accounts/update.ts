/** One replacement of the mirror: accounts are put, the find index and the root follow, and all of it is one transaction. */
import {
  type Account,
  type AccountItem,
  type AccountWithItems,
  accountNumberKey,
} from '../../shared/account.ts'
import { FindIndexUpdate } from './find-index.ts'
import { type ImportMark, markHash } from './mark.ts'
import { findDigest, mirrorRoot } from './root.ts'
import { type AccountRow, accountHash, accountOf, type ItemRow, itemOf } from './rows.ts'
import { CREATE_ID_INDEX, DROP_ID_INDEX } from './schema.ts'
import type { AccountsWriter } from './writer.ts'

const BY_KEY = 'SELECT * FROM account WHERE number_key = ?'
const ITEMS = 'SELECT * FROM account_item WHERE account_seq = ? ORDER BY item_no'
const INSERT_ACCOUNT =
  'INSERT INTO account (account_id, number, number_key, name, address, phones, status, cash_only, credit_cents, note, as_of_ms, row_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
const UPDATE_ACCOUNT =
  'UPDATE account SET account_id = ?, number = ?, number_key = ?, name = ?, address = ?, phones = ?, status = ?, cash_only = ?, credit_cents = ?, note = ?, as_of_ms = ?, row_hash = ? WHERE seq = ?'
const INSERT_ITEM = 'INSERT INTO account_item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'
const DELETE_ITEMS = 'DELETE FROM account_item WHERE account_seq = ?'
const OPEN_AFTER = "SELECT * FROM account WHERE seq > ? AND status = 'open' ORDER BY seq LIMIT 500"
const WRITE_MARK = 'INSERT OR REPLACE INTO import_mark VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'

export type Put = 'added' | 'changed' | 'unchanged'

/** What an import says of itself; counts and root of the whole file are taken when it is finished. */
export type MarkSource = Omit<ImportMark, 'accountCount' | 'itemCount' | 'root'>

/** How far the find index is. */
export interface IndexStep {
  done: number
  total: number
}

/**
 * Replaces accounts inside one transaction. Nothing is seen by readers before `finish` ends, and `abandon`
 * leaves the file as it was.
 */
export class MirrorUpdate {
  readonly #writer: AccountsWriter
  readonly #isFirst: boolean
  readonly #index: FindIndexUpdate
  readonly #met = new Set<number>()
  #changes = 0

  constructor(writer: AccountsWriter) {
    this.#writer = writer
    writer.begin()
    this.#isFirst = writer.prepared<number>('SELECT count(*) FROM account LIMIT 1').pluck().get() === 0
    this.#index = new FindIndexUpdate(writer, this.#isFirst)
    if (this.#isFirst) writer.connection.exec(DROP_ID_INDEX)
  }

  /** Whether anything differs from what was there before. */
  get hasChanges(): boolean {
    return this.#changes > 0
  }

  /** Adds the account or makes the stored one the same, items included. */
  put({ account, items }: AccountWithItems): Put {
    const known = this.#isFirst ? undefined : this.#known(account.number)
    if (known === undefined) {
      this.#add(account, items)
      return 'added'
    }
    this.#met.add(known.seq)
    const rowHash = accountHash(account, items)
    if (rowHash === known.row_hash) return 'unchanged'
    this.#change(known, { account, items, rowHash })
    return 'changed'
  }

  /** Says that the account is in the file although it is left as it was. */
  leave(number: string): void {
    const known = this.#isFirst ? undefined : this.#known(number)
    if (known !== undefined) this.#met.add(known.seq)
  }

  /** Closes the accounts that were there before and were neither put nor left; gives back how many. */
  closeOthers(): number {
    let closed = 0
    let lastSeq = this.#isFirst ? Number.MAX_SAFE_INTEGER : -1
    for (;;) {
      const rows = this.#writer.prepared<AccountRow>(OPEN_AFTER).all(lastSeq)
      const last = rows.at(-1)
      if (last === undefined) return closed
      for (const row of rows.filter(({ seq }) => !this.#met.has(seq))) {
        const account: Account = { ...accountOf(row), status: 'closed' }
        const items = this.#itemsOf(row)
        this.#change(row, { account, items, rowHash: accountHash(account, items) })
        closed += 1
      }
      lastSeq = last.seq
    }
  }

  /** Brings the find index up to date, writes the mark and commits. Yields between steps; gives back the mark. */
  *finish(source: MarkSource): Generator<IndexStep, ImportMark> {
    yield* this.#index.steps()
    if (this.#isFirst) this.#writer.connection.exec(CREATE_ID_INDEX)
    this.#index.settle()
    const mark: ImportMark = {
      ...source,
      accountCount: this.#writer.accountCount(),
      itemCount: this.#writer.itemCount(),
      root: mirrorRoot(this.#writer),
    }
    this.#writeMark(mark)
    this.#writer.commit()
    return mark
  }

  abandon(): void {
    this.#writer.rollback()
  }

  #known(number: string): AccountRow | undefined {
    return this.#writer.prepared<AccountRow>(BY_KEY).get(accountNumberKey(number))
  }

  #itemsOf(row: AccountRow): AccountItem[] {
    return this.#writer
      .prepared<ItemRow>(ITEMS)
      .all(row.seq)
      .map(item => itemOf(item, row.account_id))
  }

  #add(account: Account, items: readonly AccountItem[]): void {
    const values = accountValues(account, accountHash(account, items))
    const { lastInsertRowid } = this.#writer.prepared(INSERT_ACCOUNT).run(...values)
    const seq = Number(lastInsertRowid)
    this.#insertItems(seq, items)
    this.#index.added(seq)
    this.#met.add(seq)
    this.#changes += 1
  }

  #change(
    known: AccountRow,
    next: { account: Account; items: readonly AccountItem[]; rowHash: string },
  ): void {
    this.#index.changed(known, next.account)
    this.#writer.prepared(UPDATE_ACCOUNT).run(...accountValues(next.account, next.rowHash), known.seq)
    this.#writer.prepared(DELETE_ITEMS).run(known.seq)
    this.#insertItems(known.seq, next.items)
    this.#changes += 1
  }

  #insertItems(seq: number, items: readonly AccountItem[]): void {
    const insert = this.#writer.prepared(INSERT_ITEM)
    for (const [i, item] of items.entries()) {
      const { itemId, service, serviceOrder, isPenalty, dueDate, openCents, glAccount } = item
      insert.run(seq, i + 1, itemId, service, serviceOrder, isPenalty ? 1 : 0, dueDate, openCents, glAccount)
    }
  }

  #writeMark(mark: ImportMark): void {
    const digest = findDigest(this.#writer)
    const { importId, fileName, fileSha256, accountCount, itemCount, badRowCount } = mark
    const counts = [accountCount, itemCount, badRowCount]
    const moment = [mark.atMs, mark.asOfMs, mark.paymentsIncluded ? 1 : 0]
    this.#writer
      .prepared(WRITE_MARK)
      .run(importId, fileName, fileSha256, ...counts, ...moment, mark.root, digest, markHash(mark, digest))
  }
}

function accountValues(account: Account, rowHash: string): unknown[] {
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
    rowHash,
  ]
}
