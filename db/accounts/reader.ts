import type Database from 'better-sqlite3'
import { type Account, type AccountItem, accountNumberKey, type KeptAccount } from '../../shared/account.ts'
import { namingProblems } from './errors.ts'
import { readFindQuery } from './find-terms.ts'
import { type ImportMark, MARK_SQL, type MarkRow, markOf } from './mark.ts'
import { accountIdOf } from './named-id.ts'
import { PULL_SQL, type PullRow, type PullState, pullStateOf } from './pull/pull-state.ts'
import { type AccountRow, accountOf, asOfPositionOf, type ItemRow, itemOf } from './rows.ts'

const ACCOUNT_BY_ID = 'SELECT * FROM account WHERE account_id = ?'
// What central did not state again since all of it was read is as it was then.
const KEPT_BY_ID = `SELECT *, (SELECT as_of_ms FROM pull WHERE is_read = 1 AND pull.pull_no = account.pull_no
    AND NOT EXISTS (SELECT 1 FROM unread_account AS u WHERE u.account_id = account.account_id)) AS read_ms
  FROM account WHERE account_id = ?`
const ACCOUNT_BY_KEY = 'SELECT * FROM account WHERE number_key = ?'
const ITEMS =
  'SELECT * FROM account_item WHERE account_seq = (SELECT seq FROM account WHERE account_id = ?) ORDER BY item_no'
// The plus sign keeps SQLite from planning anew for every account: it changes no value.
const ITEMS_OF_SEQ = 'SELECT * FROM account_item WHERE account_seq = +? ORDER BY item_no'
const FIND =
  'SELECT a.* FROM account_find f JOIN account a ON a.seq = f.rowid WHERE f.account_find MATCH ? AND f.rowid > ? ORDER BY f.rowid LIMIT ?'
// Every id under which the customer of an account was served: an id that is an account's again is that account's.
const IDS = `WITH RECURSIVE past (id) AS (SELECT @id UNION
    SELECT f.account_id FROM past JOIN former_account AS f ON f.heir_id = past.id
    WHERE NOT EXISTS (SELECT 1 FROM account AS a WHERE a.account_id = f.account_id))
  SELECT id FROM past UNION SELECT @named WHERE NOT EXISTS (SELECT 1 FROM former_account WHERE account_id = @named)
    AND NOT EXISTS (SELECT 1 FROM account WHERE account_id = @named)`
const FORMER = `SELECT account_id || ' ' || coalesce(heir_id, '') || ' ' || pull_no FROM former_account ORDER BY account_id`
const ROOT = 'SELECT row_hash FROM account ORDER BY account_id'

/** Few rows are gathered at once, because an iteration left open would lock the connection for the caller. */
const ROWS_AT_ONCE = 25
/** Where the index's terms are too short to decide, so many candidates are looked at and no more. */
const MOST_CANDIDATES = 2_000

/** An account, and the ids under which this till may have taken payments for it, its own among them. */
export interface ServedAccount extends KeptAccount {
  ids: readonly string[]
}

/** Reads the accounts of one file. Each call sees what was committed when it began. */
export class AccountsReader {
  readonly connection: Database.Database
  readonly #statements = new Map<string, Database.Statement<unknown[], unknown>>()

  /** An account with its open items and its ids, all as of one moment: an import may be committed between two reads. */
  readonly keptAccount: (accountId: string) => ServedAccount | null

  constructor(connection: Database.Database) {
    this.connection = connection
    const kept = connection.transaction((accountId: string): ServedAccount | null => {
      const row = this.prepared<AccountRow & { read_ms: number | null }>(KEPT_BY_ID).get(accountId)
      if (row === undefined) return null
      const items = this.prepared<ItemRow>(ITEMS_OF_SEQ).all(row.seq)
      return {
        account: { ...accountOf(row), asOfMs: Math.max(row.as_of_ms, row.read_ms ?? 0) },
        items: items.map(item => itemOf(item, accountId)),
        asOfPosition: asOfPositionOf(row),
        // Before a city went live with central its accounts were named after their numbers.
        ids: this.prepared<string>(IDS)
          .pluck()
          .all({ id: accountId, named: accountIdOf(row.number) }),
      }
    })
    this.keptAccount = accountId => this.#read(() => kept(accountId))
  }

