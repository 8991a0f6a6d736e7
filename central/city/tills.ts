/** Tills as an administrator sees them. */
import { sql } from 'kysely'
import type { CentralDb } from '../../db/central/connection.ts'

export interface TillLine {
  tillId: string
  code: string
  enrolledAtMs: number
  revokedAtMs: number | null
  lastSeenAtMs: number
  epoch: number
  seq: number
  /** Of all epochs. */
  factCount: number
  /** By the till's clock; null where nothing is held. */
  newestFactAtMs: number | null
  suspense: number
  alarms: number
}

/** Every till with how far central holds it, the longest unheard of first. Alarms are those that nobody has cleared. */
export async function tillLines(db: CentralDb): Promise<TillLine[]> {
  const { rows } = await sql<TillLine>`
    SELECT t.till_id AS "tillId", t.code AS "code", t.enrolled_at AS "enrolledAtMs", t.revoked_at AS "revokedAtMs",
      t.last_seen_at AS "lastSeenAtMs", coalesce(j.epoch, 0) AS "epoch", coalesce(j.seq, 0) AS "seq",
      (SELECT count(*) FROM journal f WHERE f.till_id = t.till_id) AS "factCount", j.at AS "newestFactAtMs",
      (SELECT count(*) FROM posting p WHERE p.till_id = t.till_id AND p.state IN ('suspense', 'not-reversed'))
        AS "suspense",
      (SELECT count(*) FROM alarm a WHERE a.till_id = t.till_id AND a.cleared_at IS NULL) AS "alarms"
    FROM enrolled_till t
    LEFT JOIN journal j ON j.till_id = t.till_id
      AND j.epoch = (SELECT max(e.epoch) FROM journal e WHERE e.till_id = t.till_id)
      AND j.seq = (SELECT max(s.seq) FROM journal s WHERE s.till_id = j.till_id AND s.epoch = j.epoch)
    ORDER BY t.last_seen_at, t.till_id`.execute(db.kysely)
  return rows
}
