/** The journal in SQLite: rows in, rows out. */
import type Database from 'better-sqlite3'
import { type JournalLine, readTextLine } from '../../shared/ledger/chain.ts'
import {
  type Fact,
  type FactKind,
  isFactKind,
  kindOf,
  readBody,
  readTexts,
} from '../../shared/ledger/facts.ts'
import type { JournalPosition } from '../../shared/ledger/journal-position.ts'
import { nativeHashText } from './native-hash.ts'
import type { JournalTableRow } from './schema.ts'
import { build, statement } from './statement.ts'

const COLUMNS = [
  ...(['till_id', 'epoch', 'seq', 'command_id', 'command_hash', 'kind', 'version', 'at'] as const),
  ...(['business_date', 'actor_id', 'body', 'texts', 'prev_hash', 'hash', 'text_line'] as const),
] satisfies (keyof JournalTableRow)[]

/** A prepared INSERT of one journal row. */
export function journalInsert(connection: Database.Database): (row: JournalTableRow) => void {
  const places = COLUMNS.map(() => '?').join(', ')
  const insert = connection.prepare(`INSERT INTO journal (${COLUMNS.join(', ')}) VALUES (${places})`)
  return row => {
    insert.run(COLUMNS.map(column => row[column]))
  }
}

/** Journal rows, newest first: along the primary key, so that SQLite need not sort to find the end. */
export const newestFirst = build
  .selectFrom('journal')
  .selectAll()
  .orderBy('epoch', 'desc')
  .orderBy('seq', 'desc')

/** The last row: what the next one points at. */
export const lastJournalRow = statement<object>()(() => newestFirst.limit(1))

const NEXT = 'SELECT * FROM journal WHERE (epoch, seq) > (?, ?) ORDER BY epoch, seq LIMIT ?'

/** Rows behind a place in order, in batches of `most`: between two of them the connection may write. */
export function* batchesAfter(
  connection: Database.Database,
  { epoch, seq }: JournalPosition,
  most: number,
): Generator<JournalTableRow[]> {
  const next = connection.prepare<[number, number, number], JournalTableRow>(NEXT)
  let rows = next.all(epoch, seq, most)
  for (;;) {
    const last = rows.at(-1)
    if (!last) return
    yield rows
    rows = next.all(last.epoch, last.seq, most)
  }
}

/** What a command recorded, in order; empty when the command is new. */
export const rowsOfCommand = statement<{ commandId: string }>()(parameter =>
  build
    .selectFrom('journal')
    .selectAll()
    .where('command_id', '=', parameter('commandId'))
    .orderBy('epoch')
    .orderBy('seq'),
)

/** Every fact of a journal, from its first. */
export function* factsIn(connection: Database.Database): Generator<Fact> {
  for (const rows of batchesAfter(connection, BEFORE_ALL, FACTS_AT_ONCE))
    for (const row of rows) yield factOf(row)
}

const FACTS_AT_ONCE = 10_000
const BEFORE_ALL = { epoch: 0, seq: 0 }

/** A stored row as a fact. Throws UnknownFact for what a newer program wrote, and for a body that does not fit its kind. */
export function factOf(row: JournalTableRow): Fact {
  return factWith(row, readBody(row.kind, row.version, row.body).body)
}

/** The same for a row whose body was read already. */
export function factWith(row: JournalTableRow, body: unknown): Fact {
  const words = row.text_line === null ? undefined : readTextLine(row.text_line)
  // A line that is not one is as good as none here; `verify` and central name it.
  return factOfParts(row, body, readTexts(row.kind as FactKind, body, words?.texts))
}

/** The same for a row that was just made of a body and a payer's words, each of which its schema has accepted. */
export function factOfParts(row: JournalTableRow, body: unknown, texts: unknown): Fact {
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
    body,
    texts,
    // The schemas that were chosen by the row's kind and version have just accepted body and texts.
  } as Fact
}

/** The members of a row's journal line. */
export function lineOf(row: JournalTableRow): JournalLine {
  return {
    actorId: row.actor_id,
    at: row.at,
    body: row.body,
    businessDate: row.business_date,
    commandHash: row.command_hash,
    commandId: row.command_id,
    epoch: row.epoch,
    kind: row.kind,
    prevHash: row.prev_hash,
    seq: row.seq,
    texts: row.texts,
    tillId: row.till_id,
    version: row.version,
  }
}

/** A journal line, with the words that stand beside it, as a row. */
export function rowOf(
  line: JournalLine,
  { hash, text }: { hash: string; text: string | null },
): JournalTableRow {
  return {
    till_id: line.tillId,
    epoch: line.epoch,
    seq: line.seq,
    command_id: line.commandId,
    command_hash: line.commandHash,
    kind: line.kind,
    version: line.version,
    at: line.at,
    business_date: line.businessDate as JournalTableRow['business_date'],
    actor_id: line.actorId,
    body: line.body,
    texts: line.texts,
    prev_hash: line.prevHash,
    hash,
    text_line: text,
  }
}

/** What is not right with the words beside a row, as a phrase; undefined where they are what the line says, or are gone. */
export function textsProblem(
  row: Pick<JournalTableRow, 'epoch' | 'seq' | 'kind' | 'texts' | 'text_line'>,
): string | undefined {
  if (row.texts !== '' && isFactKind(row.kind) && kindOf(row.kind).texts === null)
    return 'points at words, and a fact of its kind has none'
  if (row.text_line === null) return undefined
  if (row.texts !== nativeHashText(row.text_line)) return 'has other words beside it than it was stated with'
  const line = readTextLine(row.text_line)
  const isItsOwn = line !== null && line.epoch === row.epoch && line.seq === row.seq
  return isItsOwn ? undefined : 'has words beside it that are not of this row'
}
