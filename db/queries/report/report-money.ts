/** Money that moved without a receipt, deposits, and the journal, over days. */

import { sql } from 'kysely'
import type { MovementRow, NoSaleRow } from '../../../shared/ledger/movement.ts'
import type { DepositRow, DepositStepRow } from '../../../shared/ledger/rows/deposit-rows.ts'
import type { SessionPartRow } from '../../../shared/ledger/rows/session-rows.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import type { Reader } from '../../ledger/reader.ts'
import type { JournalTableRow } from '../../ledger/schema.ts'
import { build } from '../../ledger/statement.ts'
import { inScope, type ReportScope } from './reports.ts'

/** Which session and drawer something belongs to. */
interface OfSession {
  sessionNumber: string
  drawerId: string
}

export type ReportedMovement = MovementRow & OfSession
export type ReportedNoSale = NoSaleRow & OfSession

export interface MovementRows {
  movements: ReportedMovement[]
  noSales: ReportedNoSale[]
}

/** Turn-ins, paid-in and paid-out, change orders and openings for nothing, in order. */
export function movementRows(reader: Reader, scope: ReportScope): MovementRows {
  const movements = build
    .selectFrom('movement as m')
    .innerJoin('drawer_session as s', 's.session_id', 'm.session_id')
    .selectAll('m')
    .select(['s.number as sessionNumber', 's.drawer_id as drawerId'])
    .where(inScope('m', scope))
    .orderBy('m.movement_no')
  const noSales = build
    .selectFrom('no_sale as n')
    .innerJoin('drawer_session as s', 's.session_id', 'n.session_id')
    .selectAll('n')
    .select(['s.number as sessionNumber', 's.drawer_id as drawerId'])
    .where(inScope('n', scope))
    .orderBy('n.epoch')
    .orderBy('n.seq')
  return { movements: reader.all(movements), noSales: reader.all(noSales) }
}

export type ReportedPart = SessionPartRow & {
  zNumber: string
  businessDate: BusinessDate
}

export interface DepositRows {
  /** Made up on the days. */
  deposits: DepositRow[]
  steps: DepositStepRow[]
  /** What the deposits are made of, as it was when they were made up. */
  parts: (Pick<ReportedPart, 'part_no' | 'cash_cents' | 'items_cents' | 'zNumber' | 'businessDate'> & {
    depositId: string
  })[]
  /** Money of sessions of the days that is in no deposit, whenever it was looked for. */
  waiting: (ReportedPart & { sessionId: string })[]
}

/** Deposits with everything that happened to them, and money that is in none. */
export function depositRows(
  reader: Reader,
  { fromDate, toDate }: Pick<ReportScope, 'fromDate' | 'toDate'>,
): DepositRows {
  const made = build
    .selectFrom('deposit as d')
    .where('d.business_date', '>=', fromDate)
    .where('d.business_date', '<=', toDate)
  return {
    deposits: reader.all(made.selectAll('d').orderBy('d.deposit_no')),
    steps: reader.all(
      made
        .innerJoin('deposit_step as e', 'e.deposit_id', 'd.deposit_id')
        .selectAll('e')
        .orderBy('d.deposit_no')
        .orderBy('e.epoch')
        .orderBy('e.seq'),
    ),
    parts: reader.all(
      made
        .innerJoin('deposit_session as p', 'p.deposit_id', 'd.deposit_id')
        .innerJoin('drawer_session as s', 's.session_id', 'p.session_id')
        .select([
          'd.deposit_id as depositId',
          'p.part_no',
          'p.cash_cents',
          'p.items_cents',
          sql<string>`coalesce(s.z_number, '')`.as('zNumber'),
          's.business_date as businessDate',
        ])
        .orderBy('d.deposit_no')
        .orderBy('s.session_no')
        .orderBy('p.part_no'),
    ),
    waiting: reader.all(
      build
        .selectFrom('session_part as p')
        .innerJoin('drawer_session as s', 's.session_id', 'p.session_id')
        .selectAll('p')
        .select([
          's.session_id as sessionId',
          sql<string>`coalesce(s.z_number, '')`.as('zNumber'),
          's.business_date as businessDate',
        ])
        .where('p.deposit_id', 'is', null)
        .where('s.business_date', '>=', fromDate)
        .where('s.business_date', '<=', toDate)
        .orderBy('s.session_no')
        .orderBy('p.part_no'),
    ),
  }
}

/** Facts of the days in the order in which they were stated. */
export function journalRows(
  reader: Reader,
  { fromDate, toDate }: Pick<ReportScope, 'fromDate' | 'toDate'>,
): JournalTableRow[] {
  return reader.all(
    build
      .selectFrom('journal')
      .selectAll()
      .where('business_date', '>=', fromDate)
      .where('business_date', '<=', toDate)
      .orderBy('epoch')
      .orderBy('epoch')
      .orderBy('seq'),
  )
}
