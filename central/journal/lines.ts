/** Journals as they were handed over: read back line by line, and branches of them that are kept beside. */
import { insertRows } from '../../db/central/bulk.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import { lineOf } from '../../db/ledger/journal.ts'
import type { JournalTableRow } from '../../db/ledger/schema.ts'
import { type Branch, MOST_FACTS, type PushedRow } from '../../shared/central/protocol.ts'
import { journalLine } from '../../shared/ledger/chain.ts'
import type { JournalPosition } from '../../shared/ledger/journal-position.ts'
import { type CheckedLines, checkLines } from './range-check.ts'

/** A row as it was handed over, byte for byte. */
const pushedRow = (row: JournalTableRow): PushedRow => ({
  line: journalLine(lineOf(row)),
  text: row.text_line,
})

/** Some rows of a till's journal after a position, in order; `done` where no more is held. */
export async function journalAfter(
  db: CentralDb,
  { tillId, epoch, seq }: { tillId: string } & JournalPosition,
): Promise<{ rows: PushedRow[]; done: boolean }> {
  const rows = await db.kysely
    .selectFrom('journal')
    .selectAll()
    .where('till_id', '=', tillId)
    .where(({ eb, and, or }) =>
      or([eb('epoch', '>', epoch), and([eb('epoch', '=', epoch), eb('seq', '>', seq)])]),
    )
    .orderBy('epoch')
    .orderBy('seq')
    .limit(MOST_FACTS + 1)
    .execute()
  return { rows: rows.slice(0, MOST_FACTS).map(pushedRow), done: rows.length <= MOST_FACTS }
}

export type BranchKept = { ok: true; kept: number } | Exclude<CheckedLines, { ok: true }>

/** Keeps a branch beside the journal; the same rows again are not kept twice. Refuses what is no piece of a chain. */
export async function keepBranch(
  db: CentralDb,
  branch: Branch,
  { nowMs }: { nowMs: number },
): Promise<BranchKept> {
  const checked = checkLines(branch)
  if (!checked.ok) return checked
  const rows = checked.rows.map((row, index) => ({
    till_id: row.till_id,
    epoch: row.epoch,
    seq: row.seq,
    hash: row.hash,
    line: branch.rows[index]?.line ?? '',
    text_line: row.text_line,
    at: nowMs,
  }))
  await inTransaction(db, tx => insertRows(tx, 'branch_row', rows, 'leave'))
  return { ok: true, kept: rows.length }
}
