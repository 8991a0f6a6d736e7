import type { CentralTx } from '../../db/central/connection.ts'
import { readCitySetting } from './city.ts'

/** The place whose days count, where none is named. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Whose clocks the files follow: the city's, or this machine's while none is set. */
export async function cityTimeZone(tx: CentralTx): Promise<string> {
  const timeZone = await readCitySetting(tx, 'timeZone')
  return timeZone === '' ? ownTimeZone() : timeZone
}
