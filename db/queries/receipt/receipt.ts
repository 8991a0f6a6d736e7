import { sql } from 'kysely'
import type { JournalPosition } from '../../../shared/ledger/journal-position.ts'
import { detailsOf, type ReceiptLine, type ReceiptTender } from '../../../shared/ledger/receipt.ts'
import type {
  ReceiptAllocationRow,
  ReceiptLineRow,
  ReceiptRow,
  ReceiptTenderRow,
} from '../../../shared/ledger/rows/receipt-rows.ts'
import { type Cents, ZERO } from '../../../shared/money.ts'
import type { Pending } from '../../../shared/rules/account/owed.ts'
import type { Tender } from '../../../shared/tenders.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import type { Reader } from '../../ledger/reader.ts'
import { build, statement } from '../../ledger/statement.ts'

const receiptRow = statement<{ receiptId: string }>()(parameter =>
  build.selectFrom('receipt').selectAll().where('receipt_id', '=', parameter('receiptId')),
)

export function receiptById(reader: Reader, receiptId: string): ReceiptRow | undefined {
  return reader.one(receiptRow, { receiptId })
}

function lineFrom(row: ReceiptLineRow, allocations: readonly ReceiptAllocationRow[]): ReceiptLine {
  if (row.kind === 'catalog')
    return {
      kind: 'catalog',
      catalogItemId: row.catalog_item_id ?? '',
      code: row.code ?? '',
      name: row.name,
      quantity: row.quantity,
      unitPriceCents: row.unit_price_cents,
      baseCents: row.base_cents,
      rateMillionths: row.rate_millionths,
      reference: row.reference,
      cents: row.cents,
      glAccount: row.gl_account ?? '',
    }
  return {
    kind: 'account',
    accountId: row.account_id ?? '',
    accountNumber: row.account_number ?? '',
    name: row.name,
    address: row.address,
    cents: row.cents,
    balanceBeforeCents: row.balance_before_cents ?? ZERO,
    asOfMs: row.as_of_ms ?? 0,
    allocations: allocations
      .filter(allocation => allocation.line_no === row.line_no)
      .map(allocation => ({
        itemId: allocation.item_id,
        service: allocation.service,
        dueDate: allocation.due_date,
        cents: allocation.cents,
        glAccount: allocation.gl_account,
      })),
  }
}

export function linesOf(reader: Reader, receiptId: string): ReceiptLine[] {
  const allocations = reader.all(
    build
      .selectFrom('receipt_allocation')
      .selectAll()
      .where('receipt_id', '=', receiptId)
      .orderBy('allocation_no'),
  )
  return reader
    .all(build.selectFrom('receipt_line').selectAll().where('receipt_id', '=', receiptId).orderBy('line_no'))
    .map(row => lineFrom(row, allocations))
}

function tenderFrom(row: ReceiptTenderRow): ReceiptTender {
  return {
    tender: row.tender,
    cents: row.cents,
    reference: row.reference,
    details: detailsOf(row),
  }
}

export function tendersOf(reader: Reader, receiptId: string): ReceiptTender[] {
  return reader
    .all(
      build.selectFrom('receipt_tender').selectAll().where('receipt_id', '=', receiptId).orderBy('tender_no'),
    )
    .map(tenderFrom)
}

/** What this till has taken for an account, or given back, and central's figures do not contain yet. */
const pendingRows = statement<{ accountId: string } & JournalPosition>()(parameter => {
  const isBeyond = (epoch: string, seq: string) =>
    sql<number>`coalesce((${sql.ref(epoch)}, ${sql.ref(seq)}) > (${parameter('epoch')}, ${parameter('seq')}), 0)`
  const posted = isBeyond('r.epoch', 'r.seq')
  const voided = isBeyond('r.void_epoch', 'r.void_seq')
  return build
    .selectFrom('receipt_line as l')
    .innerJoin('receipt as r', 'r.receipt_id', 'l.receipt_id')
    .innerJoin('receipt_allocation as a', join =>
      join.onRef('a.receipt_id', '=', 'l.receipt_id').onRef('a.line_no', '=', 'l.line_no'),
    )
    .select([
      'a.item_id as itemId',
      'a.service',
      'a.due_date as dueDate',
      'a.gl_account as glAccount',
      sql<Cents>`a.cents * (${posted} - ${voided})`.as('cents'),
    ])
    .where('l.account_id', '=', parameter('accountId'))
    .where(posted, '<>', voided)
})

