/** How far the reading of central's accounts is. */

import { hash } from 'node:crypto'
import type { JournalPosition } from '../../../shared/ledger/journal-position.ts'

export interface PullState {
  /** Counts the readings of all of central's accounts from the beginning. */
  pullNo: number
  address: string
  /** Where the next page begins. */
  cursor: string
  /** Accounts that came, and those of them that were new or different. */
  taken: number
  changed: number
  /** How many are left by central's estimate. */
  left: number
  /** A reading from the beginning: accounts that it does not meet are not at central any more. */
  isWhole: boolean
  /** Somebody changed what was here: what this reading does not meet is taken away. */
  isDoubted: boolean
  /** Every page is here. */
  isRead: boolean
  /**
   * How far the find index is, by `seq`, while accounts that are new in a reading of all of them wait for it: page by
   * page would take twice as long. Null where it holds every account.
   */
  indexedTo: number | null
  /** UTC milliseconds by central's clock, of its last page. */
  asOfMs: number
  /** How far this till's journal was in that page. */
  asOfPosition: JournalPosition
}

export interface PullRow {
  pull_no: number
  address: string
  cursor: string
  taken: number
  changed: number
  left_over: number
  is_whole: number
  is_doubted: number
  is_read: number
  indexed_to: number | null
  as_of_ms: number
  as_of_epoch: number
  as_of_seq: number
  row_hash: string
}

export const PULL_SQL = 'SELECT * FROM pull WHERE only_one = 1'
export const WRITE_PULL = 'INSERT OR REPLACE INTO pull VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'

/** Whether everything is read and findable, and what it comes to is sealed. */
export const isOver = ({ isRead, indexedTo }: PullState): boolean => isRead && indexedTo === null

/** While all are read from the beginning nothing says what the accounts come to: some are of before, some are new. */
export const isUnproved = (pull: PullState): boolean =>
  (pull.isWhole || pull.indexedTo !== null) && !isOver(pull)

export function pullStateOf(row: PullRow): PullState {
  return {
    pullNo: row.pull_no,
    address: row.address,
    cursor: row.cursor,
    taken: row.taken,
    changed: row.changed,
    left: row.left_over,
    isWhole: row.is_whole === 1,
    isDoubted: row.is_doubted === 1,
    isRead: row.is_read === 1,
    indexedTo: row.indexed_to,
    asOfMs: row.as_of_ms,
    asOfPosition: { epoch: row.as_of_epoch, seq: row.as_of_seq },
  }
}

type Value = string | number | null

function ownValues(state: PullState): Value[] {
  const { pullNo, address, cursor, taken, changed, left, indexedTo, asOfMs, asOfPosition } = state
  const flags = [state.isWhole, state.isDoubted, state.isRead].map(Number)
  const end = [indexedTo, asOfMs, asOfPosition.epoch, asOfPosition.seq]
  return [pullNo, address, cursor, taken, changed, left, ...flags, ...end]
}

/** SHA-256 (hex): a cursor that was moved would hide what central changed. */
export function pullHash(state: PullState): string {
  return hash('sha256', JSON.stringify(ownValues(state)))
}

export function pullValues(state: PullState): Value[] {
  return [...ownValues(state), pullHash(state)]
}
