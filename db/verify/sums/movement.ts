import { piecesCheck, type SumCheck, seriesChecks } from './sum-check.ts'

/** What a slip moved = its pieces and instruments = what stands in the safe's book. */
export const movementSums: readonly SumCheck[] = [
  ...seriesChecks({
    table: 'movement',
    no: 'movement_no',
    number: 'number',
    last: 'last_movement_no',
    letter: 'M',
    digits: 4,
  }),
  {
    problem: 'has no pieces for its cash',
    sql: `
SELECT 'movement ' || m.number AS place FROM movement m
WHERE m.kind IN ('turn-in', 'change-order') AND m.cash_cents <> 0
  AND NOT EXISTS (SELECT 1 FROM movement_piece p WHERE p.movement_id = m.movement_id)`,
  },
  {
    problem: 'is not the sum of its instruments',
    sql: `
SELECT 'movement ' || m.number AS place FROM movement m
WHERE m.items_cents <> (SELECT coalesce(sum(i.cents), 0) FROM movement_item i WHERE i.movement_id = m.movement_id)`,
  },
  {
    problem: 'is not what its pieces come to',
    sql: `
SELECT 'movement ' || m.number || ' ' || p.direction AS place
FROM movement m JOIN (SELECT movement_id, direction, sum(cents) AS cents FROM movement_piece
  GROUP BY movement_id, direction) p ON p.movement_id = m.movement_id
WHERE p.cents <> m.cash_cents`,
  },
  piecesCheck('movement_piece', "'movement ' || p.movement_id"),
  {
    problem: 'a slip moved something else than stands in the safe’s book',
    sql: `
SELECT 'movement ' || m.number AS place FROM movement m
WHERE m.kind IN ('turn-in', 'change-order')
  AND (SELECT e.cents FROM safe_entry e WHERE e.entry_id = m.movement_id)
    IS NOT CASE m.kind WHEN 'turn-in' THEN m.cash_cents ELSE 0 END`,
  },
]
