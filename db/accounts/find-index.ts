/** Keeping the find index in step with the accounts during an import. */
import type { Account } from '../../shared/account.ts'
import { findTerms } from './find-terms.ts'
import { type AccountRow, readPhones } from './rows.ts'
import type { AccountsWriter } from './writer.ts'

const ROWS_AT_ONCE = 500

const NOTE_CHANGE = 'INSERT OR IGNORE INTO temp.find_change (seq, old_terms) VALUES (?, ?)'
const ALL_AFTER =
  'SELECT seq, number, name, address, phones, NULL AS old_terms FROM account WHERE seq > ? ORDER BY seq LIMIT ?'
const CHANGED_AFTER =
  'SELECT seq, number, name, address, phones, old_terms FROM temp.find_change JOIN account USING (seq) WHERE seq > ? ORDER BY seq LIMIT ?'
const REMOVE = "INSERT INTO account_find (account_find, rowid, terms) VALUES ('delete', ?, ?)"
const ADD = 'INSERT INTO account_find (rowid, terms) VALUES (?, ?)'

type ChangeRow = Pick<AccountRow, 'seq' | 'number' | 'name' | 'address' | 'phones'> & {
  old_terms: string | null
}

/**
 * Collects which accounts the index has to take in anew and does it in the order of `seq`: the index writes
 * a segment to the file whenever it is made to step back.
 */
export class FindIndexUpdate {
  readonly #writer: AccountsWriter
  readonly #isFirst: boolean
  #total = 0

  /** `isFirst`: the index is empty and takes in every account. */
  constructor(writer: AccountsWriter, isFirst: boolean) {
    this.#writer = writer
    this.#isFirst = isFirst
    writer.connection.exec('DROP TABLE IF EXISTS temp.find_change')
    writer.connection.exec('CREATE TEMP TABLE find_change (seq INTEGER PRIMARY KEY, old_terms TEXT)')
  }

  added(seq: number): void {
    this.#total += 1
    if (!this.#isFirst) this.#writer.prepared(NOTE_CHANGE).run(seq, null)
  }

  /** To be told before the account is changed. */
  changed(known: AccountRow, next: Account): void {
    const oldTerms = termsOf(known)
    if (oldTerms === findTerms(next)) return
    this.#total += 1
    this.#writer.prepared(NOTE_CHANGE).run(known.seq, oldTerms)
  }

  *steps(): Generator<{ done: number; total: number }> {
    const after = this.#isFirst ? ALL_AFTER : CHANGED_AFTER
    let lastSeq = -1
    let done = 0
    for (;;) {
      const rows = this.#writer.prepared<ChangeRow>(after).all(lastSeq, ROWS_AT_ONCE)
      const last = rows.at(-1)
      if (last === undefined) return
      for (const row of rows) this.#takeIn(row)
      lastSeq = last.seq
      done += rows.length
      yield { done, total: this.#total }
    }
  }

  /** Puts the index into its lasting form and onto the pages of the file, so that it can be digested. */
  settle(): void {
    const command = this.#isFirst ? 'optimize' : 'flush'
    this.#writer.connection.exec(`INSERT INTO account_find (account_find) VALUES ('${command}')`)
    this.#writer.connection.exec("INSERT INTO account_find (account_find) VALUES ('flush')")
    this.#writer.connection.exec('DROP TABLE temp.find_change')
  }

  #takeIn(row: ChangeRow): void {
    if (row.old_terms !== null) this.#writer.prepared(REMOVE).run(row.seq, row.old_terms)
    this.#writer.prepared(ADD).run(row.seq, termsOf(row))
  }
}

function termsOf(row: Pick<AccountRow, 'number' | 'name' | 'address' | 'phones'>): string {
  return findTerms({
    number: row.number,
    name: row.name,
    address: row.address,
    phones: readPhones(row.phones),
  })
}
