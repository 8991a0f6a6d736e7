/** The journal as it is sent to central: from a place on, a few rows at a time, each read along the primary key. */
import type { PushedRow } from '../../shared/central/protocol.ts'
import type { JournalTableRow } from '../../shared/ledger/tables.ts'
import type { Place } from '../../shared/place.ts'
import { chainRowOf } from '../journal.ts'
import type { Reader } from '../reader.ts'
import { build, statement } from '../statement.ts'

/** Rows read at once: they take well under a millisecond together. */
export const ROWS_AT_ONCE = 100

const journalOf = build.selectFrom('journal')

const rowsAfter = statement<Place & { tillId: string }>()(parameter =>
  journalOf
    .selectAll()
    .where('till_id', '=', parameter('tillId'))
    .where('epoch', '=', parameter('epoch'))
    .where('seq', '>', parameter('seq'))
    .orderBy('seq')
    .limit(ROWS_AT_ONCE),
)

const hashAtPlace = statement<Place & { tillId: string }>()(parameter =>
  journalOf
    .select('hash')
    .where('till_id', '=', parameter('tillId'))
    .where('epoch', '=', parameter('epoch'))
    .where('seq', '=', parameter('seq')),
)

const endOfEpoch = statement<{ tillId: string; epoch: number }>()(parameter =>
  journalOf
    .select('seq')
    .where('till_id', '=', parameter('tillId'))
    .where('epoch', '=', parameter('epoch'))
    .orderBy('seq', 'desc')
    .limit(1),
)

const firstEpochAfter = statement<{ tillId: string; epoch: number }>()(parameter =>
  journalOf
    .select('epoch')
    .where('till_id', '=', parameter('tillId'))
    .where('epoch', '>', parameter('epoch'))
    .orderBy('epoch')
    .limit(1),
)

const receiptAtOrBefore = statement<Place & { tillId: string }>()(parameter =>
  journalOf
    .select('body')
    .where('till_id', '=', parameter('tillId'))
    .where('epoch', '=', parameter('epoch'))
    .where('seq', '<=', parameter('seq'))
    .where('kind', '=', 'receipt.posted')
    .orderBy('seq', 'desc')
    .limit(1),
)

const sessionReceiptsAfter = statement<Place & { sessionId: string }>()(parameter =>
  build
    .selectFrom('receipt')
    .select(eb => eb.fn.countAll<number>().as('receipts'))
    .where('session_id', '=', parameter('sessionId'))
    .where(eb => eb(eb.refTuple('epoch', 'seq'), '>', eb.tuple(parameter('epoch'), parameter('seq')))),
)

/** The hash at a place; undefined where this till has no row there. */
export function hashAt(reader: Reader, tillId: string, { epoch, seq }: Place): string | undefined {
  return reader.one(hashAtPlace, { tillId, epoch, seq })?.hash
}

/**
 * Some of the rows that come next after a place: at most `ROWS_AT_ONCE`, all of one epoch. Where the place ends its
 * epoch, they are the first of the next one. Empty at the head.
 */
export function rowsNext(reader: Reader, tillId: string, place: Place): JournalTableRow[] {
  const rows = reader.many(rowsAfter, { tillId, epoch: place.epoch, seq: place.seq })
  if (rows.length > 0) return rows
  const next = reader.one(firstEpochAfter, { tillId, epoch: place.epoch })
  return next ? reader.many(rowsAfter, { tillId, epoch: next.epoch, seq: 0 }) : []
}

/** How many rows come after a place. */
export function countAfter(reader: Reader, tillId: string, { epoch, seq }: Place): number {
  const own = reader.one(endOfEpoch, { tillId, epoch })?.seq ?? 0
  let count = Math.max(0, own - seq)
  let later = reader.one(firstEpochAfter, { tillId, epoch })
  while (later) {
    count += reader.one(endOfEpoch, { tillId, epoch: later.epoch })?.seq ?? 0
    later = reader.one(firstEpochAfter, { tillId, epoch: later.epoch })
  }
  return count
}

/** The running number of the last receipt posted at or before a place; 0 where there is none. */
export function receiptNoAt(reader: Reader, tillId: string, { epoch, seq }: Place): number {
  for (let of = epoch; of >= 1; of -= 1) {
    const upTo = of === epoch ? seq : Number.MAX_SAFE_INTEGER
    const row = reader.one(receiptAtOrBefore, { tillId, epoch: of, seq: upTo })
    if (!row) continue
    const { receiptNo } = JSON.parse(row.body) as { receiptNo: number }
    return receiptNo
  }
  return 0
}

/** How many receipts of a session come after a place. */
export function receiptsAfter(reader: Reader, sessionId: string, { epoch, seq }: Place): number {
  return reader.one(sessionReceiptsAfter, { sessionId, epoch, seq })?.receipts ?? 0
}

/** A row as a range carries it. */
export function pushedRow(row: JournalTableRow): PushedRow {
  const { tillId, epoch, ...pushed } = chainRowOf(row)
  return { ...pushed, businessDate: row.business_date }
}
