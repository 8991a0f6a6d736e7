/** Showing that the accounts file is what the journal says it is. */
import Database from 'better-sqlite3'
import { accountNumberKey } from '../../shared/account.ts'
import { AccountsUnavailable, accountsProblemOf } from './errors.ts'
import { MARK_SQL, type MarkRow, markHash, markOf } from './mark.ts'
import { accountIdOf } from './named-id.ts'
import { isUnproved, PULL_SQL, type PullRow, pullHash, pullStateOf } from './pull/pull-state.ts'
import type { AccountsReader } from './reader.ts'
import { findDigest, mirrorRoot } from './root.ts'
import { type AccountRow, accountHash, accountOf, type ItemRow, itemOf, readingOf } from './rows.ts'

/** One place that is not as it should be: a table, the account where it can be told, and the column likewise. */
export interface BadPlace {
  table: string
  accountNumber: string | null
  column: string | null
  found: string
}

export interface AccountsVerdict {
  accountCount: number
  itemCount: number
  root: string
  /** Empty when all is well; at most `MOST_PLACES`, the first found first. */
  badPlaces: BadPlace[]
}

const MOST_PLACES = 20
const ROWS_AT_ONCE = 500

/**
 * Recomputes every row's hash, the root, the mark and the digest of the find index, and compares the root with what
 * `rootOf` says of the import that the file names (from the journal; null where it knows of none). Reads the whole file:
 * about ten seconds for a million accounts, so run it in a worker.
 */
export function verifyAccounts(
  reader: AccountsReader,
  rootOf: (importId: string | undefined) => string | null,
): AccountsVerdict {
  const verdict: AccountsVerdict = { accountCount: 0, itemCount: 0, root: '', badPlaces: [] }
  const whole = [
    () => {
      const expectedRoot = rootOf(reader.importMark()?.importId)
      checkRoot(reader, verdict, expectedRoot)
      checkMark(reader, verdict, expectedRoot)
    },
  ]
  const pull = reader.pullState()
  const isUnderWay = pull !== null && isUnproved(pull)
  const steps = [
    () => checkPages(reader, verdict),
    () => checkAccounts(reader, verdict),
    () => checkPull(reader, verdict),
    ...(isUnderWay ? [() => noteUnderWay(verdict)] : whole),
  ]
  // One snapshot for all steps: an import that ends meanwhile must not look like a change.
  reader.connection.exec('BEGIN')
  try {
    for (const step of steps) noteUnreadable(verdict, step)
  } finally {
    if (reader.connection.inTransaction) reader.connection.exec('ROLLBACK')
  }
  return verdict
}

function checkPull(reader: AccountsReader, verdict: AccountsVerdict): void {
  const row = reader.prepared<PullRow>(PULL_SQL).get()
  const bad = (column: string | null, found: string): void =>
    note(verdict, { table: 'pull', accountNumber: null, column, found })
  if (row === undefined) {
    if (reader.importMark()?.source === 'central') bad(null, 'missing')
  } else if (row.row_hash !== pullHash(pullStateOf(row))) bad('row_hash', 'the row differs from its hash')
  else if (!isFlag(row.is_doubted)) bad('is_doubted', 'neither 0 nor 1')
}

/** Between two pages the accounts are neither what they were nor what they will be, and nothing proves them. */
function noteUnderWay(verdict: AccountsVerdict): void {
  const found = 'all accounts are being read from central: verify again when that is over'
  note(verdict, { table: 'account', accountNumber: null, column: null, found })
}

/** A file that cannot be read at one place is a finding; that it is in use or out of reach is none. */
function noteUnreadable(
  verdict: AccountsVerdict,
  step: () => void,
  at: Pick<BadPlace, 'table' | 'accountNumber'> = { table: 'accounts.sqlite', accountNumber: null },
): void {
  try {
    step()
  } catch (error) {
    if (isOutOfReach(error)) throw error
    const cause = error instanceof AccountsUnavailable ? error.cause : error
    const found = cause instanceof Database.SqliteError ? cause.code : 'holds what no such row can hold'
    note(verdict, { ...at, column: null, found })
  }
}

function isOutOfReach(error: unknown): boolean {
  const problem = accountsProblemOf(error)
  return problem !== undefined && problem !== 'damaged'
}

function note(verdict: AccountsVerdict, place: BadPlace): void {
  if (verdict.badPlaces.length < MOST_PLACES) verdict.badPlaces.push(place)
}

/** SQLite's own check of pages, indexes against tables, and the structure of the find index. */
function checkPages(reader: AccountsReader, verdict: AccountsVerdict): void {
  const found = reader.connection.prepare<[], string>('PRAGMA integrity_check(5)').pluck().all()
  for (const line of found.filter(text => text !== 'ok')) {
    note(verdict, { table: 'accounts.sqlite', accountNumber: null, column: null, found: line })
  }
  const strays = reader.connection
    .prepare<[], number>(
      'SELECT count(*) FROM account_item WHERE account_seq NOT IN (SELECT seq FROM account)',
    )
    .pluck()
    .get()
  if (strays !== 0) {
    note(verdict, {
      table: 'account_item',
      accountNumber: null,
      column: 'account_seq',
      found: 'items of no account',
    })
  }
}

