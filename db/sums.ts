import type Database from 'better-sqlite3'
import { checkCustodySums } from './custody-sums.ts'
import type { Problems } from './problems.ts'

interface ReceiptSums {
  number: string
  total: number
  rounding: number
  tendered: number
  change: number
  lines: number
  tenders: number
}

const RECEIPTS = `
SELECT r.number, r.total_cents AS total, r.rounding_cents AS rounding, r.tendered_cents AS tendered,
  r.change_cents AS change,
  (SELECT coalesce(sum(cents), 0) FROM receipt_line l WHERE l.receipt_id = r.receipt_id) AS lines,
  (SELECT coalesce(sum(cents), 0) FROM receipt_tender t WHERE t.receipt_id = r.receipt_id) AS tenders
FROM receipt r`

const ALLOCATIONS = `
SELECT l.receipt_id || '/' || l.line_no AS place, l.cents AS cents,
  (SELECT coalesce(sum(a.cents), 0) FROM receipt_allocation a
   WHERE a.receipt_id = l.receipt_id AND a.line_no = l.line_no) AS allocated
FROM receipt_line l WHERE l.kind = 'account'`

const SESSIONS = `
SELECT s.number, st.tender,
  st.tendered_cents - st.refunded_cents - st.change_cents AS kept,
  (SELECT coalesce(sum(t.cents), 0) FROM receipt_tender t JOIN receipt r ON r.receipt_id = t.receipt_id
   WHERE r.session_id = s.session_id AND t.tender = st.tender AND r.state = 'posted')
  - CASE st.tender WHEN 'cash' THEN (SELECT coalesce(sum(r.change_cents), 0) FROM receipt r
      WHERE r.session_id = s.session_id AND r.state = 'posted') ELSE 0 END AS summed
FROM drawer_session s JOIN session_tender st ON st.session_id = s.session_id`

const CLOSED = `
SELECT s.number, st.tender, st.expected_cents AS stated, st.over_short_cents AS overShort, st.counted_cents AS counted,
  st.float_cents + st.tendered_cents - st.change_cents + st.paid_in_cents - st.paid_out_cents
    - st.turned_in_cents - st.refunded_cents AS expected
FROM drawer_session s JOIN session_tender st ON st.session_id = s.session_id
WHERE s.state = 'closed' AND (st.expected_cents IS NOT NULL OR st.tendered_cents <> 0)`

const HANDED = `
SELECT n.number, st.float_cents AS begins, b.left_cents AS remained, n.fund_cents AS fund, b.fund_cents AS fundBefore
FROM drawer_session n JOIN drawer_session b ON b.session_id = n.handed_from
JOIN session_tender st ON st.session_id = n.session_id AND st.tender = 'cash'`

const COUNTS = `
SELECT c.count_id AS id, t.cents AS stated,
  (SELECT coalesce(sum(p.cents), 0) FROM count_piece p WHERE p.count_id = c.count_id) AS pieces
FROM count c JOIN count_total t ON t.count_id = c.count_id AND t.tender = 'cash'`

/**
 * Sums that must hold whatever the projections say: lines = tenders − change for each receipt; allocations =
 * line; what each session kept = its receipts; expected by rule 1 = expected as stated, for every
 * tender that moved; what was handed over = what the next session begins with; a count = its pieces; and what `checkCustodySums` says of deposits and the safe.
 */
export function checkSums(
  ledger: Database.Database,
  problems: Problems,
): { receipts: number; sessions: number; totalCents: number } {
  const receipts = checkReceipts(ledger, problems)
  checkSessions(ledger, problems)
  checkHandedOver(ledger, problems)
  checkCounts(ledger, problems)
  checkCustodySums(ledger, problems)
  const sessions = ledger.prepare<[], number>('SELECT count(*) FROM drawer_session').pluck().get() ?? 0
  const total = ledger.prepare<[], number>(
    "SELECT coalesce(sum(total_cents), 0) FROM receipt WHERE state = 'posted'",
  )
  return { receipts, sessions, totalCents: total.pluck().get() ?? 0 }
}

function checkReceipts(ledger: Database.Database, problems: Problems): number {
  let receipts = 0
  for (const row of ledger.prepare<[], ReceiptSums>(RECEIPTS).iterate()) {
    const place = `receipt ${row.number}`
    receipts++
    if (row.lines !== row.total) problems.add(place, `lines are ${row.lines}, total ${row.total}`)
    if (row.tenders !== row.tendered) problems.add(place, `tenders do not add up to ${row.tendered}`)
    if (row.lines + row.rounding !== row.tenders - row.change)
      problems.add(place, 'lines are not tenders less change')
  }
  const allocations = ledger.prepare<[], { place: string; cents: number; allocated: number }>(ALLOCATIONS)
  for (const row of allocations.iterate())
    if (row.cents !== row.allocated)
      problems.add(`receipt_line ${row.place}`, `allocates ${row.allocated} of ${row.cents}`)
  return receipts
}

interface ClosedSums {
  number: string
  tender: string
  stated: number
  expected: number
  counted: number
  overShort: number
}

function checkSessions(ledger: Database.Database, problems: Problems): void {
  const kept = ledger.prepare<[], { number: string; tender: string; kept: number; summed: number }>(SESSIONS)
  for (const row of kept.iterate())
    if (row.kept !== row.summed)
      problems.add(
        `session ${row.number} ${row.tender}`,
        `keeps ${row.kept}, its receipts come to ${row.summed}`,
      )
  for (const row of ledger.prepare<[], ClosedSums>(CLOSED).iterate())
    if (row.stated !== row.expected || row.counted - row.stated !== row.overShort)
      problems.add(`session ${row.number} ${row.tender}`, `expected ${row.expected}, stated ${row.stated}`)
}

interface HandedOver {
  number: string
  begins: number
  remained: number
  fund: number
  fundBefore: number
}

/** A session that takes a drawer over begins with exactly what the one before left in it, and with its fund. */
function checkHandedOver(ledger: Database.Database, problems: Problems): void {
  for (const row of ledger.prepare<[], HandedOver>(HANDED).iterate())
    if (row.begins !== row.remained || row.fund !== row.fundBefore)
      problems.add(`session ${row.number}`, `begins with ${row.begins}, ${row.remained} was handed over`)
}

function checkCounts(ledger: Database.Database, problems: Problems): void {
  for (const row of ledger.prepare<[], { id: string; stated: number; pieces: number }>(COUNTS).iterate())
    if (row.stated !== row.pieces)
      problems.add(`count ${row.id}`, `its pieces come to ${row.pieces}, not ${row.stated}`)
}
