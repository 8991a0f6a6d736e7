/** Central's own sums of sessions and deposits beside the till's: both come to the same, or the difference is listed. */

import { sql } from 'kysely'
import { insertRows } from '../../db/central/bulk.ts'
import type { CentralTx } from '../../db/central/connection.ts'
import type { SessionCheckRow } from '../../db/central/schema.ts'
import type { Fact } from '../../shared/ledger/facts.ts'
import { add, type Cents, cents, subtract, sum, ZERO } from '../../shared/money.ts'
import { CASH, type Tender } from '../../shared/tenders.ts'

export interface Difference {
  what: string
  tillCents: Cents
  centralCents: Cents
}

/** Checks every session that is closed and every deposit that is made up by these facts, which are applied already. */
export async function checkMoney(
  tx: CentralTx,
  { facts, nowMs }: { facts: readonly Fact[]; nowMs: number },
): Promise<void> {
  // One for each: what closes a session twice is told elsewhere, and is checked as it was said last.
  const rows = new Map<string, SessionCheckRow>()
  const keep = (row: SessionCheckRow) => rows.set(`${row.kind} ${row.subject_id}`, row)
  for (const [index, fact] of facts.entries()) {
    if (fact.kind === 'session.closed') {
      const differences = await sessionDifferences(tx, fact)
      const totals = await totalDifferences(tx, fact, facts.slice(index + 1))
      keep(checkRow(fact, nowMs, 'session', fact.body.sessionId, [...differences, ...totals]))
    }
    if (fact.kind === 'deposit.made-up')
      keep(checkRow(fact, nowMs, 'deposit', fact.body.depositId, await depositDifferences(tx, fact)))
  }
  const key = ['till_id', 'kind', 'subject_id']
  await insertRows(tx, 'session_check', [...rows.values()], { key, update: ['agrees', 'differences', 'at'] })
}

/** What the till had come to in its whole life, as it says at a close, beside all that central holds of it up to there. */
async function totalDifferences(
  tx: CentralTx,
  { tillId, body }: Fact<'session.closed'>,
  later: readonly Fact[],
): Promise<Difference[]> {
  const held = await tx.query
    .selectFrom('till')
    .select(['total_posted_cents', 'total_voided_cents'])
    .where('till_id', '=', tillId)
    .executeTakeFirst()
  const since = (kind: 'receipt.posted' | 'receipt.voided'): Cents =>
    sum(later.flatMap(fact => (fact.kind === kind ? [fact.body.totalCents] : [])))
  return [
    {
      what: 'posted since set-up',
      tillCents: body.till.postedCents,
      centralCents: subtract(cents(held?.total_posted_cents ?? 0), since('receipt.posted')),
    },
    {
      what: 'voided since set-up',
      tillCents: body.till.voidedCents,
      centralCents: subtract(cents(held?.total_voided_cents ?? 0), since('receipt.voided')),
    },
  ]
}

function checkRow(
  fact: Fact<'session.closed' | 'deposit.made-up'>,
  nowMs: number,
  kind: SessionCheckRow['kind'],
  subjectId: string,
  figures: readonly Difference[],
): SessionCheckRow {
  const differences = figures.filter(({ tillCents, centralCents }) => tillCents !== centralCents)
  return {
    till_id: fact.tillId,
    kind,
    subject_id: subjectId,
    number: fact.kind === 'session.closed' ? fact.body.zNumber : fact.body.number,
    business_date: fact.businessDate,
    agrees: differences.length === 0 ? 1 : 0,
    differences: JSON.stringify(differences),
    at: nowMs,
  }
}

type Sums = Map<string, Cents>

/** Sums by name, from a query of `name` and `cents`; nothing where there are no rows. What is no tender has a `#` before its name. */
async function sums(
  tx: CentralTx,
  query: ReturnType<typeof sql<{ name: string; cents: number }>>,
): Promise<Sums> {
  const { rows } = await query.execute(tx.query)
  return new Map(rows.map(row => [row.name, cents(row.cents)]))
}

const of = (figures: Sums, name: string): Cents => figures.get(name) ?? ZERO

async function sessionDifferences(tx: CentralTx, fact: Fact<'session.closed'>): Promise<Difference[]> {
  const { tillId, body } = fact
  const place = { tillId, sessionId: body.sessionId }
  const taken = await sums(tx, takenQuery(place))
  const moved = await sums(tx, movedQuery(place))
  const turnedIn = await sums(tx, turnedInQuery(place))
  const counted = await sums(tx, countedQuery(tillId, body.countId))
  return body.balances.flatMap(({ tender, expectedCents, countedCents, overShortCents }) => {
    const expected = expectedOf(tender, { taken, moved, turnedIn })
    const found = of(counted, tender)
    return [
      { what: `expected ${tender}`, tillCents: expectedCents, centralCents: expected },
      { what: `counted ${tender}`, tillCents: countedCents, centralCents: found },
      { what: `over or short ${tender}`, tillCents: overShortCents, centralCents: subtract(found, expected) },
    ]
  })
}

