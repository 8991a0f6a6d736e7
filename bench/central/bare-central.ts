/** The rows that a till's journal fills at central, written bare: multi-row inserts as durable as central's own. */

import { sql } from 'kysely'
import pg from 'pg'
import { insertRows, textList } from '../../db/central/bulk.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import type { CentralTables } from '../../db/central/schema.ts'
import { MOST_FACTS } from '../../shared/central/protocol.ts'
import { PROJECTED_TABLES } from '../../shared/ledger/facts.ts'

export type Row = Record<string, unknown>
/** Rows of one transaction by their table. */
export type Rows = Map<keyof CentralTables, Row[]>

const OF_RECEIPTS = [
  ...(['receipt', 'receipt_line', 'receipt_allocation', 'receipt_tender', 'receipt_piece'] as const),
  ...(['receipt_state', 'posting', 'posting_entry', 'gl_entry'] as const),
]
const OF_SESSIONS = [
  ...PROJECTED_TABLES.filter(table => !(OF_RECEIPTS as readonly string[]).includes(table)),
  'session_check' as const,
]
/** PostgreSQL counts a statement's parameters with sixteen bits. */
const MOST_PARAMETERS = 65_535

/**
 * What central's transactions wrote of a till, one after the other, read back from its tables. The few rows of sessions
 * are spread evenly over them: which transaction wrote them does not matter to a bare writer.
 */
export async function* transactionsOf(db: CentralDb, tillId: string): AsyncGenerator<Rows> {
  const { rows: ends } = await sql<{ epoch: number; last: number }>`
    SELECT epoch, max(seq) AS last FROM journal WHERE till_id = ${tillId} GROUP BY epoch ORDER BY epoch`.execute(
    db.kysely,
  )
  const ranges = ends.flatMap(({ epoch, last }) =>
    Array.from({ length: Math.ceil(last / MOST_FACTS) }, (_, no) => ({ epoch, after: no * MOST_FACTS })),
  )
  const few = await rowsOfSessions(db, tillId)
  for (const [index, { epoch, after }] of ranges.entries()) {
    const { rows: journal } =
      await sql<Row>`SELECT * FROM journal WHERE till_id = ${tillId} AND epoch = ${epoch}
      AND seq > ${after} AND seq <= ${after + MOST_FACTS} ORDER BY seq`.execute(db.kysely)
    const rows: Rows = new Map([['journal', journal]])
    for (const table of OF_RECEIPTS) rows.set(table, await rowsOfReceipts(db, table, { tillId, journal }))
    for (const [table, all] of few)
      rows.set(table, [...(rows.get(table) ?? []), ...evenPart(all, index, ranges.length)])
    const source = { source: `${tillId}/${epoch}`, source_no: journal.at(-1)?.seq }
    const paid = new Set((rows.get('posting_entry') ?? []).map(entry => entry.account_id))
    rows.set(
      'account_dirty',
      [...paid].map(id => ({ ...source, account_id: id })),
    )
    yield rows
  }
}

async function rowsOfReceipts(
  db: CentralDb,
  table: (typeof OF_RECEIPTS)[number],
  { tillId, journal }: { tillId: string; journal: readonly Row[] },
): Promise<Row[]> {
  const ids = journal
    .filter(row => row.kind === 'receipt.posted')
    .map(row => (JSON.parse(String(row.body)) as { receiptId: string }).receiptId)
  const { rows } = await sql<Row>`SELECT * FROM ${sql.table(table)} WHERE till_id = ${tillId}
    AND receipt_id IN ${textList(db, ids)}`.execute(db.kysely)
  return rows
}

async function rowsOfSessions(db: CentralDb, tillId: string): Promise<Rows> {
  const found: Rows = new Map()
  const read = async (table: keyof CentralTables, condition: ReturnType<typeof sql>): Promise<void> => {
    const { rows } = await sql<Row>`SELECT * FROM ${sql.table(table)} WHERE ${condition}`.execute(db.kysely)
    found.set(table, rows)
  }
  for (const table of OF_SESSIONS) await read(table, sql`till_id = ${tillId}`)
  await read('feed_step', sql`feed = ${tillId}`)
  await read('gl_entry', sql`till_id = ${tillId} AND receipt_id IS NULL`)
  return found
}

const evenPart = (rows: readonly Row[], index: number, of: number): Row[] =>
  rows.slice(Math.floor((rows.length * index) / of), Math.floor((rows.length * (index + 1)) / of))

/** Writes with a parameter for each value, as one would by hand. */
export class BareInserts {
  readonly #client: pg.Client

  private constructor(client: pg.Client) {
    this.#client = client
  }

  static async open(url: string): Promise<BareInserts> {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    return new BareInserts(client)
  }

  async write(transaction: Rows): Promise<void> {
    await this.#client.query('BEGIN')
    await this.#client.query('SET LOCAL synchronous_commit = on')
    for (const [table, rows] of transaction) await this.#insert(table, rows)
    await this.#client.query('COMMIT')
  }

  async #insert(table: string, rows: readonly Row[]): Promise<void> {
    const columns = Object.keys(rows[0] ?? {})
    const atOnce = Math.floor(MOST_PARAMETERS / columns.length)
    for (let from = 0; from < rows.length; from += atOnce) {
      const part = rows.slice(from, from + atOnce)
      const places = part.map(
        (_, no) => `(${columns.map((_, column) => `$${no * columns.length + column + 1}`).join()})`,
      )
      await this.#client.query(
        `INSERT INTO "${table}" (${columns.map(column => `"${column}"`).join()}) VALUES ${places.join()}`,
        part.flatMap(row => columns.map(column => row[column])),
      )
    }
  }

  close(): Promise<void> {
    return this.#client.end()
  }
}

/** Writes the same rows from one JSON text for each table, as central does. */
export function writeFromJson(db: CentralDb, transaction: Rows): Promise<void> {
  return inTransaction(db, async tx => {
    for (const [table, rows] of transaction) await insertRows(tx, table, rows as never[])
  })
}

/** Throws where a bare database holds another number of rows than central of what was written. */
export async function refuseOtherCounts(bare: CentralDb, central: CentralDb): Promise<void> {
  for (const table of ['journal', ...OF_RECEIPTS, ...OF_SESSIONS] as const) {
    const counts = await Promise.all(
      [bare, central].map(async db => {
        const { rows } = await sql<{ no: number }>`SELECT count(*) AS no FROM ${sql.table(table)}`.execute(
          db.kysely,
        )
        return rows[0]?.no
      }),
    )
    if (counts[0] !== counts[1])
      throw new Error(`${table} was not written bare in full: ${counts.join(' of ')} rows`)
  }
}
