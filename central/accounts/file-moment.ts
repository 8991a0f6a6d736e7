/** Up to when payments are in the figures of a file of accounts: a time that a copy, or a clock that is wrong, must not change. */
import { sql } from 'kysely'
import type { CentralDb } from '../../db/central/connection.ts'

export interface FileMoment {
  sha256: string
  /** Of the file's last change. */
  writtenAtMs: number
  /** As somebody says it, by a time of day from the file's change on, or exactly. */
  statedMs: number | undefined
  isExact: boolean
  nowMs: number
}

/**
 * The moment of a file (UTC milliseconds): as exactly stated, as it was before for the bytes of the newest file, else as stated.
 * Where nobody says it the file's change will do, unless payments were posted or undone since the last file: then it cannot
 * be told which of them are in it, and the answer is null.
 */
export async function momentOf(db: CentralDb, file: FileMoment): Promise<number | null> {
  const { statedMs, isExact, writtenAtMs, sha256, nowMs } = file
  if (statedMs !== undefined && isExact) return statedMs
  const newest = await db.kysely
    .selectFrom('account_file')
    .selectAll()
    .orderBy('no', 'desc')
    .limit(1)
    .executeTakeFirst()
  const known = newest?.sha256 === sha256 ? newest.through_ms : undefined
  const moment = known ?? statedMs
  if (moment !== undefined) return moment <= nowMs ? moment : null
  // A change that is still to come is a clock that is wrong, and would hide whatever is paid until then.
  return writtenAtMs > nowMs || (await isPaidSinceLast(db)) ? null : writtenAtMs
}

async function isPaidSinceLast(db: CentralDb): Promise<boolean> {
  const last = sql`(SELECT coalesce(max(through_ms), -1) FROM account_file)`
  const { rows } = await sql<{ paid: boolean }>`
    SELECT EXISTS (SELECT 1 FROM posting_entry WHERE at > ${last})
      OR EXISTS (SELECT 1 FROM posting WHERE state = 'reversed' AND at > ${last})
      OR EXISTS (SELECT 1 FROM payment_detail WHERE answered_at > ${last}) AS paid`.execute(db.kysely)
  return rows[0]?.paid === true
}

const NEXT_NO = sql<number>`(SELECT coalesce(max(no), 0) + 1 FROM account_file)`

/** Notes the moment of a file that was taken over; of the same bytes the last word counts. */
export async function noteMoment(
  db: CentralDb,
  { sha256, throughMs }: { sha256: string; throughMs: number },
): Promise<void> {
  await db.kysely
    .insertInto('account_file')
    .values({ sha256, through_ms: throughMs, no: NEXT_NO })
    .onConflict(conflict => conflict.column('sha256').doUpdateSet({ through_ms: throughMs, no: NEXT_NO }))
    .execute()
}
