/** What the city keeps at central for all of its tills, in numbered versions. */
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import type { CitySettingRow } from '../../db/central/schema.ts'
import { nativeHashText } from '../../db/ledger/native-hash.ts'
import { cityDigest } from '../../shared/central/city.ts'
import { type City, cityField } from '../../shared/central/protocol.ts'

const storedField = cityField.omit({ version: true })

export async function readCitySetting(tx: CentralTx, name: CitySettingRow['name']): Promise<string> {
  const row = await settingRow(tx.query, name).executeTakeFirstOrThrow()
  return row.value
}

/** Of one that need not be set. */
export async function citySettingOf(
  db: CentralDb,
  name: CitySettingRow['name'],
): Promise<string | undefined> {
  const row = await settingRow(db.kysely, name).executeTakeFirst()
  return row?.value
}

const settingRow = (query: Pick<CentralDb['kysely'], 'selectFrom'>, name: CitySettingRow['name']) =>
  query.selectFrom('city_setting').select('value').where('name', '=', name)

export async function setCitySetting(
  db: CentralDb,
  name: CitySettingRow['name'],
  value: string,
): Promise<void> {
  await db.kysely
    .insertInto('city_setting')
    .values({ name, value })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

/** Publishes what all tills are to take over; gives its version. */
export async function publishCity(
  db: CentralDb,
  city: Omit<City, 'version'>,
  { nowMs }: { nowMs: number },
): Promise<number> {
  return inTransaction(db, async tx => {
    const newest = await newestCity(tx)
    const version = (newest?.version ?? 0) + 1
    const body = JSON.stringify(storedField.parse(city))
    await tx.query.insertInto('city_version').values({ version, at: nowMs, body }).execute()
    return version
  })
}

/**
 * The city's data where it is not what the till has; null where it is, or where nothing was published. A lower
 * version is another one too, and so is the same number with another digest: central may have been restored.
 */
export async function citySince(
  db: CentralDb,
  { version, digest }: { version?: number | undefined; digest?: string | undefined },
): Promise<City | null> {
  const newest = await newestPublished(db)
  if (!newest) return null
  const isSame =
    newest.version === version && (digest === undefined || digest === cityDigest(newest, nativeHashText))
  return isSame ? null : newest
}

/** The version that tills are given; undefined where none was published. */
export async function newestPublished(db: CentralDb): Promise<City | undefined> {
  return inTransaction(db, newestCity, { snapshot: true })
}

async function newestCity(tx: CentralTx): Promise<City | undefined> {
  const row = await tx.query
    .selectFrom('city_version')
    .select(['version', 'body'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { version: row.version, ...storedField.parse(JSON.parse(row.body)) }
}
