import { sql } from 'kysely'
import type { DepositPieceRow, DepositRow, DepositStepRow } from '../../shared/ledger/rows/deposit-rows.ts'
import type { CountedPiece } from '../../shared/rules/cash/denominations.ts'
import type { Reader } from '../ledger/reader.ts'
import { build } from '../ledger/statement.ts'
import { COUNTED_PIECE } from './piece-columns.ts'

export function depositById(reader: Reader, depositId: string): DepositRow | undefined {
  return reader.first(build.selectFrom('deposit').selectAll().where('deposit_id', '=', depositId))
}

/** Whether another deposit has this bag; one that was opened again gave its bag back. */
export function bagNumberTaken(reader: Reader, bagNumber: string, besides = ''): boolean {
  const found = build
    .selectFrom('deposit')
    .select('deposit_id')
    .where('bag_number', '=', bagNumber)
    .where('state', '<>', 'reopened')
    .where('deposit_id', '<>', besides)
  return reader.first(found) !== undefined
}

export function sealNumberTaken(reader: Reader, sealNumber: string): boolean {
  const found = build.selectFrom('deposit').select('deposit_id').where('seal_number', '=', sealNumber)
  return reader.first(found) !== undefined
}

/** Whether closed sessions hold money that may only go to this bank account, and that is in no deposit yet. */
export function moneyWaitsFor(reader: Reader, bankAccountId: string): boolean {
  const waiting = build
    .selectFrom('session_part')
    .select('session_id')
    .where('bank_account_id', '=', bankAccountId)
    .where('deposit_id', 'is', null)
    .limit(1)
  return reader.first(waiting) !== undefined
}

/** The deposits that were made up last, the latest first. */
export function latestDepositIds(reader: Reader, limit: number): string[] {
  const query = build.selectFrom('deposit').select('deposit_id').orderBy('deposit_no', 'desc').limit(limit)
  return reader.all(query).map(row => row.deposit_id)
}

export function recentDeposits(reader: Reader): DepositRow[] {
  return reader.all(build.selectFrom('deposit').selectAll().orderBy('deposit_no', 'desc').limit(200))
}

/** Cash as the preparer put it in, or as the verifier counted it. */
export function depositPieces(
  reader: Reader,
  depositId: string,
  step: DepositPieceRow['step'],
): CountedPiece[] {
  const query = build
    .selectFrom('deposit_piece')
    .select(COUNTED_PIECE)
    .where('deposit_id', '=', depositId)
    .where('step', '=', step)
    .orderBy('kind', 'desc')
    .orderBy('value_cents', 'desc')
  return reader.all(query)
}

/** Every hand that a deposit went through, in order. */
export function depositSteps(reader: Reader, depositId: string): DepositStepRow[] {
  return reader.all(
    build
      .selectFrom('deposit_step')
      .selectAll()
      .where('deposit_id', '=', depositId)
      .orderBy('epoch')
      .orderBy('seq'),
  )
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

/** The parts of sessions' money that a deposit is made of. */
export function depositParts(reader: Reader, depositId: string) {
  return reader.all(
    build
      .selectFrom('deposit_session')
      .select([
        'session_id as sessionId',
        'part_no as partNo',
        'cash_cents as cashCents',
        'items_cents as itemsCents',
      ])
      .where('deposit_id', '=', depositId)
      .orderBy('session_id')
      .orderBy('part_no'),
  )
}
