/**
 * Receipts whose id is held already. A till that was restored from a backup begins a new epoch, and a command that is
 * tried again there keeps its id: the same payment is the same receipt and counts once; another one under that id is
 * kept beside, as an exception, and never in place of what is held.
 */

import { insertRows, textList } from '../../db/central/bulk.ts'
import type { CentralTx } from '../../db/central/connection.ts'
import type { Fact } from '../../shared/ledger/facts.ts'
import type { RowChange } from '../../shared/ledger/rows/table.ts'
import { contentHash } from './receipt-content.ts'

export interface Repeats {
  /** What each receipt's content comes to, by its place. */
  contents: ReadonlyMap<number, string>
  /** Places of facts that state a receipt once more. */
  same: ReadonlySet<number>
  /** Those that state something else under an id that is held. */
  otherContent: readonly Fact<'receipt.posted'>[]
  /** Receipts of which central holds another content than this epoch of the till. */
  otherIds: ReadonlySet<string>
}

interface Range {
  tillId: string
  epoch: number
  facts: readonly Fact[]
}

export async function readRepeats(tx: CentralTx, { tillId, epoch, facts }: Range): Promise<Repeats> {
  const posted = facts.filter(fact => fact.kind === 'receipt.posted')
  const held = await heldContents(
    tx,
    tillId,
    posted.map(fact => fact.body.receiptId),
  )
  const earlier = await tx.query
    .selectFrom('other_content')
    .select('receipt_id')
    .where('till_id', '=', tillId)
    .where('epoch', '=', epoch)
    .execute()
  const contents = new Map(posted.map(fact => [fact.seq, contentHash(fact.body)]))
  const same = new Set<number>()
  const otherContent: Fact<'receipt.posted'>[] = []
  for (const fact of posted) {
    const content = contents.get(fact.seq) ?? ''
    const before = held.get(fact.body.receiptId)
    if (before === undefined) held.set(fact.body.receiptId, content)
    else if (before === content) same.add(fact.seq)
    else otherContent.push(fact)
  }
  const otherIds = [...earlier.map(row => row.receipt_id), ...otherContent.map(fact => fact.body.receiptId)]
  return { contents, same, otherContent, otherIds: new Set(otherIds) }
}

/** Content of held receipts by id. One that was given back is closed, whatever could be booked of that: the same payment again is another one. */
async function heldContents(
  tx: CentralTx,
  tillId: string,
  receiptIds: readonly string[],
): Promise<Map<string, string>> {
  if (receiptIds.length === 0) return new Map()
  const rows = await tx.query
    .selectFrom('receipt_state as s')
    .leftJoin('receipt as r', join =>
      join.onRef('r.till_id', '=', 's.till_id').onRef('r.receipt_id', '=', 's.receipt_id'),
    )
    .select(['s.receipt_id', 's.content_hash', 'r.void_seq'])
    .where('s.till_id', '=', tillId)
    .where('s.receipt_id', 'in', textList(tx, receiptIds))
    .execute()
  return new Map(rows.map(row => [row.receipt_id, row.void_seq === null ? row.content_hash : '']))
}

export function isRepeated(fact: Fact<'receipt.posted'>, repeats: Repeats): boolean {
  return repeats.same.has(fact.seq) || repeats.otherContent.includes(fact)
}

/** Receipts about which the till has to be told once more, though nothing is posted. */
export function repeatedIds(facts: readonly Fact[], repeats: Repeats): string[] {
  return facts.flatMap(fact => {
    if (fact.kind === 'receipt.posted' && isRepeated(fact, repeats)) return [fact.body.receiptId]
    if (fact.kind === 'receipt.voided' && repeats.otherIds.has(fact.body.receiptId))
      return [fact.body.receiptId]
    return []
  })
}

/** Which of the rows that follow from a fact change at central: none of a receipt that is held already. */
export function changesToApply(
  fact: Fact,
  rows: readonly RowChange[],
  repeats: Repeats,
): readonly RowChange[] {
  if (fact.kind === 'receipt.posted' && isRepeated(fact, repeats)) return []
  if (repeats.otherIds.size === 0) return rows
  if (fact.kind === 'receipt.voided' && repeats.otherIds.has(fact.body.receiptId)) return []
  return rows.filter(change => {
    const key: object = change.op === 'update' ? change.key : {}
    const receiptId: unknown = 'receipt_id' in key ? key.receipt_id : undefined
    return typeof receiptId !== 'string' || !repeats.otherIds.has(receiptId)
  })
}

export async function keepOtherContent(
  tx: CentralTx,
  { tillId, epoch, facts, repeats, nowMs }: Range & { repeats: Repeats; nowMs: number },
): Promise<void> {
  const rows = repeats.otherContent.map(({ seq, body }) => ({
    till_id: tillId,
    epoch,
    receipt_id: body.receiptId,
    seq,
    number: body.number,
    total_cents: body.totalCents,
    voided: 0,
    at: nowMs,
  }))
  await insertRows(tx, 'other_content', rows, 'leave')
  for (const fact of facts)
    if (fact.kind === 'receipt.voided' && repeats.otherIds.has(fact.body.receiptId))
      await tx.query
        .updateTable('other_content')
        .set({ voided: 1 })
        .where('till_id', '=', tillId)
        .where('epoch', '=', epoch)
        .where('receipt_id', '=', fact.body.receiptId)
        .execute()
}
