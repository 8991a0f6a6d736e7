/** What every check of something to be saved is made of. */
import { ORPCError } from '@orpc/contract'
import type { LeftOutCode } from '../../../shared/central/city.ts'
import { canonical } from '../../../shared/ledger/canonical.ts'
import { tidyTexts } from '../../../shared/rules/setup/setup-faults.ts'

/** What saving refuses, at whichever screen or from central. */
export const refused = (code: LeftOutCode | 'TIME_ZONE_UNKNOWN' | 'CHANGED_MEANWHILE', data?: unknown) =>
  new ORPCError(code, { status: 422, data, defined: true })

/**
 * Refuses CHANGED_MEANWHILE where a record is no longer what it was when somebody began to change it; null or undefined
 * where there is none.
 */
export function refuseStale(before: object | null, now: object | undefined): void {
  if (canonical(before) !== canonical(now ?? null)) throw refused('CHANGED_MEANWHILE')
}

/** A record with its texts tidied. Refuses TEXT_NOT_ALLOWED. */
export const normalizedTexts = <T extends object>(record: T, limits: Parameters<typeof tidyTexts<T>>[1]): T =>
  tidyTexts(record, limits, (field, reason) => {
    throw refused('TEXT_NOT_ALLOWED', { field, reason })
  })
