/** Takes ranges of a till's journal: all of a range in one transaction, or nothing of it. */
import { BulkApplier } from '../../db/central/apply.ts'
import { insertRows } from '../../db/central/bulk.ts'
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import type { EnrolledTillRow } from '../../db/central/schema.ts'
import type { Position, Range } from '../../shared/central/protocol.ts'
import { CHAIN_BEGINS, EPOCH_BEGINS } from '../../shared/ledger/chain.ts'
import { type Fact, summarize } from '../../shared/ledger/facts.ts'
import { isAfter, type JournalPosition } from '../../shared/ledger/journal-position.ts'
import { isNumberOf } from '../../shared/rules/text/human-number.ts'
import { businessDateOf } from '../../shared/time.ts'
import { cityTimeZone } from '../city/time-zone.ts'
import { raise } from '../journal/alarms.ts'
import { knownOf, lastHeld, lockTill } from '../journal/position.ts'
import { type CheckedRow, checkRange } from '../journal/range-check.ts'
import { changesToApply, isRepeated, keepOtherContent, readRepeats } from '../journal/repeats.ts'
import { bookedOn } from './books/booked-day.ts'
import { postFacts } from './post-range.ts'
import { checkMoney } from './session-check.ts'
import { rowsOf, unfitOf } from './unfit.ts'

export type TakeResult =
  | { ok: true; position: Position }
  | { ok: false; code: 'GAP'; position: Position }
  /** What central holds at that place. */
  | { ok: false; code: 'FORK'; epoch: number; seq: number; hash: string }
  | { ok: false; code: 'CHAIN_BROKEN'; seq: number; problem: string }
  /** A newer program wrote it: nothing is wrong with it, and it waits. */
  | { ok: false; code: 'UNKNOWN_FACT'; kind: string; version: number }
  /** The till goes on under a later epoch; `machine` began that one at `sinceMs`. */
  | { ok: false; code: 'SUPERSEDED'; epoch: number; sinceMs: number; machine: string }
  | { ok: false; code: 'NOT_ENROLLED' | 'REVOKED' }

/**
 * Takes a range: what of it is held already is compared, the rest is inserted, projected, and posted to accounts, and
 * all of it is on disk before the answer. The same range again gives the same answer and changes nothing. A row that
 * differs from the one held at its place is refused, and an alarm stays. What cannot be posted never stops what follows.
 */
export async function takeRange(
  db: CentralDb,
  range: Range,
  { nowMs }: { nowMs: number },
): Promise<TakeResult> {
  const checked = checkRange(range)
  if (!checked.ok) return checked
  return inTransaction(db, async tx => {
    const till = await lockTill(tx, range.tillId)
    if (!till) return { ok: false, code: 'NOT_ENROLLED' }
    if (till.revoked_at !== null) return { ok: false, code: 'REVOKED' }
    const held = await lastHeld(tx, range.tillId)
    const place = await meetingOf(tx, checked.rows, held)
    if ('fork' in place) {
      await raise(tx, till, { kind: 'fork', ...place.fork, detail: place.detail, nowMs })
      await saveTill(tx, till, nowMs)
      const { epoch, seq, heldHash: hash } = place.fork
      return place.superseded
        ? superseded(tx, range.tillId, held)
        : { ok: false, code: 'FORK', epoch, seq, hash }
    }
    if ('gap' in place) return { ok: false, code: 'GAP', position: held }
    if (place.fresh.length > 0) await takeFresh(tx, till, place.fresh, nowMs)
    await saveTill(tx, till, nowMs)
    return { ok: true, position: positionAfter(place.fresh) ?? held }
  })
}

function positionAfter(rows: readonly CheckedRow[]): Position | undefined {
  const last = rows.at(-1)
  return last && { epoch: last.row.epoch, seq: last.row.seq, hash: last.row.hash }
}

interface Fork extends JournalPosition {
  heldHash: string
  sentHash: string
}

