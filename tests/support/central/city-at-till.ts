/** A till for which something of the city is kept at central, as after a version was taken over. */
import { openSyncStore } from '../../../db/sync/open.ts'
import type { City } from '../../../shared/central/protocol.ts'
import { START_MS } from '../clock.ts'

/** A version that says nothing but what is given. */
export function cityWith(parts: Partial<City>): City {
  return { version: 1, catalog: [], tenders: [], bankAccounts: [], policies: null, people: [], ...parts }
}

/** Does something while the till's notes say that central keeps these; the till itself is not disturbed. */
export async function whileKept<T>(
  { dataDir }: { dataDir: string },
  parts: Partial<City>,
  work: () => Promise<T>,
): Promise<T> {
  const store = openSyncStore(dataDir, START_MS)
  try {
    store.keepCity(JSON.stringify(cityWith(parts)), { isWhole: true })
    return await work()
  } finally {
    store.forgetCity()
    store.close()
  }
}
