/** Up to when payments are in the figures of a file of accounts: a time that a copy, or a clock that is wrong, must not change. */
import { type RawBuilder, sql } from 'kysely'
import type { CentralDb } from '../../db/central/connection.ts'
import type { AccountFileRow } from '../../db/central/schema.ts'

export interface FileMoment {
  sha256: string
  /** Of the file's last change. */
  writtenAtMs: number
  /** As somebody says it, by a time of day from the file's change on, or exactly. */
  statedMs: number | undefined
  isExact: boolean
  nowMs: number
}

/** UTC milliseconds. */
export interface FileMoments {
  /** Payments that central posted up to then are in the figures. */
  throughMs: number
  /** And of those that payment files carry, what the billing system had accepted by then: when it wrote this one. */
  acceptedThroughMs: number
}

/**
 * The moments of a file: as exactly stated, as they were before for the same bytes, else as stated. Null where it cannot be told
 * which payments are in it: where some were posted or undone since and nobody says the moment, so that the file's change has to
 * do; where the bytes are those of a file before the newest, which may be a copy or figures that came back; and where it is
 * older than the newest, whose figures it would undo.
 */
export async function momentsOf(db: CentralDb, file: FileMoment): Promise<FileMoments | null> {
  const { statedMs, isExact, sha256, nowMs } = file
  if (statedMs !== undefined && isExact) return { throughMs: statedMs, acceptedThroughMs: statedMs }
  const files = db.kysely.selectFrom('account_file').selectAll().orderBy('no', 'desc')
  const newest = await files.limit(1).executeTakeFirst()
  const same = await files.where('sha256', '=', sha256).executeTakeFirst()
  if (same && same.no !== newest?.no && (await isPaidSince(db, sql`CAST(${same.through_ms} AS BIGINT)`)))
    return null
  const writtenAtMs = Math.min(file.writtenAtMs, same?.written_ms ?? file.writtenAtMs)
  const throughMs = same?.through_ms ?? statedMs ?? (await unstated(db, { writtenAtMs, nowMs }))
  if (throughMs === null || throughMs > nowMs) return null
  if (!same && isOlder({ throughMs, writtenAtMs }, newest)) return null
  return { throughMs, acceptedThroughMs: Math.max(throughMs, Math.min(writtenAtMs, nowMs)) }
}

/** A change that is still to come is a clock that is wrong, and would hide whatever is paid until then. */
async function unstated(
  db: CentralDb,
  { writtenAtMs, nowMs }: { writtenAtMs: number; nowMs: number },
): Promise<number | null> {
  return writtenAtMs > nowMs || (await isPaidSince(db, LAST)) ? null : writtenAtMs
}

function isOlder(
  { throughMs, writtenAtMs }: { throughMs: number; writtenAtMs: number },
  newest: AccountFileRow | undefined,
): boolean {
  if (!newest) return false
  return throughMs < newest.through_ms || (throughMs === newest.through_ms && writtenAtMs < newest.written_ms)
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

/** Notes the moments of a file that was taken over; of the same bytes the last word counts. */
export async function noteMoments(
  db: CentralDb,
  { sha256, throughMs, acceptedThroughMs }: FileMoments & { sha256: string },
): Promise<void> {
  const row = { through_ms: throughMs, written_ms: acceptedThroughMs, no: NEXT_NO }
  await db.kysely
    .insertInto('account_file')
    .values({ sha256, ...row })
    .onConflict(conflict => conflict.column('sha256').doUpdateSet(row))
    .execute()
}

/** How many lines of payment files the billing system has not answered: nobody can tell whether its figures contain them. */
export async function unansweredLines(db: CentralDb): Promise<number> {
  const { lines } = await db.kysely
    .selectFrom('payment_detail')
    .select(({ fn }) => fn.countAll<number>().as('lines'))
    .where('status', 'is', null)
    .where('file_no', 'is not', null)
    .executeTakeFirstOrThrow()
  return lines
}
