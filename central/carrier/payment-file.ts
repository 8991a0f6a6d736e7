/** Payment files: what is in which, recorded before it is written, and written until it is proved to be on disk. */
import { resolve } from 'node:path'
import { sql } from 'kysely'
import { insertRows, updateRows } from '../../db/central/bulk.ts'
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import type { PaymentDetailRow, PaymentFileRow } from '../../db/central/schema.ts'
import { sum } from '../../shared/money.ts'
import type { BusinessDate } from '../../shared/time.ts'
import { readCitySetting } from '../city/city.ts'
import { cityTimeZone } from '../city/time-zone.ts'
import { DETAIL_KEY } from '../posting/kept-details.ts'
import { holdCarrier } from '../posting/outbox.ts'
import { settleAll } from './delivered.ts'
import { type Disk, placeFile, realDisk, sha256Of } from './file-on-disk.ts'
import { foldersOf, lastFile, lockFiles, newestFile } from './files.ts'
import { held, refuseHeld } from './hold.ts'
import {
  isPlaced,
  type KeptDetail,
  keepCopy,
  keptIn,
  lastKept,
  notePlaced,
  readKept,
  refuseMissing,
} from './kept-copies.ts'
import { type PaymentDetail, paymentFileName, paymentText } from './payment-text.ts'
import { type PaymentTemplate, templateField } from './template/template.ts'

export interface FileOrder {
  businessDate: BusinessDate
  template: PaymentTemplate
  /** Must exist. */
  folder: string
  /** UTC milliseconds. */
  nowMs: number
  disk?: Disk
}

export type WrittenFile = Omit<PaymentFileRow, 'content' | 'template'>

/**
 * Makes the file of a business date: everything booked under it that is in no file yet. Files that were recorded and
 * not proved to be written come first, as they were recorded. Gives every file that is on disk now, none where there
 * was nothing new. Refuses (CarrierRefusal) what does not fit the template, and then records nothing; and a file that is
 * not on disk as it was recorded, which stays recorded and is tried again by the next run. Refuses anything once central was
 * restored from a backup, until somebody has said which files were delivered.
 */
export async function carryDate(db: CentralDb, order: FileOrder): Promise<WrittenFile[]> {
  refuseMissing(order.folder)
  await refuseAhead(db, [order.folder])
  const written = await finishFiles(db, order)
  const recorded = await recordFile(db, order)
  return recorded ? [...written, await finishFile(db, recorded, order)] : written
}

/** Copies of files that this database knows nothing of, or knows otherwise, were made by another life of it. */
async function refuseAhead(db: CentralDb, folders: readonly string[]): Promise<void> {
  const all = new Set([...folders, ...(await foldersOf(db))])
  // The copies first: another run records a file before it keeps its copy.
  const kept = [...all].map(folder => ({ folder: keptIn(folder), last: lastKept(keptIn(folder)) }))
  const newest = await inTransaction(db, newestFile)
  const last = newest?.file_no ?? 0
  for (const { folder, last: found } of kept) {
    if (found > last)
      await hold(db, `${folder} has a copy of file ${found}, and ${last} is the last on record`)
    const copy = found === last && newest ? readKept(folder, last) : undefined
    if (copy && copy.file.sha256 !== newest?.sha256)
      await hold(db, `${folder} has a copy of another file ${last}`)
  }
}

async function hold(db: CentralDb, why: string): Promise<never> {
  await holdCarrier(db, why)
  throw held(why)
}

/** Writes the files that were recorded, and not proved to be on disk, into the folders that they were meant for. */
export async function finishFiles(
  db: CentralDb,
  { nowMs, disk = realDisk }: Pick<FileOrder, 'nowMs' | 'disk'>,
): Promise<WrittenFile[]> {
  await inTransaction(db, refuseHeld)
  await refuseAhead(db, [])
  const rows = db.kysely.selectFrom('payment_file').selectAll().where('written_at', 'is', null)
  const written: WrittenFile[] = []
  for (const row of await rows.orderBy('file_no').execute())
    written.push(await finishFile(db, row, { nowMs, disk }))
  return written
}