  /** What is wrong with this file is said of it, and never taken for the ledger's. */
  #read<T>(step: () => T): T {
    return namingProblems(this.connection.name, step)
  }

  accountById(accountId: string): Account | null {
    return this.#read(() => {
      const row = this.prepared<AccountRow>(ACCOUNT_BY_ID).get(accountId)
      return row === undefined ? null : accountOf(row)
    })
  }

  /** The account of a whole number; separators and the case of letters do not matter. */
  accountByNumber(number: string): Account | null {
    return this.#read(() => {
      const row = this.prepared<AccountRow>(ACCOUNT_BY_KEY).get(accountNumberKey(number))
      return row === undefined ? null : accountOf(row)
    })
  }

  /** The open items of an account, oldest first. */
  itemsOf(accountId: string): AccountItem[] {
    return this.#read(() => {
      return this.prepared<ItemRow>(ITEMS)
        .all(accountId)
        .map(row => itemOf(row, accountId))
    })
  }

  /**
   * Accounts for what was typed into the find box: part of the number or of a phone (three digits or more),
   * beginnings of words of name and address, in any order, all of which must be met. An account whose whole
   * number was typed comes first; the others come in the order of the file, at most `limit` together.
   */
  findAccounts(typed: string, limit = 20): Account[] {
    return this.#read(() => {
      const query = readFindQuery(typed)
      if (query === null || limit < 1) return []
      const exact = this.accountByNumber(typed)
      const found = exact === null ? [] : [exact]
      for (const account of this.#candidates(query.match)) {
        if (found.length >= limit) break
        if (account.accountId === exact?.accountId) continue
        if (query.fits === undefined || query.fits(account)) found.push(account)
      }
      return found
    })
  }

  /** What the last import left behind; null before the first. */
  importMark(): ImportMark | null {
    return this.#read(() => {
      const row = this.prepared<MarkRow>(MARK_SQL).get()
      return row === undefined ? null : markOf(row)
    })
  }

  /** How far central has been read; null where it never was. */
  pullState(): PullState | null {
    return this.#read(() => {
      const row = this.prepared<PullRow>(PULL_SQL).get()
      return row === undefined ? null : pullStateOf(row)
    })
  }

  /** Numbers of central's accounts that could not be read. */
  unreadNumbers(): string[] {
    return this.#read(() => {
      return this.prepared<string>('SELECT number FROM unread_account ORDER BY number').pluck().all()
    })
  }

  /** How many accounts there are. */
  accountCount(): number {
    return this.#read(() => {
      return this.prepared<number>('SELECT count(*) FROM account').pluck().get() ?? 0
    })
  }

  /** How many open items there are. */
  itemCount(): number {
    return this.#read(() => {
      return this.prepared<number>('SELECT count(*) FROM account_item').pluck().get() ?? 0
    })
  }

  /** What is kept of every id that is no account's any more, as a text each, in the order of the ids. */
  formerIds(): IterableIterator<string> {
    return this.prepared<string>(FORMER).pluck().iterate()
  }

  /** The hash of every account in the order of ids. */
  rowHashes(): IterableIterator<string> {
    return this.prepared<string>(ROOT).pluck().iterate()
  }

  close(): void {
    this.connection.close()
  }

  /** A statement that is prepared once for this connection. */
  prepared<Row>(sql: string): Database.Statement<unknown[], Row> {
    const known = this.#statements.get(sql)
    // The text decides the row type, and each text has one caller.
    if (known !== undefined) return known as Database.Statement<unknown[], Row>
    const made = this.connection.prepare<unknown[], Row>(sql)
    this.#statements.set(sql, made)
    return made
  }

  *#candidates(match: string): Generator<Account> {
    let lastSeq = -1
    for (let seen = 0; seen < MOST_CANDIDATES; seen += ROWS_AT_ONCE) {
      const rows = this.prepared<AccountRow>(FIND).all(match, lastSeq, ROWS_AT_ONCE)
      for (const row of rows) yield accountOf(row)
      if (rows.length < ROWS_AT_ONCE) return
      lastSeq = rows.at(-1)?.seq ?? lastSeq
    }
  }
}
