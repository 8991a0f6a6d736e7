/** What a till and central hold of the same receipts, in the same words, so that one can be held against the other. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type pg from 'pg'

/** Figures of one till; amounts in cents. */
export interface EndFigures {
  journal: { rows: number; hash: string }
  receipts: { state: string; count: number; cents: number }[]
  /** By account: what was paid on it and not voided. */
  paid: Record<string, number>
  drawers: { number: string; expected: number; counted: number }[]
}

const RECEIPTS = `SELECT state, count(*) AS count, sum(total_cents) AS cents FROM receipt GROUP BY state ORDER BY state`
const PAID = `SELECT l.account_number AS number, sum(l.cents) AS cents
  FROM receipt r JOIN receipt_line l ON l.receipt_id = r.receipt_id
  WHERE r.state = 'posted' AND l.kind = 'account' GROUP BY l.account_number`
const DRAWERS = `SELECT s.z_number AS number, sum(t.expected_cents) AS expected, sum(t.counted_cents) AS counted
  FROM drawer_session s JOIN session_tender t ON t.session_id = s.session_id
  WHERE s.state = 'closed' GROUP BY s.z_number ORDER BY s.z_number`
const HEAD = 'SELECT hash FROM journal ORDER BY epoch DESC, seq DESC LIMIT 1'
const LENGTH = 'SELECT count(*) AS count FROM journal'
/** What central credited to each account, in place of what the receipts say. */
const CREDITED = `SELECT a.number, sum(e.cents) AS cents
  FROM posting p JOIN posting_entry e ON e.receipt_id = p.receipt_id AND e.line_no = p.line_no
    JOIN account a ON a.account_id = e.account_id WHERE p.state = 'posted' GROUP BY a.number`

type Row = Record<string, unknown>
type Ask = (statement: string) => Promise<Row[]>

async function figures(ask: Ask, paid: string): Promise<EndFigures> {
  const number = (value: unknown): number => Number.parseInt(String(value), 10)
  const [head] = await ask(HEAD)
  const [length] = await ask(LENGTH)
  const receipts = await ask(RECEIPTS)
  const drawers = await ask(DRAWERS)
  return {
    journal: { rows: number(length?.count), hash: String(head?.hash) },
    receipts: receipts.map(row => ({
      state: String(row.state),
      count: number(row.count),
      cents: number(row.cents),
    })),
    paid: Object.fromEntries((await ask(paid)).map(row => [String(row.number), number(row.cents)])),
    drawers: drawers.map(row => ({
      number: String(row.number),
      expected: number(row.expected),
      counted: number(row.counted),
    })),
  }
}

/** What the till's ledger holds, read beside the running program. */
export async function figuresAtTill(dataDir: string): Promise<EndFigures> {
  const ledger = new Database(join(dataDir, 'ledger.sqlite'), { readonly: true })
  try {
    return await figures(async statement => ledger.prepare<[], Row>(statement).all(), PAID)
  } finally {
    ledger.close()
  }
}

/** What central holds of its only till, and what it credited to accounts. */
export async function figuresAtCentral(connection: pg.Client): Promise<EndFigures> {
  return figures(async statement => (await connection.query<Row>(statement)).rows, CREDITED)
}
