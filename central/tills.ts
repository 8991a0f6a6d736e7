/** Tills as an administrator sees them. */
import { sql } from 'kysely'
import type { CentralDb } from '../db/central/open.ts'

export interface TillLine {
  tillId: string
  code: string
  enrolledAtMs: number
  revokedAtMs: number | null
  lastSeenAtMs: number
  epoch: number
  seq: number
  suspense: number
  alarms: number
}

/** Every till with how far central holds it, the longest unheard of first. */
export async function tillLines(db: CentralDb): Promise<TillLine[]> {
  const { rows } = await sql<TillLine>`
    SELECT t.till_id AS "tillId", t.code AS "code", t.enrolled_at AS "enrolledAtMs", t.revoked_at AS "revokedAtMs",
      t.last_seen_at AS "lastSeenAtMs", coalesce(j.epoch, 0) AS "epoch",
      coalesce((SELECT max(seq) FROM journal s WHERE s.till_id = t.till_id AND s.epoch = j.epoch), 0) AS "seq",
      (SELECT count(*) FROM posting p WHERE p.till_id = t.till_id AND p.state IN ('suspense', 'not-reversed'))
        AS "suspense",
      (SELECT count(*) FROM alarm a WHERE a.till_id = t.till_id) AS "alarms"
    FROM enrolled_till t
    LEFT JOIN (SELECT till_id, max(epoch) AS epoch FROM journal GROUP BY till_id) j ON j.till_id = t.till_id
    ORDER BY t.last_seen_at, t.till_id`.execute(db.kysely)
  return rows
}
