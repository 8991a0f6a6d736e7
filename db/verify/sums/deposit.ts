import { piecesCheck, type SumCheck, seriesChecks } from './sum-check.ts'

/** A deposit = its parts = what was put in; each hand's difference = its figure less the one before. */
export const depositSums: readonly SumCheck[] = [
  ...seriesChecks({
    table: 'deposit',
    no: 'deposit_no',
    number: 'number',
    last: 'last_deposit_no',
    letter: 'D',
    digits: 4,
  }),
  piecesCheck('deposit_piece', "'deposit ' || p.deposit_id || ' ' || p.step"),
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
    lag(cents) OVER (PARTITION BY deposit_id ORDER BY epoch, seq) AS before
  FROM deposit_step WHERE cents IS NOT NULL) s
JOIN deposit d ON d.deposit_id = s.deposit_id
WHERE s.difference_cents <> s.cents - coalesce(s.before, d.total_cents)`,
  },
  {
    problem: 'is not where its last hand left it',
    sql: `
SELECT 'deposit ' || d.number AS place FROM deposit d
WHERE d.found_cents IS NOT (SELECT cents FROM deposit_step s
    WHERE s.deposit_id = d.deposit_id AND s.cents IS NOT NULL ORDER BY s.epoch DESC, s.seq DESC LIMIT 1)
  OR d.state IS NOT (SELECT step FROM deposit_step s WHERE s.deposit_id = d.deposit_id ORDER BY s.epoch DESC, s.seq DESC LIMIT 1)`,
  },
]
