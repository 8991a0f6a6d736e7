/**
 * Nothing is carried after central was restored from a backup, until somebody has said which files were delivered: what
 * they held is sent again by the tills, and would go to the billing system twice.
 */
import { sql } from 'kysely'
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import { readCitySetting } from '../city/city.ts'
import { CarrierRefusal } from './refusal.ts'

/** Holds the carrier of a city that uses it; the first reason stays. `why` is a sentence without its end. */
export async function holdCarrier({ kysely }: Pick<CentralDb, 'kysely'>, why: string): Promise<void> {
  await sql`UPDATE city_setting SET value = ${why} WHERE name = 'carrierHeld' AND value = ''
    AND EXISTS (SELECT 1 FROM city_setting WHERE name = 'carrier' AND value <> 'never')`.execute(kysely)
}

/** A till that has heard what this database does not hold, heard it from a later state of it. */
export const holdForTill = (db: CentralDb, tillId: string): Promise<void> =>
  holdCarrier(db, `till ${tillId} has heard what this database does not hold`)

/** Why nothing is carried; empty where all is well. */
export const heldWhy = (tx: CentralTx): Promise<string> => readCitySetting(tx, 'carrierHeld')

export async function refuseHeld(tx: CentralTx): Promise<void> {
  const why = await heldWhy(tx)
  if (why !== '') throw held(why)
}

export const held = (why: string): CarrierRefusal =>
  new CarrierRefusal(
    `ALARM: central was restored from a backup: ${why}. No payment file is made until somebody says which were delivered: central payment-files-delivered N`,
  )
