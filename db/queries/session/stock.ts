/** The pieces that a drawer is likely to hold: its last count, and what has moved since. */

import { sql } from 'kysely'
import type { JournalPosition } from '../../../shared/ledger/journal-position.ts'
import { type Cents, ZERO } from '../../../shared/money.ts'
import type { Denomination, PieceCount } from '../../../shared/rules/cash/denominations.ts'
import { type LikelyStock, likelyStock, type StockEvent } from '../../../shared/rules/cash/likely-stock.ts'
import { CASH } from '../../../shared/tenders.ts'
import type { Reader } from '../../ledger/reader.ts'
import { build, statement } from '../../ledger/statement.ts'
import { countsOf, piecesOf, type Session } from './session.ts'

/** More rows than an epoch ever has: epochs follow each other, and each of them numbers its rows from one. */
const EPOCH = 2 ** 32

/** A place in the journal as one number, in the order of the journal over all epochs. */
const placeOf = ({ epoch, seq }: JournalPosition): number => epoch * EPOCH + seq
const placeIn = (table: string, prefix = '') =>
  sql<number>`${sql.ref(`${table}.${prefix}epoch`)} * ${sql.lit(EPOCH)} + ${sql.ref(`${table}.${prefix}seq`)}`
const POSTED = placeIn('r')
const VOIDED = sql<number | null>`${placeIn('r', 'void_')}`
const MOVED = placeIn('m')

interface Since {
  sessionId: string
  /** Place in the journal after which events are asked for. */
  sincePlace: number
}

/** An event at its place in the journal. */
interface Placed {
  place: number
  event: StockEvent
}

/** The stock as it was after one place in the journal. */
interface KnownStock {
  countId: string
  place: number
  /** The city's money at the time, as text: with other money the same moves come to another stock. */
  money: string
  stock: LikelyStock
}

/**
 * What was followed already, by session: the moves before a place in the journal never change, and two thousand
 * receipts take longer to follow than the Window may wait. Nothing else depends on it, and it goes with its reader.
 */
const followed = new WeakMap<Reader, Map<string, KnownStock>>()

function knownBy(reader: Reader): Map<string, KnownStock> {
  const known = followed.get(reader) ?? new Map<string, KnownStock>()
  followed.set(reader, known)
  return known
}