async function finishFile(
  db: CentralDb,
  { written_at: _, ...file }: PaymentFileRow,
  { nowMs, disk = realDisk }: Pick<FileOrder, 'nowMs' | 'disk'>,
): Promise<WrittenFile> {
  const { content, template, ...row } = file
  const { folder: dir, name, sha256, detail_count: count, total_cents: totalCents } = row
  if (!keepCopy({ file, details: await detailsIn(db, row.file_no) }))
    await hold(db, `${keptIn(dir)} has a copy of another file ${row.file_no}`)
  const parsed = templateField.parse(JSON.parse(template))
  if (!isPlaced(file)) {
    placeFile({ dir, name, content, sha256, count, totalCents, template: parsed }, disk)
    notePlaced(file)
  }
  await db.kysely
    .updateTable('payment_file')
    .set({ written_at: nowMs })
    .where('file_no', '=', row.file_no)
    .where('written_at', 'is', null)
    .execute()
  return { ...row, written_at: nowMs }
}

/** What is in a file, as it is on record. */
async function detailsIn({ kysely }: CentralDb, fileNo: number): Promise<KeptDetail[]> {
  const rows = await kysely
    .selectFrom('payment_detail')
    .select([...DETAIL_KEY, 'account_id', 'item_id', 'gl_account', 'cents', 'detail_no'])
    .where('file_no', '=', fileNo)
    .orderBy('detail_no')
    .execute()
  return rows.map(({ detail_no: no, ...row }) => ({ ...row, file_no: fileNo, detail_no: no ?? 0 }))
}

/** Business dates that have something in no file yet, up to a date. */
export async function datesToCarry(db: CentralDb, upTo: BusinessDate): Promise<BusinessDate[]> {
  const rows = await db.kysely
    .selectFrom('payment_detail')
    .select('business_date')
    .distinct()
    .where('file_no', 'is', null)
    .where('business_date', '<=', upTo)
    .orderBy('business_date')
    .execute()
  return rows.map(row => row.business_date)
}

/** In one transaction: what is in the file, and that it is in this one. */
function recordFile(
  db: CentralDb,
  { businessDate, template, folder, nowMs }: FileOrder,
): Promise<PaymentFileRow | undefined> {
  return inTransaction(db, async tx => {
    await lockFiles(tx)
    await refuseHeld(tx)
    // A push that was under way when somebody said what was delivered knew nothing of it.
    await settleAll(tx, nowMs)
    const waiting = await detailsOf(tx, businessDate)
    if (waiting.length === 0) return undefined
    const sequence = (await lastFile(tx)) + 1
    const content = {
      businessDate,
      sequence,
      madeAtMs: nowMs,
      timeZone: await cityTimeZone(tx),
      city: await readCitySetting(tx, 'utilityName'),
      details: waiting.map(({ detail }) => detail),
    }
    const text = paymentText(template, content)
    const file: PaymentFileRow = {
      file_no: sequence,
      business_date: businessDate,
      name: paymentFileName(template, content),
      folder: resolve(folder),
      template: JSON.stringify(template),
      content: text,
      sha256: sha256Of(Buffer.from(text, 'utf8')),
      detail_count: waiting.length,
      total_cents: sum(content.details.map(detail => detail.cents)),
      made_at: nowMs,
      written_at: null,
    }
    await insertRows(tx, 'payment_file', [file])
    await putIntoFile(
      tx,
      sequence,
      waiting.map(({ key }) => key),
    )
    return file
  })
}

type DetailKey = Pick<PaymentDetailRow, (typeof DETAIL_KEY)[number]>

