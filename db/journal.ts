/** The journal in SQLite: rows in, rows out. */
import type Database from 'better-sqlite3'
import type { JournalRow } from '../shared/ledger/chain.ts'
import { BODIES, type Fact, type FactKind } from '../shared/ledger/facts.ts'
import type { JournalTableRow } from '../shared/ledger/tables.ts'
import { build, statement } from './statement.ts'

const COLUMNS =
  'till_id, epoch, seq, command_id, command_hash, kind, version, at, business_date, actor_id, body, prev_hash, hash'

/** A prepared INSERT of one journal row. */
export function journalInsert(connection: Database.Database): (row: JournalRow) => void {
  const insert = connection.prepare(
    `INSERT INTO journal (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return row => {
    insert.run(
      row.tillId,
      row.epoch,
      row.seq,
      row.commandId,
      row.commandHash,
      row.kind,
      row.version,
      row.at,
      row.businessDate,
      row.actorId,
      row.body,
      row.prevHash,
      row.hash,
    )
  }
}

/**
 * Journal rows, newest first. A ledger has one till, and naming it gives the order of the primary key: without it
 * SQLite would read and sort the whole journal to find its end.
 */
export const newestFirst = build
  .selectFrom('journal')
  .selectAll()
  .orderBy('till_id', 'desc')
  .orderBy('epoch', 'desc')
  .orderBy('seq', 'desc')

/** The last row of the newest epoch: what the next row points at. */
export const lastJournalRow = statement<object>()(() => newestFirst.limit(1))

/** What a command recorded, in order; empty when the command is new. */
export const rowsOfCommand = statement<{ commandId: string }>()(parameter =>
  build
    .selectFrom('journal')
    .selectAll()
    .where('command_id', '=', parameter('commandId'))
    .orderBy('epoch')
    .orderBy('seq'),
)

function isFactKind(kind: string): kind is FactKind {
  return kind in BODIES
}

/** A stored row as a fact. Refuses a kind or a body that this program does not know. */
export function factOf(row: JournalTableRow): Fact {
  return factWith(row, JSON.parse(row.body))
}

/** The same for a row whose body was parsed already. */
export function factWith(row: JournalTableRow, body: unknown): Fact {
  if (!isFactKind(row.kind)) throw new Error(`Unknown kind of fact ${row.kind} at ${row.epoch}/${row.seq}`)
  return {
    tillId: row.till_id,
    epoch: row.epoch,
    seq: row.seq,
    commandId: row.command_id,
    kind: row.kind,
    version: row.version,
    at: row.at,
    businessDate: row.business_date,
    actorId: row.actor_id,
    hash: row.hash,
    body: BODIES[row.kind].parse(body),
    // The schema that was chosen by the row's kind has just accepted the body.
  } as Fact
}

/** Column names as the chain spells them. */
export function chainRowOf(row: JournalTableRow): JournalRow {
  return {
    tillId: row.till_id,
    epoch: row.epoch,
    seq: row.seq,
    commandId: row.command_id,
    commandHash: row.command_hash,
    kind: row.kind,
    version: row.version,
    at: row.at,
    businessDate: row.business_date,
    actorId: row.actor_id,
    body: row.body,
    prevHash: row.prev_hash,
    hash: row.hash,
  }
}