/** Receipts posted or voided since; most of a session's, so asked for with their cash in one go. */
const movedReceipts = statement<Since>()(parameter =>
  build
    .selectFrom('receipt as r')
    .leftJoin('receipt_tender as t', join =>
      join.onRef('t.receipt_id', '=', 'r.receipt_id').on('t.tender', '=', CASH),
    )
    .select(['r.receipt_id as receiptId', 'r.change_cents as changeCents'])
    .select([POSTED.as('place'), VOIDED.as('voidPlace')])
    .select(sql<Cents>`coalesce(sum(t.cents), 0)`.as('cashCents'))
    .where('r.session_id', '=', parameter('sessionId'))
    .where(eb => eb.or([eb(POSTED, '>', parameter('sincePlace')), eb(VOIDED, '>', parameter('sincePlace'))]))
    .groupBy('r.receipt_id'),
)
const notedPieces = statement<Since>()(parameter =>
  build
    .selectFrom('receipt as r')
    .innerJoin('receipt_piece as p', 'p.receipt_id', 'r.receipt_id')
    .select(['p.receipt_id as receiptId', 'p.value_cents as valueCents', 'p.kind', 'p.taken', 'p.given'])
    .where('r.session_id', '=', parameter('sessionId'))
    .where(eb => eb.or([eb(POSTED, '>', parameter('sincePlace')), eb(VOIDED, '>', parameter('sincePlace'))])),
)
const movements = statement<Since>()(parameter =>
  build
    .selectFrom('movement as m')
    .select(['m.movement_id as movementId', 'm.kind', 'm.cash_cents as cents', MOVED.as('place')])
    .where('m.session_id', '=', parameter('sessionId'))
    .where(MOVED, '>', parameter('sincePlace')),
)
const movedPieces = statement<Since>()(parameter =>
  build
    .selectFrom('movement as m')
    .innerJoin('movement_piece as p', 'p.movement_id', 'm.movement_id')
    .select(['p.movement_id as movementId', 'p.direction', 'p.value_cents as valueCents', 'p.kind'])
    .select(['p.pieces', 'p.bundles'])
    .where('m.session_id', '=', parameter('sessionId'))
    .where(MOVED, '>', parameter('sincePlace')),
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
  return reader
    .many(movedReceipts, since)
    .flatMap(({ receiptId, place, voidPlace, changeCents, cashCents }) => {
      const rows = pieces.get(receiptId) ?? []
      const taken = noted(rows, 'taken')
      const given =
        receiptId === changeInDrawerOf
          ? { changeCents: ZERO, given: [] }
          : { changeCents, given: noted(rows, 'given') }
      const posted: StockEvent = { kind: 'receipt', cashTenderedCents: cashCents, taken, ...given }
      return [
        ...(place > since.sincePlace ? [{ place, event: posted }] : []),
        ...(voidPlace === null || voidPlace <= since.sincePlace
          ? []
          : [{ place: voidPlace, event: reversed(cashCents, changeCents, rows) }]),
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
  return reader.many(movements, since).map(({ movementId, place, kind, cents }) => {
    const rows = pieces.get(movementId) ?? []
    const returned = rows.filter(row => row.direction === 'out')
    const received = rows.filter(row => row.direction === 'in')
    if (kind === 'turn-in') return { place, event: { kind, pieces: returned } }
    if (kind === 'change-order') return { place, event: { kind, received, returned } }
    return { place, event: { kind, cents, pieces: rows.length === 0 ? null : rows } }
  })
}

/** Follows the events from a stock that is known. */
function continued({ stock }: KnownStock, events: readonly Placed[], denominations: readonly Denomination[]) {
  const next = likelyStock(
    stock.pieces,
    events.map(({ event }) => event),
    denominations,
  )
  return {
    pieces: next.pieces,
    certain: stock.certain && next.certain,
    assumedReceipts: stock.assumedReceipts + next.assumedReceipts,
  }
}

function eventsSince(reader: Reader, since: Since, changeInDrawerOf: string | null): Placed[] {
  const events = [...receiptEvents(reader, since, changeInDrawerOf), ...movementEvents(reader, since)]
  return events.sort((a, b) => a.place - b.place)
}

/**
 * The likely pieces in a session's drawer now: those of its last count (the opening one, or a surprise count
 * since), and every receipt, void, turn-in, payment and change order after it. It tells what the drawer should
 * hold, so whoever is going to count it blind must not see it.
 */
export function stockOf(
  reader: Reader,
  { sessionId }: Pick<Session, 'sessionId'>,
  denominations: readonly Denomination[],
): LikelyStock {
  const start = startOf(reader, sessionId, denominations)
  const events = eventsSince(reader, { sessionId, sincePlace: start.place }, null)
  // The last one is left open: the change of a receipt that was just posted is asked for without it.
  const settled = events.slice(0, -1)
  const place = settled.at(-1)?.place
  if (place === undefined) return continued(start, events, denominations)
  const known = { ...start, place, stock: continued(start, settled, denominations) }
  knownBy(reader).set(sessionId, known)
  return continued(known, events.slice(-1), denominations)
}

/** The same as it was before the change of a receipt, the latest one of its session, was given. */
export function stockBeforeChange(
  reader: Reader,
  { receiptId, sessionId }: { receiptId: string; sessionId: string },
  denominations: readonly Denomination[],
): LikelyStock {
  const start = startOf(reader, sessionId, denominations)
  return continued(
    start,
    eventsSince(reader, { sessionId, sincePlace: start.place }, receiptId),
    denominations,
  )
}

/** What was followed already since the last count, or else that count. */
function startOf(reader: Reader, sessionId: string, denominations: readonly Denomination[]): KnownStock {
  const last = countsOf(reader, sessionId).at(-1)
  if (!last) throw new Error(`Session ${sessionId} was opened without a count`)
  const money = JSON.stringify(denominations)
  const known = knownBy(reader).get(sessionId)
  if (known?.countId === last.count_id && known.money === money) return known
  const stock = { pieces: piecesOf(reader, last.count_id), certain: true, assumedReceipts: 0 }
  return { countId: last.count_id, place: placeOf(last), money, stock }
}
