/**
 * A line of which the billing system was told by files of a database that was put back from a backup since, and what this
 * one has of it. Once the line is decided, what is told of it comes, account by account, to what is booked here: nothing is
 * told twice, and what went elsewhere since is taken back. Pure.
 */
import type {
  DeliveredDetailRow,
  PaymentDetailRow,
  PostingEntryRow,
  PostingRow,
} from '../../../db/central/schema.ts'
import { type Cents, negate, subtract, sum, ZERO } from '../../../shared/money.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import { UNTOLD } from './details.ts'

/** Entries of details that no entry here answers to are numbered from here on, by the file that told of them. */
const OTHERS_BEGIN = 1_000_000
/** The last number of a file's, for what only makes up a difference. */
const DIFFERENCE = OTHERS_BEGIN - 1

/** Whether a detail is of another life of the database: nothing was booked here for it. */
export const isOfOthers = ({ entry_no: no }: Pick<PaymentDetailRow, 'entry_no'>): boolean =>
  no >= OTHERS_BEGIN

export interface LineNow {
  /** Undefined while its receipt has not come again. */
  state: PostingRow['state'] | undefined
  entries: readonly PostingEntryRow[]
  /** The last one of its receipt in the GL journal; undefined while that has not come again. */
  businessDate: BusinessDate | undefined
  /** Whatever was carried of it, or waits to be. */
  details: readonly PaymentDetailRow[]
  nowMs: number
}

export interface Settlement {
  /** Details that wait, and are in a delivered file: with their place there, and what was answered. */
  placed: PaymentDetailRow[]
  /** What was told and belongs to nothing here, and what makes it right. */
  added: PaymentDetailRow[]
}

type Told = readonly DeliveredDetailRow[]
type Details = readonly PaymentDetailRow[]

/** `told` is all that was told of one line and is not settled yet. Null while that cannot be settled. */
export function settleTold(told: Told, now: LineNow): Settlement | null {
  const live = withoutRejected(told)
  if (!isDecided(live, now)) return null
  const missing = missingDetails(told, now)
  const own = [...now.details, ...missing]
  const known = knownEntries(told, now)
  const settled = [...Map.groupBy(live, row => row.account_id)].map(([accountId, rows]) =>
    settleAccount(accountId, { rows, own, known, now }),
  )
  const placed = new Map(settled.flatMap(one => one.placed).map(one => [keyOf(one), one]))
  const fresh = missing.map(one => placed.get(keyOf(one)) ?? one)
  for (const one of missing) placed.delete(keyOf(one))
  return { placed: [...placed.values()], added: [...fresh, ...settled.flatMap(one => one.added)] }
}

const keyOf = (one: Pick<PaymentDetailRow, 'entry_no' | 'kind' | 'attempt'>): string =>
  `${one.entry_no} ${one.kind} ${one.attempt}`

interface Decided extends LineNow {
  businessDate: BusinessDate
}

/**
 * A line that waits, for its receipt or for somebody, may still go where it went; a void that was told comes again; and
 * what was told once more was rejected before, which is answered once more.
 */
function isDecided(live: Told, now: LineNow): now is Decided {
  const { state, businessDate, details } = now
  if (businessDate === undefined || state === 'suspense' || state === 'not-reversed') return false
  const isVoidToCome = live.some(row => !isOfOthers(row) && (row.kind === 'reversed' || row.cents < 0))
  if (state === 'posted' && isVoidToCome) return false
  return !live.some(row =>
    details.some(one => one.status === null && one.file_no !== null && isBefore(one, row)),
  )
}

const isBefore = (
  one: Pick<PaymentDetailRow, 'entry_no' | 'kind' | 'attempt'>,
  row: Pick<PaymentDetailRow, 'entry_no' | 'kind' | 'attempt'>,
): boolean => one.entry_no === row.entry_no && one.kind === row.kind && one.attempt === row.attempt - 1

/** In the order of their files; what was told once more was rejected before. */
function withoutRejected(rows: Told): Told {
  const ordered = rows
    .filter(row => row.status !== 'rejected')
    .sort((a, b) => a.file_no - b.file_no || a.detail_no - b.detail_no)
  const rejected = new Set<DeliveredDetailRow>()
  ordered.forEach((row, at) => {
    const before = ordered.slice(0, at).findLast(one => isBefore(one, row))
    if (before) rejected.add(before)
  })
  return ordered.filter(row => !rejected.has(row))
}

