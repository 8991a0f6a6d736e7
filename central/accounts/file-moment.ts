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
}

/**
 * The moment of a file (UTC milliseconds): as exactly stated, as it was the first time for the same bytes, else as stated.
 * Where nobody says it the file's change will do, unless payments were posted or undone since the last file: then it cannot
 * be told which of them are in it, and the answer is null.
 */
export async function momentOf(db: CentralDb, file: FileMoment): Promise<number | null> {
  const { statedMs, isExact, writtenAtMs, sha256 } = file
  if (statedMs !== undefined && isExact) return statedMs
  const known = await db.kysely
    .selectFrom('account_file')
    .select('through_ms')
    .where('sha256', '=', sha256)
    .executeTakeFirst()
  const moment = known?.through_ms ?? statedMs
  if (moment !== undefined) return moment
  return (await isPaidSinceLast(db)) ? null : writtenAtMs
}

async function isPaidSinceLast(db: CentralDb): Promise<boolean> {
  const last = sql`(SELECT coalesce(max(through_ms), -1) FROM account_file)`
  const { rows } = await sql<{ paid: boolean }>`
    SELECT EXISTS (SELECT 1 FROM posting_entry WHERE at > ${last})
      OR EXISTS (SELECT 1 FROM posting WHERE state = 'reversed' AND at > ${last})
      OR EXISTS (SELECT 1 FROM payment_detail WHERE answered_at > ${last}) AS paid`.execute(db.kysely)
  return rows[0]?.paid === true
}

/** Notes the moment of a file that was taken over; of the same bytes the last word counts. */
export async function noteMoment(
  db: CentralDb,
  { sha256, throughMs }: { sha256: string; throughMs: number },
): Promise<void> {
  await db.kysely
    .insertInto('account_file')
    .values({ sha256, through_ms: throughMs })
    .onConflict(conflict => conflict.column('sha256').doUpdateSet({ through_ms: throughMs }))
    .execute()
}
