/** Up to when payments are in the figures of a file of accounts: a time that a copy, or a clock that is wrong, must not change. */
import { type RawBuilder, sql } from 'kysely'
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
 * The moment of a file (UTC milliseconds): as exactly stated, as it was before for the same bytes, else as stated. Null where it
 * cannot be told which payments are in it: where some were posted or undone since and nobody says the moment, so that the
 * file's change has to do, or the bytes are those of a file before the newest, which may be a copy or figures that came back.
 */
export async function momentOf(db: CentralDb, file: FileMoment): Promise<number | null> {
  const { statedMs, isExact, writtenAtMs, sha256, nowMs } = file
  if (statedMs !== undefined && isExact) return statedMs
  const files = db.kysely.selectFrom('account_file').selectAll().orderBy('no', 'desc')
  const newest = await files.limit(1).executeTakeFirst()
  const same = await files.where('sha256', '=', sha256).executeTakeFirst()
  if (same && same.no !== newest?.no && (await isPaidSince(db, sql`${same.through_ms}::bigint`))) return null
  const moment = same?.through_ms ?? statedMs
  if (moment !== undefined) return moment <= nowMs ? moment : null
  // A change that is still to come is a clock that is wrong, and would hide whatever is paid until then.
  return writtenAtMs > nowMs || (await isPaidSince(db, LAST)) ? null : writtenAtMs
}

const LAST = sql`(SELECT coalesce(max(through_ms), -1) FROM account_file)`

async function isPaidSince(db: CentralDb, last: RawBuilder<unknown>): Promise<boolean> {
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