type Meeting = { fresh: CheckedRow[] } | { gap: true } | { fork: Fork; detail: string; superseded: boolean }

/** Where the range meets what is held: which of its rows are new, or why none may be taken. */
async function meetingOf(tx: CentralTx, rows: readonly CheckedRow[], held: Position): Promise<Meeting> {
  const [first] = rows
  if (!first) return { fresh: [] }
  const { till_id: tillId, epoch } = first.row
  const hashes = epoch > held.epoch ? new Map<number, string>() : await hashesOf(tx, { tillId, epoch, rows })
  for (const { row } of rows) {
    const heldHash = hashes.get(row.seq)
    if (heldHash !== undefined && heldHash !== row.hash)
      return {
        fork: { epoch, seq: row.seq, heldHash, sentHash: row.hash },
        detail: 'Another row is held here',
        superseded: false,
      }
  }
  const fresh = rows.filter(({ row }) => !hashes.has(row.seq))
  const [next] = fresh
  if (!next) return { fresh }
  const { seq, hash: sentHash } = next.row
  if (epoch < held.epoch) {
    const detail = `It goes on after epoch ${held.epoch} began`
    return { fork: { epoch, seq, heldHash: '', sentHash }, detail, superseded: true }
  }
  const before = await positionBefore(tx, next, held)
  if (before === undefined) return { gap: true }
  if (next.row.prev_hash === before.hash) return { fresh }
  const fork = { epoch: before.epoch, seq: before.seq, heldHash: before.hash, sentHash: next.row.prev_hash }
  return { fork, detail: 'It follows another row', superseded: false }
}

/**
 * What is held at the place that a row follows; undefined where that has not come yet. A new epoch may follow an earlier
 * row than the last: the till was restored from before it, and what central holds beyond is posted and stays.
 */
async function positionBefore(
  tx: CentralTx,
  { row, fact }: CheckedRow,
  held: Position,
): Promise<Position | undefined> {
  if (row.seq > 1) return row.epoch === held.epoch && row.seq === held.seq + 1 ? held : undefined
  if (fact.kind !== EPOCH_BEGINS) return held.epoch === 0 ? CHAIN_BEGINS : undefined
  const { epoch, seq } = fact.body.follows
  if (isAfter({ epoch, seq }, held)) return undefined
  const hash = await tx.query
    .selectFrom('journal')
    .select('hash')
    .where('till_id', '=', row.till_id)
    .where('epoch', '=', epoch)
    .where('seq', '=', seq)
    .executeTakeFirst()
  return { epoch, seq, hash: hash?.hash ?? '' }
}

/** Who goes on in this till's place, as the fact says with which the later epoch began. */
async function superseded(tx: CentralTx, tillId: string, { epoch }: Position): Promise<TakeResult> {
  const began = await tx.query
    .selectFrom('journal')
    .select(['at', 'body'])
    .where('till_id', '=', tillId)
    .where('epoch', '=', epoch)
    .where('seq', '=', 1)
    .executeTakeFirst()
  const { machineId: machine = '' } = began ? (JSON.parse(began.body) as { machineId?: string }) : {}
  return { ok: false, code: 'SUPERSEDED', epoch, sinceMs: began?.at ?? 0, machine }
}

/** Hashes that are held at the places of a range. */
async function hashesOf(
  tx: CentralTx,
  { tillId, epoch, rows }: { tillId: string; epoch: number; rows: readonly CheckedRow[] },
): Promise<Map<number, string>> {
  const held = await tx.query
    .selectFrom('journal')
    .select(['seq', 'hash'])
    .where('till_id', '=', tillId)
    .where('epoch', '=', epoch)
    .where('seq', '>=', rows[0]?.row.seq ?? 0)
    .where('seq', '<=', rows.at(-1)?.row.seq ?? 0)
    .execute()
  return new Map(held.map(row => [row.seq, row.hash]))
}

