/** Receipts that are held already are changed by somebody else than their till, which hears of it. */
import type { CentralTx } from '../../db/central/connection.ts'
import { takeFeedStep } from '../journal/feed-step.ts'
import { lockTill } from '../journal/position.ts'
import { readBooks, writeBooks } from './books/books.ts'
import type { Books } from './books/open-books.ts'

export interface Change {
  tillId: string
  receiptIds: readonly string[]
  /** Names the change among those of a till's feed. */
  name: string
  /** UTC milliseconds. */
  nowMs: number
}

/** Locks the till, lets `work` change its books, and writes them. Does nothing for a till that is not known. */
export async function changeBooks(
  tx: CentralTx,
  { tillId, receiptIds, name, nowMs }: Change,
  work: (books: Books) => Promise<void>,
): Promise<void> {
  const till = await lockTill(tx, tillId)
  if (!till) return
  const books = await readBooks(tx, { tillId, receiptIds, accountIds: [], itemIds: [] })
  await work(books)
  const lastStateNo = till.last_state_no
  const source = { source: `${tillId}/${name}`, sourceNo: lastStateNo + 1 }
  const upTo = await writeBooks(tx, books, { lastStateNo, ...source })
  if (upTo === lastStateNo) return
  await takeFeedStep(tx, { feed: tillId, upTo, made: `${nowMs}/${name}/${upTo}` })
  await tx.query
    .updateTable('enrolled_till')
    .set({ last_state_no: upTo })
    .where('till_id', '=', tillId)
    .execute()
}
