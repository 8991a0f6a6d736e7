/** The outbox of the carrier: filled in the transaction that posts, emptied by files. */
import { insertRows, textList } from '../../db/central/bulk.ts'
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import type { PaymentDetailRow } from '../../db/central/schema.ts'
import { readCitySetting } from '../city/city.ts'
import { freshDetails, settleCarried } from './books/details.ts'
import type { Books } from './books/open-books.ts'

export const DETAIL_KEY = ['till_id', 'receipt_id', 'line_no', 'entry_no', 'kind', 'attempt'] as const

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

/** Puts what was just posted or undone into the outbox, and holds its receipts back until it is accepted. */
export async function carry(tx: CentralTx, books: Books): Promise<void> {
  const state = await readCarrier(tx)
  const [tillId] = [...books.receipts.values()].map(held => held.state.till_id)
  if (state === 'never' || tillId === undefined || books.touched.size === 0) return
  const known = await readDetails(tx, { tillId, receiptIds: [...books.touched] })
  const fresh = freshDetails(books, { known, on: state === 'on' })
  await insertRows(tx, 'payment_detail', fresh)
  const byReceipt = Map.groupBy([...known, ...fresh], detail => detail.receipt_id)
  for (const receiptId of books.touched) {
    const held = books.receipts.get(receiptId)
    if (held) settleCarried(held.state, byReceipt.get(receiptId) ?? [])
  }
}

/** Everything that was ever carried, or waits to be, of some receipts of a till. */
export function readDetails(
  tx: CentralTx,
  { tillId, receiptIds }: { tillId: string; receiptIds: readonly string[] },
): Promise<PaymentDetailRow[]> {
  return tx.query
    .selectFrom('payment_detail')
    .selectAll()
    .where('till_id', '=', tillId)
    .where('receipt_id', 'in', textList(tx, receiptIds))
    .execute()
}
