/**
 * Taking central's accounts over, a page at a time. The page and the cursor behind it are one transaction, so that a
 * reading goes on where it was interrupted; what all accounts come to is sealed with its last step.
 */

import {
  type AccountWithItems,
  accountNumberKey,
  type FormerAccount,
  type KeptAccount,
} from '../../../shared/account.ts'
import type { JournalPosition } from '../../../shared/ledger/journal-position.ts'
import { ALL_INDEXED, FindIndexUpdate } from '../find-index.ts'
import type { StateMark } from '../mark.ts'
import type { AccountRow } from '../rows.ts'
import type { AccountsWriter } from '../writer.ts'
import { MirrorRows } from './mirror-rows.ts'
import { isOver, isUnproved, type PullState, pullValues, WRITE_PULL } from './pull-state.ts'
import { isAsSealed, seal } from './seal.ts'

const UNMET = `SELECT * FROM account AS a WHERE seq > ? AND pull_no < ? AND status = 'open' AND NOT EXISTS (
  SELECT 1 FROM unread_account AS u WHERE u.account_id = a.account_id OR u.number_key = a.number_key)
  ORDER BY seq LIMIT 500`
const NOT_MET = 'SELECT * FROM account WHERE seq > ? AND pull_no < ? ORDER BY seq LIMIT 500'
/** Changes nothing where the same is kept already. */
const KEEP_FORMER = `INSERT INTO former_account VALUES (?, ?, ?)
  ON CONFLICT (account_id) DO UPDATE SET heir_id = excluded.heir_id, pull_no = excluded.pull_no
  WHERE heir_id IS NOT excluded.heir_id OR pull_no <> excluded.pull_no`
/** Accounts that the find index takes in at once: about a second's work. */
const INDEXED_AT_ONCE = 10_000

/** An account that could not be read, as far as it says who it is; empty and `?` where it does not. */
export interface UnreadAccount {
  accountId: string
  number: string
}

/** A page as central sends it. */
export interface Page {
  accounts: readonly AccountWithItems[]
  /** Accounts that came with it and could not be read; they stay as they are. */
  unread: readonly UnreadAccount[]
  gone: readonly FormerAccount[]
  /** How far central held this till's journal when it made this page, all of it at one moment. */
  asOfPosition: JournalPosition
  cursor: string
  /** Central did not know the cursor that was asked for, or none was: this is the first page of all accounts. */
  fromStart: boolean
  done: boolean
  left: number
  asOfMs: number
}

export interface PageOrder {
  page: Page
  /** Where central is. */
  address: string
  /** The cursor that was asked for; empty for the beginning. */
  from: string
  /** UTC milliseconds by this till's clock. */
  atMs: number
  /** For what the mark will state. */
  newId: string
}

export interface PageTaken {
  state: PullState
  /** The accounts were not what the last reading left: they are read from the beginning, and what came is left aside. */
  wasAltered: boolean
}

/** How many accounts a page tells of. */
export const countOf = ({ accounts, gone }: Pick<Page, 'accounts' | 'gone'>): number =>
  accounts.length + gone.length

/** The cursor to ask central with; empty for the beginning, also where what is kept is of another central. */
export function nextCursor(state: PullState | null, address: string): string {
  return state?.address === address ? state.cursor : ''
}

/**
 * Takes one page. A page that does not begin where the reading is now, as when two were asked for at once, changes
 * nothing. Throws `AccountsUnavailable` where the file cannot be written, or an import holds it ('in-use').
 */
export function takePage(writer: AccountsWriter, order: PageOrder, state: StateMark): PageTaken {
  return inTransaction(writer, () => {
    const before = writer.pullState()
    const taken = (after: PullState) => ({ state: after, wasAltered: false })
    if (before && nextCursor(before, order.address) !== order.from) return taken(before)
    if (before && order.from !== '' && countOf(order.page) > 0 && !isAsSealed(writer)) {
      const anew = { ...before, cursor: '', isRead: false, isDoubted: true, changed: 0 }
      writer.prepared(WRITE_PULL).run(...pullValues(anew))
      return { state: anew, wasAltered: true }
    }
    return taken(putPage(writer, beginsAt(writer, before, order), order, state))
  })
}