async function putIntoFile(tx: CentralTx, fileNo: number, keys: readonly DetailKey[]): Promise<void> {
  const rows = keys.map((key, index) => ({ ...key, file_no: fileNo, detail_no: index + 1 }))
  const set = await updateRows(tx, 'payment_detail', { key: DETAIL_KEY, set: ['file_no', 'detail_no'], rows })
  // One that was withdrawn in between must not stand in a file either; the next run does without it.
  if (set !== keys.length) throw new Error('Details changed while their file was made up')
}

type Found = DetailKey &
  Omit<PaymentDetail, 'tenders'> & { tender: string | null; otherTender: string | null }

/**
 * What is to be carried of a date; nothing of a line of which something was told that is not settled yet. A reversal waits
 * until its payment is in a file of another date, so that no file takes back what the billing system has not heard of.
 */
async function detailsOf(
  tx: CentralTx,
  businessDate: BusinessDate,
): Promise<{ key: DetailKey; detail: PaymentDetail }[]> {
  const { rows } = await sql<Found>`
    SELECT d.till_id, d.receipt_id, d.line_no, d.entry_no, d.kind, d.attempt,
      coalesce(a.number, p.account_number, '') AS "accountNumber", d.cents AS "cents",
      coalesce(r.number, d.receipt_id) AS "receiptNumber", d.line_no AS "lineNo", d.entry_no AS "entryNo",
      coalesce(s.reference, '') AS "reference", coalesce(r.posted_at, d.at) AS "postedAtMs",
      coalesce(d.item_id, '') AS "itemId", d.gl_account AS "glAccount", coalesce(a.name, '') AS "name",
      t.code AS "tillCode",
      coalesce((SELECT min(l.service) FROM receipt_allocation l WHERE l.till_id = d.till_id
        AND l.receipt_id = d.receipt_id AND l.line_no = d.line_no AND l.item_id = d.item_id), i.service, '') AS "service",
      (SELECT min(x.tender) FROM receipt_tender x WHERE x.till_id = d.till_id AND x.receipt_id = d.receipt_id) AS "tender",
      (SELECT max(x.tender) FROM receipt_tender x WHERE x.till_id = d.till_id AND x.receipt_id = d.receipt_id)
        AS "otherTender"
    FROM payment_detail d
    JOIN enrolled_till t ON t.till_id = d.till_id
    LEFT JOIN receipt r ON r.till_id = d.till_id AND r.receipt_id = d.receipt_id
    LEFT JOIN receipt_state s ON s.till_id = d.till_id AND s.receipt_id = d.receipt_id
    LEFT JOIN posting p ON p.till_id = d.till_id AND p.receipt_id = d.receipt_id AND p.line_no = d.line_no
    LEFT JOIN account a ON a.account_id = d.account_id
    LEFT JOIN account_item i ON i.item_id = d.item_id
    WHERE d.business_date = ${businessDate} AND d.file_no IS NULL AND NOT EXISTS (
      SELECT 1 FROM delivered_detail v WHERE v.till_id = d.till_id AND v.receipt_id = d.receipt_id
        AND v.line_no = d.line_no) AND (d.kind = 'posted' OR NOT EXISTS (
      SELECT 1 FROM payment_detail q WHERE q.till_id = d.till_id AND q.receipt_id = d.receipt_id
        AND q.line_no = d.line_no AND q.entry_no = d.entry_no AND q.kind = 'posted'
        AND q.file_no IS NULL AND q.business_date <> d.business_date))
    ORDER BY t.till_no, r.epoch, r.receipt_no, d.receipt_id, d.line_no, d.entry_no, d.kind, d.attempt`.execute(
    tx.query,
  )
  return rows.map(
    ({ tender, otherTender, till_id, receipt_id, line_no, entry_no, kind, attempt, ...rest }) => ({
      key: { till_id, receipt_id, line_no, entry_no, kind, attempt },
      detail: { ...rest, tenders: [tender ?? '', otherTender ?? ''] },
    }),
  )
}
