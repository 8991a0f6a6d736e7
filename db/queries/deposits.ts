import { sql } from 'kysely'
import type { DepositRow } from '../../shared/ledger/tables.ts'
import type { CountedPiece } from '../../shared/rules/denominations.ts'
import type { Reader } from '../reader.ts'
import { build } from '../statement.ts'

export function depositById(reader: Reader, depositId: string): DepositRow | undefined {
  return reader.first(build.selectFrom('deposit').selectAll().where('deposit_id', '=', depositId))
}

export function bagNumberTaken(reader: Reader, bagNumber: string): boolean {
  return (
    reader.first(build.selectFrom('deposit').select('deposit_id').where('bag_number', '=', bagNumber)) !==
    undefined
  )
}

export function recentDeposits(reader: Reader): DepositRow[] {
  return reader.all(build.selectFrom('deposit').selectAll().orderBy('deposit_no', 'desc').limit(200))
}

export function depositPieces(reader: Reader, depositId: string): CountedPiece[] {
  return reader
    .all(
      build
        .selectFrom('deposit_piece')
        .selectAll()
        .where('deposit_id', '=', depositId)
        .orderBy('kind', 'desc')
        .orderBy('value_cents', 'desc'),
    )
    .map(row => ({
      valueCents: row.value_cents,
      kind: row.kind,
      pieces: row.pieces,
      bundles: row.bundles,
      cents: row.cents,
    }))
}

export function depositItems(reader: Reader, depositId: string) {
  return reader.all(
    build
      .selectFrom('deposit_item as i')
      .leftJoin('receipt as r', 'r.receipt_id', 'i.receipt_id')
      .select([
        'i.tender',
        'i.receipt_id as receiptId',
        'i.tender_no as tenderNo',
        sql<string>`coalesce(r.number, '')`.as('receiptNumber'),
        'i.reference',
        'i.routing_number as routingNumber',
        'i.cents',
      ])
      .where('i.deposit_id', '=', depositId)
      .orderBy('i.item_no'),
  )
}

export function depositSessions(reader: Reader, depositId: string) {
  return reader.all(
    build
      .selectFrom('deposit_session')
      .select(['session_id as sessionId', 'cash_cents as cashCents', 'items_cents as itemsCents'])
      .where('deposit_id', '=', depositId),
  )
}
