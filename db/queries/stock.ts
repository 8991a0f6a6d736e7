/** The pieces that a drawer is likely to hold: its last count, and what has moved since. */
import { sql } from 'kysely'
import { type Cents, ZERO } from '../../shared/money.ts'
import type { Denomination, PieceCount } from '../../shared/rules/denominations.ts'
import { type LikelyStock, likelyStock, type StockEvent } from '../../shared/rules/likely-stock.ts'
import type { Reader } from '../reader.ts'
import { build, statement } from '../statement.ts'
import { countsOf, piecesOf, type Session } from './sessions.ts'

interface Since {
  sessionId: string
  /** Place in the journal of the count that the stock begins with. */
  sinceSeq: number
}

/** An event at its place in the journal. */
interface Placed {
  seq: number
  event: StockEvent
}

/** Receipts posted or voided since; most of a session's, so asked for with their cash in one go. */
const movedReceipts = statement<Since>()(parameter =>
  build
    .selectFrom('receipt as r')
    .leftJoin('receipt_tender as t', join =>
      join.onRef('t.receipt_id', '=', 'r.receipt_id').on('t.tender', '=', 'cash'),
    )
    .select(['r.receipt_id as receiptId', 'r.seq', 'r.void_seq as voidSeq', 'r.change_cents as changeCents'])
    .select(sql<Cents>`coalesce(sum(t.cents), 0)`.as('cashCents'))
    .where('r.session_id', '=', parameter('sessionId'))
    .where(eb =>
      eb.or([eb('r.seq', '>', parameter('sinceSeq')), eb('r.void_seq', '>', parameter('sinceSeq'))]),
    )
    .groupBy(['r.receipt_id', 'r.seq', 'r.void_seq', 'r.change_cents']),
)
const notedPieces = statement<Since>()(parameter =>
  build
    .selectFrom('receipt as r')
    .innerJoin('receipt_piece as p', 'p.receipt_id', 'r.receipt_id')
    .select(['p.receipt_id as receiptId', 'p.value_cents as valueCents', 'p.kind', 'p.taken', 'p.given'])
    .where('r.session_id', '=', parameter('sessionId'))
    .where('r.seq', '>', parameter('sinceSeq')),
)
const movements = statement<Since>()(parameter =>
  build
    .selectFrom('movement')
    .select(['movement_id as movementId', 'seq', 'kind', 'cash_cents as cents'])
    .where('session_id', '=', parameter('sessionId'))
    .where('seq', '>', parameter('sinceSeq')),
)
const movedPieces = statement<Since>()(parameter =>
  build
    .selectFrom('movement as m')
    .innerJoin('movement_piece as p', 'p.movement_id', 'm.movement_id')
    .select(['p.movement_id as movementId', 'p.direction', 'p.value_cents as valueCents', 'p.kind'])
    .select(['p.pieces', 'p.bundles'])
    .where('m.session_id', '=', parameter('sessionId'))
    .where('m.seq', '>', parameter('sinceSeq')),
)

interface NotedPiece {
  valueCents: Cents
  kind: 'note' | 'coin'
  taken: number
  given: number
}

/** The pieces of one direction; null where none were noted. What is noted comes to the receipt's cash, both ways. */
function noted(rows: readonly NotedPiece[], direction: 'taken' | 'given'): PieceCount[] | null {
  if (rows.length === 0) return null
  return rows
    .filter(row => row[direction] > 0)
    .map(({ valueCents, kind, ...row }) => ({ valueCents, kind, pieces: row[direction], bundles: 0 }))
}

const piecesOfReceipt = statement<{ receiptId: string }>()(parameter =>
  build
    .selectFrom('receipt_piece')
    .select(['value_cents as valueCents', 'kind', 'taken', 'given'])
    .where('receipt_id', '=', parameter('receiptId'))
    .orderBy('value_cents', 'desc')
    .orderBy('kind', 'desc'),
)

/** The pieces that were noted as given with a receipt; null where nothing was noted. */
export function givenPieces(reader: Reader, receiptId: string): PieceCount[] | null {
  return noted(reader.many(piecesOfReceipt, { receiptId }), 'given')
}

function receiptEvents(reader: Reader, since: Since, changeInDrawerOf: string | null): Placed[] {
  const pieces = Map.groupBy(reader.many(notedPieces, since), row => row.receiptId)
  return reader.many(movedReceipts, since).flatMap(({ receiptId, seq, voidSeq, changeCents, cashCents }) => {
    const rows = pieces.get(receiptId) ?? []
    const taken = noted(rows, 'taken')
    const given =
      receiptId === changeInDrawerOf
        ? { changeCents: ZERO, given: [] }
        : { changeCents, given: noted(rows, 'given') }
    const posted: StockEvent = { kind: 'receipt', cashTenderedCents: cashCents, taken, ...given }
    return [
      ...(seq > since.sinceSeq ? [{ seq, event: posted }] : []),
      ...(voidSeq === null ? [] : [{ seq: voidSeq, event: reversed(cashCents, changeCents, rows) }]),
    ]
  })
}

/** A void: the change comes back, and the cash that was taken is given back. */
function reversed(cashCents: Cents, changeCents: Cents, rows: readonly NotedPiece[]): StockEvent {
  return {
    kind: 'receipt',
    cashTenderedCents: changeCents,
    changeCents: cashCents,
    taken: noted(rows, 'given'),
    given: noted(rows, 'taken'),
  }
}

function movementEvents(reader: Reader, since: Since): Placed[] {
  const pieces = Map.groupBy(reader.many(movedPieces, since), row => row.movementId)
  return reader.many(movements, since).map(({ movementId, seq, kind, cents }) => {
    const rows = pieces.get(movementId) ?? []
    const returned = rows.filter(row => row.direction === 'out')
    const received = rows.filter(row => row.direction === 'in')
    if (kind === 'turn-in') return { seq, event: { kind, pieces: returned } }
    if (kind === 'change-order') return { seq, event: { kind, received, returned } }
    return { seq, event: { kind, cents, pieces: rows.length === 0 ? null : rows } }
  })
}

/**
 * The likely pieces in a session's drawer now: those of its last count (the opening one, or a surprise count
 * since), and every receipt, void, turn-in, payment and change order after it. It tells what the drawer should
 * hold, so whoever is going to count it blind must not see it. The change of the receipt `changeInDrawerOf` is
 * counted as being there still.
 */
export function stockOf(
  reader: Reader,
  { sessionId }: Pick<Session, 'sessionId'>,
  denominations: readonly Denomination[],
  changeInDrawerOf: string | null = null,
): LikelyStock {
  const last = countsOf(reader, sessionId).at(-1)
  if (!last) throw new Error(`Session ${sessionId} was opened without a count`)
  const since = { sessionId, sinceSeq: last.seq }
  const events = [...receiptEvents(reader, since, changeInDrawerOf), ...movementEvents(reader, since)]
  events.sort((a, b) => a.seq - b.seq)
  return likelyStock(
    piecesOf(reader, last.count_id),
    events.map(({ event }) => event),
    denominations,
  )
}
