/** Sums about money after the drawer: a session's parts, deposits and their hands, and the safe's book. */
import type Database from 'better-sqlite3'
import type { Problems } from './problems.ts'

interface SumCheck {
  /** What is wrong with each row that the query finds. */
  problem: string
  /** Gives the place of each row for which the sum does not hold. */
  sql: string
}

const SESSION_PARTS: readonly SumCheck[] = [
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
    problem: 'its papers for the bank are not what was counted and turned in',
    sql: `
SELECT 'session ' || s.number || ' ' || st.tender AS place
FROM drawer_session s
JOIN session_tender st ON st.session_id = s.session_id
JOIN (SELECT session_id, tender, sum(cents) AS cents FROM session_part_item GROUP BY session_id, tender) i
  ON i.session_id = s.session_id AND i.tender = st.tender
WHERE i.cents IS NOT st.counted_cents + st.turned_in_cents`,
  },
  {
    problem: 'a part is not the sum of its papers',
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

const DEPOSITS: readonly SumCheck[] = [
  {
    problem: 'is not the sum of its parts',
    sql: `
SELECT 'deposit ' || d.number AS place FROM deposit d
WHERE (SELECT coalesce(sum(p.cash_cents), 0) FROM deposit_session p WHERE p.deposit_id = d.deposit_id) <> d.cash_cents
  OR (SELECT coalesce(sum(p.items_cents), 0) FROM deposit_session p WHERE p.deposit_id = d.deposit_id) <> d.items_cents
  OR d.cash_cents + d.items_cents <> d.total_cents`,
  },
  {
    problem: 'is not the sum of what was put in',
    sql: `
SELECT 'deposit ' || d.number AS place FROM deposit d
WHERE (SELECT coalesce(sum(p.cents), 0) FROM deposit_piece p
    WHERE p.deposit_id = d.deposit_id AND p.step = 'made-up') <> d.cash_cents
  OR (SELECT coalesce(sum(i.cents), 0) FROM deposit_item i WHERE i.deposit_id = d.deposit_id) <> d.items_cents`,
  },
  {
    problem: 'a part in it is not what its session gave',
    sql: `
SELECT 'deposit ' || d.number AS place
FROM deposit_session ds JOIN deposit d ON d.deposit_id = ds.deposit_id
LEFT JOIN session_part p ON p.session_id = ds.session_id AND p.part_no = ds.part_no
WHERE p.cash_cents IS NOT ds.cash_cents OR p.items_cents IS NOT ds.items_cents
  OR (p.bank_account_id IS NOT NULL AND p.bank_account_id <> d.bank_account_id)`,
  },
  {
    problem: 'a difference is not the figure less the one before',
    sql: `
SELECT 'deposit ' || d.number AS place
FROM (SELECT deposit_id, cents, difference_cents,
    lag(cents) OVER (PARTITION BY deposit_id ORDER BY seq) AS before
  FROM deposit_step WHERE cents IS NOT NULL) s
JOIN deposit d ON d.deposit_id = s.deposit_id
WHERE s.difference_cents <> s.cents - coalesce(s.before, d.total_cents)`,
  },
  {
    problem: 'is not where its last hand left it',
    sql: `
SELECT 'deposit ' || d.number AS place FROM deposit d
WHERE d.found_cents IS NOT (SELECT cents FROM deposit_step s
    WHERE s.deposit_id = d.deposit_id AND s.cents IS NOT NULL ORDER BY s.seq DESC LIMIT 1)
  OR d.state IS NOT (SELECT step FROM deposit_step s WHERE s.deposit_id = d.deposit_id ORDER BY s.seq DESC LIMIT 1)`,
  },
]

const SAFE: readonly SumCheck[] = [
  {
    problem: 'a close brought something else to the safe than left the drawer',
    sql: `
SELECT 'session ' || s.number AS place
FROM drawer_session s JOIN session_tender st ON st.session_id = s.session_id AND st.tender = 'cash'
WHERE s.state = 'closed'
  AND (SELECT coalesce(sum(e.cents), 0) FROM safe_entry e WHERE e.session_id = s.session_id AND e.kind = 'close')
    IS NOT st.counted_cents - s.left_cents`,
  },
  {
    problem: 'a slip moved something else than stands in the safe’s book',
    sql: `
SELECT 'movement ' || m.number AS place FROM movement m
WHERE m.kind IN ('turn-in', 'change-order')
  AND (SELECT e.cents FROM safe_entry e WHERE e.entry_id = m.movement_id)
    IS NOT CASE m.kind WHEN 'turn-in' THEN m.cash_cents ELSE 0 END`,
  },
  {
    problem: 'took something else out of the safe than the verifier counted',
    sql: `
SELECT 'deposit ' || d.number AS place FROM deposit d
WHERE (SELECT e.cents FROM safe_entry e WHERE e.deposit_id = d.deposit_id)
  IS NOT CASE WHEN d.state IN ('handed-over', 'validated', 'credited')
    THEN -(SELECT coalesce(sum(p.cents), 0) FROM deposit_piece p
      WHERE p.deposit_id = d.deposit_id AND p.step = 'verified') END`,
  },
  {
    // A count states what it found more or fewer of each; cash that nobody had sorted is in it too.
    problem: 'its pieces do not come to its amount',
    sql: `
SELECT 'safe ' || e.entry_id AS place
FROM safe_entry e JOIN safe_piece p ON p.entry_id = e.entry_id
WHERE e.kind <> 'count'
GROUP BY e.entry_id HAVING sum(p.value_cents * p.pieces) <> e.cents`,
  },
]

/**
 * What a session gave to the bank = what was counted less what stayed, and what was turned in; a deposit = its parts =
 * what was put in; each part in at most one deposit; each hand's difference = its figure less the one before; and the
 * safe's book = what left the drawers less what left with the bags.
 */
export function checkCustodySums(ledger: Database.Database, problems: Problems): void {
  for (const { problem, sql } of [...SESSION_PARTS, ...DEPOSITS, ...SAFE])
    for (const { place } of ledger.prepare<[], { place: string }>(sql).iterate()) problems.add(place, problem)
}