/** Lets the find index take in some of the accounts that wait for it. */
export function indexSome(
  writer: AccountsWriter,
  step: Pick<PageOrder, 'atMs' | 'newId'>,
  state: StateMark,
): PageTaken {
  return inTransaction(writer, () => {
    const before = writer.pullState()
    if (!before?.isRead || before.indexedTo === null) throw new Error('No accounts wait for the find index')
    const index = new FindIndexUpdate(writer, before.indexedTo)
    let indexedTo: number | null = null
    for (const part of index.stepsBeyond()) {
      if (part.done < INDEXED_AT_ONCE) continue
      indexedTo = part.indexedTo
      break
    }
    return { state: keep(writer, { ...before, indexedTo }, { ...step, state }), wasAltered: false }
  })
}

function inTransaction<T>(writer: AccountsWriter, work: () => T): T {
  writer.begin()
  try {
    const result = work()
    writer.commit()
    return result
  } finally {
    writer.rollback()
  }
}

const lastSeq = (writer: AccountsWriter): number =>
  writer.prepared<number>('SELECT coalesce(max(seq), 0) FROM account').pluck().get() ?? 0

/** The reading that this page is the next of. */
function beginsAt(
  writer: AccountsWriter,
  before: PullState | null,
  { page, address, from }: PageOrder,
): PullState {
  const isAnew = !before || before.address !== address || page.fromStart || from === ''
  if (!isAnew && !isOver(before)) return before
  // All are read from the beginning: whoever cannot be read then is told anew.
  if (isAnew) writer.prepared('DELETE FROM unread_account').run()
  return {
    pullNo: (before?.pullNo ?? 0) + (isAnew ? 1 : 0),
    address,
    cursor: from,
    taken: 0,
    // What an interrupted reading has changed is sealed by this one.
    changed: before && !isOver(before) ? before.changed : 0,
    isDoubted: before !== null && !isOver(before) && before.isDoubted,
    left: 0,
    isWhole: isAnew,
    isRead: false,
    indexedTo: before?.indexedTo ?? (isAnew ? lastSeq(writer) : null),
    asOfMs: page.asOfMs,
    asOfPosition: page.asOfPosition,
  }
}

function putPage(
  writer: AccountsWriter,
  reading: PullState,
  { page, atMs, newId }: PageOrder,
  state: StateMark,
): PullState {
  const { asOfPosition, cursor, left, asOfMs, done } = page
  const index = new FindIndexUpdate(writer, reading.indexedTo ?? ALL_INDEXED)
  const rows = new MirrorRows(writer, index, reading.pullNo)
  let changed = reading.changed
  for (const account of page.accounts) changed += putAccount(rows, { ...account, asOfPosition })
  changed += forget(writer, page, rows, reading.pullNo)
  const taken = reading.taken + page.accounts.length
  noteUnread(writer, page)
  // Nothing is closed while it is not known whose figures could not be read.
  const isWhole = reading.isWhole && page.unread.every(({ accountId }) => accountId !== '')
  // A central that keeps no accounts at all must not pass for one where every account was closed.
  if (done && reading.isDoubted && taken > 0) changed += takeAwayUnmet(writer, rows, reading.pullNo)
  else if (done && isWhole && taken > 0) changed += closeUnmet(writer, rows, reading.pullNo)
  if (done && reading.isWhole && taken > 0) changed += forgetUnmet(writer, reading.pullNo)
  const steps = index.steps()
  while (!steps.next().done);
  return keep(
    writer,
    { ...reading, isWhole, cursor, left, asOfMs, asOfPosition, taken, changed, isRead: done },
    { atMs, newId, state },
  )
}

