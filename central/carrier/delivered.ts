/** What was delivered before central was put back from a backup: its numbers are used, and what it held is not carried again. */
import { insertRows, updateRows } from '../../db/central/bulk.ts'
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import type { PaymentDetailRow } from '../../db/central/schema.ts'
import { DETAIL_KEY, lastFile, lockFiles } from './files.ts'
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
    for (const { lines } of copies) await insertRows(tx, 'delivered_line', lines, 'leave')
    await tx.query
      .updateTable('payment_file')
      .set({ written_at: nowMs })
      .where('written_at', 'is', null)
      .where('file_no', '<=', upTo)
      .execute()
    await claimDelivered(tx)
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

type DetailKey = Pick<PaymentDetailRow, (typeof DETAIL_KEY)[number]>

/**
 * Puts details that wait, and were delivered, where they were. By their lines: the same payment may be spread over other
 * entries now, since accounts may be others.
 */
export async function claimDelivered(tx: CentralTx): Promise<void> {
  const found = await tx.query
    .selectFrom('payment_detail as d')
    .innerJoin('delivered_line as v', join =>
      join
        .onRef('v.till_id', '=', 'd.till_id')
        .onRef('v.receipt_id', '=', 'd.receipt_id')
        .onRef('v.line_no', '=', 'd.line_no')
        .onRef('v.kind', '=', 'd.kind')
        .onRef('v.attempt', '=', 'd.attempt'),
    )
    .select(['d.till_id', 'd.receipt_id', 'd.line_no', 'd.entry_no', 'd.kind', 'd.attempt'])
    .select(['v.file_no', 'v.detail_no'])
    .where('d.file_no', 'is', null)
    .orderBy('d.entry_no')
    .execute()
  const lines = Map.groupBy(found, ({ file_no: file, detail_no: first }) => `${file} ${first}`)
  const rows: (DetailKey & { file_no: number; detail_no: number })[] = [...lines.values()].flatMap(entries =>
    entries.map((entry, at) => ({ ...entry, detail_no: entry.detail_no + at })),
  )
  await updateRows(tx, 'payment_detail', { key: DETAIL_KEY, set: ['file_no', 'detail_no'], rows })
}

/** Delivered lines that are not posted here: their receipts have not come again yet, or wait in suspense. */
export async function linesAwaited(tx: CentralTx): Promise<number> {
  const { count } = await tx.query
    .selectFrom('delivered_line as v')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('payment_detail as d')
            .select('d.till_id')
            .whereRef('d.till_id', '=', 'v.till_id')
            .whereRef('d.receipt_id', '=', 'v.receipt_id')
            .whereRef('d.line_no', '=', 'v.line_no')
            .whereRef('d.kind', '=', 'v.kind')
            .whereRef('d.attempt', '=', 'v.attempt'),
        ),
      ),
    )
    .executeTakeFirstOrThrow()
  return count
}
