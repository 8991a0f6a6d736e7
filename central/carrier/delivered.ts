/** What was delivered before central was put back from a backup: its numbers are used, and what it held is not carried again. */
import { insertRows } from '../../db/central/bulk.ts'
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import { UNANSWERED } from '../posting/books/details.ts'
import { changeBooks } from '../posting/change-books.ts'
import { settleReceipts } from '../posting/told-lines.ts'
import { lastFile, lockFiles } from './files.ts'
import { type KeptFile, readKept, setAsideAfter } from './kept-copies.ts'
import { CarrierRefusal } from './refusal.ts'

export interface Delivered {
  upTo: number
  /** Folders in which copies of files are looked for. */
  kept: readonly string[]
  /** UTC milliseconds. */
  nowMs: number
}

/**
 * Takes somebody's word that files up to a number were delivered, and lets the carrier go on. What this database does not
 * hold of them is read from their copies. Gives how many files were read. Refuses (CarrierRefusal) a lower number than is on
 * record, and files of which no copy is found.
 */
export async function filesDelivered(db: CentralDb, { upTo, kept, nowMs }: Delivered): Promise<number> {
  const read = await inTransaction(db, async tx => {
    await lockFiles(tx)
    await refuseLower(tx, upTo)
    const others = await takeBack(tx, kept, upTo)
    const after = await lastFile(tx)
    const copies = [...others.filter(({ file }) => file.file_no < after), ...copiesOf(kept, { after, upTo })]
    await insertRows(
      tx,
      'payment_file',
      copies.map(({ file }) => ({ ...file, written_at: nowMs })),
    )
    for (const { details } of copies)
      await insertRows(
        tx,
        'delivered_detail',
        details.map(one => ({ ...one, ...UNANSWERED })),
        'leave',
      )
    await tx.query
      .updateTable('payment_file')
      .set({ written_at: nowMs })
      .where('written_at', 'is', null)
      .where('file_no', '<=', upTo)
      .execute()
    await settleAll(tx, nowMs)
    await tx.query.updateTable('city_setting').set({ value: '' }).where('name', '=', 'carrierHeld').execute()
    return copies.length
  })
  for (const folder of kept) setAsideAfter(folder, upTo, nowMs)
  return read
}

async function refuseLower(tx: CentralTx, upTo: number): Promise<void> {
  const { last } = await tx.query
    .selectFrom('payment_file')
    .select(({ fn }) => fn.max('file_no').as('last'))
    .where('written_at', 'is not', null)
    .executeTakeFirstOrThrow()
  if (last !== null && upTo < last)
    throw new CarrierRefusal(`File ${last} is on record as written: say ${last}, or a higher number`)
}

/**
 * Files on record whose copies say something else: another life of this database delivered those, and its own never left.
 * What they held waits again. Gives the copies.
 */
async function takeBack(tx: CentralTx, kept: readonly string[], upTo: number): Promise<KeptFile[]> {
  const rows = await tx.query.selectFrom('payment_file').select(['file_no', 'sha256']).execute()
  const others: KeptFile[] = []
  for (const { file_no: no, sha256 } of rows) {
    const copy = no <= upTo ? copyOf(kept, no) : undefined
    if (!copy || copy.file.sha256 === sha256) continue
    others.push(copy)
    await tx.query.deleteFrom('payment_file').where('file_no', '=', no).execute()
    await tx.query
      .updateTable('payment_detail')
      .set({ file_no: null, detail_no: null })
      .where('file_no', '=', no)
      .where('status', 'is', null)
      .execute()
  }
  return others
}

const copyOf = (kept: readonly string[], no: number): KeptFile | undefined =>
  kept.map(folder => readKept(folder, no)).find(copy => copy !== undefined)

function copiesOf(kept: readonly string[], { after, upTo }: { after: number; upTo: number }): KeptFile[] {
  const copies: KeptFile[] = []
  for (let no = after + 1; no <= upTo; no += 1) {
    const found = copyOf(kept, no)
    if (!found) {
      const places = kept.length === 0 ? 'Nobody said where copies lie' : `No copy in ${kept.join(', ')}`
      throw new CarrierRefusal(
        `${places} of file ${no}, of which this database holds nothing. Name the folder that has it with --kept`,
      )
    }
    copies.push(found)
  }
  return copies
}

const RECEIPTS_AT_ONCE = 500

/** Settles all that was told, and is here by now; tills hear of what is posted by that. */
export async function settleAll(tx: CentralTx, nowMs: number): Promise<void> {
  const found = await tx.query
    .selectFrom('delivered_detail')
    .select(['till_id', 'receipt_id'])
    .distinct()
    .orderBy('till_id')
    .execute()
  for (const [tillId, ofTill] of Map.groupBy(found, row => row.till_id))
    for (let at = 0; at < ofTill.length; at += RECEIPTS_AT_ONCE) {
      const receiptIds = ofTill.slice(at, at + RECEIPTS_AT_ONCE).map(row => row.receipt_id)
      await changeBooks(tx, { tillId, receiptIds, name: 'settled', nowMs }, async books => {
        for (const id of await settleReceipts(tx, { tillId, receiptIds, nowMs })) {
          const state = books.receipts.get(id)?.state
          if (state?.state !== 'acknowledged' && state?.state !== 'posted') continue
          state.at = nowMs
          books.touched.add(id)
        }
      })
    }
}