/** `through` is how far this till's journal is in central's figures. */
export function pendingAllocations(
  reader: Reader,
  accountId: string,
  { epoch, seq }: JournalPosition,
): Pending[] {
  return reader.many(pendingRows, { accountId, epoch, seq })
}

/** What was paid here under an account's ids, the latest first, without receipts of the sessions named. */
export function accountHistory(
  reader: Reader,
  accountIds: readonly string[],
  { hiddenIds }: { hiddenIds: readonly string[] },
) {
  return reader
    .all(
      build
        .selectFrom('receipt_line as l')
        .innerJoin('receipt as r', 'r.receipt_id', 'l.receipt_id')
        .select([
          'r.receipt_id as receiptId',
          'r.number',
          'r.posted_at as postedAtMs',
          'r.business_date as businessDate',
          'l.cents',
          'l.balance_before_cents as balanceBeforeCents',
          'r.state',
        ])
        .where('l.account_id', 'in', [...accountIds])
        .where('r.session_id', 'not in', [...hiddenIds])
        .orderBy('l.receipt_id', 'desc')
        .limit(200),
    )
    .map(({ state, balanceBeforeCents, ...row }) => ({
      ...row,
      balanceBeforeCents: balanceBeforeCents ?? ZERO,
      voided: state === 'voided',
    }))
}

export interface ReceiptFilter {
  /** A receipt number or its end, an account number, or the beginning of a name. */
  text?: string | undefined
  accountIds?: readonly string[] | undefined
  tender?: Tender | undefined
  cents?: Cents | undefined
  fromDate?: BusinessDate | undefined
  toDate?: BusinessDate | undefined
  sessionId?: string | undefined
  /** Sessions of which none is given. */
  hiddenIds: readonly string[]
  limit: number
}

export interface ReceiptSummaryRow {
  receiptId: string
  epoch: number
  seq: number
  number: string
  postedAtMs: number
  businessDate: BusinessDate
  cashierId: string
  sessionId: string
  totalCents: Cents
  state: 'posted' | 'voided'
}

/** Receipts that meet all that is asked, newest first. */
export function findReceipts(reader: Reader, filter: ReceiptFilter): ReceiptSummaryRow[] {
  let query = build
    .selectFrom('receipt as r')
    .select([
      'r.receipt_id as receiptId',
      'r.epoch',
      'r.seq',
      'r.number',
      'r.posted_at as postedAtMs',
      'r.business_date as businessDate',
      'r.cashier_id as cashierId',
      'r.session_id as sessionId',
      'r.total_cents as totalCents',
      'r.state',
    ])
  if (filter.sessionId !== undefined) query = query.where('r.session_id', '=', filter.sessionId)
  if (filter.hiddenIds.length > 0) query = query.where('r.session_id', 'not in', [...filter.hiddenIds])
  if (filter.cents !== undefined) query = query.where('r.total_cents', '=', filter.cents)
  if (filter.fromDate !== undefined) query = query.where('r.business_date', '>=', filter.fromDate)
  if (filter.toDate !== undefined) query = query.where('r.business_date', '<=', filter.toDate)
  const { tender, text } = filter
  if (tender !== undefined)
    query = query.where('r.receipt_id', 'in', tenderIds =>
      tenderIds.selectFrom('receipt_tender as t').select('t.receipt_id').where('t.tender', '=', tender),
    )
  const found = text?.trim() ?? ''
  if (found !== '') query = query.where('r.receipt_id', 'in', idsByText(reader, found, filter))
  return reader.all(query.orderBy('r.receipt_no', 'desc').limit(filter.limit))
}

/** Enough to fill a list; a name that half the city bears is narrowed by date or amount. */
const MOST_IDS = 2_000

