/** Money that moved without a receipt: turned in, paid in and out, exchanged. */
import type { MovementRow } from '../../shared/ledger/movement.ts'
import type { CountedPiece } from '../../shared/rules/cash/denominations.ts'
import type { BusinessDate } from '../../shared/time.ts'
import type { Reader } from '../ledger/reader.ts'
import { build } from '../ledger/statement.ts'
import { COUNTED_PIECE } from './piece-columns.ts'

/** Enough for weeks of any window; older slips are found by their days. */
const MOST_MOVEMENTS = 500

export function movementById(reader: Reader, movementId: string): MovementRow | undefined {
  return reader.first(build.selectFrom('movement').selectAll().where('movement_id', '=', movementId))
}

/** Movements by business date, newest first. */
export function movementsBetween(
  reader: Reader,
  from: BusinessDate | undefined,
  to: BusinessDate | undefined,
): MovementRow[] {
  let query = build.selectFrom('movement').selectAll()
  if (from !== undefined) query = query.where('business_date', '>=', from)
  if (to !== undefined) query = query.where('business_date', '<=', to)
  return reader.all(query.orderBy('movement_no', 'desc').limit(MOST_MOVEMENTS))
}

/** Money that moved in a session, in order. */
export function movementsOf(reader: Reader, sessionId: string): MovementRow[] {
  return reader.all(
    build.selectFrom('movement').selectAll().where('session_id', '=', sessionId).orderBy('movement_no'),
  )
}

/** How often the drawer of a session was opened for nothing. */
export function noSaleCount(reader: Reader, sessionId: string): number {
  const counted = build
    .selectFrom('no_sale')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('session_id', '=', sessionId)
  return reader.first(counted)?.count ?? 0
}

/** Pieces that came into the drawer by a movement, or went out of it; notes first, the largest first. */
export function movementPieces(reader: Reader, movementId: string, direction: 'in' | 'out'): CountedPiece[] {
  const query = build
    .selectFrom('movement_piece')
    .select(COUNTED_PIECE)
    .where('movement_id', '=', movementId)
    .where('direction', '=', direction)
    .orderBy('kind', 'desc')
    .orderBy('value_cents', 'desc')
  return reader.all(query)
}

/** Instruments that went to the safe with a turn-in. */
export function movementItems(reader: Reader, movementId: string) {
  return reader.all(
    build
      .selectFrom('movement_item as i')
      .innerJoin('receipt as r', 'r.receipt_id', 'i.receipt_id')
      .select([
        'i.tender',
        'i.receipt_id as receiptId',
        'i.tender_no as tenderNo',
        'r.number as receiptNumber',
        'i.reference',
        'i.cents',
      ])
      .where('i.movement_id', '=', movementId)
      .orderBy('i.item_no'),
  )
}

/** The number of the turn-in that an instrument of this receipt went to the safe with. */
export function turnInOf(reader: Reader, receiptId: string): string | undefined {
  return reader.first(
    build
      .selectFrom('receipt_tender as t')
      .innerJoin('movement as m', 'm.movement_id', 't.movement_id')
      .select('m.number')
      .where('t.receipt_id', '=', receiptId)
      .orderBy('m.movement_no')
      .limit(1),
  )?.number
}
