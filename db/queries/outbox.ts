/** The journal as it is sent to central: from a place on, a few rows at a time, each read along the primary key. */

import type { PushedRow } from '../../shared/central/protocol.ts'
import { journalLine } from '../../shared/ledger/chain.ts'
import type { JournalPosition } from '../../shared/ledger/journal-position.ts'
import { lineOf } from '../ledger/journal.ts'
import type { Reader } from '../ledger/reader.ts'
import type { JournalTableRow } from '../ledger/schema.ts'
import { build, statement } from '../ledger/statement.ts'

/** Rows read at once: they take well under a millisecond together. */
export const ROWS_AT_ONCE = 100

const journalOf = build.selectFrom('journal')

const rowsAfter = statement<JournalPosition>()(parameter =>
  journalOf
    .selectAll()
    .where('epoch', '=', parameter('epoch'))
    .where('seq', '>', parameter('seq'))
    .orderBy('seq')
    .limit(ROWS_AT_ONCE),
)

const hashAtPlace = statement<JournalPosition>()(parameter =>
  journalOf.select('hash').where('epoch', '=', parameter('epoch')).where('seq', '=', parameter('seq')),
)

const endOfEpoch = statement<{ epoch: number }>()(parameter =>
  journalOf.select('seq').where('epoch', '=', parameter('epoch')).orderBy('seq', 'desc').limit(1),
)

const firstEpochAfter = statement<{ epoch: number }>()(parameter =>
  journalOf.select('epoch').where('epoch', '>', parameter('epoch')).orderBy('epoch').limit(1),
)

const receiptAtOrBefore = statement<JournalPosition>()(parameter =>
  journalOf
    .select('body')
    .where('epoch', '=', parameter('epoch'))
    .where('seq', '<=', parameter('seq'))
    .where('kind', '=', 'receipt.posted')
    .orderBy('seq', 'desc')
    .limit(1),
)

const sessionReceiptsAfter = statement<JournalPosition & { sessionId: string }>()(parameter =>
  build
    .selectFrom('receipt')
    .select(eb => eb.fn.countAll<number>().as('receipts'))
    .where('session_id', '=', parameter('sessionId'))
    .where(eb => eb(eb.refTuple('epoch', 'seq'), '>', eb.tuple(parameter('epoch'), parameter('seq')))),
)

/** The hash at a place; undefined where this till has no row there. */
export function hashAt(reader: Reader, { epoch, seq }: JournalPosition): string | undefined {
  return reader.one(hashAtPlace, { epoch, seq })?.hash
}

/**
 * Some of the rows that come next after a place: at most `ROWS_AT_ONCE`, all of one epoch. Where the place ends its
 * epoch, they are the first of the next one. Empty at the head.
 */
export function rowsNext(reader: Reader, place: JournalPosition): JournalTableRow[] {
  const rows = reader.many(rowsAfter, { epoch: place.epoch, seq: place.seq })
  if (rows.length > 0) return rows
  const next = reader.one(firstEpochAfter, { epoch: place.epoch })
  return next ? reader.many(rowsAfter, { epoch: next.epoch, seq: 0 }) : []
}

/** How many rows come after a place. */
export function countAfter(reader: Reader, { epoch, seq }: JournalPosition): number {
  const own = reader.one(endOfEpoch, { epoch })?.seq ?? 0
  let count = Math.max(0, own - seq)
  let later = reader.one(firstEpochAfter, { epoch })
  while (later) {
    count += reader.one(endOfEpoch, { epoch: later.epoch })?.seq ?? 0
    later = reader.one(firstEpochAfter, { epoch: later.epoch })
  }
  return count
}

/** The running number of the last receipt posted at or before a place; 0 where there is none. */
export function receiptNoAt(reader: Reader, { epoch, seq }: JournalPosition): number {
  for (let of = epoch; of >= 1; of -= 1) {
    const upTo = of === epoch ? seq : Number.MAX_SAFE_INTEGER
    const row = reader.one(receiptAtOrBefore, { epoch: of, seq: upTo })
    if (!row) continue
    const { receiptNo } = JSON.parse(row.body) as { receiptNo: number }
    return receiptNo
  }
  return 0
}

/** How many receipts of a session come after a place. */
export function receiptsAfter(reader: Reader, sessionId: string, { epoch, seq }: JournalPosition): number {
  return reader.one(sessionReceiptsAfter, { sessionId, epoch, seq })?.receipts ?? 0
}

/** A row as a range carries it: its line, and the words beside it. */
export const pushedRow = (row: JournalTableRow): PushedRow => ({
  line: journalLine(lineOf(row)),
  text: row.text_line,
})
