/** Takes ranges of a till's journal: all of a range in one transaction, or nothing of it. */
import { BulkApplier } from '../db/central/apply.ts'
import { insertRows } from '../db/central/bulk.ts'
import { type CentralDb, type CentralTx, inTransaction } from '../db/central/open.ts'
import type { EnrolledTillRow } from '../db/central/schema.ts'
import type { Position, Range } from '../shared/central/protocol.ts'
import { GENESIS_HASH } from '../shared/ledger/chain.ts'
import { raise } from './alarms.ts'
import { postFacts } from './post-range.ts'
import { type CheckedRow, checkRange } from './range-check.ts'
import { changesToApply, keepOtherContent, readRepeats } from './repeats.ts'
import { checkMoney } from './session-check.ts'

export type TakeResult =
  | { ok: true; position: Position }
  | { ok: false; code: 'GAP'; position: Position }
  /** What central holds at that place; an empty hash where it holds nothing of an epoch that is over. */
  | { ok: false; code: 'FORK'; epoch: number; seq: number; hash: string }
  | { ok: false; code: 'CHAIN_BROKEN'; seq: number; problem: string }
  | { ok: false; code: 'NOT_ENROLLED' | 'REVOKED' }

const NOTHING: Position = { epoch: 0, seq: 0, hash: '' }

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
  if (!checked.ok) return { ...checked, code: 'CHAIN_BROKEN' }
  return inTransaction(db, async tx => {
    const till = await lockTill(tx, range.tillId)
    if (!till) return { ok: false, code: 'NOT_ENROLLED' }
    if (till.revoked_at !== null) return { ok: false, code: 'REVOKED' }
    const held = await lastHeld(tx, range.tillId)
    const place = await findPlace(tx, checked.rows, { held, follows: range.follows ?? NOTHING })
    if ('fork' in place) {
      const { epoch, seq, hash, sentHash } = place.fork
      await raise(tx, till, {
        kind: 'fork',
        epoch,
        seq,
        heldHash: hash,
        sentHash,
        detail: place.detail,
        nowMs,
      })
      await saveTill(tx, till, nowMs)
      return { ok: false, code: 'FORK', epoch, seq, hash }
    }
    if ('gap' in place) return { ok: false, code: 'GAP', position: held }
    if (place.fresh.length > 0) await takeFresh(tx, till, place.fresh, nowMs)
    await saveTill(tx, till, nowMs)
    return { ok: true, position: positionAfter(place.fresh) ?? held }
  })
}

/** How far central holds a till's journal; epoch 0 and seq 0 for nothing. */
export async function positionOf(
  db: CentralDb,
  tillId: string,
): Promise<{ position: Position; alarms: number }> {
  return inTransaction(
    db,
    async query => {
      const { alarms } = await query.query
        .selectFrom('alarm')
        .select(({ fn }) => fn.countAll<number>().as('alarms'))
        .where('till_id', '=', tillId)
        .where('cleared_at', 'is', null)
        .executeTakeFirstOrThrow()
      return { position: await lastHeld(query, tillId), alarms }
    },
    { snapshot: true },
  )
}

/** The till's row, which every change of what central holds of the till waits for. */
export async function lockTill(tx: CentralTx, tillId: string): Promise<EnrolledTillRow | undefined> {
  const row = tx.query.selectFrom('enrolled_till').selectAll().where('till_id', '=', tillId)
  return (tx.flavour === 'postgres' ? row.forUpdate() : row).executeTakeFirst()
}

/** The journal itself says what is held: a note beside it could differ from it. */
export async function lastHeld(tx: CentralTx, tillId: string): Promise<Position> {
  const row = await tx.query
    .selectFrom('journal')
    .select(['epoch', 'seq', 'hash'])
    .where('till_id', '=', tillId)
    .orderBy('epoch', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? NOTHING
}

function positionAfter(rows: readonly CheckedRow[]): Position | undefined {
  const last = rows.at(-1)
  return last && { epoch: last.row.epoch, seq: last.row.seq, hash: last.row.hash }
}

type Place =
  | { fresh: CheckedRow[] }
  | { gap: true }
  | { fork: { epoch: number; seq: number; hash: string; sentHash: string }; detail: string }

/** Where the range meets what is held: which of its rows are new, or why none may be taken. */
async function findPlace(
  tx: CentralTx,
  rows: readonly CheckedRow[],
  { held, follows }: { held: Position; follows: Position },
): Promise<Place> {
  const [first] = rows
  if (!first) return { fresh: [] }
  const { till_id: tillId, epoch } = first.row
  const hashes = epoch > held.epoch ? new Map<number, string>() : await hashesOf(tx, { tillId, epoch, rows })
  for (const { row } of rows) {
    const hash = hashes.get(row.seq)
    if (hash !== undefined && hash !== row.hash)
      return { fork: { epoch, seq: row.seq, hash, sentHash: row.hash }, detail: 'Another row is held here' }
  }
  const fresh = rows.filter(({ row }) => !hashes.has(row.seq))
  const [next] = fresh
  if (!next) return { fresh }
  const { seq, prev_hash: prevHash, hash: sentHash } = next.row
  if (epoch < held.epoch)
    return { fork: { epoch, seq, hash: '', sentHash }, detail: `It goes on after epoch ${held.epoch} began` }
  const before = epoch === held.epoch ? held : { seq: 0, hash: GENESIS_HASH }
  if (seq !== before.seq + 1 || (epoch > held.epoch && !isSame(follows, held))) return { gap: true }
  if (prevHash !== before.hash)
    return {
      fork: { epoch, seq: before.seq, hash: before.hash, sentHash: prevHash },
      detail: 'It follows another row',
    }
  return { fresh }
}

const isSame = (one: Position, other: Position): boolean =>
  one.epoch === other.epoch && one.seq === other.seq && one.hash === other.hash

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
  await insertRows(
    tx,
    'journal',
    rows.map(({ row }) => row),
  )
  const repeats = await readRepeats(tx, { tillId: till.till_id, epoch, facts })
  await keepOtherContent(tx, { tillId: till.till_id, epoch, facts, repeats, nowMs })
  await postFacts(tx, till, { facts, repeats, nowMs })
  const applier = new BulkApplier(tx, { tillId: till.till_id, epoch })
  for (const fact of facts) await applier.take(fact.seq, changesToApply(fact, repeats))
  await applier.flush()
  const noHashes = { epoch, heldHash: '', sentHash: '', nowMs }
  for (const { seq, detail } of applier.misfits)
    await raise(tx, till, { ...noHashes, kind: 'projection', seq, detail })
  for (const { seq, body } of repeats.otherContent)
    await raise(tx, till, { ...noHashes, kind: 'other-content', seq, detail: `Receipt ${body.number}` })
  await checkMoney(tx, { facts, nowMs })
}

async function saveTill(tx: CentralTx, till: EnrolledTillRow, nowMs: number): Promise<void> {
  const { till_id: tillId, last_state_no, last_reference_no, last_alarm_no } = till
  await tx.query
    .updateTable('enrolled_till')
    .set({ last_state_no, last_reference_no, last_alarm_no, last_seen_at: nowMs })
    .where('till_id', '=', tillId)
    .execute()
}