function idsByText(reader: Reader, text: string, filter: ReceiptFilter): string[] {
  const upper = text.toUpperCase()
  const byNumber = build
    .selectFrom('receipt')
    .select('receipt_id as id')
    .where(eb => {
      const exact = eb('number', '=', upper)
      return /^\d{1,9}$/.test(text) ? eb.or([exact, eb('receipt_no', '=', Number.parseInt(text, 10))]) : exact
    })
  const byName = build
    .selectFrom('receipt_line')
    .select('receipt_id as id')
    .where(sql<boolean>`name COLLATE NOCASE >= ${text}`)
    .where(sql<boolean>`name COLLATE NOCASE < ${`${text}\u{10ffff}`}`)
    .limit(MOST_IDS)
  const byAccount =
    filter.accountIds && filter.accountIds.length > 0
      ? reader.all(
          build
            .selectFrom('receipt_line')
            .select('receipt_id as id')
            .where('account_id', 'in', [...filter.accountIds])
            .orderBy('receipt_id', 'desc')
            .limit(MOST_IDS),
        )
      : []
  const rows = [...reader.all(byNumber), ...reader.all(byName), ...byAccount]
  return [...new Set(rows.map(row => row.id))]
}

/** Names and tenders of receipts, for lists. */
export function summaryParts(
  reader: Reader,
  receiptIds: readonly string[],
): { names: Map<string, string[]>; tenders: Map<string, Tender[]> } {
  const names = new Map<string, string[]>()
  const tenders = new Map<string, Tender[]>()
  if (receiptIds.length === 0) return { names, tenders }
  const lines = build
    .selectFrom('receipt_line')
    .select(['receipt_id', 'name'])
    .where('receipt_id', 'in', [...receiptIds])
    .orderBy('line_no')
  for (const row of reader.all(lines))
    names.set(row.receipt_id, [...(names.get(row.receipt_id) ?? []), row.name])
  const kinds = build
    .selectFrom('receipt_tender')
    .select(['receipt_id', 'tender'])
    .where('receipt_id', 'in', [...receiptIds])
    .orderBy('tender_no')
  for (const row of reader.all(kinds))
    tenders.set(row.receipt_id, [...(tenders.get(row.receipt_id) ?? []), row.tender])
  return { names, tenders }
}

/** First and last receipt number of a session; null where it has none. */
export function numberRange(
  reader: Reader,
  sessionId: string,
): { first: string | null; last: string | null } {
  const rows = build.selectFrom('receipt').select('number').where('session_id', '=', sessionId)
  return {
    first: reader.first(rows.orderBy('receipt_no').limit(1))?.number ?? null,
    last: reader.first(rows.orderBy('receipt_no', 'desc').limit(1))?.number ?? null,
  }
}

const newestOfSession = statement<{ sessionId: string }>()(parameter =>
  build
    .selectFrom('receipt')
    .select('receipt_id as receiptId')
    .where('session_id', '=', parameter('sessionId'))
    .orderBy('receipt_no', 'desc')
    .limit(1),
)

/** The receipt that was posted last in a session, voided or not. */
export function latestReceiptOf(reader: Reader, sessionId: string): string | undefined {
  return reader.one(newestOfSession, { sessionId })?.receiptId
}

/** When the receipts of some business dates were posted, voided ones included; UTC milliseconds. */
export function postedAtOf(reader: Reader, dates: readonly BusinessDate[]): number[] {
  const rows = build
    .selectFrom('receipt')
    .select('posted_at as atMs')
    .where('business_date', 'in', [...dates])
  return reader.all(rows).map(row => row.atMs)
}

export function voidsOf(reader: Reader, sessionId: string) {
  return reader.all(
    build
      .selectFrom('receipt')
      .select(['number', 'total_cents as cents', 'void_reason as reason', 'void_approved_by as approvedBy'])
      .where('session_id', '=', sessionId)
      .where('state', '=', 'voided')
      .orderBy('receipt_no'),
  )
}

/** What a session's standing receipts come to. */
export function totalOf(reader: Reader, sessionId: string): Cents {
  const row = reader.first(
    build
      .selectFrom('receipt')
      .select(sql<Cents>`coalesce(sum(total_cents), 0)`.as('cents'))
      .where('session_id', '=', sessionId)
      .where('state', '=', 'posted'),
  )
  return row?.cents ?? ZERO
}

const newestReceiptNo = statement<object>()(() =>
  build.selectFrom('till').select('last_receipt_no as receiptNo').limit(1),
)

/** The running number of this till's newest receipt, which is how many it has posted; 0 before the first. */
export function lastReceiptNo(reader: Reader): number {
  const row = reader.one(newestReceiptNo, {})
  return row?.receiptNo ?? 0
}