async function takeFresh(
  tx: CentralTx,
  till: EnrolledTillRow,
  rows: readonly CheckedRow[],
  nowMs: number,
): Promise<void> {
  const epoch = rows[0]?.row.epoch ?? 0
  const facts = rows.map(({ fact }) => fact)
  boundKnown(till, facts)
  await insertRows(
    tx,
    'journal',
    rows.map(({ row }) => row),
  )
  const repeats = await readRepeats(tx, { tillId: till.till_id, epoch, facts })
  await keepOtherContent(tx, { tillId: till.till_id, epoch, facts, repeats, nowMs })
  const today = businessDateOf(nowMs, await cityTimeZone(tx))
  const booked = bookedOn(facts, today)
  await postFacts(tx, till, { facts: booked.facts, repeats, nowMs })
  const applier = new BulkApplier(tx, till.till_id)
  for (const fact of facts) await applier.take(fact.seq, changesToApply(fact, rowsOf(fact) ?? [], repeats))
  await applier.flush()
  const noHashes = { epoch, heldHash: '', sentHash: '', nowMs }
  for (const { seq, detail } of applier.misfits)
    await raise(tx, till, { ...noHashes, kind: 'projection', seq, detail })
  for (const { seq, body } of repeats.otherContent)
    await raise(tx, till, { ...noHashes, kind: 'other-content', seq, detail: `Receipt ${body.number}` })
  for (const fact of facts) {
    const under = strangeName(till, fact)
    if (under === undefined) continue
    const detail = `It is enrolled as ${till.code}, and ${under}`
    await raise(tx, till, { ...noHashes, kind: 'till-code', seq: fact.seq, detail })
  }
  for (const fact of facts) {
    const lack = unfitOf(fact)
    const isTold = fact.kind === 'receipt.posted' && isRepeated(fact, repeats)
    if (lack === null || isTold) continue
    const detail = `${summarize(fact, id => id)}: it ${lack}, and is not booked`
    await raise(tx, till, { ...noHashes, kind: 'unfit', seq: fact.seq, detail })
  }
  if (booked.ahead) {
    const { seq, businessDate, isMoved } = booked.ahead
    const how = isMoved ? `booked under ${today}` : `carried on that day, and today is ${today}`
    const detail = `Business date ${businessDate}, ${how}; look at the clocks of the till and of central`
    await raise(tx, till, { ...noHashes, kind: 'future-date', seq, detail })
  }
  await checkMoney(tx, { facts, nowMs })
}

/** What a till took once it was enrolled here the billing system hears from here alone, whatever the till said of that. */
function boundKnown(till: EnrolledTillRow, facts: readonly Fact[]): void {
  const head = { epoch: till.head_epoch, seq: till.head_seq }
  const enrolled = facts.find(fact => fact.kind === 'till.enrolled' && isAfter(fact, head))
  if (enrolled && isAfter(knownOf(till), enrolled))
    Object.assign(till, { known_epoch: enrolled.epoch, known_seq: enrolled.seq })
}

async function saveTill(tx: CentralTx, till: EnrolledTillRow, nowMs: number): Promise<void> {
  const { till_id: tillId, last_state_no, last_reference_no, last_alarm_no, known_epoch, known_seq } = till
  await tx.query
    .updateTable('enrolled_till')
    .set({ last_state_no, last_reference_no, last_alarm_no, known_epoch, known_seq, last_seen_at: nowMs })
    .where('till_id', '=', tillId)
    .execute()
}

/** How a till shows that it has another code than it enrolled under, which may be another till's. */
function strangeName({ code }: EnrolledTillRow, { kind, body }: Fact): string | undefined {
  if (kind === 'till.set-up' && body.code !== code) return `was set up as ${body.code}`
  const isStrange = kind === 'receipt.posted' && !isNumberOf(code, body.number)
  return isStrange ? `gave a receipt the number ${body.number}` : undefined
}
