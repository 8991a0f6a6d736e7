/**
 * A line of which the billing system was told by files of a database that was put back from a backup since, and what this
 * one has of it: nothing is told twice, and what was told of another account is taken back there. Pure.
 */
import type { DeliveredDetailRow, PaymentDetailRow, PostingRow } from '../../../db/central/schema.ts'
import { negate, sum, ZERO } from '../../../shared/money.ts'
import type { BusinessDate } from '../../../shared/time.ts'

/** Entries of details that no entry here answers to are numbered from here on, by the file that told of them. */
const OTHERS_BEGIN = 1_000_000

/** Whether a detail is of another life of the database: nothing was booked here for it. */
export const isOfOthers = ({ entry_no: no }: Pick<PaymentDetailRow, 'entry_no'>): boolean =>
  no >= OTHERS_BEGIN

export interface LineNow {
  /** Undefined while its receipt has not come again. */
  state: PostingRow['state'] | undefined
  /** Accounts of its entries. */
  homes: ReadonlySet<string>
  /** The last one of its receipt in the GL journal; undefined while that has not come again. */
  businessDate: BusinessDate | undefined
  /** Of whatever was carried of it, or waits to be. */
  details: readonly PaymentDetailRow[]
  nowMs: number
}

export interface Settlement {
  /** Details that wait, and are in a delivered file. */
  placed: PaymentDetailRow[]
  /** What was told and is taken back, with its taking back. */
  added: PaymentDetailRow[]
  /** Nothing is left to be done about these. */
  done: DeliveredDetailRow[]
}

type Told = readonly DeliveredDetailRow[]
const NOTHING: Settlement = { placed: [], added: [], done: [] }

/** `told` is all that was told of one line and is not settled yet. */
export function settleTold(told: Told, now: LineNow): Settlement {
  const byAccount = Map.groupBy(told, row => row.account_id)
  const all = [...byAccount].map(([accountId, rows]) => settleAccount(accountId, rows, now))
  return {
    placed: all.flatMap(one => one.placed),
    added: all.flatMap(one => one.added),
    done: all.flatMap(one => one.done),
  }
}

function settleAccount(accountId: string, rows: Told, now: LineNow): Settlement {
  const standing = withoutRejected(rows)
  const waiting = (kind: PaymentDetailRow['kind']): PaymentDetailRow[] =>
    now.details.filter(one => one.kind === kind && one.account_id === accountId && one.file_no === null)
  const [paid, back] = [waiting('posted'), waiting('reversed')]
  const [paidThere, backThere] = [lastOf(standing, 'posted'), lastOf(standing, 'reversed')]
  const done = [...rows]
  // The payment is in a file that this database has: its taking back comes again.
  if (paidThere.length === 0)
    return back.length === 0 ? NOTHING : { ...NOTHING, placed: placed(back, backThere), done }
  const isTakenBack = sum(standing.map(row => row.cents)) === ZERO
  if (isTakenBack && paid.length > 0 && back.length > 0)
    return { ...NOTHING, placed: [...placed(paid, paidThere), ...placed(back, backThere)], done }
  if (!isTakenBack && paid.length > 0) return { ...NOTHING, placed: placed(paid, paidThere), done }
  if (!isDecided(now)) return NOTHING
  const isRight = isTakenBack || now.homes.has(accountId)
  return { ...NOTHING, added: isRight ? [] : paidThere.flatMap(row => takenBack(row, now)), done }
}

interface Decided extends LineNow {
  businessDate: BusinessDate
}

/** A line that waits, for its receipt or for somebody, may still go where it went. */
function isDecided(now: LineNow): now is Decided {
  return now.businessDate !== undefined && now.state !== 'suspense' && now.state !== 'not-reversed'
}

/** What was told once more was rejected before. */
function withoutRejected(rows: Told): Told {
  const ordered = [...rows].sort((a, b) => a.file_no - b.file_no || a.detail_no - b.detail_no)
  const rejected = new Set<DeliveredDetailRow>()
  ordered.forEach((row, at) => {
    const before = ordered
      .slice(0, at)
      .findLast(
        one => one.entry_no === row.entry_no && one.kind === row.kind && one.attempt === row.attempt - 1,
      )
    if (before) rejected.add(before)
  })
  return ordered.filter(row => !rejected.has(row))
}

/** Of the last file that told of it. */
function lastOf(rows: Told, kind: DeliveredDetailRow['kind']): DeliveredDetailRow[] {
  const ofKind = rows.filter(row => row.kind === kind)
  const last = ofKind.at(-1)?.file_no
  return ofKind.filter(row => row.file_no === last)
}

/** The same payment may be spread over other entries now: it is in the file by its line. */
function placed(details: readonly PaymentDetailRow[], there: Told): PaymentDetailRow[] {
  const [first, last] = [there[0], there.at(-1)]
  if (!first || !last) return []
  const { file_no: fileNo } = first
  return details.map((one, at) => ({
    ...one,
    file_no: fileNo,
    detail_no: Math.min(first.detail_no + at, last.detail_no),
  }))
}

function takenBack(row: DeliveredDetailRow, { businessDate, nowMs }: Decided): PaymentDetailRow[] {
  const told: PaymentDetailRow = {
    ...row,
    entry_no: row.file_no * OTHERS_BEGIN + row.entry_no,
    business_date: businessDate,
    at: nowMs,
    status: null,
    billing_reference: null,
    said: null,
    answered_at: null,
  }
  const back = {
    kind: 'reversed',
    attempt: 1,
    cents: negate(row.cents),
    file_no: null,
    detail_no: null,
  } as const
  return [told, { ...told, ...back }]
}
