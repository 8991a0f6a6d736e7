/** What the city keeps at central for all of its tills, in numbered versions. */
import type { z } from 'zod'
import { type CentralDb, type CentralTx, inTransaction } from '../db/central/open.ts'
import type { CitySettingRow } from '../db/central/schema.ts'
import { cityField } from '../shared/central/protocol.ts'

export type City = z.infer<typeof cityField>
const storedField = cityField.omit({ version: true })

export async function readCitySetting(tx: CentralTx, name: CitySettingRow['name']): Promise<string> {
  const row = await tx.query
    .selectFrom('city_setting')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return row.value
}

export async function setCitySetting(
  db: CentralDb,
  name: CitySettingRow['name'],
  value: string,
): Promise<void> {
  await db.kysely.updateTable('city_setting').set({ value }).where('name', '=', name).execute()
}

/** Publishes what all tills are to take over; gives its version. */
export async function publishCity(
  db: CentralDb,
  city: Omit<City, 'version'>,
  { nowMs }: { nowMs: number },
): Promise<number> {
  return inTransaction(db, async tx => {
    const newest = await newestVersion(tx)
    const version = (newest?.version ?? 0) + 1
    const body = JSON.stringify(storedField.parse(city))
    await tx.query.insertInto('city_version').values({ version, at: nowMs, body }).execute()
    return version
  })
}

/**
 * The city's data where its version is another than the one asked for; null where it is the same, or where nothing
 * was published. A lower version is another one too: central may have been restored from a backup.
 */
export async function citySince(
  db: CentralDb,
  { version }: { version?: number | undefined },
): Promise<City | null> {
  return inTransaction(
    db,
    async tx => {
      const newest = await newestVersion(tx)
      if (!newest || newest.version === version) return null
      return { version: newest.version, ...storedField.parse(JSON.parse(newest.body)) }
    },
    { snapshot: true },
  )
}

function newestVersion(tx: CentralTx) {
  return tx.query
    .selectFrom('city_version')
    .select(['version', 'body'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}
