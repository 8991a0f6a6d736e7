import { type SumCheck, seriesChecks } from './sum-check.ts'

/**
 * A receipt's lines = its tenders less change; an account line = its allocations; a catalog line = its price; noted pieces
 * = the cash that stayed; the till's totals = all of its receipts.
 */
export const receiptSums: readonly SumCheck[] = [
  ...seriesChecks({
    table: 'receipt',
    no: 'receipt_no',
    number: 'number',
    last: 'last_receipt_no',
    letter: '',
    digits: 6,
  }),
  {
    sql: `
SELECT 'receipt ' || number AS place,
  CASE WHEN lines <> total THEN 'lines are ' || lines || ', total ' || total
    WHEN tenders <> tendered THEN 'tenders do not add up to ' || tendered
    ELSE 'lines are not tenders less change' END AS problem
FROM (SELECT r.number, r.total_cents AS total, r.rounding_cents AS rounding, r.tendered_cents AS tendered,
    r.change_cents AS change,
    (SELECT coalesce(sum(cents), 0) FROM receipt_line l WHERE l.receipt_id = r.receipt_id) AS lines,
    (SELECT coalesce(sum(cents), 0) FROM receipt_tender t WHERE t.receipt_id = r.receipt_id) AS tenders
  FROM receipt r)
WHERE lines <> total OR tenders <> tendered OR lines + rounding <> tenders - change`,
  },
  {
    sql: `
SELECT 'receipt_line ' || l.receipt_id || '/' || l.line_no AS place, 'allocates ' || l.allocated || ' of ' || l.cents AS problem
FROM (SELECT l.receipt_id, l.line_no, l.cents,
    (SELECT coalesce(sum(a.cents), 0) FROM receipt_allocation a
     WHERE a.receipt_id = l.receipt_id AND a.line_no = l.line_no) AS allocated
  FROM receipt_line l WHERE l.kind = 'account') l
WHERE l.allocated <> l.cents`,
  },
  {
    problem: 'is not its price, as often as it was sold',
    sql: `
SELECT 'receipt_line ' || receipt_id || '/' || line_no AS place FROM receipt_line
WHERE kind = 'catalog' AND rate_millionths IS NULL AND cents IS NOT unit_price_cents * quantity`,
  },
  {
    problem: 'its noted pieces are not the cash that stayed',
    sql: `
SELECT 'receipt ' || r.number AS place
FROM receipt r JOIN (SELECT receipt_id, sum(value_cents * (taken - given)) AS cents
  FROM receipt_piece GROUP BY receipt_id) p ON p.receipt_id = r.receipt_id
WHERE p.cents IS NOT (SELECT coalesce(sum(t.cents), 0) FROM receipt_tender t
  WHERE t.receipt_id = r.receipt_id AND t.tender = 'cash') - r.change_cents`,
  },
  {
    problem: 'its totals are not those of its receipts',
    sql: `
SELECT 'till' AS place FROM till
WHERE total_receipts <> (SELECT count(*) FROM receipt)
  OR total_posted_cents <> (SELECT coalesce(sum(total_cents), 0) FROM receipt)
  OR total_voided_cents <> (SELECT coalesce(sum(total_cents), 0) FROM receipt WHERE state = 'voided')`,
  },
]