/** Details of entries that were booked while nothing was carried: the line was told of all the same. */
function missingDetails(
  told: Told,
  { state, entries, details, businessDate, nowMs }: Decided,
): PaymentDetailRow[] {
  const isTold = (entry: PostingEntryRow, kind: PaymentDetailRow['kind']): boolean =>
    details.some(one => one.entry_no === entry.entry_no && one.kind === kind)
  const made = (entry: PostingEntryRow, kind: PaymentDetailRow['kind'], cents: Cents): PaymentDetailRow => {
    const { at: _, ...place } = entry
    return { ...place, cents, kind, attempt: 1, business_date: businessDate, at: nowMs, ...UNTOLD }
  }
  const known = knownEntries(told, { entries, details })
  const paid = entries
    .filter(entry => !isTold(entry, 'posted') && !known.includes(entry))
    .map(entry => made(entry, 'posted', entry.cents))
  const gone = state === 'reversed' ? entries.filter(entry => !isTold(entry, 'reversed')) : []
  return [...paid, ...gone.map(entry => made(entry, 'reversed', negate(entry.cents)))]
}

/** Of what was posted before anything was carried the void alone was told: the billing system has the payment otherwise. */
function knownEntries(
  told: Told,
  { entries, details }: Pick<LineNow, 'entries' | 'details'>,
): PostingEntryRow[] {
  return entries.filter(({ entry_no: no }) => {
    const kinds = [...told, ...details].filter(row => row.entry_no === no).map(({ kind }) => kind)
    return kinds.includes('reversed') && !kinds.includes('posted')
  })
}

function settleAccount(
  accountId: string,
  { rows, own, known, now }: { rows: Told; own: Details; known: readonly PostingEntryRow[]; now: Decided },
): Settlement {
  const mine = own.filter(one => one.account_id === accountId)
  const groups = [...Map.groupBy(rows, row => `${row.file_no} ${row.kind}`).values()].reverse()
  const placed: PaymentDetailRow[] = []
  for (const kind of ['posted', 'reversed'] as const) {
    const waiting = mine.filter(one => one.kind === kind && one.file_no === null)
    const at = groups.findIndex(group => centsOf(group) === centsOf(waiting))
    if (waiting.length > 0 && at >= 0) placed.push(...placedIn(waiting, groups.splice(at, 1)[0] ?? []))
  }
  const others = groups.flat().map(row => ofOthers(row, now))
  const isWaiting = (one: PaymentDetailRow): boolean =>
    !placed.some(other => keyOf(other) === keyOf(one)) && one.status !== 'rejected'
  const has = known.filter(entry => entry.account_id === accountId)
  const said = sum([...mine.filter(isWaiting), ...placed, ...others, ...has].map(one => one.cents))
  const lacking = subtract(booked(accountId, now), said)
  return { placed, added: [...others, ...madeUp(lacking, { others, mine, now })] }
}

const centsOf = (rows: readonly { cents: Cents }[]): Cents => sum(rows.map(row => row.cents))

/** What the books have of the line at an account. */
function booked(accountId: string, { state, entries }: LineNow): Cents {
  if (state === 'reversed') return ZERO
  return centsOf(entries.filter(entry => entry.account_id === accountId))
}

/** The same payment may be spread over other entries now: it is in the file by its line. */
function placedIn(details: Details, there: Told): PaymentDetailRow[] {
  const [first, last] = [there[0], there.at(-1)]
  if (!first || !last) return []
  const { file_no, status, billing_reference, said, answered_at } = first
  return details.map((one, at) => ({
    ...one,
    ...{ file_no, status, billing_reference, said, answered_at },
    detail_no: Math.min(first.detail_no + at, last.detail_no),
  }))
}

function ofOthers(row: DeliveredDetailRow, { businessDate, nowMs, details }: Decided): PaymentDetailRow {
  const entryNo = isOfOthers(row) ? row.entry_no : row.file_no * OTHERS_BEGIN + row.entry_no
  return freshly({ ...row, entry_no: entryNo, business_date: businessDate, at: nowMs }, details)
}

/** Under an attempt that is not there yet. */
function freshly(detail: PaymentDetailRow, details: Details): PaymentDetailRow {
  const before = details.filter(one => one.entry_no === detail.entry_no && one.kind === detail.kind)
  return { ...detail, attempt: Math.max(0, ...before.map(one => one.attempt)) + 1 }
}

/** What makes told and booked come to the same: each part taken back as it was told, where that is all. */
function madeUp(
  lacking: Cents,
  { others, mine, now }: { others: Details; mine: Details; now: Decided },
): PaymentDetailRow[] {
  const [model] = [...others, ...mine]
  if (lacking === ZERO || !model) return []
  const turned = (one: PaymentDetailRow, cents: Cents): PaymentDetailRow => {
    const kind = one.kind === 'posted' ? 'reversed' : 'posted'
    const at = { business_date: now.businessDate, at: now.nowMs }
    return freshly({ ...one, kind, cents, ...at, ...UNTOLD }, [...now.details, ...others])
  }
  if (lacking === negate(centsOf(others))) return others.map(one => turned(one, negate(one.cents)))
  const entry_no = (others[0]?.file_no ?? 1) * OTHERS_BEGIN + DIFFERENCE
  const kind = lacking < 0 ? 'posted' : 'reversed'
  return [turned({ ...model, kind, entry_no, item_id: null }, lacking)]
}
