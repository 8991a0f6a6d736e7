/** Whether a city uses the carrier, and what came of its files. */
import { sql } from 'kysely'
import type { CentralDb } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import type { PaymentDetailRow } from '../../db/central/schema.ts'
import { type Cents, cents } from '../../shared/money.ts'
import { type BusinessDate, isTimeZone } from '../../shared/time.ts'
import { setCitySetting } from '../city/city.ts'
import { cityTimeZone } from '../city/time-zone.ts'
import { type CarrierState, heldWhy, readCarrier } from '../posting/outbox.ts'
import { linesAwaited } from '../posting/told-lines.ts'
import { CarrierRefusal } from './refusal.ts'

/**
 * Switches the carrier. What is posted from now on is carried, and its receipts are not posted until the billing system
 * has accepted them; what was posted before is not carried. Switched off, what was carried is still followed to its end.
 * Refuses (CarrierRefusal) a time zone that is none.
 */
export async function switchCarrier(
  db: CentralDb,
  { on, timeZone }: { on: boolean; timeZone: string | undefined },
): Promise<void> {
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw new CarrierRefusal(`${timeZone} is no time zone: give one like America/Chicago`)
  if (timeZone !== undefined) await setCitySetting(db, 'timeZone', timeZone)
  await setCitySetting(db, 'carrier', on ? 'on' : 'off')
}

export interface CarrierNow {
  state: CarrierState
  timeZone: string
  /** Details that are in no file yet. */
  waiting: number
  /** Lines of delivered files that are not settled since central was restored. */
  awaited: number
  /** Why nothing is carried; empty where all is well. */
  held: string
}

export function carrierNow(db: CentralDb): Promise<CarrierNow> {
  return inTransaction(
    db,
    async tx => {
      const { waiting } = await tx.query
        .selectFrom('payment_detail')
        .select(({ fn }) => fn.countAll<number>().as('waiting'))
        .where('file_no', 'is', null)
        .executeTakeFirstOrThrow()
      return {
        state: await readCarrier(tx),
        timeZone: await cityTimeZone(tx),
        waiting,
        awaited: await linesAwaited(tx),
        held: await heldWhy(tx),
      }
    },
    { snapshot: true },
  )
}

export interface FileLine {
  sequence: number
  businessDate: BusinessDate
  name: string
  isWritten: boolean
  count: number
  totalCents: Cents
  accepted: number
  rejected: number
}

/** Every payment file and how its details were answered, the newest first. */
export async function fileLines(db: CentralDb): Promise<FileLine[]> {
  const { rows } = await sql<Omit<FileLine, 'isWritten'> & { writtenAt: number | null }>`
    SELECT f.file_no AS "sequence", f.business_date AS "businessDate", f.name AS "name",
      f.written_at AS "writtenAt", f.detail_count AS "count", f.total_cents AS "totalCents",
      count(CASE WHEN d.status = 'accepted' THEN 1 END) AS "accepted",
      count(CASE WHEN d.status = 'rejected' THEN 1 END) AS "rejected"
    FROM payment_file f LEFT JOIN payment_detail d ON d.file_no = f.file_no
    GROUP BY f.file_no, f.business_date, f.name, f.written_at, f.detail_count, f.total_cents
    ORDER BY f.file_no DESC`.execute(db.kysely)
  return rows.map(({ writtenAt, ...row }) => ({ ...row, isWritten: writtenAt !== null }))
}

export interface RejectedLine {
  tillId: string
  receiptId: string
  number: string
  lineNo: number
  cents: Cents
  kind: PaymentDetailRow['kind']
  /** In the billing system's words. */
  said: string
}

/** What was rejected of a file, and why. */
export async function rejectedLines(db: CentralDb, sequence: number): Promise<RejectedLine[]> {
  const { rows } = await sql<RejectedLine>`
    SELECT d.till_id AS "tillId", d.receipt_id AS "receiptId", coalesce(r.number, '') AS "number",
      d.line_no AS "lineNo", CAST(sum(d.cents) AS BIGINT) AS "cents", d.kind AS "kind",
      coalesce(max(d.said), '') AS "said"
    FROM payment_detail d LEFT JOIN receipt r ON r.till_id = d.till_id AND r.receipt_id = d.receipt_id
    WHERE d.file_no = ${sequence} AND d.status = 'rejected'
    GROUP BY d.till_id, d.receipt_id, r.number, d.line_no, d.kind
    ORDER BY "number", "lineNo", "kind"`.execute(db.kysely)
  return rows.map(row => ({ ...row, cents: cents(row.cents) }))
}
