import type { CentralTx } from '../db/central/open.ts'
import type { AlarmKind, EnrolledTillRow } from '../db/central/schema.ts'

interface Alarm {
  kind: AlarmKind
  epoch: number
  seq: number
  heldHash: string
  sentHash: string
  detail: string
  nowMs: number
}

/** Leaves an alarm about a till; the same one again, from a till that tries again, is not another. */
export async function raise(tx: CentralTx, till: EnrolledTillRow, alarm: Alarm): Promise<void> {
  const known = await tx.query
    .selectFrom('alarm')
    .select('alarm_no')
    .where('till_id', '=', till.till_id)
    .where('kind', '=', alarm.kind)
    .where('epoch', '=', alarm.epoch)
    .where('seq', '=', alarm.seq)
    .where('sent_hash', '=', alarm.sentHash)
    .where('detail', '=', alarm.detail)
    .executeTakeFirst()
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
    })
    .execute()
}
