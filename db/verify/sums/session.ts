import { TENDER_KINDS, type TenderKindSpec } from '../../../shared/tenders.ts'
import { piecesCheck, type SumCheck, seriesChecks } from './sum-check.ts'

/** Kinds whose instruments always go to the bank, one by one. */
const BANK_PAPERS = Object.entries<TenderKindSpec>(TENDER_KINDS)
  .filter(([, { banked, counted }]) => banked && counted === 'items')
  .map(([kind]) => `'${kind}'`)
  .join(', ')

/**
 * What a session kept = its receipts; expected by rule 1 = expected as stated, for every tender that moved; what was
 * handed over = what the next session begins with; a count = its pieces; what it gave to the bank = what was counted
 * less what stayed, and what was turned in; each part in at most one deposit.
 */
export const sessionSums: readonly SumCheck[] = [
  ...seriesChecks({
    table: 'drawer_session',
    no: 'session_no',
    number: 'number',
    last: 'last_session_no',
    letter: 'S',
    digits: 4,
  }),
  ...seriesChecks({
    table: 'drawer_session',
    no: 'z_no',
    number: 'z_number',
    last: 'last_z_no',
    letter: 'Z',
    digits: 4,
  }),
  {
    problem: 'was closed on another figure than was counted',
    sql: `
SELECT 'session ' || s.number || ' ' || st.tender AS place
FROM drawer_session s JOIN session_tender st ON st.session_id = s.session_id
LEFT JOIN count_total t ON t.count_id = s.closing_count_id AND t.tender = st.tender
WHERE s.state = 'closed' AND coalesce(st.counted_cents, 0) <> coalesce(t.cents, 0)`,
  },
  {
    sql: `
SELECT 'session ' || number || ' ' || tender AS place, 'keeps ' || kept || ', its receipts come to ' || summed AS problem
FROM (SELECT s.number, st.tender, st.tendered_cents - st.refunded_cents - st.change_cents AS kept,
    (SELECT coalesce(sum(t.cents), 0) FROM receipt_tender t JOIN receipt r ON r.receipt_id = t.receipt_id
     WHERE r.session_id = s.session_id AND t.tender = st.tender AND r.state = 'posted')
    - CASE st.tender WHEN 'cash' THEN (SELECT coalesce(sum(r.change_cents), 0) FROM receipt r
        WHERE r.session_id = s.session_id AND r.state = 'posted') ELSE 0 END AS summed
  FROM drawer_session s JOIN session_tender st ON st.session_id = s.session_id)
WHERE kept <> summed`,
  },
  {
    sql: `
SELECT 'session ' || number || ' ' || tender AS place, 'expected ' || expected || ', stated ' || stated AS problem
FROM (SELECT s.number, st.tender, st.expected_cents AS stated, st.over_short_cents AS over_short,
    st.counted_cents AS counted,
    st.opening_cents + st.tendered_cents - st.change_cents + st.paid_in_cents - st.paid_out_cents
      - st.turned_in_cents - st.refunded_cents AS expected
  FROM drawer_session s JOIN session_tender st ON st.session_id = s.session_id
  WHERE s.state = 'closed')
WHERE coalesce(stated, 0) <> expected OR counted - stated IS NOT over_short`,
  },
  {
    sql: `
SELECT 'session ' || n.number AS place,
  'begins with ' || st.opening_cents || ', ' || coalesce(b.left_cents, 'nothing') || ' was handed over' AS problem
FROM drawer_session n JOIN drawer_session b ON b.session_id = n.handed_from
JOIN session_tender st ON st.session_id = n.session_id AND st.tender = 'cash'
WHERE st.opening_cents IS NOT b.left_cents OR n.change_fund_cents IS NOT b.change_fund_cents`,
  },
  {
    sql: `
SELECT 'session ' || n.number AS place,
  'begins with ' || st.opening_cents || ' and a change fund of ' || n.change_fund_cents || ' after ' || b.left_cents
    || ' was left of ' || b.change_fund_cents || ': that is not what it says' AS problem
FROM drawer_session n
JOIN drawer_session b ON b.drawer_id = n.drawer_id AND b.session_no = (SELECT max(x.session_no)
  FROM drawer_session x WHERE x.drawer_id = n.drawer_id AND x.session_no < n.session_no)
JOIN session_tender st ON st.session_id = n.session_id AND st.tender = 'cash'
LEFT JOIN opening_difference d ON d.session_id = n.session_id
WHERE n.handed_from IS NULL
  AND (st.opening_cents - b.left_cents IS NOT coalesce(d.fund_change_cents + d.over_short_cents, 0)
    OR n.change_fund_cents NOT IN (
      CASE WHEN coalesce(d.fund_change_cents, 0) = 0 THEN b.change_fund_cents ELSE b.left_cents + d.fund_change_cents END,
      CASE WHEN d.session_id IS NULL THEN b.change_fund_cents ELSE b.left_cents + d.fund_change_cents END)
    OR coalesce(d.left_cents, b.left_cents) IS NOT b.left_cents)`,
  },
  {
    problem: 'says that it began with another amount than was left, and nothing was left to it alone',
    sql: `
SELECT 'session ' || s.number AS place FROM opening_difference d JOIN drawer_session s ON s.session_id = d.session_id
WHERE s.handed_from IS NOT NULL OR NOT EXISTS (SELECT 1 FROM drawer_session b
  WHERE b.drawer_id = s.drawer_id AND b.session_no < s.session_no)`,
  },
  {
    problem:
      'began with another amount than was left, without two counts of it, or with its own cashier’s approval',
    sql: `
SELECT 'session ' || s.number AS place FROM opening_difference d
JOIN drawer_session s ON s.session_id = d.session_id
JOIN session_tender t ON t.session_id = s.session_id AND t.tender = 'cash'
WHERE d.approved_by = s.cashier_id OR (SELECT count(*) FROM opening_count c
  WHERE c.drawer_id = s.drawer_id AND c.person_id = s.cashier_id AND c.business_date = s.business_date
    AND c.after_session_id = (SELECT b.session_id FROM drawer_session b
      WHERE b.drawer_id = s.drawer_id AND b.session_no < s.session_no ORDER BY b.session_no DESC LIMIT 1)
    AND (c.round = 1 OR c.cents = t.opening_cents)) <> 2`,
  },
  {
    problem: 'has another change fund than before, and not the one that was assigned to it',
    sql: `
SELECT 'session ' || s.number AS place FROM opening_difference d JOIN drawer_session s ON s.session_id = d.session_id
WHERE d.fund_change_cents <> 0 AND s.change_fund_cents <> s.change_fund_wanted_cents`,
  },
  piecesCheck('opening_count_piece', "'opening count ' || p.count_id"),
  {
    problem: 'is not the sum of its pieces',
    sql: `
SELECT 'opening count ' || c.count_id AS place FROM opening_count c
WHERE c.cents <> (SELECT coalesce(sum(p.cents), 0) FROM opening_count_piece p WHERE p.count_id = c.count_id)`,
  },
  {
    problem: 'does not begin with what was counted at its opening',
    sql: `
SELECT 'session ' || s.number AS place
FROM drawer_session s
JOIN session_tender st ON st.session_id = s.session_id AND st.tender = 'cash'
JOIN count c ON c.session_id = s.session_id AND c.purpose = 'opening'
WHERE st.opening_cents <> (SELECT coalesce(sum(p.cents), 0) FROM count_piece p WHERE p.count_id = c.count_id)`,
  },
  {
    problem: 'is not what its slips moved',
    sql: `
SELECT 'session ' || s.number || ' ' || st.tender AS place
FROM drawer_session s JOIN session_tender st ON st.session_id = s.session_id
LEFT JOIN (SELECT session_id,
    sum(cash_cents) FILTER (WHERE kind = 'paid-in') AS paid_in,
    sum(cash_cents) FILTER (WHERE kind = 'paid-out') AS paid_out,
    sum(cash_cents) FILTER (WHERE kind = 'turn-in') AS turned_in
  FROM movement GROUP BY session_id) m ON m.session_id = s.session_id AND st.tender = 'cash'
LEFT JOIN (SELECT m.session_id, i.tender, sum(i.cents) AS cents
  FROM movement_item i JOIN movement m ON m.movement_id = i.movement_id
  GROUP BY m.session_id, i.tender) i ON i.session_id = s.session_id AND i.tender = st.tender
WHERE st.paid_in_cents <> coalesce(m.paid_in, 0) OR st.paid_out_cents <> coalesce(m.paid_out, 0)
  OR st.turned_in_cents <> coalesce(m.turned_in, 0) + coalesce(i.cents, 0)`,
  },
  {
    problem: 'its difference is not what was counted less what was expected',
    sql: `
SELECT 'count ' || count_id || ' ' || tender AS place FROM count_total
WHERE over_short_cents <> cents - expected_cents`,
  },
  {
    problem: 'is not the sum of its instruments',
    sql: `
SELECT 'count ' || t.count_id || ' ' || t.tender AS place
FROM count_total t JOIN (SELECT count_id, tender, sum(cents) AS cents FROM count_item GROUP BY count_id, tender) i
  ON i.count_id = t.count_id AND i.tender = t.tender
WHERE i.cents <> t.cents`,
  },
  piecesCheck('count_piece', "'count ' || p.count_id"),
  {
    problem: 'left other pieces than it left cash',
    sql: `
SELECT 'session ' || s.number AS place
FROM drawer_session s
JOIN (SELECT session_id, sum(cents) AS cents FROM session_left_piece GROUP BY session_id) p
  ON p.session_id = s.session_id
WHERE p.cents IS NOT s.left_cents`,
  },
  piecesCheck('session_left_piece', "'session ' || p.session_id"),
  {
    sql: `
SELECT 'count ' || id AS place, 'its pieces come to ' || pieces || ', not ' || stated AS problem
FROM (SELECT c.count_id AS id, t.cents AS stated,
    (SELECT coalesce(sum(p.cents), 0) FROM count_piece p WHERE p.count_id = c.count_id) AS pieces
  FROM count c JOIN count_total t ON t.count_id = c.count_id AND t.tender = 'cash')
WHERE stated <> pieces`,
  },
  {
    problem: 'its cash for the bank is not what was counted less what stayed, and what was turned in',
    sql: `
SELECT 'session ' || s.number AS place
FROM drawer_session s JOIN session_tender st ON st.session_id = s.session_id AND st.tender = 'cash'
WHERE s.state = 'closed'
  AND (SELECT coalesce(sum(p.cash_cents), 0) FROM session_part p WHERE p.session_id = s.session_id)
    IS NOT st.counted_cents - s.left_cents + st.turned_in_cents`,
  },
  {
    problem: 'its instruments for the bank are not what was counted and turned in',
    sql: `
SELECT 'session ' || s.number || ' ' || st.tender AS place
FROM drawer_session s
JOIN session_tender st ON st.session_id = s.session_id
JOIN (SELECT session_id, tender, sum(cents) AS cents FROM session_part_item GROUP BY session_id, tender) i
  ON i.session_id = s.session_id AND i.tender = st.tender
WHERE i.cents IS NOT st.counted_cents + st.turned_in_cents`,
  },
  {
    problem: 'what was counted of it went to no bank',
    sql: `
SELECT 'session ' || s.number || ' ' || st.tender AS place
FROM drawer_session s
JOIN session_tender st ON st.session_id = s.session_id
JOIN tender_type y ON y.tender = st.tender AND y.kind IN (${BANK_PAPERS})
WHERE s.state = 'closed' AND st.counted_cents + st.turned_in_cents <> 0
  AND NOT EXISTS (SELECT 1 FROM session_part_item i WHERE i.session_id = s.session_id AND i.tender = st.tender)`,
  },
  {
    problem: 'a part is not the sum of its instruments',
    sql: `
SELECT 'session ' || s.number || ' part ' || p.part_no AS place
FROM session_part p JOIN drawer_session s ON s.session_id = p.session_id
WHERE p.items_cents <> (SELECT coalesce(sum(i.cents), 0) FROM session_part_item i
  WHERE i.session_id = p.session_id AND i.part_no = p.part_no)`,
  },
  {
    problem: 'a part is not in the one deposit that names it',
    sql: `
SELECT 'session ' || s.number || ' part ' || p.part_no AS place
FROM session_part p JOIN drawer_session s ON s.session_id = p.session_id
LEFT JOIN (SELECT ds.session_id, ds.part_no, min(ds.deposit_id) AS deposit_id, count(*) AS deposits
  FROM deposit_session ds JOIN deposit d ON d.deposit_id = ds.deposit_id
  WHERE d.state <> 'reopened' GROUP BY ds.session_id, ds.part_no) n
  ON n.session_id = p.session_id AND n.part_no = p.part_no
WHERE n.deposit_id IS NOT p.deposit_id OR n.deposits > 1`,
  },
]
