/** No payment file is made after central was restored from a backup, until somebody has said which were delivered. */
import type { CentralTx } from '../../db/central/connection.ts'
import { heldWhy } from '../posting/outbox.ts'
import { CarrierRefusal } from './refusal.ts'

export async function refuseHeld(tx: CentralTx): Promise<void> {
  const why = await heldWhy(tx)
  if (why !== '') throw held(why)
}

export const held = (why: string): CarrierRefusal =>
  new CarrierRefusal(
    `ALARM: central was restored from a backup: ${why}. No payment file is made until somebody says which were delivered: central payment-files-delivered N`,
  )