function checkAccounts(reader: AccountsReader, verdict: AccountsVerdict): void {
  const accounts = reader.prepared<AccountRow>('SELECT * FROM account WHERE seq > ? ORDER BY seq LIMIT ?')
  const items = reader.prepared<ItemRow>(
    'SELECT * FROM account_item WHERE account_seq BETWEEN ? AND ? ORDER BY account_seq, item_no',
  )
  let rows = accounts.all(Number.MIN_SAFE_INTEGER, ROWS_AT_ONCE)
  for (;;) {
    const first = rows[0]
    const last = rows.at(-1)
    if (first === undefined || last === undefined) return
    const bySeq = Map.groupBy(items.all(first.seq, last.seq), item => item.account_seq)
    for (const row of rows) {
      const at = { table: 'account', accountNumber: String(row.number) }
      noteUnreadable(verdict, () => checkAccount(row, bySeq.get(row.seq) ?? [], verdict), at)
    }
    rows = accounts.all(last.seq, ROWS_AT_ONCE)
  }
}

function checkAccount(row: AccountRow, items: readonly ItemRow[], verdict: AccountsVerdict): void {
  verdict.accountCount += 1
  verdict.itemCount += items.length
  const bad = badColumn(row) ?? badItem(row, items) ?? badHash(row, items)
  if (bad !== null) note(verdict, { ...bad, accountNumber: row.number })
}

type Bad = Omit<BadPlace, 'accountNumber'>

/** Columns that follow from others are compared one by one, so that the wrong one has a name. */
function badColumn(row: AccountRow): Bad | null {
  const place = (column: string): Bad => ({
    table: 'account',
    column,
    found: 'does not follow from the number',
  })
  if (row.number_key !== accountNumberKey(row.number)) return place('number_key')
  // Central gives ids of its own; those of a file are made from the number.
  if (row.pull_no === 0 && row.account_id !== accountIdOf(row.number)) return place('account_id')
  if (!isCanonicalList(row.phones))
    return { table: 'account', column: 'phones', found: 'not a list of texts' }
  // The hash is over yes or no, so a third value would pass for one of them.
  return isFlag(row.cash_only) ? null : { table: 'account', column: 'cash_only', found: 'neither 0 nor 1' }
}

const isFlag = (value: number): boolean => value === 0 || value === 1

function isCanonicalList(text: string): boolean {
  try {
    const list: unknown = JSON.parse(text)
    const isList = Array.isArray(list) && list.every(member => typeof member === 'string')
    return isList && JSON.stringify(list) === text
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

function badItem(row: AccountRow, items: readonly ItemRow[]): Bad | null {
  if (!items.every(item => isFlag(item.is_penalty)))
    return { table: 'account_item', column: 'is_penalty', found: 'neither 0 nor 1' }
  const misplaced = items.some((item, i) => item.item_no !== i + 1)
  if (!misplaced) return null
  return {
    table: 'account_item',
    column: 'item_no',
    found: `items of ${row.number} are not numbered 1, 2, 3…`,
  }
}

function badHash(row: AccountRow, items: readonly ItemRow[]): Bad | null {
  const isSafe = [
    row.credit_cents,
    row.as_of_ms,
    row.as_of_epoch,
    row.as_of_seq,
    row.pull_no,
    ...items.map(item => item.open_cents),
  ].every(Number.isSafeInteger)
  const same =
    isSafe &&
    row.row_hash ===
      accountHash(
        accountOf(row),
        items.map(item => itemOf(item, row.account_id)),
        readingOf(row),
      )
  return same
    ? null
    : { table: 'account', column: 'row_hash', found: 'the account or its items differ from the hash' }
}

function checkRoot(reader: AccountsReader, verdict: AccountsVerdict, expectedRoot: string | null): void {
  verdict.root = mirrorRoot(reader)
  if (expectedRoot === null || verdict.root === expectedRoot) return
  note(verdict, {
    table: 'account',
    accountNumber: null,
    column: null,
    found: 'root differs from the journal',
  })
}

function checkMark(reader: AccountsReader, verdict: AccountsVerdict, expectedRoot: string | null): void {
  const row = reader.prepared<MarkRow>(MARK_SQL).get()
  const bad = (column: string | null, found: string): void =>
    note(verdict, { table: 'import_mark', accountNumber: null, column, found })
  if (row === undefined) {
    if (expectedRoot !== null || verdict.accountCount > 0) bad(null, 'missing')
    return
  }
  const mark = markOf(row)
  if (row.row_hash !== markHash(mark, row.find_digest)) bad('row_hash', 'the row differs from its hash')
  if (!isFlag(row.payments_included)) bad('payments_included', 'neither 0 nor 1')
  if (mark.root !== verdict.root) bad('root', 'differs from the accounts')
  if (mark.accountCount !== verdict.accountCount) bad('account_count', 'differs from the accounts')
  if (mark.itemCount !== verdict.itemCount) bad('item_count', 'differs from the items')
  if (row.find_digest !== findDigest(reader)) {
    const found = 'the index or the place of an account in it was changed'
    note(verdict, { table: 'account_find', accountNumber: null, column: null, found })
  }
}
