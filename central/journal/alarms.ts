/** What a till sent that cannot be, until somebody has looked into it. */
import { sql } from 'kysely'
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import type { AlarmKind, EnrolledTillRow } from '../../db/central/schema.ts'

interface Alarm {
  kind: AlarmKind
  epoch: number
  seq: number
  heldHash: string
  sentHash: string
  detail: string
  nowMs: number
}

/** Of the till and not of a fact: until somebody has looked, every fact would raise it. */
const STANDING: ReadonlySet<AlarmKind> = new Set(['future-date', 'till-code'])

/** Leaves an alarm about a till; the same one again, from a till that tries again, is not another while it is open. */
export async function raise(tx: CentralTx, till: EnrolledTillRow, alarm: Alarm): Promise<void> {
  const open = tx.query
    .selectFrom('alarm')
    .select('alarm_no')
    .where('till_id', '=', till.till_id)
    .where('kind', '=', alarm.kind)
    .where('cleared_at', 'is', null)
  const same = open
    .where('epoch', '=', alarm.epoch)
    .where('seq', '=', alarm.seq)
    .where('sent_hash', '=', alarm.sentHash)
    .where('detail', '=', alarm.detail)
  const known = await (STANDING.has(alarm.kind) ? open : same).limit(1).executeTakeFirst()
  if (known) return
  till.last_alarm_no += 1
  await tx.query
    .insertInto('alarm')
    .values({
      till_id: till.till_id,
      alarm_no: till.last_alarm_no,
      kind: alarm.kind,
      epoch: alarm.epoch,
      seq: alarm.seq,
      held_hash: alarm.heldHash,
      sent_hash: alarm.sentHash,
      detail: alarm.detail,
      at: alarm.nowMs,
      cleared_at: null,
      cleared_note: '',
    })
    .execute()
}

export interface AlarmLine {
  tillId: string
  /** The till's short name. */
  code: string
  alarmNo: number
  kind: AlarmKind
  epoch: number
  seq: number
  heldHash: string
  sentHash: string
  detail: string
  atMs: number
  clearedAtMs: number | null
  clearedNote: string
}

/** Alarms of every till, the oldest first; those that were cleared only where `all` is asked for. */
export async function alarmLines(db: CentralDb, { all }: { all: boolean }): Promise<AlarmLine[]> {
  const { rows } = await sql<AlarmLine>`
    SELECT a.till_id AS "tillId", t.code AS "code", a.alarm_no AS "alarmNo", a.kind AS "kind", a.epoch AS "epoch",
      a.seq AS "seq", a.held_hash AS "heldHash", a.sent_hash AS "sentHash", a.detail AS "detail", a.at AS "atMs",
      a.cleared_at AS "clearedAtMs", a.cleared_note AS "clearedNote"
    FROM alarm a JOIN enrolled_till t ON t.till_id = a.till_id
    WHERE ${all ? sql`TRUE` : sql`a.cleared_at IS NULL`} ORDER BY a.at, a.till_id, a.alarm_no`.execute(
    db.kysely,
  )
  return rows
}

/** Notes that somebody has looked into an alarm; false where none is open. It stays on record. */
export async function clearAlarm(
  db: CentralDb,
  { tillId, alarmNo, note, nowMs }: { tillId: string; alarmNo: number; note: string; nowMs: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db.kysely
    .updateTable('alarm')
    .set({ cleared_at: nowMs, cleared_note: note })
    .where('till_id', '=', tillId)
    .where('alarm_no', '=', alarmNo)
    .where('cleared_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
