/** What reports over days are made of: which sessions and days, and the receipts in them. */

import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { ReceiptRow } from '../../../shared/ledger/rows/receipt-rows.ts'
import type { DrawerSessionRow } from '../../../shared/ledger/rows/session-rows.ts'
import { type Cents, ZERO } from '../../../shared/money.ts'
import type { Tender } from '../../../shared/tenders.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import type { Reader } from '../../ledger/reader.ts'
import { build } from '../../ledger/statement.ts'

/** What a report is about. */
export interface ReportScope {
  fromDate: BusinessDate
  toDate: BusinessDate
  /** Only this cashier's, or only this drawer's; null for all. */
  personId: string | null
  drawerId: string | null
  /** Sessions whose figures whoever asks must not see. */
  hiddenIds: readonly string[]
}

/** What a report is about, of a table that has the business date and its session `s`. */
export function inScope(dated: 'r' | 'm' | 'n' | 's', scope: ReportScope): RawBuilder<SqlBool> {
  const { fromDate, toDate, personId, drawerId, hiddenIds } = scope
  const conditions = [sql`${sql.ref(`${dated}.business_date`)} BETWEEN ${fromDate} AND ${toDate}`]
  if (personId !== null) conditions.push(sql`s.cashier_id = ${personId}`)
  if (drawerId !== null) conditions.push(sql`s.drawer_id = ${drawerId}`)
  if (hiddenIds.length > 0) conditions.push(sql`s.session_id NOT IN (${sql.join(hiddenIds)})`)
  return sql<SqlBool>`${sql.join(conditions, sql` AND `)}`
}

/** Receipts of the days, each with its session, voided ones included. */
function receiptsIn(scope: ReportScope) {
  return build
    .selectFrom('receipt as r')
    .innerJoin('drawer_session as s', 's.session_id', 'r.session_id')
    .where(inScope('r', scope))
}

const standing = (scope: ReportScope) => receiptsIn(scope).where('r.state', '=', 'posted')

/** Line and cash rounding: what the customer's tenders came to, less the change. */
const kept = sql<Cents>`coalesce(sum(r.total_cents + r.rounding_cents), 0)`
const receipts = sql<number>`count(*)`

export interface GlRow {
  glAccount: string
  /** A service of the utility, or the name of a catalog item; null for cash rounding. */
  what: string | null
  lines: number
  cents: Cents
}

function glRows(reader: Reader, scope: ReportScope): GlRow[] {
  const allocations = standing(scope)
    .innerJoin('receipt_allocation as a', 'a.receipt_id', 'r.receipt_id')
    .select([
      'a.gl_account as glAccount',
      'a.service as what',
      receipts.as('lines'),
      sql<Cents>`sum(a.cents)`.as('cents'),
    ])
    .groupBy(['a.gl_account', 'a.service'])
  const lines = standing(scope)
    .innerJoin('receipt_line as l', 'l.receipt_id', 'r.receipt_id')
    .select([
      sql<string>`coalesce(l.gl_account, '')`.as('glAccount'),
      'l.name as what',
      receipts.as('lines'),
      sql<Cents>`sum(l.cents)`.as('cents'),
    ])
    .where('l.kind', '=', 'catalog')
    .groupBy(['l.gl_account', 'l.name'])
  const rounding = standing(scope)
    .select([
      sql<string>`r.rounding_gl_account`.as('glAccount'),
      sql<null>`NULL`.as('what'),
      receipts.as('lines'),
      sql<Cents>`sum(r.rounding_cents)`.as('cents'),
    ])
    .where('r.rounding_gl_account', 'is not', null)
    .groupBy('r.rounding_gl_account')
  return [...reader.all(allocations), ...reader.all(lines), ...reader.all(rounding)]
}

export interface TenderRow {
  tender: Tender
  items: number
  cents: Cents
}

export interface CashierRow {
  personId: string
  receipts: number
  cents: Cents
}

export interface DayRow {
  businessDate: BusinessDate
  receipts: number
  cents: Cents
}

export interface QuarterRow {
  /** Quarter hours since 1970: every time zone in use is ahead of UTC by whole quarters. */
  quarter: number
  receipts: number
  cents: Cents
}

export type VoidedReceipt = Pick<
  ReceiptRow,
  'number' | 'posted_at' | 'voided_at' | 'cashier_id' | 'voided_by' | 'void_approved_by' | 'void_reason'
> & { cents: Cents; names: string }

export interface CollectionRows {
  gl: GlRow[]
  tenders: TenderRow[]
  changeCents: Cents
  cashiers: CashierRow[]
  days: DayRow[]
  quarters: QuarterRow[]
  voids: VoidedReceipt[]
}

function voidedIn(reader: Reader, scope: ReportScope): VoidedReceipt[] {
  return reader.all(
    receiptsIn(scope)
      .where('r.state', '=', 'voided')
      .select([
        'r.number',
        'r.posted_at',
        'r.voided_at',
        'r.cashier_id',
        'r.voided_by',
        'r.void_approved_by',
        'r.void_reason',
        sql<Cents>`r.total_cents + r.rounding_cents`.as('cents'),
        sql<string>`(SELECT group_concat(l.name, '; ' ORDER BY l.line_no) FROM receipt_line l
          WHERE l.receipt_id = r.receipt_id)`.as('names'),
      ])
      .orderBy('r.receipt_no'),
  )
}

/** What was collected, in every way in which it is added up. Voided receipts are apart and in no sum. */
export function collectionRows(reader: Reader, scope: ReportScope): CollectionRows {
  const whole = reader.first(
    standing(scope).select([sql<Cents>`coalesce(sum(r.change_cents), 0)`.as('changeCents')]),
  )
  const quarter = sql<number>`r.posted_at / 900000`
  return {
    gl: glRows(reader, scope),
    changeCents: whole?.changeCents ?? ZERO,
    tenders: reader.all(
      standing(scope)
        .innerJoin('receipt_tender as t', 't.receipt_id', 'r.receipt_id')
        .leftJoin('tender_type as y', 'y.tender', 't.tender')
        .select(['t.tender', receipts.as('items'), sql<Cents>`sum(t.cents)`.as('cents')])
        .groupBy(['t.tender', 'y.sort'])
        .orderBy('y.sort'),
    ),
    cashiers: reader.all(
      standing(scope)
        .select(['r.cashier_id as personId', receipts.as('receipts'), kept.as('cents')])
        .groupBy('r.cashier_id'),
    ),
    days: reader.all(
      standing(scope)
        .select(['r.business_date as businessDate', receipts.as('receipts'), kept.as('cents')])
        .groupBy('r.business_date')
        .orderBy('r.business_date'),
    ),
    quarters: reader.all(
      standing(scope)
        .select([quarter.as('quarter'), receipts.as('receipts'), kept.as('cents')])
        .groupBy(quarter)
        .orderBy(quarter),
    ),
    voids: voidedIn(reader, scope),
  }
}

/** Sessions that are not closed, oldest first. */
export function unclosedSessions(reader: Reader): DrawerSessionRow[] {
  const open = sql<SqlBool>`state <> 'closed'`
  return reader.all(build.selectFrom('drawer_session').selectAll().where(open).orderBy('session_no'))
}
