/** Keeping the find index in step with the accounts during an import or a pull. */
import type { Account } from '../../shared/account.ts'
import { findTerms } from './find-terms.ts'
import { type AccountRow, readPhones } from './rows.ts'
import type { AccountsWriter } from './writer.ts'

const ROWS_AT_ONCE = 500

const NOTE_CHANGE = 'INSERT OR IGNORE INTO temp.find_change (seq, old_terms) VALUES (?, ?)'
const NOTED = 'SELECT old_terms FROM temp.find_change WHERE seq = ?'
const FORGET = 'DELETE FROM temp.find_change WHERE seq = ?'
const ALL_AFTER =
  'SELECT seq, number, name, address, phones, NULL AS old_terms FROM account WHERE seq > ? ORDER BY seq LIMIT ?'
const CHANGED_AFTER =
  'SELECT seq, number, name, address, phones, old_terms FROM temp.find_change JOIN account USING (seq) WHERE seq > ? ORDER BY seq LIMIT ?'
const REMOVE = "INSERT INTO account_find (account_find, rowid, terms) VALUES ('delete', ?, ?)"
const ADD = 'INSERT INTO account_find (rowid, terms) VALUES (?, ?)'

/** The index holds every account. */
export const ALL_INDEXED = Number.POSITIVE_INFINITY
/** The index is empty. */
export const NONE_INDEXED = 0

type ChangeRow = Pick<AccountRow, 'seq' | 'number' | 'name' | 'address' | 'phones'> & {
  old_terms: string | null
}

/**
 * Collects which accounts the index has to take in anew and does it in the order of `seq`: the index writes
 * a segment to the file whenever it is made to step back. One that does not hold every account yet takes the
 * others in later, all in their order, and until then they are not its business.
 */
export class FindIndexUpdate {
  readonly #writer: AccountsWriter
  readonly #indexedTo: number
  #total = 0

  /** `indexedTo`: the index holds the accounts up to this `seq`. */
  constructor(writer: AccountsWriter, indexedTo: number) {
    this.#writer = writer
    this.#indexedTo = indexedTo
    writer.connection.exec('DROP TABLE IF EXISTS temp.find_change')
    writer.connection.exec('CREATE TEMP TABLE find_change (seq INTEGER PRIMARY KEY, old_terms TEXT)')
  }

  added(seq: number): void {
    this.#total += 1
    if (seq <= this.#indexedTo) this.#writer.prepared(NOTE_CHANGE).run(seq, null)
  }

  /** To be told before the account is changed. */
  changed(known: AccountRow, next: Account): void {
    if (known.seq > this.#indexedTo) return
    const oldTerms = termsOf(known)
    if (oldTerms === findTerms(next)) return
    this.#total += 1
    this.#writer.prepared(NOTE_CHANGE).run(known.seq, oldTerms)
  }

  /** To be told before the account is removed. */
  removed(known: AccountRow): void {
    if (known.seq > this.#indexedTo) return
    const noted = this.#writer.prepared<{ old_terms: string | null }>(NOTED).get(known.seq)
    // One that was added in this same update is not in the index yet.
    const indexed = noted === undefined ? termsOf(known) : noted.old_terms
    if (noted !== undefined) this.#writer.prepared(FORGET).run(known.seq)
    if (indexed !== null) this.#writer.prepared(REMOVE).run(known.seq, indexed)
  }

  /** Takes in what was collected. */
  *steps(): Generator<{ done: number; total: number }> {
    let done = 0
    for (const rows of this.#batches(CHANGED_AFTER, Number.MIN_SAFE_INTEGER)) {
      done += rows.length
      yield { done, total: this.#total }
    }
  }

  /** Takes in all accounts that the index does not hold, in steps of a few hundred; each says how far it is. */
  *stepsBeyond(): Generator<{ done: number; total: number; indexedTo: number }> {
    let done = 0
    for (const rows of this.#batches(ALL_AFTER, this.#indexedTo)) {
      done += rows.length
      yield { done, total: this.#total, indexedTo: rows.at(-1)?.seq ?? this.#indexedTo }
    }
  }

  /** Puts the index onto the pages of the file, so that it can be digested; one that was built anew first into its lasting form. */
  settle(): void {
    if (this.#indexedTo === NONE_INDEXED) this.#tell('optimize')
    this.#tell('flush')
    this.#writer.connection.exec('DROP TABLE temp.find_change')
  }

  #tell(command: 'optimize' | 'flush'): void {
    this.#writer.connection.exec(`INSERT INTO account_find (account_find) VALUES ('${command}')`)
  }

  *#batches(query: string, after: number): Generator<readonly ChangeRow[]> {
    let lastSeq = after
    for (;;) {
      const rows = this.#writer.prepared<ChangeRow>(query).all(lastSeq, ROWS_AT_ONCE)
      const last = rows.at(-1)
      if (last === undefined) return
      for (const row of rows) this.#takeIn(row)
      lastSeq = last.seq
      yield rows
    }
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
