/** The outbox of the carrier: filled in the transaction that posts, emptied by files. */
import { insertRows } from '../../db/central/bulk.ts'
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import { readCitySetting } from '../city/city.ts'
import { freshDetails, settleCarried } from './books/details.ts'
import type { Books } from './books/open-books.ts'
import { readDetails } from './kept-details.ts'
import { settleReceipts } from './told-lines.ts'

/** 'never' asks no more of a city without the carrier than one look at its setting. */
export const CARRIER_STATES = ['never', 'on', 'off'] as const
export type CarrierState = (typeof CARRIER_STATES)[number]

export async function readCarrier(tx: CentralTx): Promise<CarrierState> {
  const value = await readCitySetting(tx, 'carrier')
  return CARRIER_STATES.find(state => state === value) ?? 'never'
}

/**
 * Holds the carrier after central was restored from a backup: what was delivered is sent again by the tills, and would go to
 * the billing system twice. The backup may be of before the carrier was switched on. The first reason stays. `why` is a
 * sentence without its end.
 */
export async function holdCarrier({ kysely }: Pick<CentralDb, 'kysely'>, why: string): Promise<void> {
  await kysely
    .updateTable('city_setting')
    .set({ value: why })
    .where('name', '=', 'carrierHeld')
    .where('value', '=', '')
    .execute()
}

/** A till that has heard what this database does not hold heard it from a later state of it. */
export const holdForTill = (db: CentralDb, tillId: string): Promise<void> =>
  holdCarrier(db, `till ${tillId} has heard what this database does not hold`)

/** Why nothing is carried; empty where all is well. */
export const heldWhy = (tx: CentralTx): Promise<string> => readCitySetting(tx, 'carrierHeld')

/**
 * Puts what was just posted or undone, and is written, into the outbox, and holds its receipts back until it is accepted. What
 * was told of them by a database that was put back since is settled with it.
 */
export async function carry(tx: CentralTx, books: Books): Promise<void> {
  const state = await readCarrier(tx)
  const [first] = books.receipts.values()
  if (state === 'never' || !first || books.touched.size === 0) return
  const { till_id: tillId, at: nowMs } = first.state
  const receiptIds = [...books.touched]
  const known = await readDetails(tx, { tillId, receiptIds })
  const fresh = freshDetails(books, { known, on: state === 'on' })
  await insertRows(tx, 'payment_detail', fresh)
  const settled = await settleReceipts(tx, { tillId, receiptIds, nowMs })
  const all = settled.length === 0 ? [...known, ...fresh] : await readDetails(tx, { tillId, receiptIds })
  const byReceipt = Map.groupBy(all, detail => detail.receipt_id)
  for (const receiptId of books.touched) {
    const held = books.receipts.get(receiptId)
    if (held) settleCarried(held.state, byReceipt.get(receiptId) ?? [])
  }
}
