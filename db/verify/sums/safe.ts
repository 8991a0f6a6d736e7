import type { SumCheck } from './sum-check.ts'

/** The safe's book = what left the drawers less what left with the bags, and each entry = its pieces. */
export const safeSums: readonly SumCheck[] = [
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
    problem: 'took something else out of the safe than the verifier counted',
    sql: `
SELECT 'deposit ' || d.number AS place FROM deposit d
WHERE (SELECT e.cents FROM safe_entry e WHERE e.deposit_id = d.deposit_id)
  IS NOT CASE WHEN d.state IN ('released', 'validated', 'credited')
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