/** Rule 1 of the counter: what it began with and was taken, less change, turn-ins and pay-outs. */
function expectedOf(
  tender: Tender,
  { taken, moved, turnedIn }: { taken: Sums; moved: Sums; turnedIn: Sums },
): Cents {
  const kept = subtract(of(taken, tender), of(turnedIn, tender))
  if (tender !== CASH) return kept
  const cash = subtract(add(kept, of(moved, '#opening'), of(moved, '#paid-in')), of(moved, '#paid-out'))
  return subtract(subtract(cash, of(moved, '#turn-in')), of(taken, '#change'))
}

interface SessionPlace {
  tillId: string
  sessionId: string
}

const takenQuery = ({ tillId, sessionId }: SessionPlace) => sql<{ name: string; cents: number }>`
  SELECT t.tender AS name, CAST(sum(t.cents) AS BIGINT) AS cents
  FROM receipt r JOIN receipt_tender t ON t.till_id = r.till_id AND t.receipt_id = r.receipt_id
  WHERE r.till_id = ${tillId} AND r.session_id = ${sessionId} AND r.state = 'posted' GROUP BY t.tender
  UNION ALL
  SELECT '#change', CAST(coalesce(sum(change_cents), 0) AS BIGINT) FROM receipt
  WHERE till_id = ${tillId} AND session_id = ${sessionId} AND state = 'posted'`

const movedQuery = ({ tillId, sessionId }: SessionPlace) => sql<{ name: string; cents: number }>`
  SELECT '#' || kind AS name, CAST(sum(cash_cents) AS BIGINT) AS cents FROM movement
  WHERE till_id = ${tillId} AND session_id = ${sessionId} GROUP BY kind
  UNION ALL
  SELECT '#opening', CAST(coalesce(sum(p.cents), 0) AS BIGINT)
  FROM count c JOIN count_piece p ON p.till_id = c.till_id AND p.count_id = c.count_id
  WHERE c.till_id = ${tillId} AND c.session_id = ${sessionId} AND c.purpose = 'opening'`

const turnedInQuery = ({ tillId, sessionId }: SessionPlace) => sql<{ name: string; cents: number }>`
  SELECT i.tender AS name, CAST(sum(i.cents) AS BIGINT) AS cents
  FROM movement m JOIN movement_item i ON i.till_id = m.till_id AND i.movement_id = m.movement_id
  WHERE m.till_id = ${tillId} AND m.session_id = ${sessionId} GROUP BY i.tender`

/**
 * What was found: cash by its pieces, instruments one by one, and slips as the total that was keyed. What was counted one by
 * one shows in the count itself: how the city counts a tender may have changed since.
 */
const countedQuery = (tillId: string, countId: string) => sql<{ name: string; cents: number }>`
  SELECT t.tender AS name, CAST(CASE
    WHEN t.tender = ${CASH} THEN (SELECT coalesce(sum(p.cents), 0) FROM count_piece p
      WHERE p.till_id = t.till_id AND p.count_id = t.count_id)
    ELSE coalesce((SELECT sum(i.cents) FROM count_item i
      WHERE i.till_id = t.till_id AND i.count_id = t.count_id AND i.tender = t.tender), t.cents) END AS BIGINT) AS cents
  FROM count_total t
  WHERE t.till_id = ${tillId} AND t.count_id = ${countId}`

async function depositDifferences(tx: CentralTx, fact: Fact<'deposit.made-up'>): Promise<Difference[]> {
  const { tillId, body } = fact
  const parts = await sums(
    tx,
    sql`SELECT ${CASH} AS name, CAST(coalesce(sum(p.cash_cents), 0) AS BIGINT) AS cents
      FROM deposit_session d JOIN session_part p
        ON p.till_id = d.till_id AND p.session_id = d.session_id AND p.part_no = d.part_no
      WHERE d.till_id = ${tillId} AND d.deposit_id = ${body.depositId}
      UNION ALL
      SELECT i.tender, CAST(sum(i.cents) AS BIGINT)
      FROM deposit_session d JOIN session_part_item i
        ON i.till_id = d.till_id AND i.session_id = d.session_id AND i.part_no = d.part_no
      WHERE d.till_id = ${tillId} AND d.deposit_id = ${body.depositId} GROUP BY i.tender`,
  )
  const instruments = new Map<string, Cents>()
  for (const item of body.items) instruments.set(item.tender, add(of(instruments, item.tender), item.cents))
  const tenders = new Set([...instruments.keys(), ...[...parts.keys()].filter(name => name !== CASH)])
  const all = sum([...parts.values()])
  return [
    { what: 'cash', tillCents: body.cashCents, centralCents: of(parts, CASH) },
    { what: 'pieces', tillCents: body.cashCents, centralCents: sum(body.pieces.map(piece => piece.cents)) },
    ...[...tenders].map(tender => ({
      what: tender,
      tillCents: of(instruments, tender),
      centralCents: of(parts, tender),
    })),
    { what: 'total', tillCents: body.totalCents, centralCents: all },
  ]
}
