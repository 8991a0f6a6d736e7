/** The outbox of the carrier: filled in the transaction that posts, emptied by files. */
import { insertRows, textList } from '../../db/central/bulk.ts'
import type { CentralTx } from '../../db/central/connection.ts'
import type { PaymentDetailRow } from '../../db/central/schema.ts'
import { readCitySetting } from '../city/city.ts'
import { freshDetails, settleCarried } from './books/details.ts'
import type { Books } from './books/open-books.ts'

/** 'never' asks no more of a city without the carrier than one look at its setting. */
export const CARRIER_STATES = ['never', 'on', 'off'] as const
export type CarrierState = (typeof CARRIER_STATES)[number]

export async function readCarrier(tx: CentralTx): Promise<CarrierState> {
  const value = await readCitySetting(tx, 'carrier')
  return CARRIER_STATES.find(state => state === value) ?? 'never'
}

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