/** Takes accounts away whose ids are gone, and keeps whose customers they were. Gives how many ids say something else by now. */
function forget(writer: AccountsWriter, { accounts, gone }: Page, rows: MirrorRows, pullNo: number): number {
  let changed = 0
  const isAgain = writer.prepared('DELETE FROM former_account WHERE account_id = ?')
  if (writer.prepared('SELECT 1 FROM former_account LIMIT 1').get())
    for (const { account } of accounts) changed += isAgain.run(account.accountId).changes
  const keep = writer.prepared(KEEP_FORMER)
  for (const { accountId, heirId } of gone) {
    const known = rows.byId(accountId)
    if (known) rows.remove(known)
    changed += keep.run(accountId, heirId, pullNo).changes
  }
  return changed
}

/** Those that could not be read stand until they can be, or all are read from the beginning. */
function noteUnread(writer: AccountsWriter, { accounts, unread }: Page): void {
  const stands = writer.prepared<number>('SELECT count(*) FROM unread_account').pluck().get() ?? 0
  const forget = writer.prepared('DELETE FROM unread_account WHERE account_id = ? OR number_key = ?')
  if (stands > 0)
    for (const { account } of accounts) forget.run(account.accountId, accountNumberKey(account.number))
  const add = writer.prepared('INSERT OR REPLACE INTO unread_account VALUES (?, ?, ?)')
  for (const { accountId, number } of unread) add.run(accountId, number, accountNumberKey(number))
}

/**
 * Writes down how far the reading is, and what all accounts come to: with every page of news, and with the last step where all
 * are read from the beginning.
 */
function keep(
  writer: AccountsWriter,
  pull: PullState,
  { atMs, newId, state }: Pick<PageOrder, 'atMs' | 'newId'> & { state: StateMark },
): PullState {
  const isSealed = pull.changed > 0 && (isOver(pull) || !isUnproved(pull))
  // Of what is sealed nothing is left to seal with the next page.
  const kept = isSealed && !isOver(pull) ? { ...pull, changed: 0 } : pull
  writer.prepared(WRITE_PULL).run(...pullValues(kept))
  if (!isSealed) return kept
  // Onto the pages of the file, so that it can be digested.
  writer.connection.exec("INSERT INTO account_find (account_find) VALUES ('flush')")
  const mark = seal(writer, {
    importId: newId,
    source: 'central',
    sourceName: pull.address,
    fileSha256: '',
    changedCount: pull.changed,
    badRowCount: 0,
    atMs,
    asOfMs: pull.asOfMs,
    paymentsIncluded: false,
    asOfPosition: pull.asOfPosition,
  })
  state(mark)
  return kept
}

/** 1 where anything differs from before. */
function putAccount(rows: MirrorRows, next: KeptAccount): 0 | 1 {
  const byNumber = rows.byNumber(next.account.number)
  const byId = rows.byId(next.account.accountId)
  // The newest word about a number counts: who had it before gets a new one later, or is gone.
  if (byNumber && byId && byNumber.seq !== byId.seq) rows.remove(byId)
  const known = byNumber ?? byId
  if (known) return rows.replace(known, next) === 'changed' ? 1 : 0
  rows.add(next)
  return 1
}

const closeUnmet = (writer: AccountsWriter, rows: MirrorRows, pullNo: number): number =>
  eachUnmet(writer, { pullNo, query: UNMET }, row => rows.close(row))

/** A central that does not know of them says nothing of whose they were. */
const forgetUnmet = (writer: AccountsWriter, pullNo: number): number =>
  writer.prepared('DELETE FROM former_account WHERE pull_no < ?').run(pullNo).changes

/** Nothing says any more what they owe, but the file that somebody changed. */
const takeAwayUnmet = (writer: AccountsWriter, rows: MirrorRows, pullNo: number): number =>
  eachUnmet(writer, { pullNo, query: NOT_MET }, row => rows.remove(row))

/** Does something with each account that a reading did not meet; gives how many they were. */
function eachUnmet(
  writer: AccountsWriter,
  { pullNo, query }: { pullNo: number; query: string },
  work: (row: AccountRow) => void,
): number {
  let met = 0
  let lastSeq = Number.MIN_SAFE_INTEGER
  for (;;) {
    const unmet = writer.prepared<AccountRow>(query).all(lastSeq, pullNo)
    const last = unmet.at(-1)
    if (last === undefined) return met
    for (const row of unmet) work(row)
    met += unmet.length
    lastSeq = last.seq
  }
}
